import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '../input/sniff.ts'
import { csvPlan, shielded } from './shielded.ts'

const steps = [
  'type: name, do: delete',
  'type: name, do: pseudonym',
  'type: name, do: pseudonym, as: uuid',
  'type: name, do: pseudonym, same: never',
  'type: name, do: mask',
  'type: name, do: mask, first: 1, last: 2',
  'type: name, do: mask, length: 3, with: "#"',
  'type: number, do: generalise, band: 10',
  'type: number, do: generalise, band: [-100, -10, 0, 10]',
  'type: postcode, do: generalise, first: 2',
  'type: geo, do: generalise, decimals: 1',
  'type: ip, do: generalise, bits: [16, 32]',
  'type: birth-date, do: generalise, to: year',
  'type: birth-date, do: generalise, to: age, on: 2026-01-01, band: 10',
  'type: birth-date, do: shift, days: 30, subject: a0',
  'type: code, do: format-preserving, alphabet: digits',
  'type: code, do: keep',
  'type: text, do: text',
]
const names = steps.map((_, index) => `a${index}`)
const plans = ['label', 'delete', 'pseudonym'].map(
  (way) => `${csvPlan(...steps.map((step, index) => `a${index}: { ${step} }`))}text: { default: ${way} }\n`,
)

const value = fc.oneof(
  fc.string({ maxLength: 12, unit: fc.constantFrom(...Array.from('=+-@a1 .,\t\r"\'|:;(')) }),
  fc.constantFrom(
    'k@example.com=cmd()',
    '030 23125 099+1',
    'DE02120300000000202051@x',
    '52.5,-13.4',
    '-0.04, 3',
    '12',
    '-5',
    '3',
    '1984-03-12',
    '192.0.2.1',
    '=1+1',
    '+49 30 23125 099',
    '@a',
    '-x',
    '\t=x',
    '10115',
    '1234567',
  ),
)
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const starts = /^[=+\-@\t\r]/u

describe('a cell that was no formula', () => {
  test('is none afterwards, whatever is done with it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...plans),
        async (values, plan) => {
          const rows = values.map((cell) => names.map(() => quoted(cell)).join(','))
          const { text } = await shielded(`${names.join(',')}\n${rows.join('\n')}\n`, plan)
          const cells = cellsOf(text).slice(names.length)
          expect(cells).toHaveLength(values.length * names.length)
          for (const [index, cell] of cells.entries()) {
            if (starts.test(cell)) expect(values[Math.floor(index / names.length)]).toMatch(starts)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  test('is marked as text where what is left of it begins as one', async () => {
    const plan = `${csvPlan('a: { type: text, do: text }')}text: { default: delete }\n`
    const { text } = await shielded('a\nk@example.com=cmd()\n"k@example.com=a,b"\n=k@example.com\n', plan)
    expect(rowsOf(text, ',').map(([cell]) => cell)).toEqual(['a', "'=cmd()", "'=a,b", '='])
  })

  test('cannot become one by the sign that covers it', async () => {
    for (const sign of ['=', '+', '-', '@', "'\\t'", '","']) {
      await expect(
        shielded('a\nx\n', csvPlan(`a: { type: name, do: mask, with: "${sign.replaceAll('"', '')}" }`)),
      ).rejects.toThrow('is not a plan')
    }
  })
})

/** Quoted and bare cells; every byte between quotes counts. */
function cellsOf(text: string): string[] {
  const cells: string[] = []
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(?:,|\n)/gu)) {
    cells.push((match[1] ?? match[2] ?? '').replaceAll('""', '"'))
  }
  return cells
}
