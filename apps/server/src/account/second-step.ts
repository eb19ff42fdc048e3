import { z } from 'zod'
import { refusalOf } from './doors.ts'
import type { Door } from './doors.ts'
import { accountErrors } from './errors.ts'
import type { RecoveryCodes } from './recovery-code.ts'

/** What the second step needs of accounts. */
export interface SecondStepDependencies {
  /** The account library. */
  readonly library: (request: Request) => Promise<Response>
  readonly recovery: RecoveryCodes
  /** Who sends these headers already. */
  readonly whoIs: (headers: Headers) => Promise<{ accountId: string; sessionId: string } | null>
  readonly endSession: (accountId: string, sessionId: string) => Promise<unknown>
}

const Code = z.object({ code: z.string().max(100) })
const Begun = z.object({ user: z.object({ id: z.string() }), session: z.object({ id: z.string() }).optional() })

/**
 * Carries the second step of a sign-in, and a passkey, through the account library. What is sent along besides the code is
 * dropped: among it is the wish to trust a device for a month.
 */
export function secondStep({ library, recovery, whoIs, endSession }: SecondStepDependencies) {
  return async function step(door: Door, request: Request): Promise<Response> {
    if (door.includes('/two-factor/')) return slim(await verified(door, await codeOnly(door, request)))
    if (door.endsWith('/generate-authenticate-options')) return await demanding(await verified(door, request))
    if (door.endsWith('/passkey/verify-authentication')) return await byPasskey(door, request)
    return door === 'POST /sign-in/email' ? await withoutToken(await library(request)) : await library(request)
  }

  async function verified(door: Door, request: Request): Promise<Response> {
    const answer = await library(request)
    const refusal = await refusalOf(door, answer)
    if (refusal) throw refusal
    return answer
  }

  async function codeOnly(door: Door, request: Request): Promise<Request> {
    const parsed = Code.safeParse(await request.json().catch(() => null))
    if (!parsed.success) throw accountErrors.code_wrong()
    const code = parsed.data.code.trim()
    const body = { code: door.endsWith('backup-code') ? recovery.hash(code) : code.replaceAll(' ', '') }
    const headers = new Headers(request.headers)
    // With a session the library counts no tries: here a code is always one of a sign-in that is pending.
    const cookies = (headers.get('cookie') ?? '').split(/; */)
    headers.set('cookie', cookies.filter((one) => !/^\S*session_(?:token|data)\S*=/.test(one)).join('; '))
    headers.delete('content-length')
    return new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  /** A passkey of whoever is signed in renews their session; one of another account does nothing. */
  async function byPasskey(door: Door, request: Request): Promise<Response> {
    const before = await whoIs(request.headers)
    const answer = await verified(door, request)
    if (before) {
      const { user, session } = Begun.parse(await answer.clone().json())
      if (user.id !== before.accountId) {
        if (session) await endSession(user.id, session.id)
        throw accountErrors.passkey_refused()
      }
      await endSession(before.accountId, before.sessionId)
    }
    return await slim(answer)
  }
}

/** The answer with its cookies, without the token that a page has no use for. */
async function slim(answer: Response): Promise<Response> {
  const { user } = Begun.parse(await answer.json())
  return replaced(answer, { user: { id: user.id } })
}

/** The first step's answer without the token of the session, which goes by the cookie alone. */
async function withoutToken(answer: Response): Promise<Response> {
  if (!answer.ok) return answer
  const { token: _, ...rest } = z.looseObject({ token: z.string().nullish() }).parse(await answer.json())
  return replaced(answer, rest)
}

/** The library asks an authenticator to verify its person where it can; here it must. */
async function demanding(answer: Response): Promise<Response> {
  const options = z.looseObject({}).parse(await answer.json())
  return replaced(answer, { ...options, userVerification: 'required' })
}

function replaced({ status, headers }: Response, body: object): Response {
  const kept = new Headers(headers)
  kept.delete('content-length')
  return Response.json(body, { status, headers: kept })
}
