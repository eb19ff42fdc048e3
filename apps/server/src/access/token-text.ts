import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 32 characters of 62 carry 190 bits. */
const secretLength = 32
const checksumLength = 6

/** An API token anywhere in a text, for scanners; `isToken` then tells a real one from a lookalike. */
export const tokenPattern = /art32_[0-9A-Za-z]{38}/

/** A new token: prefix, 32 random characters, and their CRC-32 in base 62, as GitHub's tokens are made. */
export function newToken(): string {
  const secret = Array.from({ length: secretLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `art32_${secret}${checksum(secret)}`
}

/** Whether a text is a token by form and checksum: neither secret nor proof, it only saves the look into the database. */
export function isToken(text: string): boolean {
  if (!new RegExp(`^${tokenPattern.source}$`).test(text)) return false
  const secret = text.slice('art32_'.length, -checksumLength)
  return text.endsWith(checksum(secret))
}

function checksum(secret: string): string {
  let rest = crc32(secret)
  let text = ''
  for (let i = 0; i < checksumLength; i++) {
    text = `${alphabet[rest % alphabet.length]}${text}`
    rest = Math.floor(rest / alphabet.length)
  }
  return text
}
