import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../edition.ts'
import type { EditionDocument, Line, Part } from '../edition.ts'
import { exampleEdition, longEdition, withSections } from '../example-edition.ts'
import { compareEditions } from './compare.ts'
import type { Change } from './compare.ts'
import type { MeasureKind, MeasureKinds } from './level.ts'

const catalogue: Readonly<Record<string, MeasureKind>> = {
  'transport-encryption': { goal: 'confidentiality', strength: 3, alternatives: ['private-line'] },
  'private-line': { goal: 'confidentiality', strength: 3, alternatives: ['transport-encryption'] },
  notice: { goal: 'confidentiality', strength: 1, alternatives: [] },
  raid: { goal: 'availability', strength: 2, alternatives: [] },
}
const kinds: MeasureKinds = (measure) => catalogue[measure]

const before = exampleEdition('en')

/** The edition with one line made anew; null takes it out. */
function withLine(edition: EditionDocument, id: string, change: (line: Line) => Line | null): EditionDocument {
  const sections = edition.sections.map((section) => ({
    ...section,
    blocks: section.blocks.flatMap((block) => {
      if (block.kind === 'text' || block.id !== id) return [block]
      return change(block) ?? []
    }),
  }))
  return withSections(edition, sections)
}

/** The edition with one line more at its end. */
function withMore(edition: EditionDocument, line: Line): EditionDocument {
  const [first, ...rest] = edition.sections
  if (!first) throw new Error('an edition without sections')
  return withSections(edition, [{ ...first, blocks: [...first.blocks, line] }, ...rest])
}

const lineOf = (id: string): Line => {
  const line = linesOf(before.sections).find((one) => one.id === id)
  if (!line) throw new Error(`no ${id}`)
  return line
}
const partOf = (measure: string): Part => ({
  measure,
  title: measure,
  required: true,
  backing: [],
  confirmedBy: null,
})
const tls = lineOf('line-1')
const fresh = (id: string, text: string, measure: string): Line => ({ ...tls, id, text, parts: [partOf(measure)] })

/** What one change of a line of the edition is called. */
function changeOf(after: EditionDocument, from: EditionDocument = before): Change {
  const changes = compareEditions(from, after, kinds).changes.filter(({ kind }) => kind !== 'same')
  const [change] = changes
  if (!change || changes.length > 1) throw new Error(`${changes.length} changes`)
  return change
}

const said = (change: Change): string[] =>
  change.differences.map(({ aspect, of, direction }) => [aspect, of, direction].filter(Boolean).join(' '))

describe('two editions', () => {
  it('that are the same need no decision', () => {
    const { counts } = compareEditions(before, before, kinds)
    expect(counts).toEqual({ same: 11, reworded: 0, translated: 0, changed: 0, added: 0, removed: 0, decisions: 0 })
  })

  it('differ by a line that was removed, and a person decides', () => {
    const change = changeOf(withLine(before, 'line-1', () => null))
    expect(change).toMatchObject({ kind: 'removed', decision: 'needed', alternatives: [] })
  })

  it('differ by a line that was weakened, with the place of the weakening in its words', () => {
    const change = changeOf(
      withLine(before, 'line-1', (line) => ({ ...line, text: line.text.replace('All connections', 'Connections') })),
    )
    expect(change).toMatchObject({ kind: 'changed', decision: 'needed' })
    expect(said(change)).toEqual(['whole weaker'])
    expect(change.words.slice(0, 2)).toEqual([
      { in: 'before', text: 'All connections' },
      { in: 'after', text: 'Connections' },
    ])
  })

  it('never call a replacement equivalent: they name the candidate that the catalogue knows, and ask', () => {
    const without = withLine(before, 'line-1', () => null)
    const line = fresh('new', 'A private line carries what is sent between the sites.', 'private-line')
    const { changes, counts } = compareEditions(before, withMore(without, line), kinds)
    const gone = changes.find(({ kind }) => kind === 'removed')
    expect(gone).toMatchObject({ decision: 'needed', alternatives: ['new'] })
    expect(counts).toMatchObject({ removed: 1, added: 1, decisions: 1 })
  })

  it('name no candidate for a replacement by something lesser, nor for one that is only planned', () => {
    const without = withLine(before, 'line-1', () => null)
    const lesser = fresh('new', 'A notice asks people to be careful.', 'notice')
    const planned: Line = { ...fresh('new', 'A private line is planned.', 'private-line'), status: 'planned' }
    for (const line of [lesser, planned]) {
      const { changes } = compareEditions(before, withMore(without, line), kinds)
      expect(changes.find(({ kind }) => kind === 'removed')).toMatchObject({ decision: 'needed', alternatives: [] })
    }
  })

  it.each([
    ['P6M', 'P1Y', 'rhythm weaker', 'needed'],
    ['P1Y', 'P6M', 'rhythm stronger', 'not-needed'],
    ['P1Y', undefined, 'rhythm weaker', 'needed'],
    [undefined, 'P1Y', 'rhythm stronger', 'not-needed'],
  ])('judge a rhythm that goes from %s to %s', (from, to, difference, decision) => {
    const rhythm = (value: string | undefined) =>
      withLine(before, 'line-2', (line) => (value ? { ...line, rhythm: value } : line))
    const change = changeOf(rhythm(to), rhythm(from))
    expect(said(change)).toEqual([difference])
    expect(change.decision).toBe(decision)
  })

  it.each([
    [['a', 'b'], ['a'], 'weaker', 'needed'],
    [['a'], ['a', 'b'], 'stronger', 'not-needed'],
    [['a'], ['b'], 'weaker', 'needed'],
    [[], ['a'], 'weaker', 'needed'],
    [['a'], [], 'other', 'needed'],
  ])('judge a scope that goes from %j to %j', (from, to, direction, decision) => {
    const scope = (systems: readonly string[]) => withLine(before, 'line-1', (line) => ({ ...line, systems }))
    const change = changeOf(scope(to), scope(from))
    expect(said(change)).toEqual([`system ${direction}`])
    expect(change.decision).toBe(decision)
  })

  it.each([
    ['us', 'processor', 'weaker'],
    ['us', 'customer', 'weaker'],
    ['processor', 'us', 'other'],
  ] as const)('leave a guarantor that goes from %s to %s to a person', (from, to, direction) => {
    const by = (guarantor: Line['guarantor']) => withLine(before, 'line-1', (line) => ({ ...line, guarantor }))
    const change = changeOf(by(to), by(from))
    expect(said(change)).toEqual([`guarantor ${direction}`])
    expect(change.decision).toBe('needed')
  })

  it('see a translation that promises the same as a translation, and one that promises less as a change', () => {
    const german = exampleEdition('de')
    const { counts, changes } = compareEditions(before, german, kinds)
    expect(counts).toMatchObject({ translated: 11, changed: 0, added: 0, removed: 0, decisions: 0 })
    expect(changes.every(({ words }) => words.length === 0)).toBe(true)
    const less = withLine(german, 'line-1', (line) => ({ ...line, parameters: { tls: '1.0' } }))
    const more = withLine(before, 'line-1', (line) => ({ ...line, parameters: { tls: '1.2' } }))
    expect(compareEditions(more, less, kinds).counts).toMatchObject({ translated: 10, changed: 1, decisions: 1 })
  })

  it.each([
    ['tls', '1.2', '1.3', 'stronger'],
    ['tls', '1.2', '1.0', 'weaker'],
    ['raid', 5, 1, 'other'],
    ['raid', 5, 6, 'stronger'],
    ['raid', 5, 0, 'weaker'],
    ['passwordLength', 12, 8, 'weaker'],
    ['screenLock', 'PT5M', 'PT10M', 'weaker'],
    ['rto', 'P1D', 'PT4H', 'stronger'],
    ['notification', 'PT24H', 'PT72H', 'weaker'],
    ['backupRetention', 'P30D', 'P14D', 'other'],
    ['cipher', 'AES-256', 'AES-128', 'weaker'],
    ['cipher', 'AES-256-GCM', 'AES-256-CBC', 'other'],
    ['hash', 'argon2id', 'sha-256', 'weaker'],
    ['certificates', ['ISO 27001', 'C5'], ['ISO 27001'], 'weaker'],
    ['certificates', ['ISO 27001'], ['ISO 27001', 'C5'], 'stronger'],
    ['shredderLevel', 'P-4', 'P-3', 'weaker'],
    ['shredderLevel', 'P-4', 'O-4', 'other'],
    ['location', ['EU'], ['EU', 'US'], 'other'],
    ['made-up', 1, 2, 'other'],
    ['screenLock', 'soon', 'PT5M', 'other'],
  ])('judge the parameter %s from %j to %j as %s', (name, from, to, direction) => {
    const withValue = (value: string | number | readonly string[]) =>
      withLine(before, 'line-1', (line) => ({ ...line, parameters: { [name]: value } }))
    const change = changeOf(withValue(to), withValue(from))
    expect(said(change)).toEqual([`parameter ${name} ${direction}`])
    expect(change.decision).toBe(direction === 'stronger' ? 'not-needed' : 'needed')
  })

  it('count a number once where a parameter says it already, and ask about one that no parameter knows', () => {
    const withTls = (version: string, text = tls.text) =>
      withLine(before, 'line-1', (line) => ({ ...line, text, parameters: { tls: version } }))
    const newer = changeOf(withTls('1.3', tls.text.replace('1.2', '1.3')), withTls('1.2'))
    expect(newer).toMatchObject({ kind: 'changed', decision: 'not-needed' })
    const people = (count: number) =>
      withLine(before, 'line-7', (line) => ({ ...line, text: `Each change is reviewed by ${count} developers.` }))
    expect(said(changeOf(people(1), people(2)))).toEqual(['number other'])
  })

  it.each([
    ['en', 'Disks are encrypted.', 'Disks are encrypted where possible.', 'softening weaker'],
    ['en', 'Disks are encrypted where possible.', 'Disks are encrypted.', 'softening stronger'],
    ['en', 'Every disk is encrypted.', 'A disk is encrypted.', 'whole weaker'],
    ['en', 'Data is not passed on.', 'Data is passed on.', 'negation other'],
    ['de', 'Festplatten sind verschlüsselt.', 'Festplatten sind in der Regel verschlüsselt.', 'softening weaker'],
    ['de', 'Alle Festplatten sind verschlüsselt.', 'Festplatten sind verschlüsselt.', 'whole weaker'],
    ['de', 'Daten werden nicht weitergegeben.', 'Daten werden weitergegeben.', 'negation other'],
  ] as const)('read in %s what the words "%s" → "%s" do to the promise', (language, from, to, difference) => {
    const withText = (text: string) => withLine(exampleEdition(language), 'line-1', (line) => ({ ...line, text }))
    expect(said(changeOf(withText(to), withText(from)))).toEqual([difference])
  })

  it('take other words for the same promise as a rewording', () => {
    const change = changeOf(
      withLine(before, 'line-2', (line) => ({ ...line, text: line.text.replace('are handed out', 'are given out') })),
    )
    expect(change).toMatchObject({ kind: 'reworded', decision: 'not-needed', differences: [] })
  })

  it('count a condition once, though its words stand in the text too', () => {
    const change = changeOf(
      withLine(before, 'line-1', (line) => ({
        ...line,
        status: 'conditional',
        condition: 'where possible',
        text: `${line.text} This holds where possible.`,
      })),
    )
    expect(said(change)).toEqual(['status weaker', 'condition weaker'])
  })

  it('see a measure that one statement of two no longer promises', () => {
    const both = withLine(before, 'line-1', (line) => ({ ...line, parts: [...line.parts, partOf('raid')] }))
    expect(said(changeOf(before, both))).toEqual(['measure raid weaker'])
    expect(changeOf(both)).toMatchObject({ decision: 'not-needed' })
  })

  it('show a proof that lapsed without asking for a decision: it is no promise', () => {
    const change = compareEditions(
      before,
      withLine(before, 'line-1', (line) => ({ ...line, assurance: 'lapsed' })),
      kinds,
    ).changes.find(({ assurance }) => assurance !== null)
    expect(change).toMatchObject({
      kind: 'same',
      assurance: { before: 'verified', after: 'lapsed', because: [] },
      decision: 'not-needed',
    })
  })

  it('ask about a new exception and about a line that says that something is missing', () => {
    const excepted = changeOf(
      withLine(before, 'line-1', (line) => ({ ...line, exception: { until: '2027-03-31', reason: 'A move.' } })),
    )
    expect(excepted).toMatchObject({ decision: 'needed' })
    const missing: Line = { ...fresh('new', 'There is no private line.', 'private-line'), status: 'not-in-place' }
    expect(changeOf(withMore(before, missing))).toMatchObject({ kind: 'added', decision: 'needed' })
    expect(changeOf(before, withMore(before, missing))).toMatchObject({ kind: 'removed', decision: 'not-needed' })
  })

  it('find a line again that has another id and other words', () => {
    const after = withLine(before, 'line-9', (line) => ({
      ...line,
      id: 'read-anew',
      text: 'Every day backups are made; they are kept at another, organisationally separate place.',
    }))
    expect(changeOf(after)).toMatchObject({ before: { id: 'line-9' }, after: { id: 'read-anew' } })
  })

  it('say how the level of each goal comes about', () => {
    const without = withLine(before, 'line-1', (line) => ({ ...line, status: 'conditional' }))
    expect(compareEditions(before, without, kinds).levels).toEqual([
      expect.objectContaining({ goal: 'availability', before: expect.objectContaining({ points: 2 }) as unknown }),
      {
        goal: 'confidentiality',
        before: {
          points: 3,
          terms: [{ measure: 'transport-encryption', title: 'Encryption in transit', strength: 3, share: 1 }],
        },
        after: {
          points: 1.5,
          terms: [{ measure: 'transport-encryption', title: 'Encryption in transit', strength: 3, share: 0.5 }],
        },
      },
    ])
  })

  it('lose no line, whatever is taken out and put in', () => {
    const all = linesOf(before.sections).map(({ id }) => id)
    fc.assert(
      fc.property(fc.subarray(all), fc.subarray(all), (gone, changed) => {
        let after = before
        for (const id of gone) after = withLine(after, id, () => null)
        for (const id of changed)
          after = withLine(after, id, (line) => ({ ...line, id: `${id}x`, text: `${line.text} Really.` }))
        const { changes } = compareEditions(before, after, kinds)
        expect(changes.flatMap((change) => change.before ?? []).length).toBe(all.length)
        expect(changes.flatMap((change) => change.after?.id ?? [])).toEqual(linesOf(after.sections).map(({ id }) => id))
        for (const { before: old, after: now, decision } of changes)
          if (old && !now && old.status !== 'not-in-place') expect(decision).toBe('needed')
      }),
      { numRuns: 50 },
    )
  })

  it('of ten thousand lines that were all read anew are compared in one go', () => {
    const long = longEdition('en', 900)
    const anew = withSections(
      long,
      long.sections.map((section) => ({
        ...section,
        blocks: section.blocks.map((block) => (block.kind === 'text' ? block : { ...block, id: `${block.id}-anew` })),
      })),
    )
    expect(compareEditions(long, anew, kinds).counts).toMatchObject({ same: 9900, decisions: 0 })
  })
})
