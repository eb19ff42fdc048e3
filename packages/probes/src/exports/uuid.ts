import { hash } from 'node:crypto'

/** art32's own name space for names that become UUIDs; drawn once by chance, and never changed. */
const space = Buffer.from('5b0c6ad1f4d84a3c9e5d0a7f3f6d1c42', 'hex')

/** The UUID of a name (RFC 9562, version 5): the same name always has the same, so that two exports can be compared. */
export function uuidOf(...name: readonly string[]): string {
  const digest = hash('sha1', Buffer.concat([space, Buffer.from(name.join('\0'))]), 'buffer')
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.subarray(0, 16).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
