import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { copyView, viewOf } from '../engine/arena.ts'
import { keyStates } from '../kernel/hmac.ts'
import { batchCapacity, type Kernel, longestMessage, messageRoom } from '../kernel/kernel.ts'
import { kernel } from '../kernel/load.ts'
import { copyWords, Interned } from './interned.ts'
import type { Pseudonyms } from './operation.ts'
import { writeBase32, writeUuid } from './token-text.ts'

const codeLength = 16

/**
 * Pseudonyms under one key: HMAC-SHA256 cut to 128 bits (FIPS 198-1, SP 800-107). Two of a billion values share one with a chance
 * of 10⁻²¹; who has not the key can neither make one nor try values.
 *
 * @param key  32 bytes, as `RootKey.derive` gives them
 * @param by   the kernel to compute with
 */
export function makePseudonyms(key: Uint8Array, by: Kernel = kernel()): Pseudonyms {
  return new BatchedPseudonyms(key, by)
}

/**
 * One pseudonym under one key, as its 16 bytes: what `makePseudonyms` makes of many, for who has few.
 *
 * @param key    32 bytes, as `RootKey.derive` gives them
 * @param value  in its canonical form
 */
export function pseudonymCode(key: Uint8Array | KeyObject, value: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(value).digest().subarray(0, codeLength)
}

class BatchedPseudonyms implements Pseudonyms {
  readonly capacity = batchCapacity
  count = 0
  readonly #kernel: Kernel
  readonly #states: Uint32Array
  readonly #key: KeyObject
  readonly #interned = new Interned()
  /** What is to be keyed: the values whose codes are not known, one after the other, and whose places they are. */
  #staged = 0
  readonly #messages = new Uint8Array(batchCapacity * messageRoom)
  readonly #messagesView = viewOf(this.#messages)
  /** What was staged from last. */
  #source: Uint8Array = this.#messages
  #sourceView = this.#messagesView
  readonly #lengths = new Uint8Array(batchCapacity)
  readonly #places = new Uint16Array(batchCapacity)
  readonly #made = new Uint8Array(batchCapacity * codeLength)
  readonly #madeWords = new Uint32Array(this.#made.buffer)
  /** By place. */
  readonly #codes = new Uint8Array(batchCapacity * codeLength)
  readonly #codeWords = new Uint32Array(this.#codes.buffer)

  constructor(key: Uint8Array, by: Kernel) {
    this.#kernel = by
    this.#states = keyStates(key)
    this.#key = createSecretKey(key)
  }

  add(bytes: Uint8Array, start: number, end: number): number {
    const place = this.count
    if (place === batchCapacity) throw new RangeError('The batch is full.')
    const length = end - start
    const slot = this.#interned.isAwake ? this.#interned.find(bytes, start, length) : -1
    if (slot >= 0) this.#interned.copyCode(slot, this.#codeWords, place * 4)
    else if (length > longestMessage) this.#addLong(bytes.subarray(start, end), place)
    else this.#stage(bytes, start, length, place)
    this.count = place + 1
    return place
  }

  #stage(bytes: Uint8Array, start: number, length: number, place: number): void {
    if (bytes !== this.#source) {
      this.#source = bytes
      this.#sourceView = viewOf(bytes)
    }
    const staged = this.#staged
    copyView(this.#sourceView, start, start + length, this.#messagesView, staged * messageRoom)
    this.#lengths[staged] = length
    this.#places[staged] = place
    this.#staged = staged + 1
  }

  /** One that does not fit a block is made at once. */
  #addLong(value: Uint8Array, place: number): void {
    this.#codes.set(pseudonymCode(this.#key, value), place * codeLength)
  }

  run(): void {
    const staged = this.#staged
    // Where every code is to be made, they are in the order of the places.
    const isWhole = staged === this.count
    const made = isWhole ? this.#codes : this.#made
    if (staged > 0) this.#kernel.hmac(this.#states, this.#messages, this.#lengths, staged, made)
    if (!isWhole) this.#spread(staged)
    if (this.#interned.isAwake) this.#keep(staged, isWhole ? this.#codeWords : this.#madeWords)
    else this.#interned.pass(this.count)
    this.#staged = 0
  }

  #spread(staged: number): void {
    for (let i = 0; i < staged; i += 1) {
      copyWords(this.#madeWords, i * 4, this.#codeWords, (this.#places[i] ?? 0) * 4)
    }
  }

  #keep(staged: number, made: Uint32Array): void {
    for (let i = 0; i < staged; i += 1) {
      this.#interned.keep(this.#messages, i * messageRoom, this.#lengths[i] ?? 0, made, i * 4)
    }
  }

  write(place: number, form: 'text' | 'uuid', out: Uint8Array, at: number): number {
    const from = place * codeLength
    if (form === 'uuid') return writeUuid(this.#codes, from, out, at)
    return writeBase32(this.#codes, from, from + codeLength, out, at)
  }

  writeTexts(out: Uint8Array, at: number): void {
    this.#kernel.texts(this.#codes, this.count, out, at)
  }

  clear(): void {
    this.count = 0
    this.#staged = 0
  }
}
