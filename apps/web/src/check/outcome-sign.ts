import type { Sign } from '@art32/press'
import type { OutcomeState } from '../api/api.ts'

/** Glyph, tone and words of the outcomes; the glyphs mean the same as those of the assurances. */
export const outcomeSigns: Readonly<Record<OutcomeState, Sign>> = {
  pass: { glyph: '●', tone: 'good', word: { en: 'pass', de: 'bestanden' } },
  fail: { glyph: '▲', tone: 'bad', word: { en: 'fail', de: 'nicht bestanden' } },
  info: { glyph: '○', tone: 'plain', word: { en: 'for information', de: 'zur Kenntnis' } },
  'not-evaluated': { glyph: '△', tone: 'waiting', word: { en: 'could not look', de: 'nicht einsehbar' } },
  'not-applicable': { glyph: '–', tone: 'plain', word: { en: 'does not apply', de: 'trifft nicht zu' } },
}

/** The state of a subject, which comes as text; one that is not known is for information. */
export function knownState(state: string): OutcomeState {
  return worstFirst.find((known) => known === state) ?? 'info'
}

/** Outcomes with the worst first. */
export const worstFirst: readonly OutcomeState[] = ['fail', 'not-evaluated', 'info', 'pass', 'not-applicable']

/** Sorts by state, the worst first; equal ones keep their order. */
export function byWorst<T extends { readonly state: OutcomeState }>(outcomes: readonly T[]): T[] {
  return outcomes.toSorted((left, right) => worstFirst.indexOf(left.state) - worstFirst.indexOf(right.state))
}
