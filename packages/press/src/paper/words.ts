import type { Tone } from '../assurance.ts'
import type { Language } from '../language.ts'

/** The fixed words of every paper. */
export interface PaperWords {
  readonly untitled: string
  readonly page: string
  readonly of: string
  readonly nothing: string
  readonly notStated: string
  readonly placeAndDate: string
  readonly signature: string
  readonly ledger: string
  readonly leaf: string
  readonly checkpoint: string
}

/** The fixed words of every paper, in both languages. */
export const paperWords: Readonly<Record<Language, PaperWords>> = {
  en: {
    untitled: 'Document',
    page: 'Page',
    of: 'of',
    nothing: 'Nothing is recorded here.',
    notStated: 'not stated',
    placeAndDate: 'Place and date',
    signature: 'Signature',
    ledger: 'Ledger',
    leaf: 'leaf',
    checkpoint: 'checkpoint',
  },
  de: {
    untitled: 'Dokument',
    page: 'Seite',
    of: 'von',
    nothing: 'Hier ist nichts verzeichnet.',
    notStated: 'keine Angabe',
    placeAndDate: 'Ort und Datum',
    signature: 'Unterschrift',
    ledger: 'Journal',
    leaf: 'Blatt',
    checkpoint: 'Prüfpunkt',
  },
}

/** One shape for each tone; all of them are in the fonts of page and PDF. */
export const toneGlyphs: Readonly<Record<Tone, string>> = {
  good: '●',
  vouched: '◐',
  plain: '○',
  waiting: '△',
  bad: '▲',
}
