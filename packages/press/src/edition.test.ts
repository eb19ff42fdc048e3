import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editionFor } from './audience.ts'
import { countLines, headingLevels, linesOf, renderJson } from './edition.ts'
import type { EditionDocument, Line } from './edition.ts'
import { exampleEdition, withSections } from './example-edition.ts'
import { limitSentences } from './words.ts'

const changed = (edition: EditionDocument, change: (line: Line) => Line) =>
  withSections(
    edition,
    edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => (block.kind === 'line' ? change(block) : block)),
    })),
  )

describe('renderJson', () => {
  it('gives equal bytes for equal editions, whatever the order of their keys', () => {
    const edition = exampleEdition('en')
    const turned = Object.fromEntries(Object.entries(edition).toReversed()) as unknown as EditionDocument
    expect(renderJson(turned)).toBe(renderJson(edition))
  })

  it('reads back as the same edition', () => {
    expect(JSON.parse(renderJson(exampleEdition('de')))).toEqual(exampleEdition('de'))
  })
})

describe('countLines', () => {
  it('counts every line once by assurance and once by public state', () => {
    const counts = countLines(linesOf(exampleEdition('en').sections))
    const sum = (of: Readonly<Record<string, number>>) => Object.values(of).reduce((a, b) => a + b, 0)
    expect([sum(counts.assurance), sum(counts.public), counts.lines]).toEqual([11, 11, 11])
    expect(counts.public).toEqual({ proven: 3, confirmed: 2, stated: 4, 'correction-due': 2 })
  })
})

describe('headingLevels', () => {
  it('starts at 1, never leaves a level out and never passes 4, for any levels', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (levels) => {
        const sections = levels.map((level) => ({ id: '', title: '', level, blocks: [] }))
        headingLevels(sections).reduce((above, level) => {
          expect(level).toBeGreaterThanOrEqual(1)
          expect(level).toBeLessThanOrEqual(Math.min(4, above + 1))
          return level
        }, 0)
      }),
    )
  })
})

describe('editionFor', () => {
  it('leaves out and counts what a wider audience may not see', () => {
    const circles = ['public', 'customers', 'auditors'] as const
    let turn = 0
    const edition = changed(exampleEdition('en'), (line) => ({ ...line, visibility: circles[turn++ % 3] ?? 'public' }))
    const seen = circles.map((audience) => editionFor(audience, edition))
    expect(seen.map(({ withheld }) => withheld)).toEqual([
      { customers: 4, auditors: 3 },
      { customers: 0, auditors: 3 },
      { customers: 0, auditors: 0 },
    ])
    expect(seen.map(({ counts }) => counts.lines)).toEqual([4, 8, 11])
  })

  it('hides from the public that a line fails within its grace, in every field', () => {
    const inGrace = changed(exampleEdition('en'), (line) => ({
      ...line,
      publicState: line.publicState === 'correction-due' ? 'stated' : line.publicState,
    }))
    const seen = editionFor('public', inGrace)
    const failing = linesOf(seen.sections).find((line) => line.id === 'line-9')!
    expect(failing).toMatchObject({
      assurance: 'stated',
      publicState: 'stated',
      checkedAt: null,
      freshUntil: null,
      cites: [16],
    })
    expect(seen.counts.assurance.failing + seen.counts.assurance.lapsed).toBe(0)
    expect(JSON.stringify(failing)).not.toMatch(/fail|www/)
  })

  it('shows auditors every outcome as it is', () => {
    const edition = exampleEdition('en')
    expect(linesOf(editionFor('auditors', edition).sections)).toEqual(linesOf(edition.sections))
  })
})

describe('limitSentences', () => {
  it('says in both languages that it is self-tested and whether anybody vouches for the times', () => {
    expect(limitSentences('en', { witnesses: [], timeStamps: null }).join(' ')).toMatch(
      /Self-tested.*No certification under Art\. 42 GDPR.*own statement.*no time-stamping.*no witness was asked/,
    )
    expect(
      limitSentences('de', { witnesses: ['a.example/w', 'b.example/w'], timeStamps: 'tsa.example' }).join(' '),
    ).toMatch(
      /Selbst geprüft.*Keine Zertifizierung nach Art\. 42 DSGVO.*unter tsa\.example.*Zeugen, die der Anbieter gewählt hat: a\.example\/w, b\.example\/w\./,
    )
  })
})
