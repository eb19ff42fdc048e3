import { describe, expect, it } from 'vitest'
import { linesOf } from './edition.ts'
import type { Line } from './edition.ts'
import { exampleEdition, withSections } from './example-edition.ts'
import { periodText } from './phrases.ts'
import { readEdition } from './read-edition.ts'
import { words } from './words.ts'
import { editionFor } from './audience.ts'

const day = (n: number) => `2026-0${n}-01T06:00:00.000Z`
const gap = (n: number) => ({ from: day(n), until: day(n + 1) })
const period = { held: 300, failed: 1, notLooked: 60, gaps: [gap(1), gap(3), gap(5), gap(7)] }

describe('a time in which a look was due and none was made', () => {
  it('is named with both ends, the last three of them, in both languages', () => {
    const en = periodText(words.en, period, 'en')
    expect(en).toContain('300 days held, 1 failed, 60 not looked; a look was due and none was made: ')
    expect(en).toContain('2026')
    expect(en.match(/ – /g)).toHaveLength(3)
    expect(en).toContain('(earlier ones: 1)')
    const de = periodText(words.de, period, 'de')
    expect(de).toContain('; eine Prüfung war fällig und fand nicht statt: ')
    expect(de).toContain('(frühere: 1)')
    const { gaps: _, ...without } = period
    expect(periodText(words.en, without, 'en')).toBe('300 days held, 1 failed, 60 not looked')
  })

  it('is part of the format, and kept from the public where the line is not held', () => {
    const edition = exampleEdition('en')
    const withPeriod = (change: Partial<Line>) =>
      withSections(
        edition,
        edition.sections.map((section) => ({
          ...section,
          blocks: section.blocks.map((block) =>
            block.kind === 'line' && block.id === 'line-1' ? { ...block, period, ...change } : block,
          ),
        })),
      )
    const shown = (change: Partial<Line>) =>
      linesOf(editionFor('public', withPeriod(change)).sections).find(({ id }) => id === 'line-1')?.period
    expect(readEdition(JSON.stringify(withPeriod({}))).sections).toEqual(withPeriod({}).sections)
    expect(shown({})?.gaps).toEqual(period.gaps)
    expect(shown({ assurance: 'lapsed', publicState: 'stated' })).toBeUndefined()
  })
})
