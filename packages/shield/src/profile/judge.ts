import type { Detector } from '../detect/detector.ts'
import type { ColumnSample } from './column.ts'
import { typeByName } from './header.ts'

/** What is in a column, and how sure that is, 0 to 1. */
export interface Judgement {
  readonly type: string
  readonly confidence: number
}

/** From this share of the values on a detector that seldom errs has found the type of a column. */
const MOSTLY = 0.7
/** A detector whose check a random value passes this often says nothing by itself. */
const WEAK = 1 / 20
/** Of random numbers some identifier or other takes half. */
const ALWAYS = 0.9

/** What may stand under a name that says another thing, since the detectors know it better. */
const betterByValue = new Set([
  'national-id',
  'subject-id',
  'name',
  'address',
  'username',
  'harmless',
  'text',
  'url',
  'organisation',
])

/** Types whose values are seen by their form: a name alone does not make a number a mail address. */
const needsForm = new Set(['email', 'iban', 'card', 'phone', 'ip', 'mac', 'vin', 'birth-date', 'geo', 'de.idnr'])

/**
 * Judges a column by its name and a sample of its values. What is not clear is told as that: `unclear` is replaced by pseudonyms,
 * so that nothing personal gets through and joins hold.
 */
export function judgeColumn(name: string, sample: ColumnSample, detectors: readonly Detector[]): Judgement {
  const named = typeByName(name)
  const seen = byForm(sample, detectors)
  if (sample.values === 0) return { type: named?.type ?? 'unclear', confidence: (named?.clarity ?? 0) / 2 }
  if (named !== undefined) {
    if (seen !== undefined && betterByValue.has(named.type)) return named.type === seen.type ? sure(named, seen) : seen
    if (seen !== undefined && agree(named.type, seen.type)) return sure({ ...named }, seen)
    if (!needsForm.has(named.type)) return refined(named, sample)
    // Named a telephone number, and its values are something else: what they are decides, and if nobody knows, they go.
    if (seen !== undefined) return { type: seen.type, confidence: seen.confidence * 0.8 }
    return { type: named.type, confidence: named.clarity * 0.6 }
  }
  if (seen?.type === 'date' && areOfLives(sample)) return { type: 'birth-date', confidence: 0.6 }
  return seen ?? byWords(sample)
}

const sure = (named: { readonly type: string; readonly clarity: number }, seen: Judgement): Judgement => ({
  type: named.type,
  confidence: Math.min(1, Math.max(named.clarity, seen.confidence) + 0.1),
})

/** Whether what the name says and what the values look like is the same thing. */
function agree(named: string, seen: string): boolean {
  if (named === seen) return true
  if (named === 'birth-date') return seen === 'date'
  return named === 'phone' && seen === 'phone'
}

/** Days that nobody says the meaning of, spread over decades and mostly long past, are taken for birthdays: those of orders and of visits are not. */
function areOfLives({ years }: ColumnSample): boolean {
  const thisYear = new Date().getFullYear()
  const old = [...years].filter(([year]) => year <= thisYear - 18)
  const sum = (of: readonly (readonly [number, number])[]) => of.reduce((count, [, more]) => count + more, 0)
  return years.size >= 20 && sum(old) > sum([...years]) / 2
}

/** What a detector recognises in most values, the most certain one first. */
function byForm(sample: ColumnSample, detectors: readonly Detector[]): Judgement | undefined {
  const shares = detectors.map((detector, index) => ({
    detector,
    share: (sample.hits[index] ?? 0) / Math.max(1, sample.values),
  }))
  const likely = shares
    .filter(({ share, detector }) => share >= MOSTLY && (detector.chance <= WEAK || isStructured(detector)))
    .toSorted((one, other) => other.share - one.share || one.detector.chance - other.detector.chance)[0]
  if (likely !== undefined) return { type: kindOf(likely.detector.id), confidence: likely.share }
  // Numbers of several countries in one column: each by itself is seldom, one of them is in every value.
  const identified = sample.identified / Math.max(1, sample.values)
  return identified >= ALWAYS ? { type: 'national-id', confidence: identified * 0.9 } : undefined
}

/** Both kinds of address of a machine are one type of column. */
const kindOf = (id: string): string => (id === 'ipv4' || id === 'ipv6' ? 'ip' : id)

/** Forms that nothing else has, though nothing is checked. */
const isStructured = (detector: Detector): boolean =>
  ['email', 'ipv4', 'ipv6', 'mac', 'url', 'date', 'phone', 'secret', 'uuid', 'geo', 'street'].includes(detector.id)

/** What a name says of values without a form of their own, seen beside the values. */
function refined(named: { readonly type: string; readonly clarity: number }, sample: ColumnSample): Judgement {
  const { type, clarity } = named
  const meanWords = sample.words / sample.values
  if (type === 'harmless')
    return byWords(sample).type === 'text' ? { type: 'text', confidence: 0.6 } : { type, confidence: clarity * 0.8 }
  // A column called `title` or `contact` whose values are sentences is a text.
  if (type !== 'text' && type !== 'address' && meanWords > 7) return { type: 'text', confidence: 0.8 }
  // `customer`, `user` or `client` may also hold a number.
  if ((type === 'name' || type === 'username') && sample.numbers / sample.values > 0.8)
    return { type: 'subject-id', confidence: 0.7 }
  // The `first` and the `last` of something else.
  if ((type === 'given-name' || type === 'family-name') && sample.numbers / sample.values > 0.8) return byWords(sample)
  if (type === 'gender' && sample.different.size > 20) return { type: 'text', confidence: 0.5 }
  return { type, confidence: clarity }
}

/** What words alone say, where neither the column's name nor a form does. */
function byWords(sample: ColumnSample): Judgement {
  const { values, different, tokens } = sample
  const share = (count: number) => count / values
  const ofTokens = (count: number) => count / Math.max(1, tokens)
  if (share(sample.numbers) > 0.9) return { type: 'number', confidence: 0.8 }
  const meanWords = sample.words / values
  if (meanWords >= 5 || sample.length / values > 60) return { type: 'text', confidence: 0.8 }
  // First names with family names behind them are people, however few: the five who answer all tickets.
  const isNames = share(sample.wordy) > 0.8 && share(sample.capitalised) > 0.7 && meanWords >= 1.8
  if (isNames && ofTokens(sample.given) > 0.3 && ofTokens(sample.given) + ofTokens(sample.family) > 0.8)
    return { type: 'name', confidence: 0.8 }
  const areCapitalised = share(sample.wordy) > 0.8 && share(sample.capitalised) > 0.7 && ofTokens(sample.capitals) < 0.5
  // A handful of words that come again and again are codes; not so where they may be names: of the five who answer all tickets.
  if (different.size <= Math.max(12, values * 0.01) && !(areCapitalised && ofTokens(sample.common) < 0.5))
    return { type: 'code', confidence: values > 100 ? 0.8 : 0.5 }
  if (areCapitalised) {
    const known = ofTokens(sample.given) + ofTokens(sample.family)
    if (ofTokens(sample.places) > 0.5 && ofTokens(sample.places) > ofTokens(sample.given))
      return { type: 'place', confidence: 0.6 }
    if (ofTokens(sample.common) < 0.5 || known > 0.5) {
      const type = meanWords > 1.5 ? 'name' : sample.given > sample.family ? 'given-name' : 'family-name'
      return { type, confidence: Math.min(0.9, 0.4 + known / 2) }
    }
  }
  if (meanWords >= 2.5) return { type: 'text', confidence: 0.5 }
  return { type: 'unclear', confidence: 0.2 }
}
