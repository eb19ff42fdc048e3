/** A telephone number of the record in its text, whatever stands between its digits and whether with the country's code or not. */
import { NUMBER } from '../text/tokens.ts'
import type { Page } from './page.ts'

const MOST = 8
const LENGTH = 16
/** So many last digits have to be the same. */
const SAME = 6

export interface Phones {
  readonly any: boolean
  clear(): void
  add(bytes: Uint8Array, start: number, end: number, mark: number): void
  mark(page: Page): void
}

export function makePhones(): Phones {
  const digits = new Uint8Array(MOST * LENGTH)
  const lengths = new Uint8Array(MOST)
  const marks = new Uint16Array(MOST)
  const run = new Uint8Array(LENGTH)
  let count = 0

  /** Appends the digits of a range to `run` from `length`; returns the new length, or -1 when there is no room. */
  function append(bytes: Uint8Array, start: number, end: number, length: number): number {
    let size = length
    for (let at = start; at < end; at += 1) {
      const digit = (bytes[at] ?? 0) - 48
      if (digit < 0 || digit > 9) continue
      if (size === LENGTH) return -1
      if (size === 0 && digit === 0) continue
      run[size] = digit
      size += 1
    }
    return size
  }

  /** The number of which `run` or which of `run` is the end; -1 for none. */
  function which(length: number): number {
    for (let index = 0; index < count; index += 1) {
      const known = lengths[index] ?? 0
      const shorter = Math.min(known, length)
      if (shorter < SAME || Math.abs(known - length) > 3) continue
      let same = 0
      while (same < shorter && run[length - 1 - same] === digits[index * LENGTH + known - 1 - same]) same += 1
      if (same === shorter) return index
    }
    return -1
  }

  function endOf(page: Page, index: number): number {
    const { tokens, bytes } = page
    let length = 0
    for (let at = index; at < Math.min(tokens.count, index + 9); at += 1) {
      if (tokens.shape[at] !== NUMBER || page.mark[at] !== 0) return 0
      if (at > index && (tokens.start[at] ?? 0) - (tokens.end[at - 1] ?? 0) > 3) return 0
      length = append(bytes, tokens.start[at] ?? 0, tokens.end[at] ?? 0, length)
      if (length < 0) return 0
      const found = length >= SAME ? which(length) : -1
      if (found >= 0) {
        for (let word = index; word <= at; word += 1) page.mark[word] = marks[found] ?? 0
        return at + 1
      }
    }
    return 0
  }

  return {
    get any() {
      return count > 0
    },
    clear() {
      count = 0
    },
    add(bytes, start, end, mark) {
      if (count === MOST) return
      const length = append(bytes, start, end, 0)
      if (length < SAME + 1) return
      for (let at = 0; at < length; at += 1) digits[count * LENGTH + at] = run[at] ?? 0
      lengths[count] = length
      marks[count] = mark
      count += 1
    },
    mark(page) {
      for (let index = 0; index < page.tokens.count; index += 1) {
        if (page.tokens.shape[index] !== NUMBER || page.mark[index] !== 0) continue
        const end = endOf(page, index)
        if (end > 0) index = end - 1
      }
    },
  }
}
