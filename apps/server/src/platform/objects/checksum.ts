import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { objectErrors } from './errors.ts'

const mebibyte = 1_048_576
/** A store takes no more, and no smaller ones but the last. */
const mostParts = 10_000
const smallest = 8

/**
 * The size of a part in bytes: 8 MiB, doubled after every two thousand, so that a stream whose length nobody knows has room for almost
 * half a tebibyte, and one of a few gibibytes takes no more memory than 16 MiB.
 *
 * @param number from 1 on
 * @param first size of the first one, in MiB
 * @throws {objects.too_large}
 */
export function sizeOfPart(number: number, first = smallest): number {
  if (number > mostParts) throw objectErrors.too_large()
  return first * mebibyte * 2 ** Math.floor((number - 1) / 2_000)
}

/** The first part of an object whose length is known, in MiB: five mebibytes too small for nobody, ten thousand enough for all. */
export function firstSizeFor(bytes: number | undefined): number {
  return bytes === undefined ? smallest : Math.max(smallest, Math.ceil(bytes / mebibyte / 50_000))
}

/** MD5 of bytes, in hexadecimal. Nobody's protection: it is what stores name objects and parts by. */
export const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')

/** The name that a store gives an object of several parts. */
export function nameOfParts(parts: readonly string[]): string {
  const whole = createHash('md5')
    .update(Buffer.from(parts.join(''), 'hex'))
    .digest('hex')
  return `${whole}-${parts.length}`
}

/** Follows bytes and says whether they are what a name stands for. */
export interface Follower {
  take(bytes: Uint8Array): void
  /** False only where they are known to be others. */
  isRight(): boolean
}

/**
 * @param etag as the store names the object, without quotes
 * @param first size of its first part in MiB, where art32 wrote it; null: nobody knows how it was cut
 */
export function followerOf(etag: string, first: number | null): Follower {
  if (/^[0-9a-f]{32}$/.test(etag)) {
    const hash = createHash('md5')
    return { take: (bytes) => void hash.update(bytes), isRight: () => hash.digest('hex') === etag }
  }
  if (first === null || !/^[0-9a-f]{32}-\d{1,5}$/.test(etag)) return { take: () => {}, isRight: () => true }
  return inParts(etag, first)
}

function inParts(etag: string, first: number): Follower {
  const done: string[] = []
  let hash: Hash | undefined
  let room = 0
  return {
    take(bytes) {
      let at = 0
      while (at < bytes.length) {
        if (hash === undefined) {
          hash = createHash('md5')
          room = sizeOfPart(done.length + 1, first)
        }
        const piece = bytes.subarray(at, at + room)
        hash.update(piece)
        at += piece.length
        room -= piece.length
        if (room > 0) continue
        done.push(hash.digest('hex'))
        hash = undefined
      }
    },
    isRight: () => nameOfParts(hash === undefined ? done : [...done, hash.digest('hex')]) === etag,
  }
}
