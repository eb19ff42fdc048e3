/*
 * Nearly right bytes: what a parser meets that trusts a part of what it was given. The same in every run, so that a
 * failure is one for whoever runs it next.
 */
import fc from 'fast-check'

/** Which bytes are set, left out or doubled: from 0 at the beginning to 1 at the end. */
export type Change = readonly [how: 'set' | 'drop' | 'double', where: number, value: number]

/** One to five changes. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'drop', 'double'),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.nat(255),
  ),
  { minLength: 1, maxLength: 5 },
)

/** A good file with some changes. */
export function changed(good: Uint8Array, list: readonly Change[]): Buffer<ArrayBuffer> {
  let bytes = Buffer.from(good)
  for (const [how, where, value] of list) {
    const at = Math.floor(where * bytes.length)
    if (how === 'set') bytes.fill(value, at, Math.min(at + 1, bytes.length))
    else if (how === 'drop') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + value)])
    else bytes = Buffer.concat([bytes.subarray(0, at + value), bytes.subarray(at)])
  }
  return bytes
}

/** So many inputs, the same ones in every run. */
export function seeded(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: 32, numRuns }
}
