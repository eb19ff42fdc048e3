import { describe, expect, it } from 'vitest'
import { editionFor } from './audience.ts'
import { auditEdition } from './audit.ts'
import type { Open, Verdict } from './audit.ts'
import { citesOf, linesOf } from './edition.ts'
import type { Backing, EditionDocument, Line } from './edition.ts'
import { exampleEdition, exampleRecords, withSections } from './example-edition.ts'
import { renderMarkdown } from './markdown.ts'
import { readEdition } from './read-edition.ts'

const edition = exampleEdition('en')
const records = exampleRecords(edition)

/** Opens the example's records under their role, with some of them replaced. */
const opening =
  (changes: Readonly<Record<number, unknown>> = {}) =>
  (leaf: number, role: string): unknown => {
    const record = records.get(leaf)
    const disclosed = record?.format === `art32.${role}/1` ? record : undefined
    return leaf in changes ? changes[leaf] : disclosed
  }

const withRecord = (leaf: number, change: object) => opening({ [leaf]: { ...records.get(leaf), ...change } })

/** The example with one line changed, its counts computed anew. */
function withLine(id: string, change: (line: Line) => Partial<Line>): EditionDocument {
  return withSections(
    edition,
    edition.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === 'line' && block.id === id ? { ...block, ...change(block) } : block,
      ),
    })),
  )
}

const refused = (verdicts: readonly Verdict[]) => verdicts.filter((verdict) => !verdict.ok)
const one = (verdicts: readonly Verdict[]) => {
  expect(refused(verdicts)).toHaveLength(1)
  return refused(verdicts)[0]!
}

describe('auditEdition', () => {
  it('finds that the example, with all nine assurances, claims no more than its records', () => {
    const verdicts = auditEdition(edition, opening())
    expect(refused(verdicts)).toEqual([])
    expect(verdicts.map((verdict) => verdict.line)).toEqual(
      [...Array(11).keys()].map((n) => `line-${n + 1}`).concat([null as never]),
    )
    expect(verdicts[0]?.say).toBe('It says verified, and so do its records (leaves 0, 1).')
  })

  it('says who signed what a check was given only as the record does', () => {
    const claiming = (signedBy: string | null) =>
      withLine('line-1', ({ parts }) => ({
        parts: parts.map((part) => ({
          ...part,
          backing: part.backing.map((backing) => (backing.kind === 'check' ? { ...backing, signedBy } : backing)),
        })),
      }))
    const key = 'shop-nightly+1a2b3c4d'
    for (const [claimed, recorded, ok] of [
      [key, { signedBy: key }, true],
      [null, { signedBy: null }, true],
      [key, { signedBy: null }, false],
      [key, {}, false],
      [null, { signedBy: key }, false],
    ] as const) {
      const shown = claiming(claimed)
      expect(readEdition(JSON.stringify(shown))).toEqual(shown)
      expect([claimed, recorded, refused(auditEdition(shown, withRecord(1, recorded))).length === 0]).toEqual([
        claimed,
        recorded,
        ok,
      ])
    }
    expect(renderMarkdown(claiming(key), { language: 'en' })).toContain(`evidence signed by ${key}`)
    expect(renderMarkdown(claiming(null), { language: 'de' })).toContain('Nachweis nicht signiert')
  })

  it('accepts what the public sees, without the records of failures', () => {
    const withheld = opening({ 17: undefined, 19: undefined })
    expect(refused(auditEdition(editionFor('public', edition), withheld))).toEqual([])
  })

  it.each([
    ['the record says fail', { state: 'fail' }, 'Leaf 1 says "fail"'],
    ['the record says could not look', { state: 'not-evaluated' }, 'Leaf 1 says "not-evaluated"'],
    ['the record is of another check', { check: 'tls.other' }, 'Leaf 1 says "pass" of tls.other'],
    ['the record is of another time', { at: '2026-11-21T06:00:00Z' }, 'at 2026-11-21T06:00:00Z'],
    ['the record is younger than the edition', { at: '2026-12-01T00:00:00Z' }, 'after the edition'],
    ['its window had ended', { freshUntil: '2026-11-22T08:14:59Z' }, 'counted until 2026-11-22T08:14:59Z only'],
    ['its window ends before the line says', { freshUntil: '2026-11-23T00:00:00Z' }, 'said to count until'],
    ['its times cannot be read', { freshUntil: 'for ever' }, 'counted until for ever only'],
    ['the record has another format', { format: 'art32.outcome/2' }, 'Leaf 1 does not open'],
  ])('refuses a verified line when %s', (_case, change, say) => {
    const verdict = one(auditEdition(edition, withRecord(1, change)))
    expect(verdict).toMatchObject({ line: 'line-1', ok: false })
    expect(verdict.say).toContain(say)
  })

  it.each([[undefined], [null], ['pass'], [[]], [{ format: 'art32.outcome/1', state: 'pass' }]])(
    'refuses a verified line whose leaf opens as %j',
    (record) => {
      expect(one(auditEdition(edition, opening({ 1: record }))).say).toContain('Leaf 1 does not open')
    },
  )

  it.each([
    ['of another statement', { statement: 'line-2' }],
    ['of another measure', { measures: ['key-list'] }],
    ['by the release', { by: 'release' }],
  ])('refuses a verified line whose confirmation is %s', (_case, change) => {
    expect(one(auditEdition(edition, withRecord(0, change))).say).toContain('Leaf 0 confirms something else')
  })

  it('refuses a verified line whose mapping nobody confirmed', () => {
    const unconfirmed = withLine('line-1', (line) => ({
      parts: line.parts.map((part) => ({ ...part, confirmedBy: null })),
      cites: [1],
    }))
    expect(one(auditEdition(unconfirmed, opening())).say).toContain('Nobody confirmed')
  })

  it('refuses a verified line that rests on a supporting check only', () => {
    const supported = withLine('line-1', (line) => ({
      parts: line.parts.map((part) => ({
        ...part,
        backing: part.backing.map((backing) => ({ ...backing, role: 'supports' }) as typeof backing),
      })),
    }))
    expect(one(auditEdition(supported, opening())).say).toContain('not every check that proves')
  })

  it('refuses a verified line of two required parts when only one is backed', () => {
    const half = withLine('line-1', (line) => ({
      parts: [...line.parts, { ...line.parts[0]!, measure: 'disk-encryption', backing: [] }],
    }))
    expect(one(auditEdition(half, opening())).say).toContain('means "disk-encryption"')
  })

  it.each(['stated', 'planned', 'absent', 'failing', 'lapsed', 'attested'] as const)(
    'refuses a line that is %s but shows proven',
    (assurance) => {
      const lifted = withLine('line-1', () => ({ assurance }))
      expect(refused(auditEdition(lifted, opening()))[0]?.say).toContain('It shows "proven"')
    },
  )

  it('refuses a line lifted from failing to verified', () => {
    const lifted = withLine('line-9', () => ({ assurance: 'verified', publicState: 'proven' }))
    expect(one(auditEdition(lifted, opening()))).toMatchObject({ line: 'line-9' })
  })

  it('refuses an attested line whose sign-off was not in force or is of another measure', () => {
    for (const change of [{ freshUntil: '2026-11-01T00:00:00Z' }, { measure: 'vpn' }, { at: '2020-01-01T00:00:00Z' }])
      expect(one(auditEdition(edition, withRecord(3, change)))).toMatchObject({ line: 'line-2' })
  })

  it('accepts a line that lapsed with an overdue sign-off though its checks pass, and not while the sign-off is in force', () => {
    const [signOff] = linesOf(edition.sections).flatMap(({ parts }) =>
      parts.flatMap(({ backing }) => backing.filter(({ kind }) => kind === 'sign-off')),
    )
    if (!signOff) throw new Error('no sign-off in the example')
    const lapsed = withLine('line-1', (line) => ({
      assurance: 'lapsed',
      publicState: 'correction-due',
      parts: line.parts.map((part) => ({ ...part, backing: [...part.backing, signOff] })),
      cites: [...new Set([...line.cites, signOff.leaf])].toSorted((a, b) => a - b),
    }))
    const line = (open: Open) => auditEdition(lapsed, open).find((verdict) => verdict.line === 'line-1')
    const measure = linesOf(edition.sections)[0]?.parts[0]?.measure
    expect(line(withRecord(signOff.leaf, { measure, freshUntil: '2026-11-01T00:00:00Z' }))?.ok).toBe(true)
    expect(line(withRecord(signOff.leaf, { measure }))?.say).toContain('none of the outcomes it shows is "stale"')
  })

  /** Line 1, proven by a check alone, with other claims and backing. */
  const dressed = (change: Partial<Line>, more: readonly Backing[] = []) => {
    const changed = withLine('line-1', (line) => {
      const parts = line.parts.map((part) => ({ ...part, backing: [...part.backing, ...more] }))
      return { parts, cites: citesOf(parts), ...change }
    })
    return (open: Open = opening()) => auditEdition(changed, open).find((verdict) => verdict.line === 'line-1')
  }
  const signedOff = (leaf: number, more: object = {}): Backing => ({
    kind: 'sign-off',
    title: 'Review the key list',
    by: 'Owner',
    at: edition.date,
    leaf,
    ...more,
  })
  const attested = { assurance: 'attested', publicState: 'confirmed' } as const
  const record = (more: object = {}) => ({
    format: 'art32.sign-off/1',
    measure: 'transport-encryption',
    at: edition.date,
    freshUntil: '2027-11-22T00:00:00Z',
    evidence: [],
    ...more,
  })
  const measure = linesOf(edition.sections)[0]?.parts[0]?.measure ?? ''

  it('refuses an attested line that nobody signed off, though its checks pass', () => {
    expect(dressed(attested)()).toMatchObject({ ok: false, say: expect.stringContaining('cites no sign-off') })
    const open = opening({ 12: record({ measure }) })
    expect(dressed(attested, [signedOff(12)])(open)).toMatchObject({ ok: true })
  })

  it.each([
    ['opens as nothing', undefined],
    ['is a check’s', records.get(1)],
    ['is of another measure', record({ measure: 'vpn' })],
    ['is of another time', record({ measure, at: '2020-01-01T00:00:00Z' })],
    ['is over', record({ measure, freshUntil: '2026-11-01T00:00:00Z' })],
  ])('refuses an attested line whose sign-off %s', (_case, found) => {
    expect(dressed(attested, [signedOff(12)])(opening({ 12: found }))?.ok).toBe(false)
  })

  it('refuses a sign-off that no leaf holds, on a line that rests on something else', () => {
    const say = 'Leaf 12 does not open as a sign-off'
    expect(dressed({}, [signedOff(12)])()).toMatchObject({ ok: false, say: expect.stringContaining(say) })
    const stated = { assurance: 'stated', publicState: 'stated' } as const
    expect(dressed(stated, [signedOff(12)])()).toMatchObject({ ok: false, say: expect.stringContaining(say) })
    // A second one behind a first that holds.
    const open = opening({ 12: record({ measure }) })
    expect(dressed(attested, [signedOff(12), signedOff(13)])(open)?.ok).toBe(false)
  })

  it('refuses more times on time than there were', () => {
    const open = opening({ 12: record({ measure }) })
    expect(dressed(attested, [signedOff(12, { performed: { onTime: 11, of: 12 } })])(open)?.ok).toBe(true)
    expect(dressed(attested, [signedOff(12, { performed: { onTime: 13, of: 12 } })])(open)?.ok).toBe(false)
  })

  it('accepts that a line fails by a duty that is named, or lapsed by a sign-off that is over; a sign-off alone excuses nothing', () => {
    const open = opening({ 12: record({ measure }) })
    const failing = { assurance: 'failing', publicState: 'correction-due' } as const
    const lapsed = { assurance: 'lapsed', publicState: 'correction-due' } as const
    const backing = [signedOff(12)]
    expect(dressed({ ...failing, overdue: ['Review the key list'] }, backing)(open)?.ok).toBe(true)
    expect(dressed({ ...failing, overdue: [] }, backing)(open)?.ok).toBe(false)
    expect(dressed(failing, backing)(open)?.ok).toBe(false)
    expect(dressed({ ...lapsed, overdue: ['Review the key list'] }, backing)(open)?.ok).toBe(false)
    expect(dressed({ ...lapsed, freshUntil: '2026-11-01T00:00:00Z' }, backing)(open)?.ok).toBe(true)
    expect(dressed(lapsed, backing)(opening({ 12: undefined }))?.ok).toBe(true)
    expect(dressed(lapsed, backing)(opening({ 12: record({ measure: 'vpn' }) }))?.ok).toBe(false)
  })

  it.each([
    ['no certificate or report is on file', { proof: [] }, 'no report or certificate, is on file'],
    ['no agreement is on file', { agreement: [] }, 'no report or certificate, is on file'],
    ['it ran out before the edition', { freshUntil: '2026-11-20T00:00:00Z' }, 'but leaf 5 says 2026-11-20T00:00:00Z'],
    ['it is of another format', { format: 'art32.agreement/2' }, 'does not open as an agreement'],
  ])('refuses an inherited line where %s', (_, change, why) => {
    expect(one(auditEdition(edition, withRecord(5, change))).say).toContain(why)
  })

  it('refuses an inherited line that no processor guarantees, that names a second one without a record, or stretches its days', () => {
    const backing = {
      kind: 'agreement' as const,
      processor: 'Other',
      title: 'Agreement',
      at: '2026-11-22T06:00:00Z',
      leaf: 5,
    }
    const own = withLine('line-3', () => ({ guarantor: 'us' as const }))
    expect(one(auditEdition(own, opening())).say).toContain('not that a processor guarantees it')
    const second = withLine('line-3', ({ parts: [part] }) => {
      const parts = part ? [{ ...part, backing: [...part.backing, { ...backing, leaf: 1 }] }] : []
      return { parts, cites: [1, 4, 5] }
    })
    expect(one(auditEdition(second, opening())).say).toContain('Leaf 1 does not open as an agreement')
    const stretched = withLine('line-3', ({ parts: [part] }) => {
      const parts = part ? [{ ...part, backing: [{ ...backing, until: '2027-11-29T06:00:00Z' }] }] : []
      return { parts }
    })
    expect(one(auditEdition(stretched, opening())).say).toContain('said to count until 2027-11-29T06:00:00Z')
  })

  it('refuses an inherited line whose agreement does not cover the measure', () => {
    expect(one(auditEdition(edition, withRecord(5, { measures: ['vpn'] }))).line).toBe('line-3')
  })

  it('refuses a failing line whose disclosed outcome is a pass, and a lapsed one that is fresh', () => {
    expect(one(auditEdition(edition, withRecord(17, { state: 'pass' }))).line).toBe('line-9')
    expect(one(auditEdition(edition, withRecord(19, { freshUntil: '2027-01-01T00:00:00Z' }))).line).toBe('line-10')
  })

  it('refuses a stated line that shows a pass which its leaf does not say', () => {
    const dressed = withLine('line-5', (line) => ({
      parts: line.parts.map((part) => ({
        ...part,
        backing: [
          {
            kind: 'check',
            check: 'pg.pii-inventory',
            title: 'Inventory',
            role: 'supports',
            system: 'db',
            state: 'pass',
            at: edition.date,
            leaf: 900,
          },
        ],
      })),
      cites: [900],
    }))
    expect(one(auditEdition(dressed, opening())).say).toContain('Leaf 900 does not open')
  })

  it('refuses cites that are not those of the parts, and leaves that the ledger does not have', () => {
    expect(
      one(
        auditEdition(
          withLine('line-1', () => ({ cites: [0] })),
          opening(),
        ),
      ).say,
    ).toContain('not those that its parts')
    const short = { ...edition, ledger: { ...edition.ledger, size: 21 } }
    expect(one(auditEdition(short, opening())).say).toBe(
      'It cites leaf 21, which the ledger of 21 leaves does not have.',
    )
  })

  it('refuses counts that are not those of the lines, and a line that is there twice', () => {
    const counts = { ...edition.counts, lines: 12 }
    expect(one(auditEdition({ ...edition, counts }, opening()))).toMatchObject({ line: null })
    expect(one(auditEdition({ ...edition, mapping: { person: 11, release: 0, none: 0 } }, opening())).line).toBe(null)
    const doubled = withSections(edition, [...edition.sections, edition.sections[1]!])
    expect(one(auditEdition(doubled, opening())).say).toBe('The line line-6 is there twice.')
  })
})
