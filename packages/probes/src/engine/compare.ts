import type { Text } from './text.ts'

/** How two looks of a connector are compared. Places are `group.field.field`; lists on the way are stepped through. */
export type Comparison = {
  /** Places that change by themselves: times of events, ages, counts. A whole group may be one. */
  readonly volatile: readonly string[]
  /** Times that are no events but terms, such as the end of a certificate: a change of theirs is one. */
  readonly lasting?: readonly string[]
  /** Lists in which the order says something, such as rules of which the first that fits wins. */
  readonly ordered?: readonly string[]
  /** The fields that together name a record of a list, where none of the usual ones does. */
  readonly named?: Readonly<Record<string, readonly string[]>>
  /** Takes out of a group what changes inside of a value, such as a number that is used once. */
  steady?(group: string, facts: unknown): unknown
  /** Gives a group another form for comparing, such as lines of text as records. */
  shape?(group: string, facts: unknown): unknown
  /** Says a change in the words of the subject; undefined: in the usual ones. */
  say?(change: FactChange): Text | undefined
}

/** One difference between two looks. Plain JSON. */
export type FactChange = {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  readonly group: string
  /** The place without names: `servers.firewalls`. */
  readonly place: string
  /** Names of the records on the way, outermost first: `['web-1']`. */
  readonly within: readonly string[]
  /** What it was; absent where it was not there. */
  readonly before?: unknown
  /** What it is; absent where it is not there any more. */
  readonly after?: unknown
}

/** Facts of a group without what changes by itself, and with lists in one order: the same state gives the same text. */
export function settle(comparison: Comparison, group: string, facts: unknown): unknown {
  const { volatile, ordered = [] } = comparison
  const value = comparison.steady ? comparison.steady(group, facts) : facts
  const walk = (one: unknown, place: string): unknown => {
    if (volatile.includes(place)) return undefined
    if (Array.isArray(one)) {
      const items = one.map((item) => walk(item, place))
      return ordered.includes(place) ? items : items.toSorted(byText)
    }
    if (!isRecord(one)) return one
    const kept = Object.entries(one).map(([key, item]) => [key, walk(item, `${place}.${key}`)] as const)
    return Object.fromEntries(kept.filter(([, item]) => item !== undefined))
  }
  return walk(value, group)
}

/**
 * What changed in a group from one look to the next. Pure. Records of a list are matched by what names them and not by
 * where they stand; the order of a list says nothing unless the connector says that it does.
 */
export function compare(comparison: Comparison, group: string, before: unknown, after: unknown): FactChange[] {
  const form = (facts: unknown) => {
    const settled = settle(comparison, group, facts)
    return comparison.shape && settled !== undefined ? comparison.shape(group, settled) : settled
  }
  return compareValues(comparison, { group, place: group, within: [] }, form(before), form(after))
}

type At = Pick<FactChange, 'group' | 'place' | 'within'>

function compareValues(comparison: Comparison, at: At, before: unknown, after: unknown): FactChange[] {
  if (textOf(before) === textOf(after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(comparison, at, before, after)
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) =>
      compareValues(comparison, { ...at, place: `${at.place}.${key}` }, before[key], after[key]),
    )
  }
  if (before === undefined) return [{ kind: 'added', ...at, after }]
  if (after === undefined) return [{ kind: 'removed', ...at, before }]
  return [{ kind: 'changed', ...at, before, after }]
}

function compareLists(
  comparison: Comparison,
  at: At,
  before: readonly unknown[],
  after: readonly unknown[],
): FactChange[] {
  const naming = namingOf(comparison, at.place, before, after)
  const changes =
    naming === undefined ? compareBags(at, before, after) : compareRecords(comparison, at, before, after, naming)
  const isMoved =
    comparison.ordered?.includes(at.place) === true && order(before, after, naming) !== order(after, before, naming)
  return isMoved ? [...changes, { kind: 'moved', ...at }] : changes
}

/** The order of what both lists hold. */
function order(list: readonly unknown[], other: readonly unknown[], naming: Naming | undefined): string {
  const nameOf = naming ?? textOf
  const both = new Set(other.map(nameOf))
  return textOf(list.map(nameOf).filter((name) => both.has(name)))
}

type Naming = (record: unknown) => string

/** Fields by which records are usually named, the surest first. */
const usual = [
  'id',
  'key',
  'resource',
  'fingerprint256',
  'name',
  'repository',
  'subscription',
  'prefix',
  'path',
] as const

function namingOf(
  { named = {} }: Comparison,
  place: string,
  before: readonly unknown[],
  after: readonly unknown[],
): Naming | undefined {
  if (![...before, ...after].every(isRecord)) return undefined
  const declared = named[place]
  const candidates = declared === undefined ? usual.map((field) => [field]) : [declared]
  const fits = candidates.find((fields) => [before, after].every((list) => isNamedBy(list, fields)))
  return fits && ((record) => textOf(fits.map((field) => (isRecord(record) ? record[field] : undefined))))
}

function isNamedBy(list: readonly unknown[], fields: readonly string[]): boolean {
  const names = list.map((record) => fields.map((field) => (isRecord(record) ? record[field] : undefined)))
  const areThere = names.every((values) =>
    values.every((value) => value === null || typeof value === 'string' || typeof value === 'number'),
  )
  return areThere && new Set(names.map(textOf)).size === list.length
}

function compareRecords(
  comparison: Comparison,
  at: At,
  before: readonly unknown[],
  after: readonly unknown[],
  nameOf: Naming,
): FactChange[] {
  const former = new Map(before.map((record) => [nameOf(record), record]))
  const present = new Map(after.map((record) => [nameOf(record), record]))
  return [...new Set([...former.keys(), ...present.keys()])].flatMap((name) => {
    const [then, now] = [former.get(name), present.get(name)]
    const inside = { ...at, within: [...at.within, labelOf(then ?? now, name)] }
    return compareValues(comparison, inside, then, now)
  })
}

/** Values without names: what is there more often than before was added, what is there less often was removed. */
function compareBags(at: At, before: readonly unknown[], after: readonly unknown[]): FactChange[] {
  const left = new Map<string, unknown[]>()
  for (const item of before) left.set(textOf(item), [...(left.get(textOf(item)) ?? []), item])
  const added = after.filter((item) => left.get(textOf(item))?.pop() === undefined)
  return [
    ...[...left.values()].flat().map((item): FactChange => ({ kind: 'removed', ...at, before: item })),
    ...added.map((item): FactChange => ({ kind: 'added', ...at, after: item })),
  ]
}

/** What people call a record: its name, and otherwise what it was matched by. */
function labelOf(record: unknown, name: string): string {
  if (isRecord(record) && typeof record['name'] === 'string') return record['name']
  const values: unknown = JSON.parse(name)
  return Array.isArray(values) ? values.map(String).join(' ') : name
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function byText(left: unknown, right: unknown): number {
  const [a, b] = [textOf(left), textOf(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** A value as text, its fields in the order of the alphabet. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, one: unknown) =>
      isRecord(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one,
    ) ?? ''
  )
}
