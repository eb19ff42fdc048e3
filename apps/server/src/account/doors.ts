import type { AppError } from '../kernel/index.ts'
import { accountErrors } from './errors.ts'

const base = '/api/auth'

/**
 * The addresses of the account library that are open: a method and a path, where `:x` stands for one segment. Every other one
 * of its dozens answers "not found", also those that a later release brings. A way to sign in adds its lines here.
 */
const doors = [
  'POST /sign-in/email',
  'POST /sign-out',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
  'GET /passkey/generate-authenticate-options',
  'POST /passkey/verify-authentication',
] as const

/** An open address. */
export type Door = (typeof doors)[number]

const patterns = doors.map((door) => {
  const [method = '', path = ''] = door.split(' ')
  return { door, method, path: new RegExp(`^${base}${path.replaceAll(/:\w+/g, '[\\w-]+')}$`) }
})

/** The open address that a request is for; null for every other one and every other spelling of one. */
export function doorOf({ method, url }: Pick<Request, 'method' | 'url'>): Door | null {
  const { pathname } = new URL(url)
  return patterns.find((one) => one.method === method && one.path.test(pathname))?.door ?? null
}

/** What the library's own codes mean here. */
const refusals: Readonly<Record<string, () => AppError>> = {
  INVALID_CODE: accountErrors.code_wrong,
  INVALID_BACKUP_CODE: accountErrors.code_wrong,
  ACCOUNT_TEMPORARILY_LOCKED: accountErrors.too_many_codes,
}

/** The refusal of a second step or a passkey, in a sentence of ours. @param answer the library's, which says no */
export async function refusalOf(door: Door, answer: Response): Promise<AppError | null> {
  if (answer.ok || !(door.includes('/two-factor/') || door.includes('/passkey/'))) return null
  if (door.includes('/passkey/')) return accountErrors.passkey_refused()
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null)
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''
  // Of two who use one recovery code at the same moment one loses.
  if (answer.status === 409) return accountErrors.code_wrong()
  return (refusals[code] ?? accountErrors.challenge_over)()
}
