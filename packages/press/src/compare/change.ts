import type { Line } from '../edition.ts'
import type { Language } from '../language.ts'
import { directionOf, directionOfRhythm } from './direction.ts'
import type { Aspect, Difference, Direction } from './kinds.ts'
import { moreOf, toneOf } from './qualifier.ts'

/** All differences between two versions of one line in what they promise; none when only words changed that promise nothing. */
export function differencesOf(before: Line, after: Line, languages: readonly [Language, Language]): Difference[] {
  const stated = [
    ...status(before, after),
    ...condition(before, after),
    ...measures(before, after),
    ...parameters(before, after),
    ...rhythm(before, after),
    ...guarantor(before, after),
    ...systems(before, after),
    ...exception(before, after),
  ]
  // Words of two languages are not compared: what they mean must then stand in everything above.
  if (languages[0] !== languages[1]) return stated
  return [...stated, ...words(before.text, after.text, languages[0], stated)]
}

/** How much a status promises. Not applicable is no promise, so leaving it or entering it is for a person to judge. */
const statusRank: Readonly<Record<Line['status'], number>> = {
  'in-place': 3,
  conditional: 2,
  planned: 1,
  'not-in-place': 0,
  'not-applicable': Number.NaN,
}

function status(before: Line, after: Line): Difference[] {
  if (before.status === after.status) return []
  const [old, now] = [statusRank[before.status], statusRank[after.status]]
  const direction = now > old ? 'stronger' : now < old ? 'weaker' : 'other'
  return [{ aspect: 'status', of: '', before: before.status, after: after.status, direction }]
}

function condition(before: Line, after: Line): Difference[] {
  const [old = '', now = ''] = [before.condition, after.condition]
  if (old === now) return []
  const direction = now === '' ? 'stronger' : old === '' ? 'weaker' : 'other'
  return [{ aspect: 'condition', of: '', before: old, after: now, direction }]
}

/** A measure that the line no longer promises, or does so only as one that it would hold without. */
function measures(before: Line, after: Line): Difference[] {
  const promised = (line: Line) => new Map(line.parts.map((part) => [part.measure, part]))
  const [old, now] = [promised(before), promised(after)]
  return [
    ...[...old.values()]
      .filter(({ measure, required }) => !now.has(measure) || (required && !now.get(measure)?.required))
      .map(({ measure, title }): Difference => ({
        aspect: 'measure',
        of: measure,
        before: title,
        after: '',
        direction: 'weaker',
      })),
    ...[...now.values()]
      .filter(({ measure }) => !old.has(measure))
      .map(({ measure, title }): Difference => ({
        aspect: 'measure',
        of: measure,
        before: '',
        after: title,
        direction: 'stronger',
      })),
  ]
}

function parameters(before: Line, after: Line): Difference[] {
  const [old, now] = [before.parameters ?? {}, after.parameters ?? {}]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted()
  return names
    .filter((name) => textOf(old[name]) !== textOf(now[name]))
    .map((name) => ({
      aspect: 'parameter',
      of: name,
      before: textOf(old[name]),
      after: textOf(now[name]),
      direction: directionOf(name, old[name], now[name]),
    }))
}

const textOf = (value: string | number | boolean | readonly string[] | undefined): string =>
  value === undefined ? '' : typeof value === 'object' ? value.join(', ') : String(value)

function rhythm(before: Line, after: Line): Difference[] {
  if (before.rhythm === after.rhythm) return []
  return [
    {
      aspect: 'rhythm',
      of: '',
      before: before.rhythm ?? '',
      after: after.rhythm ?? '',
      direction: directionOfRhythm(before.rhythm, after.rhythm),
    },
  ]
}

/** Whoever guarantees it: another one is another promise, whichever of the two is stronger. */
function guarantor(before: Line, after: Line): Difference[] {
  if (before.guarantor === after.guarantor) return []
  const direction = after.guarantor === 'us' ? 'other' : 'weaker'
  return [{ aspect: 'guarantor', of: '', before: before.guarantor, after: after.guarantor, direction }]
}

/** No systems at all means everywhere, so the first one that is named narrows. */
function systems(before: Line, after: Line): Difference[] {
  const [old, now] = [before.systems ?? [], after.systems ?? []]
  const gone = old.filter((system) => !now.includes(system))
  const added = now.filter((system) => !old.includes(system))
  if (gone.length === 0 && added.length === 0) return []
  const widened = gone.length === 0 && old.length > 0
  const opened = now.length === 0
  return [
    {
      aspect: 'system',
      of: '',
      before: old.join(', '),
      after: now.join(', '),
      direction: widened ? 'stronger' : opened ? 'other' : 'weaker',
    },
  ]
}

function exception(before: Line, after: Line): Difference[] {
  const [old, now] = [before.exception, after.exception].map((one) => (one ? `${one.until}: ${one.reason}` : ''))
  if (old === now || old === undefined || now === undefined) return []
  const direction = now === '' ? 'stronger' : old === '' ? 'weaker' : 'other'
  return [{ aspect: 'exception', of: '', before: old, after: now, direction }]
}

/** @param stated what the fields say already: neither their numbers nor their conditions count twice */
function words(before: string, after: string, language: Language, stated: readonly Difference[]): Difference[] {
  if (before === after) return []
  const known = stated
    .filter(({ aspect }) => aspect === 'parameter' || aspect === 'rhythm' || aspect === 'condition')
    .map((one) => `${one.before} ${one.after}`.toLowerCase())
    .join(' ')
  const isNew = (word: string): boolean =>
    /^\p{N}/u.test(word)
      ? !new RegExp(`(?<!\\p{N})${RegExp.escape(word)}(?!\\p{N})`, 'u').test(known)
      : !known.includes(word)
  const [old, now] = [toneOf(before, language), toneOf(after, language)]
  const kinds: readonly (readonly [kind: keyof typeof old, as: Aspect, gone: Direction, came: Direction])[] = [
    ['softening', 'softening', 'stronger', 'weaker'],
    ['whole', 'whole', 'weaker', 'stronger'],
    ['negation', 'negation', 'other', 'other'],
    ['numbers', 'number', 'other', 'other'],
  ]
  return kinds.flatMap(([kind, aspect, ifGone, ifCame]): Difference[] => {
    const gone = moreOf(old[kind], now[kind]).filter(isNew)
    const came = moreOf(now[kind], old[kind]).filter(isNew)
    if (gone.length === 0 && came.length === 0) return []
    const direction = gone.length > 0 && came.length > 0 ? 'other' : gone.length > 0 ? ifGone : ifCame
    return [{ aspect, of: '', before: gone.join(', '), after: came.join(', '), direction }]
  })
}
