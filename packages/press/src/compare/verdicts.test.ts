import { describe, expect, it } from 'vitest'
import { linesOf } from '../edition.ts'
import type { Block, EditionDocument, Line } from '../edition.ts'
import { exampleEdition, withSections } from '../example-edition.ts'
import type { Language } from '../language.ts'
import { compareEditions } from './compare.ts'
import type { MeasureKind } from './level.ts'

const catalogue: Readonly<Record<string, MeasureKind>> = {
  'transport-encryption': { goal: 'confidentiality', strength: 3, alternatives: ['private-line'] },
  'private-line': { goal: 'confidentiality', strength: 3, alternatives: ['transport-encryption'] },
  notice: { goal: 'confidentiality', strength: 1, alternatives: [] },
}
const id = 'line-1'
type Edit = (line: Line) => readonly Line[]

/** The edition with other lines in the place of one. */
function withLines(edition: EditionDocument, edit: Edit): EditionDocument {
  return withSections(
    edition,
    edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.flatMap((block): readonly Block[] =>
        block.kind === 'line' && block.id === id ? edit(block) : [block],
      ),
    })),
  )
}

const other = (line: Line, measure: string, text: string): Line => ({
  ...line,
  id: 'new',
  text,
  parts: [{ measure, title: measure, required: true, backing: [], confirmedBy: null }],
})

const texts = {
  en: {
    whole: 'All connections use TLS.',
    soft: 'Connections use TLS where possible.',
    line: 'A leased line carries what is sent.',
    notice: 'A notice asks for care.',
  },
  de: {
    whole: 'Alle Verbindungen nutzen TLS.',
    soft: 'Verbindungen nutzen soweit möglich TLS.',
    line: 'Eine Standleitung überträgt, was gesendet wird.',
    notice: 'Ein Aushang bittet um Sorgfalt.',
  },
} as const

/** What was done to a line, how it was before, and what the comparison has to say of it. */
const cases: readonly (readonly [
  what: string,
  before: (language: Language) => Edit,
  after: (language: Language) => Edit,
  kinds: readonly string[],
  decisions: number,
  alternatives: readonly string[],
])[] = [
  ['removed', () => (line) => [line], () => () => [], ['removed'], 1, []],
  [
    'weakened',
    (language) => (line) => [{ ...line, text: texts[language].whole }],
    (language) => (line) => [{ ...line, text: texts[language].soft }],
    ['changed'],
    1,
    [],
  ],
  [
    'replaced by one that the catalogue calls an alternative',
    () => (line) => [line],
    (language) => (line) => [other(line, 'private-line', texts[language].line)],
    ['added', 'removed'],
    1,
    ['new'],
  ],
  [
    'replaced by a lesser one',
    () => (line) => [line],
    (language) => (line) => [other(line, 'notice', texts[language].notice)],
    ['added', 'removed'],
    1,
    [],
  ],
  [
    'made rarer',
    () => (line) => [{ ...line, rhythm: 'P1M' }],
    () => (line) => [{ ...line, rhythm: 'P1Y' }],
    ['changed'],
    1,
    [],
  ],
  [
    'made more frequent',
    () => (line) => [{ ...line, rhythm: 'P1Y' }],
    () => (line) => [{ ...line, rhythm: 'P1M' }],
    ['changed'],
    0,
    [],
  ],
  [
    'narrowed in scope',
    () => (line) => [{ ...line, systems: ['a', 'b'] }],
    () => (line) => [{ ...line, systems: ['a'] }],
    ['changed'],
    1,
    [],
  ],
  [
    'given to another guarantor',
    () => (line) => [{ ...line, guarantor: 'us' }],
    () => (line) => [{ ...line, guarantor: 'processor' }],
    ['changed'],
    1,
    [],
  ],
]

describe.each(['en', 'de'] as const)('in %s, a line that is', (language) => {
  it.each(cases)('%s', (_what, before, after, kinds, decisions, alternatives) => {
    const edition = exampleEdition(language)
    const comparison = compareEditions(
      withLines(edition, before(language)),
      withLines(edition, after(language)),
      (measure) => catalogue[measure],
    )
    const { changes, counts } = comparison
    const changed = changes.filter(({ kind }) => kind !== 'same')
    expect(changed.map(({ kind }) => kind).toSorted()).toEqual(kinds)
    expect(counts.decisions).toBe(decisions)
    expect(changed.flatMap((change) => change.alternatives)).toEqual(alternatives)
    // The verdict is for a person: nowhere does the computer say that two promises are worth the same.
    for (const { decision } of changes) expect(['needed', 'not-needed']).toContain(decision)
    expect(JSON.stringify(comparison)).not.toMatch(/equivalent|gleichwertig/)
  })
})

describe('a translation', () => {
  it.each([
    ['en', 'de'],
    ['de', 'en'],
  ] as const)('from %s to %s alone needs no decision, and one that promises less does', (from, to) => {
    const [before, after] = [exampleEdition(from), exampleEdition(to)]
    const only = compareEditions(before, after, (measure) => catalogue[measure])
    expect(only.counts).toMatchObject({ translated: linesOf(before.sections).length, changed: 0, decisions: 0 })
    const less = withLines(after, (line) => [{ ...line, status: 'planned' }])
    const { changes, counts } = compareEditions(before, less, (measure) => catalogue[measure])
    expect(counts).toMatchObject({ changed: 1, decisions: 1 })
    expect(changes.find(({ kind }) => kind === 'changed')?.differences).toMatchObject([
      { aspect: 'status', direction: 'weaker' },
    ])
  })
})
