import { useSyncExternalStore } from 'react'
import { keepChoice, readChoice } from './preferences.ts'

let on = readChoice('letters') !== 'off'
const listeners = new Set<() => void>()

/** Whether single letters are shortcuts, and how to change it. @source WCAG 2.2, success criterion 2.1.4 */
export function useLetterKeys(): [boolean, (wanted: boolean) => void] {
  const value = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => on,
  )
  return [value, setLetterKeys]
}

function setLetterKeys(wanted: boolean): void {
  on = wanted
  keepChoice('letters', wanted ? 'on' : 'off')
  for (const listener of listeners) listener()
}
