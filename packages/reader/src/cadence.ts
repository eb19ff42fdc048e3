import type { Cadence } from './schema.ts'

type Rhythm = readonly [pattern: RegExp, every: string]

/** Words that name one rhythm, most specific first. */
const rhythms: readonly Rhythm[] = [
  [
    /\b(halbjährlich|halbjaehrlich|semi-?annual(ly)?|twice (a|per) year|zweimal (im|pro) jahr|every six months|halbjahres)/i,
    'P6M',
  ],
  [
    /\b(vierteljährlich|quartalsweise|quarterly|every quarter|once (a|per) quarter|pro quartal|jedes quartal|quartals)/i,
    'P3M',
  ],
  [/\b(alle zwei jahre|every two years|every other year|biennial(ly)?)\b/i, 'P2Y'],
  [
    /\b(jährlich|jaehrlich|einmal (im|pro) jahr|annual(ly)?|yearly|every year|once (a|per) year|each year|per annum|jahresaudit)/i,
    'P1Y',
  ],
  [/\b(monatlich|monthly|every month|once (a|per) month|jeden monat|einmal (im|pro) monat)/i, 'P1M'],
  [/\b(fortnightly|every two weeks|alle zwei wochen|zweiwöchentlich)\b/i, 'P2W'],
  [/\b(wöchentlich|woechentlich|weekly|every week|once (a|per) week|jede woche)/i, 'P1W'],
  [/\b(täglich\p{Ll}*|taeglich|daily|nightly|every (day|night)|jede nacht|nächtlich\p{Ll}*|tägl)/iu, 'P1D'],
  [/\b(stündlich|hourly|every hour)/i, 'PT1H'],
]

/** Words that can mean two rhythms, with both. */
const ambiguous: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bbi-?annual(ly)?\b/i, ['P6M', 'P2Y']],
  [/\bbi-?monthly\b/i, ['P15D', 'P2M']],
  [/\bbi-?weekly\b/i, ['P3D', 'P2W']],
  [/\bzweijährlich\b/iu, ['P6M', 'P2Y']],
  [/\bzweimonatlich\b/iu, ['P15D', 'P2M']],
]

const UNITS: readonly (readonly [RegExp, (n: number) => string])[] = [
  [/^(tag|day|täg)/i, (n) => `P${n}D`],
  [/^(woche|week)/i, (n) => `P${n}W`],
  [/^(monat|month)/i, (n) => `P${n}M`],
  [/^(jahr|year)/i, (n) => `P${n}Y`],
  [/^(stunde|hour|h\b)/i, (n) => `PT${n}H`],
  [/^(minute|min)/i, (n) => `PT${n}M`],
]

const NUMBER_WORDS: Readonly<Record<string, number>> = {
  zwei: 2, two: 2, drei: 3, three: 3, vier: 4, four: 4, fünf: 5, five: 5, sechs: 6, six: 6, zwölf: 12, twelve: 12,
} // prettier-ignore

const EVERY =
  /\b(?:alle|every|all)\s+(\d{1,3}|zwei|two|drei|three|vier|four|fünf|five|sechs|six|zwölf|twelve)[\s-]+(tage|days?|wochen?|weeks?|monate?|months?|jahre?|years?|stunden|hours|minuten|minutes)|\b(\d{1,3})-(month|day|week|year)(?:s|ly)? (?:cadence|rhythm|cycle|interval|review)/iu

/**
 * The rhythm that a statement names, or null. A length of time that is not a rhythm ("kept for 30 days") is none.
 *
 * @returns for a word with two meanings both of them and the question to ask
 */
export function readCadence(text: string, language: 'en' | 'de'): Cadence | null {
  for (const [pattern, candidates] of ambiguous) {
    const word = pattern.exec(text)?.[0]
    if (word !== undefined) return { ambiguous: word, candidates, ask: question(word, candidates, language) }
  }
  const every = EVERY.exec(text)
  if (every) {
    const amount = every[1] ?? every[3] ?? ''
    const count = NUMBER_WORDS[amount.toLowerCase()] ?? Number(amount)
    const unit = every[2] ?? every[4] ?? ''
    const make = UNITS.find(([pattern]) => pattern.test(unit))?.[1]
    if (make && count > 0) return { every: make(count) }
  }
  const found = rhythms.find(([pattern]) => pattern.test(text))
  return found ? { every: found[1] } : null
}

const NAMES: Readonly<Record<string, readonly [en: string, de: string]>> = {
  P6M: ['every six months', 'alle sechs Monate'],
  P2Y: ['every two years', 'alle zwei Jahre'],
  P15D: ['twice a month', 'zweimal im Monat'],
  P2M: ['every two months', 'alle zwei Monate'],
  P3D: ['twice a week', 'zweimal in der Woche'],
  P2W: ['every two weeks', 'alle zwei Wochen'],
}

function question(word: string, candidates: readonly string[], language: 'en' | 'de'): string {
  const [first, second] = candidates.map((one) => NAMES[one]?.[language === 'en' ? 0 : 1] ?? one)
  return language === 'en' ? `Does "${word}" mean ${first} or ${second}?` : `Heißt „${word}“ ${first} oder ${second}?`
}
