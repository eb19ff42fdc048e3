import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assuranceSigns, assurances, publicSigns, publicStates } from './assurance.ts'
import { contrastRatio, contrastRules, look } from './look.ts'
import { pageStyle } from './page-style.ts'

const guide = readFileSync(new URL('../../../docs/guides/look.md', import.meta.url), 'utf8')

/** The cells of every table row of the guide. */
const rows = guide
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )

const rowOf = (name: string, columns: number) => rows.find((row) => row[0] === name && row.length === columns)

describe('contrastRatio', () => {
  it('gives 21 for black on white and 1 for a colour on itself', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrastRatio('#825200', '#825200')).toBe(1)
  })

  it('agrees with the published ratio of #767676 on white', () => {
    expect(contrastRatio('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })

  it('refuses a colour that is not six hexadecimal digits', () => {
    expect(() => contrastRatio('red', '#ffffff')).toThrow('red is not of the form #rrggbb')
  })
})

describe('the colours', () => {
  const schemes = Object.entries(look.colours)
  const pairs = schemes.flatMap(([name, scheme]) => contrastRules.map((rule) => ({ name, scheme, ...rule })))

  it.each(pairs)('reach $atLeast : 1 for $colour on $on in the $name scheme', ({ scheme, on, colour, atLeast }) => {
    expect(contrastRatio(scheme[colour], scheme[on])).toBeGreaterThanOrEqual(atLeast)
  })

  it('stand in the guide with the ratios that they have', () => {
    const table = Object.keys(look.colours.light).map((name) => rowOf(name, 6))
    const expected = Object.keys(look.colours.light).map((name) => {
      const key = name as keyof typeof look.colours.light
      const ratio = (scheme: typeof look.colours.light) => contrastRatio(scheme[key], scheme.paper).toFixed(1)
      const { light, dark } = look.colours
      return [light[key], ratio(light), dark[key], ratio(dark)]
    })
    expect(table.map((row) => row?.slice(1, 5))).toEqual(expected)
  })
})

describe('the guide', () => {
  it('gives the type scale as the data has it', () => {
    for (const name of Object.keys(look.scale) as (keyof typeof look.scale)[])
      expect(rowOf(name, 4)?.slice(1, 3)).toEqual([`${look.scale[name]} rem`, `${look.print.sizes[name]} pt`])
  })

  it('gives glyph, tone and words of every state as the data has them', () => {
    for (const assurance of assurances) {
      const { glyph, tone, word } = assuranceSigns[assurance]
      expect(rowOf(assurance, 5)?.slice(1)).toEqual([glyph, tone, word.en, word.de])
    }
    for (const state of publicStates) {
      const { glyph, tone, word } = publicSigns[state]
      expect(rowOf(`public ${state}`, 5)?.slice(1)).toEqual([glyph, tone, word.en, word.de])
    }
  })

  it('gives spacing and widths as the data has them', () => {
    expect(guide).toContain(`Distances in rem: ${look.spacing.join(', ')}.`)
    const { measure, proofMargin, gutter, phone } = look.widths
    expect(guide).toContain(`measure ${measure} rem, gutter ${gutter} rem, proof margin ${proofMargin} rem`)
    expect(guide).toContain(`below ${phone} rem`)
    expect(guide).toContain(`${look.print.proofMargin} mm wide`)
  })
})

describe('the stylesheet of the page', () => {
  it('keeps every margin, padding and gap to the steps of the spacing', () => {
    const distances = [...pageStyle().matchAll(/(?<!-)(?:margin|padding|gap)[a-z-]*:([^;}]*)/g)]
      .flatMap(([, value = '']) => [...value.matchAll(/([\d.]+)rem/g)])
      .map(([, rem]) => Number(rem))
    expect(distances.length).toBeGreaterThan(30)
    expect(distances.filter((distance) => !look.spacing.includes(distance))).toEqual([])
  })
})

describe('the signs', () => {
  it('differ in glyph and in word within each set, so that colour is never the only sign', () => {
    for (const set of [Object.values(assuranceSigns), Object.values(publicSigns)]) {
      expect(new Set(set.map((sign) => sign.glyph)).size).toBe(set.length)
      expect(new Set(set.map((sign) => sign.word.en)).size).toBe(set.length)
      expect(new Set(set.map((sign) => sign.word.de)).size).toBe(set.length)
    }
  })
})
