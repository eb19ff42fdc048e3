import { copy, isDigit } from './characters.ts'
import { formatPreserving } from './format-preserving.ts'
import type { Pseudonyms } from './operation.ts'

const ZERO = 48

/**
 * Whole numbers to whole numbers, by FF1 over all that have at most `width` digits: a permutation of 0 to 10^width − 1, so that keys
 * stay different and stay keys. What is negative, longer or no number is not taken.
 *
 * @param key   32 bytes, derived with the purpose `ff1`
 * @param width 6 to 18 digits
 */
export function wholeNumbers(key: Uint8Array, width: number): Pseudonyms {
  const batch = formatPreserving(key, { alphabet: '0123456789', shortest: width })
  const padded = new Uint8Array(width)
  return {
    capacity: batch.capacity,
    get count() {
      return batch.count
    },
    add(bytes, start, end) {
      const length = end - start
      if (length === 0 || length > width) return -1
      for (let at = start; at < end; at += 1) if (!isDigit(bytes[at] ?? 0)) return -1
      padded.fill(ZERO, 0, width - length)
      copy(bytes, start, end, padded, width - length)
      return batch.add(padded, 0, width)
    },
    run: () => batch.run(),
    write(place, _form, out, at) {
      batch.write(place, out, at)
      let from = at
      while (from < at + width - 1 && out[from] === ZERO) from += 1
      out.copyWithin(at, from, at + width)
      return at + width - from
    },
    clear: () => batch.clear(),
  }
}
