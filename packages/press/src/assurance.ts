import type { Language } from './language.ts'

/**
 * The nine assurances, best first: how well a measure is backed. Computed by the register, never typed by a person.
 */
export const assurances = [
  'verified',
  'attested',
  'inherited',
  'customer',
  'stated',
  'planned',
  'lapsed',
  'absent',
  'failing',
] as const

/** How well a measure is backed; one of the nine. */
export type Assurance = (typeof assurances)[number]

/** The four states that the public sees, best first. */
export const publicStates = ['proven', 'confirmed', 'stated', 'correction-due'] as const

/** What the public sees of an assurance; one of the four. */
export type PublicState = (typeof publicStates)[number]

/**
 * Maps one of the nine assurances to one of the four public states.
 *
 * A failing or lapsed measure is shown as `correction-due` only once the grace is over; until then it is shown as what it
 * still is without its proof: a sentence, `stated`. It is never shown as proven in between. Planned, absent and the
 * customer's own duties are `stated` too, since nothing is proven about them: the line itself says its status.
 *
 * @param graceOver  whether the time to mend has passed (the caller knows since when it fails; 72 hours by default)
 */
export function publicStateOf(assurance: Assurance, graceOver: boolean): PublicState {
  switch (assurance) {
    case 'verified':
      return 'proven'
    case 'attested':
    case 'inherited':
      return 'confirmed'
    case 'failing':
    case 'lapsed':
      return graceOver ? 'correction-due' : 'stated'
    case 'customer':
    case 'stated':
    case 'planned':
    case 'absent':
      return 'stated'
  }
}

/** The colour role of a state; colours exist for outcome only. */
export type Tone = 'good' | 'vouched' | 'plain' | 'waiting' | 'bad'

/** How a state is shown: always a glyph and a word, so that the colour is never the only sign. */
export interface Sign {
  /** One character that differs in shape from every other sign and is in the fonts of page and PDF. */
  readonly glyph: string
  readonly tone: Tone
  readonly word: Readonly<Record<Language, string>>
}

/** Glyph, tone and words of the nine assurances, for the workplace and for auditors. */
export const assuranceSigns: Readonly<Record<Assurance, Sign>> = {
  verified: { glyph: '●', tone: 'good', word: { en: 'verified', de: 'technisch nachgewiesen' } },
  attested: { glyph: '◐', tone: 'vouched', word: { en: 'attested', de: 'bestätigt' } },
  inherited: { glyph: '◑', tone: 'vouched', word: { en: 'inherited', de: 'vom Auftragsverarbeiter gewährleistet' } },
  customer: { glyph: '◇', tone: 'plain', word: { en: 'customer', de: 'Pflicht des Kunden' } },
  stated: { glyph: '○', tone: 'plain', word: { en: 'stated', de: 'nur angegeben' } },
  planned: { glyph: '□', tone: 'waiting', word: { en: 'planned', de: 'geplant' } },
  lapsed: { glyph: '△', tone: 'waiting', word: { en: 'lapsed', de: 'Nachweis abgelaufen' } },
  absent: { glyph: '✗', tone: 'bad', word: { en: 'absent', de: 'nicht vorhanden' } },
  failing: { glyph: '▲', tone: 'bad', word: { en: 'failing', de: 'nicht erfüllt' } },
}

/** Glyph, tone and words of the four public states. */
export const publicSigns: Readonly<Record<PublicState, Sign>> = {
  proven: { glyph: '●', tone: 'good', word: { en: 'proven', de: 'nachgewiesen' } },
  confirmed: { glyph: '◐', tone: 'vouched', word: { en: 'confirmed', de: 'bestätigt' } },
  stated: { glyph: '○', tone: 'plain', word: { en: 'stated', de: 'angegeben' } },
  'correction-due': { glyph: '▲', tone: 'bad', word: { en: 'correction due', de: 'Korrektur fällig' } },
}
