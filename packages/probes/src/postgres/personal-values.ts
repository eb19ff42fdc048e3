import type { Inspection } from '@art32/shield'
import type { PostgresFacts } from './facts.ts'

type Column = PostgresFacts['personal']['columns'][number]
export type Found = Pick<Column, 'emails' | 'ibans' | 'phones' | 'addresses' | 'opaque' | 'others'> & {
  readonly sampled: number
}

export const nothingFound: Found = {
  sampled: 0,
  emails: 0,
  ibans: 0,
  phones: 0,
  addresses: 0,
  opaque: 0,
  others: [],
}

/** The form of a UUID or a hash, in hexadecimal digits or base64. */
const opaque = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^(?:\\x)?[0-9a-f]{32,128}$|^[A-Za-z0-9+/_-]{43}=?$/i
/** A number without + or 0 in front is as well one of an order. */
const dialled = /^\s*(?:\+|00?)[1-9]/
const withMask = /\/\d{1,3}$/

/** Numbers that are nobody's own, or that have fields of their own here. */
const elsewhere =
  /^(?:iban|bic|vat|pl\.nip|email|phone|ip.*|url|secret|date|uuid|mac|geo|street|postcode|plate|username)$/
const names = new Set(['name', 'given-name', 'family-name'])
/** A type whose check every fifth number passes says nothing. */
const isOfPerson = (type: string): boolean => /^[a-z]{2}\.|^card$/.test(type) && !elsewhere.test(type)
/** Less than this is left out of the facts: single numbers pass a check digit by chance. */
const share = 0.5

/** Of so many keys most have to be of a type before they are compared as that. */
const mostly = 0.7

/** How keys of one column are written, so that two ways to write one key are one. */
export type Writing = 'identifier' | 'phone' | 'text'

/** What the detectors of the shield take some keys of a column for. */
export async function writingOf(values: readonly string[]): Promise<Writing> {
  const { whole } = await inspect(values)
  const isMostly = ([, count]: readonly [string, number]) => count >= values.length * mostly
  if (isMostly(['phone', Math.min(whole.get('phone') ?? 0, values.filter((value) => dialled.test(value)).length)]))
    return values.length === 0 ? 'text' : 'phone'
  return [...whole].filter(([type]) => isOfPerson(type) || type === 'iban').some(isMostly) ? 'identifier' : 'text'
}

type Inspect = (values: Iterable<string>) => Inspection
let inspector: Promise<Inspect> | undefined

/** Loaded where it is needed: most looks are at something else. */
async function inspect(values: readonly string[]): Promise<Inspection> {
  inspector ??= import('@art32/shield').then(({ makeInspector }) => makeInspector())
  return (await inspector)(values)
}

/** What the detectors of the shield see in some values of one column; numbers only. */
export async function foundIn(values: readonly string[]): Promise<Found> {
  if (values.length === 0) return nothingFound
  const unmasked = values.map((value) => value.trim().replace(withMask, ''))
  const { whole, inside, judged } = await inspect(unmasked)
  const of = (counts: ReadonlyMap<string, number>, ...types: readonly string[]) =>
    Math.max(0, ...types.map((type) => counts.get(type) ?? 0))
  const found = {
    sampled: values.length,
    emails: of(inside, 'email'),
    ibans: of(inside, 'iban'),
    phones: Math.min(of(whole, 'phone'), values.filter((value) => dialled.test(value)).length),
    addresses: (whole.get('ipv4') ?? 0) + (whole.get('ipv6') ?? 0),
    opaque: values.filter((value) => opaque.test(value)).length,
  }
  const columns = [...whole]
    .filter(([type, count]) => isOfPerson(type) && count >= values.length * share)
    .map(([type, count]) => ({ type, count, isNamed: false }))
  const texts = [...inside]
    .filter(([type, count]) => isOfPerson(type) && count > (whole.get(type) ?? 0))
    .map(([type, count]) => ({ type, count: count - (whole.get(type) ?? 0), isNamed: true }))
  const others = [...texts, ...columns].toSorted((one, other) => other.count - one.count)
  const isClean = found.emails + found.ibans + found.phones + found.addresses + others.length === 0
  const isNames = isClean && found.opaque === 0 && names.has(judged.type) && judged.confidence >= 0.6
  return { ...found, others: isNames ? [{ type: 'name', count: values.length, isNamed: false }] : others.slice(0, 5) }
}
