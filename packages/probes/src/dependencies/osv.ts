import { z } from 'zod'
import type { Component } from './components.ts'
import { cvss3Score, severityOf } from './cvss.ts'
import { cvss4Score } from './cvss4.ts'
import type { Severity, Weakness } from './facts.ts'
import { compareSemver } from './semver.ts'

const names = z.array(z.string()).nullish()

/** A record of OSV (ossf.github.io/osv-schema), as far as it is read. */
export const osvRecord = z.object({
  id: z.string().max(200),
  aliases: names,
  published: z.iso.datetime({ offset: true }).optional(),
  modified: z.iso.datetime({ offset: true }),
  withdrawn: z.string().nullish(),
  severity: z.array(z.object({ type: z.string(), score: z.string() })).nullish(),
  database_specific: z.object({ severity: z.unknown() }).partial().nullish(),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
        versions: names,
        ranges: z.array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())) })).nullish(),
      }),
    )
    .nullish(),
})
export type OsvRecord = z.output<typeof osvRecord>

/** A weakness and a component that has it. */
export type Match = { readonly record: OsvRecord; readonly component: Component }

/** Whether a record names this version: true, false, or undefined where its ranges cannot be compared with it. */
export function affects(record: OsvRecord, { ecosystem, name, version }: Component): boolean | undefined {
  let isUnclear = false
  for (const { package: known, versions, ranges } of record.affected ?? []) {
    if (known?.name !== name || known.ecosystem.split(':', 1)[0] !== ecosystem) continue
    if (versions?.includes(version) === true) return true
    for (const { type, events } of ranges ?? []) {
      if (type === 'GIT') continue
      const inside = isWithin(version, events)
      if (inside === true) return true
      // A list of versions is complete where there is one; without it, order is all there is.
      if (inside === undefined && (versions ?? []).length === 0) isUnclear = true
    }
  }
  return isUnclear ? undefined : false
}

/** Walks the events of a range from the lowest version to the highest, as the OSV schema evaluates them. */
function isWithin(version: string, events: readonly Readonly<Record<string, string>>[]): boolean | undefined {
  let inside = false
  const steps = events.flatMap((event) => Object.entries(event)).filter(([kind]) => kind !== 'limit')
  const isAfter = (at: string) => (at === '0' ? 1 : compareSemver(version, at))
  if (steps.some(([, at]) => isAfter(at) === undefined)) return undefined
  const rank = ([, at]: [string, string]) => at
  const sorted = steps.toSorted((a, b) =>
    rank(a) === '0' ? -1 : rank(b) === '0' ? 1 : (compareSemver(rank(a), rank(b)) ?? 0),
  )
  for (const [kind, at] of sorted) {
    const order = isAfter(at) ?? 0
    if (kind === 'introduced' && order >= 0) inside = true
    if (kind === 'fixed' && order >= 0) inside = false
    if (kind === 'last_affected' && order > 0) inside = false
  }
  return inside
}

/** Names that stay the same while others are added: a record of GitHub exists first for most. */
const preference = ['GHSA-', 'CVE-', 'PYSEC-', 'GO-', 'RUSTSEC-']

/**
 * One weakness for each group of records that name each other, and each package. Records that were withdrawn are left
 * out before, so that they do not lend their rating either.
 */
export function weaknessesOf(matches: readonly Match[]): Weakness[] {
  const valid = matches.filter(({ record }) => !record.withdrawn)
  const rootOf = groupByAlias(valid.map(({ record }) => record))
  const groups = new Map<string, Match[]>()
  for (const match of valid) {
    const { ecosystem, name } = match.component
    const key = `${rootOf(match.record.id)}\0${ecosystem}/${name}`
    groups.set(key, [...(groups.get(key) ?? []), match])
  }
  return [...groups.values()]
    .map(weaknessOf)
    .toSorted((a, b) => (`${a.id} ${a.package}` < `${b.id} ${b.package}` ? -1 : 1))
}

function weaknessOf(matches: readonly Match[]): Weakness {
  const [first] = matches
  const component = first?.component ?? { ecosystem: '', name: '', version: '' }
  const known = [...new Set(matches.flatMap(({ record }) => [record.id, ...(record.aliases ?? [])]))].toSorted(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  )
  const [id = '', ...aliases] = known
  const ratings = matches.map(({ record }) => ratingOf(record))
  const worst = ratings.reduce((a, b) => (weight(b.severity) > weight(a.severity) ? b : a), unrated)
  const dates = matches.map(({ record }) => record.published ?? record.modified)
  return {
    id,
    aliases,
    package: `${component.ecosystem}/${component.name}`,
    versions: [...new Set(matches.map((match) => match.component.version))].toSorted(),
    ...worst,
    published: dates.reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a)),
    isFixed: matches.some(({ record }) => hasFix(record, component)),
    vex: null,
  }
}

const rank = (id: string) => {
  const at = preference.findIndex((start) => id.startsWith(start))
  return at < 0 ? preference.length : at
}

function hasFix({ affected }: OsvRecord, { ecosystem, name }: Component): boolean {
  return (affected ?? []).some(
    ({ package: known, ranges }) =>
      known?.name === name &&
      known.ecosystem.split(':', 1)[0] === ecosystem &&
      (ranges ?? []).some(({ events }) => events.some((event) => Object.hasOwn(event, 'fixed'))),
  )
}

type Rating = Pick<Weakness, 'severity' | 'by' | 'score'>
const unrated: Rating = { severity: null, by: null, score: null }
const weight = (severity: Severity | null) =>
  severity === null ? 0 : ['low', 'medium', 'high', 'critical'].indexOf(severity) + 1

const words: Readonly<Record<string, Severity>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MODERATE: 'medium',
  MEDIUM: 'medium',
  LOW: 'low',
}

/**
 * The CVSS 3 vector, computed; without one, that of CVSS 4; without either, the word of the database. A package that is
 * malicious as such has no rating anywhere, and nothing is worse.
 */
export function ratingOf({ id, severity, database_specific: own }: OsvRecord): Rating {
  if (id.startsWith('MAL-')) return { severity: 'critical', by: 'malicious', score: null }
  const vectors = (severity ?? []).map(({ score }) => score)
  for (const [by, scoreOf] of [
    ['cvss-3', cvss3Score],
    ['cvss-4', cvss4Score],
  ] as const) {
    const score = vectors.map(scoreOf).find((one) => one !== undefined)
    if (score !== undefined) return { severity: severityOf(score), by, score }
  }
  const word = typeof own?.severity === 'string' ? own.severity.toUpperCase() : ''
  return Object.hasOwn(words, word) ? { severity: words[word] ?? null, by: 'database', score: null } : unrated
}

/** Joins records that name each other, directly or over a third one; gives the name of a record's group. */
function groupByAlias(records: readonly OsvRecord[]): (id: string) => string {
  const parents = new Map<string, string>()
  const rootOf = (id: string): string => {
    let at = id
    for (let above = parents.get(at); above !== undefined && above !== at; above = parents.get(at)) at = above
    return at
  }
  for (const { id, aliases } of records)
    for (const alias of aliases ?? []) {
      const [low, high] = [rootOf(id), rootOf(alias)].toSorted()
      if (low !== undefined && high !== undefined && low !== high) parents.set(high, low)
    }
  return rootOf
}
