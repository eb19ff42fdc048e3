import { createHmac, randomBytes } from 'node:crypto'

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
const amount = 10

/**
 * New recovery codes: 120 random bits each, in six groups, without letters that look alike. With so many a keyed hash is enough
 * to keep them (OWASP ASVS 5.0 6.5.2 asks for 112).
 */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: amount }, () =>
    [...randomBytes(24)]
      .map((byte) => letters[byte % 32] ?? '')
      .join('')
      .replace(/.{4}(?=.)/g, '$&-'),
  )
}

/** How recovery codes are kept: only this says whether one is right. */
export interface RecoveryCodes {
  /** What is kept of a code; how it is written (case, hyphens, spaces) does not matter. */
  hash(code: string): string
}

/** @param secret of the installation: who has a copy of the database alone cannot try codes */
export function openRecoveryCodes(secret: string): RecoveryCodes {
  return {
    hash: (code) =>
      createHmac('sha256', secret)
        .update(`art32 recovery code ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`)
        .digest('base64url'),
  }
}
