import type { SealingKey } from '../key/sealing-key.ts'
import type { KeyUse } from '../key/root-key.ts'
import type { Operation } from './operation.ts'
import { siv, sivLength } from './siv.ts'
import { writeBase32 } from './token-text.ts'

/**
 * A sealed value is `rv1` and base32 in lower case of: four bytes that name the key, 16 that authenticate, the value encrypted. The digit 1 is in
 * no base32, so that it is found in running text.
 */
export const sealedPrefix = Uint8Array.from(Buffer.from('rv1'))

/** Bytes that name the key that a value was sealed with. */
export const keyNameLength = 4

/** Bytes by which a sealed value is longer before it is written as text. */
export const sealedLength = keyNameLength + sivLength

/** What names a key in sealed values; not secret. */
export function keyName(key: SealingKey, use: KeyUse): Uint8Array {
  const name = new Uint8Array(sealedLength)
  siv(key.derive(use), [nameHeader]).seal(name, 0, 0, name, 0)
  return name.slice(0, keyNameLength)
}

const nameHeader = Uint8Array.from(Buffer.from('art32/shield/sealed-name/v1'))

/**
 * Reversible pseudonyms (deterministic encryption, AES-SIV): the same value gives the same under one key and use. Its length shows that of
 * the value. The value is taken as it is, so that it comes back as it was.
 */
export function sealValues(key: SealingKey, use: KeyUse): Operation {
  const by = siv(key.derive(use))
  const name = keyName(key, use)
  let room = new Uint8Array(256)
  return {
    apply(bytes, start, end, out, at) {
      const length = end - start
      if (length === 0) return 0
      if (length + sealedLength > room.length) room = new Uint8Array(2 * (length + sealedLength))
      room.set(name)
      const sealed = keyNameLength + by.seal(bytes, start, end, room, keyNameLength)
      out.set(sealedPrefix, at)
      return sealedPrefix.length + writeBase32(room, 0, sealed, out, at + sealedPrefix.length)
    },
  }
}
