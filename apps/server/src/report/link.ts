import { createHash, randomBytes } from 'node:crypto'

/** A secret link: whoever reports gets the token, and only its hash is kept. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('hex')
  return { token, hash: hashOfToken(token) }
}

/** What is kept of a token. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
