import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeSpans } from '../text/spans.ts'
import { makeFinder } from './find.ts'
import { makeDetectors, textDetectors } from './registry.ts'

const detectors = makeDetectors()
const encoder = new TextEncoder()
const finders = [makeFinder(textDetectors(detectors)), makeFinder(detectors)]

/** How many values of `values` are suspicious; none of the others may hold anything. */
function suspicious(values: readonly string[]): number {
  let count = 0
  const spans = makeSpans()
  for (const value of values) {
    for (const finder of finders) {
      const bytes = encoder.encode(value)
      spans.count = 0
      finder.find(bytes, 0, bytes.length, spans)
      const isSuspicious = finder.suspicious(bytes, 0, bytes.length)
      if (!isSuspicious && spans.count > 0) throw new Error(`not suspicious, and something in it: ${value}`)
      count += isSuspicious ? 1 : 0
    }
  }
  return count
}

const pieces = fc.constantFrom(
  ...detectors.map(({ example }) => example),
  ...'0123456789'.repeat(3).split(''),
  ...'.-:/T Z@=_+ABCDEFabcdef'.split(''),
  '2026-11-23T01:36:07Z',
  '2026-11-23',
  '19840312',
  '４',
)

it('is never false where something is found', () => {
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), (parts) => {
      suspicious([parts.join('')])
    }),
    { numRuns: 3000 },
  )
  suspicious(detectors.map(({ example }) => example))
})

it('is never false for a short number or a moment with something in it', () => {
  const values = Array.from({ length: 40_000 }, (_, n) => String(n * 25).slice(0, 6))
  suspicious(values)
  suspicious(values.map((value) => `${value.slice(0, 4)}.${value.slice(4)}`))
})

it('is false for amounts, moments and words', () => {
  expect(
    suspicious(['5249.53', '100000', '2026-11-23T01:36:07.123Z', '2026-11-23 01:36', 'active', 'Mitarbeiter']),
  ).toBe(0)
})
