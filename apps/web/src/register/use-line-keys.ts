import type { StatementView } from '../api/api.ts'
import { lineAction } from '../frame/keys.ts'
import { useLetterKeys } from '../frame/use-letter-keys.ts'
import { useKeys } from './use-keys.ts'

/** Keys on a focused line of the register: up and down, edit, leave. Nothing else on the page reacts to them. */
export function useLineKeys(
  lines: readonly StatementView[],
  { edit, leave }: { edit: (id: string) => void; leave: () => void },
): void {
  const [letters] = useLetterKeys()
  useKeys((event) => {
    const { target } = event
    // Enter opens the proof, as it does on every button.
    if (!(target instanceof HTMLElement) || !target.id.startsWith('proof-') || event.key === 'Enter') return
    const id = target.id.slice('proof-'.length)
    const action = lineAction(event, letters)
    const at = lines.findIndex((line) => line.id === id)
    if (action === 'next' || action === 'previous') {
      const next = lines[at + (action === 'next' ? 1 : -1)]
      const button = next && document.getElementById(`proof-${next.id}`)
      if (!button) return
      button.focus({ preventScroll: true })
      button.scrollIntoView({ block: 'nearest' })
    } else if (action === 'change') edit(id)
    else if (action === 'leave') leave()
    else return
    event.preventDefault()
  })
}
