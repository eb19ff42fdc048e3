import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seeded } from '../../../../scripts/testing/fuzz.ts'
import { readLines } from './csv.ts'

const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '"', ',', ';', '\t', '\n', '\r\n', ' ', '=', '\0') })

it('reads back what a spreadsheet wrote, whatever stands in its cells', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
      const text = `name,mail,since\n${rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n')}`
      const written = rows.map((row) => row.map((one) => one.replaceAll(/\r\n?/g, '\n')))
      expect(
        readLines(text)
          .slice(1)
          .map(({ cells }) => cells),
      ).toEqual(written.filter((row) => row.some((one) => one.trim() !== '')))
    }),
    seeded(1_000),
  )
})

it('reads any text, or says that a quote does not end', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), cell), (text) => {
      try {
        const lines = readLines(text).map(({ line }) => line)
        expect(lines).toEqual(lines.toSorted((a, b) => a - b))
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }),
    seeded(5_000),
  )
})
