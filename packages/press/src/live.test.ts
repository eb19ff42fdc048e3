import { describe, expect, it } from 'vitest'
import { editionFor } from './audience.ts'
import { linesOf } from './edition.ts'
import type { EditionDocument, Line } from './edition.ts'
import { exampleEdition, withSections } from './example-edition.ts'
import { liveEdition } from './live.ts'
import type { CurrentLine } from './live.ts'
import { renderPage } from './page.ts'

const edition = exampleEdition('en')
const lineWith = (words: string, of: EditionDocument = edition): Line => {
  const line = linesOf(of.sections).find(({ text }) => text.includes(words))
  if (!line) throw new Error(`no line says ${words}`)
  return line
}
const tls = lineWith('TLS 1.2')
const dayAfter = new Date('2026-11-30T06:00:00.000Z')
const within = new Date('2026-11-23T00:00:00.000Z')

function today(line: Line, more: Partial<CurrentLine> = {}): CurrentLine {
  const passes = line.parts.flatMap((part) =>
    part.backing.flatMap((one) =>
      one.kind === 'check'
        ? [
            {
              check: one.check,
              system: one.system,
              at: '2026-11-30T05:00:00.000Z',
              freshUntil: '2026-12-07T05:00:00.000Z',
            },
          ]
        : [],
    ),
  )
  return {
    text: line.text,
    ...(line.parameters ? { parameters: line.parameters } : {}),
    assurance: 'verified',
    publicState: 'proven',
    checkedAt: '2026-11-30T05:00:00.000Z',
    freshUntil: '2026-12-07T05:00:00.000Z',
    failingSince: null,
    dueFrom: null,
    exceptionUntil: null,
    passes,
    ...more,
  }
}

function live(line: Line, now: Date, current?: CurrentLine, of = edition) {
  const found = liveEdition(of, now, current ? new Map([[line.id, current]]) : new Map())
  const { state, note } = found.lines.find(({ id }) => id === line.id) ?? {}
  return { state, note }
}

describe('an edition by itself', () => {
  it('stands as it was published while its proofs count', () => {
    const { lines, counts, until } = liveEdition(edition, within)
    expect(lines.filter(({ note }) => note !== null)).toEqual([])
    expect(counts).toEqual(editionFor('public', edition).counts.public)
    expect(until).toBe(tls.freshUntil)
  })

  it('says by its own dates from when a proof counts no more, to the millisecond', () => {
    const end = new Date(tls.freshUntil ?? '')
    expect(live(tls, new Date(end.getTime() - 1)).state).toBe('proven')
    expect(live(tls, end)).toEqual({
      state: 'correction-due',
      note: { kind: 'lapsed', at: tls.freshUntil, lastProven: '2026-11-22T06:00:00Z' },
    })
    const html = renderPage(edition, { live: liveEdition(edition, end) }).html
    expect(html).toContain('Proof lapsed on 29\u00A0Nov\u00A02026, 06:00 UTC (last proven 22\u00A0Nov\u00A02026)')
    expect(renderPage(edition, { live: liveEdition(edition, end), language: 'de' }).html).toContain(
      'Nachweis abgelaufen am 29.11.2026, 06:00 UTC (zuletzt nachgewiesen 22.11.2026)',
    )
  })

  it('moves the counts at the top and leaves the edition as it is', () => {
    const before = JSON.stringify(edition)
    const now = liveEdition(edition, dayAfter)
    expect(now.counts.proven).toBe(0)
    expect(Object.values(now.counts).reduce((sum, one) => sum + one, 0)).toBe(now.lines.length)
    expect(JSON.stringify(edition)).toBe(before)
  })

  it('says when an exception ended', () => {
    const line = lineWith('reviewed by a second developer')
    const stated = withSections(edition, [
      { id: 'one', title: 'One', level: 1, blocks: [{ ...line, assurance: 'stated', publicState: 'stated' }] },
    ])
    const [first] = linesOf(stated.sections)
    if (!first) throw new Error('no line')
    expect(live(first, new Date('2027-01-31T23:59:00Z'), undefined, stated).note).toBeNull()
    expect(liveEdition(stated, new Date('2027-01-31T23:59:00Z')).until).toBe('2027-02-01T00:00:00.000Z')
    expect(live(first, new Date('2027-02-01T00:00:00Z'), undefined, stated).note).toEqual({
      kind: 'exception-ended',
      until: '2027-01-31',
    })
  })
})

describe('an edition with what the register says today', () => {
  it('says when it was proven again', () => {
    expect(live(tls, dayAfter, today(tls))).toEqual({
      state: 'proven',
      note: { kind: 'proven-again', at: '2026-11-30T05:00:00.000Z' },
    })
  })

  it('lapses when the newest proof does', () => {
    expect(live(tls, new Date('2026-12-07T05:00:00.000Z'), today(tls, { assurance: 'lapsed' }))).toEqual({
      state: 'correction-due',
      note: { kind: 'lapsed', at: '2026-12-07T05:00:00.000Z', lastProven: '2026-11-30T05:00:00.000Z' },
    })
  })

  it('takes no newer proof of a narrower scope, of other words or of other values', () => {
    for (const weaker of [
      today(tls, { passes: [] }),
      today(tls, { text: tls.text.replace('1.2', '1.0') }),
      today(tls, { parameters: { tls: '1.0' } }),
    ])
      expect(live(tls, dayAfter, weaker)).toMatchObject({ state: 'correction-due', note: { kind: 'lapsed' } })
  })

  it('shows a failure as correction due after its grace, and before it neither as proven nor as a failure', () => {
    const failing = today(tls, {
      assurance: 'failing',
      publicState: 'stated',
      failingSince: '2026-11-23T00:00:00.000Z',
      dueFrom: '2026-11-26T00:00:00.000Z',
    })
    const excused = today(tls, { assurance: 'stated', publicState: 'stated' })
    expect(live(tls, within, failing)).toEqual({ state: 'stated', note: { kind: 'not-proven' } })
    expect(live(tls, within, failing)).toEqual(live(tls, within, excused))
    const shown = renderPage(editionFor('public', edition), {
      live: liveEdition(edition, within, new Map([[tls.id, failing]])),
    }).html
    expect(shown).not.toContain('2026-11-23T00:00')
    expect(live(tls, new Date('2026-11-26T00:00:00Z'), failing)).toEqual({
      state: 'correction-due',
      note: { kind: 'correction-due', at: '2026-11-26T00:00:00.000Z' },
    })
    expect(liveEdition(edition, within, new Map([[tls.id, failing]])).until).toBe('2026-11-26T00:00:00.000Z')
  })

  it('says that an exception was granted, and not why', () => {
    const excepted = today(tls, { assurance: 'stated', publicState: 'stated', exceptionUntil: '2026-12-24' })
    expect(live(tls, within, excepted)).toEqual({ state: 'stated', note: { kind: 'exception', until: '2026-12-24' } })
  })

  it('shows what was failing as proven once everything behind it passes, and never what was only stated', () => {
    const backup = lineWith('Backups are made')
    expect(live(backup, dayAfter, today(backup))).toMatchObject({ state: 'proven', note: { kind: 'proven-again' } })
    expect(live(backup, dayAfter, today(backup, { passes: [] })).state).toBe('correction-due')
    const stated = lineWith('pseudonymised where possible')
    expect(live(stated, dayAfter, today(stated))).toEqual({ state: 'stated', note: null })
  })

  it('tells nothing of lines that the public may not see', () => {
    const hidden = lineWith('restore is practised')
    expect(liveEdition(edition, dayAfter).lines.map(({ id }) => id)).not.toContain(hidden.id)
  })
})
