import { euVat, stdnum } from 'stdnum'
import { describe, expect, it } from 'vitest'
import { accepts } from './type-of.ts'
import { vat } from './vat.ts'

/** One number of each country, and why stdnum refuses what the detector takes. */
const numbers: readonly (readonly [number: string, country: string, why?: string])[] = [
  ['ATU13585627', 'AT'],
  ['BE0428759497', 'BE'],
  ['BG175074752', 'BG', 'stdnum refuses some whose first check is ten'],
  ['CY10259033P', 'CY'],
  ['CZ25123891', 'CZ'],
  ['DE136695976', 'DE'],
  ['DK13585628', 'DK'],
  ['EE100931558', 'EE'],
  ['EL094259216', 'GR'],
  ['ESB58378431', 'ES'],
  ['FI20774740', 'FI'],
  ['FR40303265045', 'FR'],
  ['HR33392005961', 'HR'],
  ['HU12892312', 'HU'],
  ['IE6433435F', 'IE'],
  ['IT00743110157', 'IT'],
  ['LT119511515', 'LT'],
  ['LU15027442', 'LU'],
  ['LV40003521600', 'LV'],
  ['MT11679112', 'MT'],
  ['NL004495445B01', 'NL'],
  ['PL8567346215', 'PL'],
  ['PT501964843', 'PT'],
  ['RO18547290', 'RO'],
  ['SE123456789701', 'SE', 'branches have 02 to 94'],
  ['SI50223054', 'SI'],
  ['SK2022749619', 'SK', 'stdnum looks at the first digit where the third is meant'],
  ['CHE107787577', 'CH', 'stdnum wants MWST behind it'],
  ['NO988077917', 'NO'],
  ['GB980780684', 'GB'],
]

function takes(text: string): boolean {
  const bytes = new TextEncoder().encode(text)
  return accepts(vat, bytes, 0, bytes.length)
}

interface Oracle {
  validate(input: string): { isValid: boolean }
}

describe('VAT numbers beside stdnum', () => {
  const cases = numbers.map(([number, country, why]) => ({ number, country, why }))
  it.each(cases)('$number and those one or two digits from it', ({ number, country, why }) => {
    expect(takes(number)).toBe(true)
    const oracles: Oracle[] = euVat[country] ?? Object.values(stdnum[country] ?? {})
    const differ: string[] = []
    for (let i = 2; i < number.length; i++) {
      for (let step = 1; step < 10; step++) {
        for (const second of [-1, (i - 1) % number.length]) {
          const text = changed(changed(number, i, step), second, 3)
          if (!/\d/.test(number[i] ?? '')) continue
          const theirs = oracles.some(
            (oracle) => oracle.validate(text).isValid || oracle.validate(text.slice(2)).isValid,
          )
          if (takes(text) !== theirs && (why === undefined || (theirs && country !== 'SK')))
            differ.push(`${text} ${theirs ? 'theirs' : 'ours'}`)
        }
      }
    }
    expect(differ.slice(0, 6)).toEqual([])
  })
})

function changed(text: string, at: number, step: number): string {
  const character = text[at] ?? ''
  if (at < 2 || !/\d/.test(character)) return text
  return text.slice(0, at) + String((Number(character) + step) % 10) + text.slice(at + 1)
}
