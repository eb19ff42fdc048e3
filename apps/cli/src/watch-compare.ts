import { findMeasure } from '@art32/catalogue'
import {
  assurances,
  compareEditions,
  differenceText,
  linesOf,
  type Change,
  type Difference,
  type EditionDocument,
} from '@art32/press'
import type { Verification } from './verification.ts'

/** What somebody who depends on a provider has to know. */
export interface Alert {
  readonly kind:
    | 'removed'
    | 'weakened'
    | 'changed'
    | 'lowered'
    | 'lapsed'
    | 'truncated'
    | 'rewritten'
    | 'restored'
    | 'other-log'
    | 'other-key'
    | 'key-changed'
    | 'key-compromised'
    | 'does-not-hold'
  /** Id of the line; null for the log as a whole. */
  readonly line: string | null
  readonly say: string
  /** In what the promise of the line differs, as the page of the comparison names it. */
  readonly differences?: readonly Difference[]
}

/**
 * What of an edition promises less than the one before, or may: the comparison of the publisher's own page, whose verdict is
 * "decision needed" and never "equivalent". Other words that promise the same, and a translation, are nothing to tell.
 */
export function weakened(before: EditionDocument, now: EditionDocument): Alert[] {
  const { changes } = compareEditions(before, now, (measure) => findMeasure(measure))
  const hidden = hiddenOf(now) - hiddenOf(before)
  return changes.flatMap((change) => [...promised(change, now, hidden), ...backed(change)])
}

/** The same of editions that anybody may have made; null where they have another shape, on which the comparison trips. */
export function weakenedIfWhole(before: EditionDocument, now: EditionDocument): Alert[] | null {
  try {
    return weakened(before, now)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null
    throw error
  }
}

function promised(change: Change, now: EditionDocument, hidden: number): Alert[] {
  const { before, after, decision, differences } = change
  if (decision === 'not-needed') return []
  const line = (before ?? after)?.id ?? null
  const texts = differences.filter(({ aspect }) => aspect !== 'line').map((one) => differenceText(one, 'en'))
  const ask = `A person has to judge whether it promises less.${decisionText(now, change)}`
  if (after === null) {
    const maybe =
      hidden > 0 ? ` ${hidden} lines more than before are not shown to the public; it may be one of them.` : ''
    return [{ kind: 'removed', line, say: `It is gone: "${before?.text ?? ''}"${maybe} ${ask}`, differences }]
  }
  if (before === null) return [{ kind: 'changed', line, say: `It is new: "${after.text}" ${ask}`, differences }]
  const isWeaker = differences.some(({ direction }) => direction === 'weaker')
  const text = before.text === after.text ? `"${after.text}"` : `"${before.text}" → "${after.text}"`
  return [{ kind: isWeaker ? 'weakened' : 'changed', line, say: `${texts.join('; ')}. ${text} ${ask}`, differences }]
}

/** What the publisher wrote down about this change; the watcher did not take part in it. */
function decisionText({ changes }: EditionDocument, { before, after }: Change): string {
  const decision = changes?.decisions.find(
    (one) => one.before === (before?.text ?? '') && one.after === (after?.text ?? ''),
  )
  return decision === undefined ? '' : ` The publisher decided so; the reason given: "${decision.reason}"`
}

/** A line that is backed worse promises as much as before. */
function backed({ before, after }: Change): Alert[] {
  if (before === null || after === null) return []
  if (assurances.indexOf(after.assurance) <= assurances.indexOf(before.assurance)) return []
  return [
    { kind: 'lowered', line: before.id, say: `It was ${before.assurance} and is ${after.assurance}: "${after.text}"` },
  ]
}

const hiddenOf = ({ withheld }: EditionDocument): number => withheld.customers + withheld.auditors

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

/**
 * What is to be told of a log that goes on under another key than the kept ones, to which they lead or which another source
 * vouches for; nothing where its key is kept already.
 *
 * @param now the key of the log
 */
export function keyAlerts(
  kept: readonly string[],
  now: string,
  { rotations, compromised, notProven }: Pick<Verification, 'rotations' | 'compromised' | 'notProven'>,
): Alert[] {
  if (kept.includes(now)) return []
  if (compromised) {
    const say = notProven.find((one) => one.includes('in foreign hands')) ?? 'The key before may be in foreign hands.'
    return [{ kind: 'key-compromised', line: null, say }]
  }
  const [newest] = rotations
  if (newest === undefined) return []
  const say = `The key of the log was changed at ${newest.at}: the key that was kept leads to ${now}, which counts from now on.`
  return [{ kind: 'key-changed', line: null, say }]
}

/** What a bundle that does not hold against what was kept means. */
export function brokenAlerts({
  steps,
  lines,
  compromised,
}: Pick<Verification, 'steps' | 'lines' | 'compromised'>): Alert[] {
  const faults = steps.filter(({ ok }) => !ok)
  return [
    ...faults.map(({ id, place, say }): Alert => {
      if (id === 'held') return { kind: heldKind(say), line: null, say }
      if (id === 'key')
        return { kind: compromised ? 'key-compromised' : 'other-key', line: null, say: `${place}: ${say}` }
      return { kind: 'does-not-hold', line: null, say: `${place}: ${say}` }
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
