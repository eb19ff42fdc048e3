import { useEffect } from 'react'
import type { Input, Output } from '../api/api.ts'
import { useChange } from '../api/use-api.ts'

/** How long somebody has to stop writing before the server is asked, in milliseconds. */
const pauseMs = 500

/**
 * What the server says of a line as somebody is writing it, against the last edition; undefined: nothing is asked yet.
 *
 * @param proposal null: there is nothing to ask
 * @param isSent whether the change itself is on its way: what the server would say then is of a line that is no more
 */
export function useWeigh(
  proposal: Input<'edition.weigh'> | null,
  isSent: boolean,
): Output<'edition.weigh'> | undefined {
  const { mutate, data, reset } = useChange('edition.weigh', { quiet: true })
  const asked = JSON.stringify(proposal)
  useEffect(() => {
    if (isSent) return
    const input = JSON.parse(asked) as Input<'edition.weigh'> | null
    if (input === null) {
      reset()
      return
    }
    const timer = setTimeout(() => mutate(input), pauseMs)
    return () => clearTimeout(timer)
  }, [asked, isSent, mutate, reset])
  return proposal === null ? undefined : data
}
