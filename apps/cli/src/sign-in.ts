import { readPassword } from './password.ts'
import { Refusal } from './refusal.ts'
import { originOf, Remote } from './remote.ts'
import { SessionFile } from './sessions.ts'
import type { Terminal } from './terminal.ts'

/** Options of `art32 sign-in`. */
export interface SignInOptions {
  readonly url: string
  readonly email: string
}

/** Signs in and keeps the session. */
export async function signIn({ url, email }: SignInOptions, terminal: Terminal): Promise<0> {
  const origin = originOf(url)
  const password = await readPassword(terminal)
  const answer = await new Remote(origin).send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  await answer.body?.cancel()
  const cookie = sessionCookie(answer.headers.getSetCookie())
  if (cookie === undefined) throw new Refusal(`${origin} gave no session. Is it an art32 server?`)
  const sessions = new SessionFile(terminal)
  await sessions.keep(origin, cookie)
  terminal.out(`Signed in to ${origin}. The session lies in ${sessions.path} until it ends or you sign out.\n`)
  return 0
}

/** Ends the session, here in any case and on the server where it answers. */
export async function signOut({ url }: { readonly url?: string }, terminal: Terminal): Promise<0> {
  const remote = await Remote.bySession(url, terminal)
  const sessions = new SessionFile(terminal)
  if ((await sessions.find(remote.origin)) === undefined)
    throw new Refusal(`You are not signed in to ${remote.origin}.`, 1)
  await sessions.forget(remote.origin)
  const answer = await remote.send('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  await answer.body?.cancel()
  terminal.out(`Signed out of ${remote.origin}.\n`)
  return 0
}

/** `name=value` of the cookie that carries the session; attributes are for browsers. */
function sessionCookie(headers: readonly string[]): string | undefined {
  return headers
    .map((header) => header.split(';')[0] ?? '')
    .find((pair) => /^(?:__(?:Host|Secure)-)?art32\.session_token=./.test(pair))
}
