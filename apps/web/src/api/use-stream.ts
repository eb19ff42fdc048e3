import { useEffect, useEffectEvent, useState } from 'react'
import { tenantAddress } from './request.ts'

/**
 * Follows a stream of snapshots until the one that says `done`.
 *
 * The browser connects again by itself when the line breaks; every message is the whole, so nothing is missed.
 *
 * @param query  null: nothing to follow
 * @returns the last snapshot; null before the first one; `broken` when the server refuses to tell
 */
export function useStream<T extends { readonly done: boolean }>(
  tenant: string | null,
  operation: string,
  query: Readonly<Record<string, string>> | null,
  onDone: () => void,
): T | 'broken' | null {
  const [seen, setSeen] = useState<{ address: string; snapshot: T | 'broken' } | null>(null)
  const address = tenant === null || query === null ? null : tenantAddress(tenant, operation, query)
  const finish = useEffectEvent(onDone)
  useEffect(() => {
    if (address === null) return
    const source = new EventSource(address)
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const next = JSON.parse(event.data) as T
      setSeen({ address, snapshot: next })
      if (!next.done) return
      source.close()
      finish()
    })
    source.addEventListener('error', () => {
      // A broken line is mended by the browser; a refusal is not, and then it gives up.
      if (source.readyState === EventSource.CLOSED) setSeen({ address, snapshot: 'broken' })
    })
    return () => source.close()
  }, [address])
  return seen !== null && seen.address === address ? seen.snapshot : null
}
