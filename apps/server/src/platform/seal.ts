import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { bug } from '../kernel/index.ts'

const version = 1

/**
 * A key that may be on its way to another one: what is sealed goes under the current key, and what lies under an earlier one
 * still opens. Whoever holds a ring sees the change at once.
 */
export interface KeyRing {
  /** 32 bytes. */
  current: Uint8Array
  earlier: readonly Uint8Array[]
}

/**
 * Seals bytes with AES-256-GCM under a 32-byte key, of a ring under the current one. `place` (e.g. `tenant:abc/connection.settings`) is authenticated with them,
 * so that a sealed value moved to another tenant or field does not open.
 *
 * @returns version(1) ‖ nonce(12) ‖ tag(16) ‖ ciphertext
 * @source NIST SP 800-38D
 */
export function seal(ring: KeyRing | Uint8Array, place: string, plain: Uint8Array): Buffer {
  const key = ring instanceof Uint8Array ? ring : ring.current
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place, 'utf8'))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Uint8Array.of(version), nonce, cipher.getAuthTag(), body])
}

/** Opens what `seal` closed; a wrong key, place or byte is a broken invariant, since nobody but art32 writes these values. */
export function open(ring: KeyRing | Uint8Array, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < 29 || sealed[0] !== version) throw bug('a sealed value has an unknown form')
  if (ring instanceof Uint8Array) return openWith(ring, place, sealed)
  for (const key of [ring.current, ...ring.earlier.slice(0, -1)]) {
    if (ring.earlier.length === 0) break
    try {
      return openWith(key, place, sealed)
    } catch {
      // Under another key of the ring, which comes next.
    }
  }
  return openWith(ring.earlier.at(-1) ?? ring.current, place, sealed)
}

/** The same value under the current key of a ring; null where it lies there already. */
export function reseal(ring: KeyRing, place: string, sealed: Uint8Array): Buffer | null {
  try {
    openWith(ring.current, place, sealed)
    return null
  } catch {
    return seal(ring, place, open(ring, place, sealed))
  }
}

function openWith(key: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13))
  decipher.setAAD(Buffer.from(place, 'utf8'))
  decipher.setAuthTag(sealed.subarray(13, 29))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
  } catch (cause) {
    throw bug('a sealed value does not open with this key at this place', cause)
  }
}
