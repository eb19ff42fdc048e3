import { queryOptions, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import { sessionsQueryKey, whoami } from './session.ts'

/** One's own second factors. */
export const factorsQuery = queryOptions({
  queryKey: ['account.factors'],
  queryFn: ({ signal }) => call('account.factors', {}, null, signal),
})

/** Reads anew what a factor that came or went has changed: the factors, the sessions, and which tenants open. */
export function useFactorsChanged(): () => Promise<unknown> {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [factorsQuery.queryKey, sessionsQueryKey, whoami.queryKey].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
}
