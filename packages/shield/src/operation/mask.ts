import { characterAt, copy, countCharacters } from './characters.ts'
import type { Operation } from './operation.ts'

/** Leaves the value as it is. */
export const keep: Operation = {
  apply: (bytes, start, end, out, at) => copy(bytes, start, end, out, at),
}

/** Leaves nothing of the value (suppression of the cell). */
export const remove: Operation = { apply: () => 0 }

export interface MaskOptions {
  /** Characters that stay at the beginning and at the end; 0 by default. */
  readonly first?: number
  readonly last?: number
  /** The character that covers the others; `*` by default. */
  readonly cover?: string
  /** How many cover them: one for each by default; a number from 1 to 16 hides the length as well. */
  readonly length?: number
}

/**
 * Covers the middle of a value (masking). Characters are counted, not bytes. A value that is no longer than what would stay is covered as a
 * whole.
 *
 * @throws {RangeError}  an option is none of these
 */
export function mask(options: MaskOptions = {}): Operation {
  const { first = 0, last = 0, length } = options
  const cover = new TextEncoder().encode(options.cover ?? '*')
  refuseUnless(Number.isInteger(first) && first >= 0, 'first')
  refuseUnless(Number.isInteger(last) && last >= 0, 'last')
  refuseUnless(countCharacters(cover, 0, cover.length) === 1, 'cover')
  refuseUnless(length === undefined || (Number.isInteger(length) && length >= 1 && length <= 16), 'length')
  return {
    apply: (bytes, start, end, out, at) => maskValue(bytes, start, end, out, at, { first, last, cover, length }),
  }
}

function refuseUnless(isRight: boolean, option: keyof MaskOptions): void {
  if (!isRight) throw new RangeError(`A mask cannot have this as “${option}”.`)
}

interface Mask {
  readonly first: number
  readonly last: number
  readonly cover: Uint8Array
  readonly length: number | undefined
}

function maskValue(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number, how: Mask): number {
  if (start === end) return 0
  const count = countCharacters(bytes, start, end)
  const isLongEnough = count > how.first + how.last
  const first = isLongEnough ? how.first : 0
  const last = isLongEnough ? how.last : 0
  let to = at + copy(bytes, start, characterAt(bytes, start, end, first), out, at)
  for (let left = how.length ?? count - first - last; left > 0; left -= 1) {
    to += copy(how.cover, 0, how.cover.length, out, to)
  }
  to += copy(bytes, characterAt(bytes, start, end, count - last), end, out, to)
  return to - at
}

/**
 * Keeps the first characters only (generalisation): a postcode to its region, a code of places (NUTS) to the coarser place. At
 * least one character goes, so that a short value does not stay whole.
 *
 * @param characters  that stay at most, 1 or more
 */
export function truncate(characters: number): Operation {
  if (!Number.isInteger(characters) || characters < 1) throw new RangeError('At least one character has to stay.')
  return {
    apply(bytes, start, end, out, at) {
      const stay = Math.min(characters, countCharacters(bytes, start, end) - 1)
      return copy(bytes, start, characterAt(bytes, start, end, stay), out, at)
    },
  }
}
