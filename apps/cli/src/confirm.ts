import { readPassword } from './password.ts'
import { Refusal } from './refusal.ts'
import type { Remote } from './remote.ts'
import type { Terminal } from './terminal.ts'

/** Whether this is a code of an authenticator app: everything else is a recovery code. */
export function isAppCode(text: string): boolean {
  return /^\d{6}$/.test(text)
}

/**
 * Sends a request; where the server asks first for a confirmation that it is still the same person, that is asked here and the
 * request sent again.
 *
 * @throws {Refusal} also where only a browser can confirm, by a passkey
 */
export async function confirming(remote: Remote, terminal: Terminal, send: () => Promise<Response>): Promise<Response> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'account.confirm_needed') throw error
    terminal.err(`${error.message}\n`)
    await confirm(remote, terminal)
    return await send()
  }
}

async function confirm(remote: Remote, terminal: Terminal): Promise<void> {
  const factors = await remote.json(await remote.send('/api/account/factors', { method: 'GET' }))
  const { totp, passkeys } = Object(factors) as { readonly totp?: unknown; readonly passkeys?: unknown }
  const hasApp = typeof totp === 'object' && totp !== null
  if (!hasApp && Array.isArray(passkeys) && passkeys.length > 0)
    throw new Refusal('Your account confirms by passkey, which only a browser can use. Do this in the workplace.', 1)
  const typed = await readPassword(terminal, hasApp ? 'code' : 'password')
  const code = typed.trim()
  const by = !hasApp ? { password: typed } : isAppCode(code) ? { code } : { recoveryCode: code }
  const answer = await remote.send('/api/account/confirm', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(by),
  })
  await answer.body?.cancel()
}
