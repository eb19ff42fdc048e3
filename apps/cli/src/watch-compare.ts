import { assurances, type Assurance, type EditionDocument, type Line, linesOf } from '@art32/press'
import type { Verification } from './verification.ts'

/** What somebody who depends on a provider has to know. */
export interface Alert {
  readonly kind:
    | 'removed'
    | 'lowered'
    | 'reworded'
    | 'guarantor'
    | 'lapsed'
    | 'truncated'
    | 'rewritten'
    | 'restored'
    | 'other-log'
    | 'other-key'
    | 'does-not-hold'
  /** Id of the line; null for the log as a whole. */
  readonly line: string | null
  readonly say: string
}

/** What is kept of a line until the next look. */
export interface KeptLine {
  readonly id: string
  readonly text: string
  readonly assurance: Assurance
  readonly guarantor: Line['guarantor']
}

/** The lines of an edition as they are kept. */
export function keptLines(edition: EditionDocument): KeptLine[] {
  return linesOf(edition.sections).map(({ id, text, assurance, guarantor }) => ({ id, text, assurance, guarantor }))
}

/** Lines that are gone, say less, or say it in other words. Whether other words say less, a person decides. */
export function weakened(before: readonly KeptLine[], now: readonly KeptLine[]): Alert[] {
  return before.flatMap((old): Alert[] => {
    const line = now.find(({ id }) => id === old.id) ?? now.find(({ text }) => text === old.text)
    const alert = (kind: Alert['kind'], say: string): Alert => ({ kind, line: old.id, say })
    if (line === undefined) return [alert('removed', `It is gone: "${old.text}"`)]
    return [
      ...(assurances.indexOf(line.assurance) > assurances.indexOf(old.assurance)
        ? [alert('lowered', `It was ${old.assurance} and is ${line.assurance}: "${line.text}"`)]
        : []),
      ...(line.text === old.text ? [] : [alert('reworded', `It said "${old.text}" and says "${line.text}"`)]),
      ...(line.guarantor === old.guarantor
        ? []
        : [alert('guarantor', `It was guaranteed by ${old.guarantor} and is by ${line.guarantor}: "${line.text}"`)]),
    ]
  })
}

/** Lines whose proof has ended since the edition was made; each is named by line and end, to be told once. */
export function lapsed(edition: EditionDocument, now: Date): (Alert & { readonly name: string })[] {
  const claims = ['verified', 'attested', 'inherited']
  return linesOf(edition.sections).flatMap(({ id, text, assurance, freshUntil }) =>
    claims.includes(assurance) && freshUntil !== null && Date.parse(freshUntil) < now.getTime()
      ? [
          {
            kind: 'lapsed' as const,
            line: id,
            say: `Its proof counted until ${freshUntil}: "${text}"`,
            name: `${id} ${freshUntil}`,
          },
        ]
      : [],
  )
}

/** What a bundle that does not hold against what was kept means. */
export function brokenAlerts({ steps, lines }: Pick<Verification, 'steps' | 'lines'>): Alert[] {
  const faults = steps.filter(({ ok }) => !ok)
  return [
    ...faults.map(({ id, place, say }): Alert => {
      if (id === 'held') return { kind: heldKind(say), line: null, say }
      return { kind: id === 'key' ? 'other-key' : 'does-not-hold', line: null, say: `${place}: ${say}` }
    }),
    ...lines
      .filter(({ ok }) => !ok)
      .map(({ place, say }): Alert => ({ kind: 'does-not-hold', line: null, say: `${place}: ${say}` })),
  ]
}

function heldKind(say: string): Alert['kind'] {
  if (say.includes('was restored from a copy')) return 'restored'
  if (say.includes('was cut to')) return 'truncated'
  return say.includes('was rewritten') ? 'rewritten' : 'other-log'
}
