import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { bug } from '../kernel/index.ts'

const version = 1

/**
 * Seals bytes with AES-256-GCM under a 32-byte key. `place` (e.g. `tenant:abc/connection.settings`) is authenticated with them,
 * so that a sealed value moved to another tenant or field does not open.
 *
 * @returns version(1) ‖ nonce(12) ‖ tag(16) ‖ ciphertext
 * @source NIST SP 800-38D
 */
export function seal(key: Uint8Array, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place, 'utf8'))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), body])
}

/** Opens what `seal` closed; a wrong key, place or byte is a broken invariant, since nobody but art32 writes these values. */
export function open(key: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < 29 || sealed[0] !== version) throw bug('a sealed value has an unknown form')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13))
  decipher.setAAD(Buffer.from(place, 'utf8'))
  decipher.setAuthTag(sealed.subarray(13, 29))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
  } catch (cause) {
    throw bug('a sealed value does not open with this key at this place', cause)
  }
}
