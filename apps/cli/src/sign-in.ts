import { isAppCode } from './confirm.ts'
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
  const answer = await post(new Remote(origin), '/api/auth/sign-in/email', { email, password })
  const pending = cookieNamed('two_factor', answer.headers.getSetCookie())
  const entered = pending === undefined ? answer : await secondStep(new Remote(origin, { cookie: pending }), terminal)
  const cookie = cookieNamed('session_token', entered.headers.getSetCookie())
  if (cookie === undefined) throw new Refusal(`${origin} gave no session. Is it an art32 server?`)
  const sessions = new SessionFile(terminal)
  await sessions.keep(origin, cookie)
  terminal.out(`Signed in to ${origin}. The session lies in ${sessions.path} until it ends or you sign out.\n`)
  return 0
}

/** Shows a second factor: six digits are a code of the app, everything else a recovery code. */
async function secondStep(remote: Remote, terminal: Terminal): Promise<Response> {
  const code = (await readPassword(terminal, 'code')).trim()
  const path = isAppCode(code) ? 'verify-totp' : 'verify-backup-code'
  return await post(remote, `/api/auth/two-factor/${path}`, { code })
}

async function post(remote: Remote, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const answer = await remote.send(path, { method: 'POST', headers, body: JSON.stringify(body) })
  await answer.body?.cancel()
  return answer
}

/** Ends the session, here in any case and on the server where it answers. */
export async function signOut({ url }: { readonly url?: string }, terminal: Terminal): Promise<0> {
  const remote = await Remote.bySession(url, terminal)
  const sessions = new SessionFile(terminal)
  if ((await sessions.find(remote.origin)) === undefined)
    throw new Refusal(`You are not signed in to ${remote.origin}.`, 1)
  await sessions.forget(remote.origin)
  await post(remote, '/api/auth/sign-out', {})
  terminal.out(`Signed out of ${remote.origin}.\n`)
  return 0
}

/** `name=value` of one of the server's cookies; attributes are for browsers. */
function cookieNamed(name: 'session_token' | 'two_factor', headers: readonly string[]): string | undefined {
  return headers
    .map((header) => header.split(';')[0] ?? '')
    .find((pair) => /^(?:__(?:Host|Secure)-)?art32\.(\w+)=./.exec(pair)?.[1] === name)
}
