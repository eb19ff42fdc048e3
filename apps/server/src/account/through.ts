import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

/**
 * Opens a session for somebody whom a tenant's provider vouched for. It has no path, so no request reaches it: only the
 * server itself calls it, and the session is of the library's own kind.
 */
export const enterThrough = {
  id: 'art32-through',
  endpoints: {
    enterThrough: createAuthEndpoint(
      {
        method: 'POST',
        body: z.object({ accountId: z.uuid(), throughTenant: z.uuid(), factors: z.enum(['one', 'two']) }),
        metadata: { SERVER_ONLY: true },
      },
      async (context) => {
        const { accountId, ...shown } = context.body
        const user = await context.context.internalAdapter.findUserById(accountId)
        if (!user) return { entered: false }
        // All of it counts: otherwise the default of a field would.
        const session = await context.context.internalAdapter.createSession(accountId, false, shown, true)
        await setSessionCookie(context, { session, user })
        return { entered: true }
      },
    ),
  },
} as const

/** What a session that a provider opened may ask the library for: it must not give itself another way to sign in. */
const forEverySession = /^\/api\/auth\/(get-session|sign-out|sign-in\/.*)$/

/** Whether a session that a tenant's provider opened may use this address of the library. */
export function isOpenThroughProvider(pathname: string): boolean {
  return forEverySession.test(pathname)
}
