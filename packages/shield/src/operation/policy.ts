import { createHmac, randomBytes, randomFillSync } from 'node:crypto'
import { batchCapacity } from '../kernel/kernel.ts'
import type { Pseudonyms } from './operation.ts'
import { writeBase32, writeUuid } from './token-text.ts'

/** Bytes of a document's nonce. */
export const nonceLength = 16

/** For a document's pseudonyms; stored in its report, so that the same document can be made again. Not secret. */
export function createNonce(): Uint8Array {
  return Uint8Array.from(randomBytes(nonceLength))
}

/**
 * The key of one document: nobody without the key below can link two documents by their pseudonyms.
 *
 * @param key    as derived for the column
 * @param nonce  `nonceLength` bytes, the same for all parts of the document
 */
export function documentKey(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (nonce.length !== nonceLength) throw new RangeError('A nonce has 16 bytes.')
  return Uint8Array.from(createHmac('sha256', key).update('art32/shield/document/v1').update(nonce).digest())
}

const codeLength = 16

/** A new pseudonym for every value, at random: nothing can be joined, and no key can make it again. */
export function randomPseudonyms(): Pseudonyms {
  return new RandomPseudonyms()
}

class RandomPseudonyms implements Pseudonyms {
  readonly capacity = batchCapacity
  count = 0
  readonly #codes = new Uint8Array(batchCapacity * codeLength)

  add(): number {
    if (this.count === batchCapacity) throw new RangeError('The batch is full.')
    this.count += 1
    return this.count - 1
  }

  run(): void {
    randomFillSync(this.#codes, 0, this.count * codeLength)
  }

  write(place: number, form: 'text' | 'uuid', out: Uint8Array, at: number): number {
    const from = place * codeLength
    if (form === 'uuid') return writeUuid(this.#codes, from, out, at)
    return writeBase32(this.#codes, from, from + codeLength, out, at)
  }

  clear(): void {
    this.count = 0
  }
}
