import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const periodSeconds = 30
const digits = 6
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new shared secret: 150 random bits as text, of which the library takes the bytes. RFC 4226 section 4 asks for 128. */
export function newTotpSecret(): string {
  return randomBytes(19).toString('base64url').slice(0, 25)
}

/** The secret as authenticator apps take it when it is typed (RFC 4648 base 32, without padding). */
export function typedSecret(secret: string): string {
  const bits = [...Buffer.from(secret, 'utf8')].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)] ?? '').join('')
}

/** The address that an authenticator app reads from the picture. @param email shown in the app beside the name of the installation */
export function totpUri(secret: string, email: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`
  const query = new URLSearchParams({ secret: typedSecret(secret), issuer })
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`
}

/** The code of a step of time. @source RFC 4226 section 5.3, RFC 6238 section 4 */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', Buffer.from(secret, 'utf8')).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  const number = hash.readUInt32BE(offset) & 0x7f_ff_ff_ff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * The step of time that a code belongs to: now, or one before or after for clocks that differ (RFC 6238 section 5.2).
 *
 * @param usedStep the last one that was accepted: neither it nor an earlier one counts again
 * @returns null for a code that is wrong or was used
 */
export function stepOf(secret: string, code: string, now: Date, usedStep: number): number | null {
  const current = Math.floor(now.getTime() / 1_000 / periodSeconds)
  const given = Buffer.from(code, 'utf8')
  let found: number | null = null
  for (const step of [current - 1, current, current + 1]) {
    const right = Buffer.from(totpCode(secret, step), 'utf8')
    if (step > usedStep && given.length === right.length && timingSafeEqual(given, right)) found = step
  }
  return found
}
