import { useEffect, useRef } from 'react'

/** Hears every key that is pressed on the page as long as the caller is there; what it is not meant for, it leaves alone. */
export function useKeys(hear: (event: KeyboardEvent) => void): void {
  const latest = useRef(hear)
  useEffect(() => {
    latest.current = hear
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
