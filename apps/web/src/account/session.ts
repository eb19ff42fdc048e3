import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../api/call.ts'
import type { Permission, Whoami } from '../api/api.ts'
import { useTenant } from '../api/use-api.ts'

/** Who is signed in, and where they belong. */
export const whoami = queryOptions({
  queryKey: ['account.whoami'],
  queryFn: ({ signal }) => call('account.whoami', {}, null, signal),
  staleTime: 60_000,
})

/** Under which key one's own sessions are kept. */
export const sessionsQueryKey = ['account.sessions']

/** The person at the screen; undefined before the first answer. */
export function useWhoami(): Whoami | undefined {
  return useQuery(whoami).data
}

/** The tenant in the address with the person's role in it; null where they do not belong. */
export function useMembership(): Whoami['tenants'][number] | null {
  const slug = useTenant()
  return useWhoami()?.tenants.find((tenant) => tenant.slug === slug) ?? null
}

/** Whether a page offers this to the person in the tenant in the address; the server decides again for itself. */
export function useMay(permission: Permission): boolean {
  return useMembership()?.permissions.includes(permission) ?? false
}
