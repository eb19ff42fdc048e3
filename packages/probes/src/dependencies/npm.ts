import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Context } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { parseJson, readWhole } from '../files/read.ts'
import type { DependenciesFacts } from './facts.ts'
import { compareSemver, isPrerelease } from './semver.ts'

const entry = z.object({ current: z.string().optional(), wanted: z.string(), latest: z.string() })
const report = z.record(z.string(), z.union([entry, z.array(entry)]))
const registryEntry = z.object({ time: z.record(z.string(), z.string()) })

/** More outdated packages than these are not looked up one by one. */
const mostPackages = 500

type Outdated = DependenciesFacts['outdated']

/**
 * Reads what `npm outdated --json` wrote. It says what is behind and never since when, so the registry is asked for the
 * dates of those that are behind within their range: a patch of yesterday is not a fault.
 */
export async function readOutdated(path: string, registry: string | undefined, context: Context): Promise<Outdated> {
  const { text, modifiedAt } = await readWhole(path, context.signal)
  const rows = Object.entries(parseJson(text.trim() === '' ? '{}' : text, report)).flatMap(([name, found]) =>
    [found].flat().map((one) => ({ name, ...one })),
  )
  if (rows.length > mostPackages) throw new Unreadable('contract', `more than ${mostPackages} packages are listed`)
  const packages: Outdated['packages'] = []
  for (const { name, current = null, wanted, latest } of worstByName(rows)) {
    const isBehind = current !== null && (compareSemver(current, wanted) ?? 0) < 0
    const behindSince = isBehind ? firstAfter(await timesOf(name, registry, context), current, wanted) : null
    packages.push({ name, current, wanted, latest, behindSince })
  }
  return { reportedAt: modifiedAt.toISOString(), packages }
}

/** When each version of a package appeared. */
async function timesOf(
  name: string,
  registry: string | undefined,
  context: Context,
): Promise<Readonly<Record<string, string>>> {
  if (registry === undefined)
    throw new Unreadable('not-configured', 'packages are behind, and no registry is named that knows since when', {
      needs: 'registry',
    })
  const api = openApi({ base: registry, headers: { accept: 'application/json' }, perMinute: 600 }, context)
  return (await api.get({ path: '/{package}', params: { package: name }, schema: registryEntry })).time
}

type Row = z.output<typeof entry> & { readonly name: string }

/** A package may stand in several folders of one project: the oldest that is installed counts. */
function worstByName(rows: readonly Row[]): Row[] {
  const worst = new Map<string, Row>()
  for (const row of rows) {
    const other = worst.get(row.name)
    if (other === undefined || (compareSemver(row.current ?? '', other.current ?? '') ?? 0) < 0)
      worst.set(row.name, row)
  }
  return [...worst.values()]
}

/** When the first version appeared after the installed one and up to the wanted one. */
function firstAfter(time: Readonly<Record<string, string>>, current: string, wanted: string): string {
  const dates = Object.entries(time)
    .filter(([version]) => (compareSemver(version, current) ?? 0) > 0 && (compareSemver(version, wanted) ?? 1) <= 0)
    .filter(([version]) => version === wanted || !isPrerelease(version))
    .map(([, at]) => Date.parse(at))
    .filter((at) => !Number.isNaN(at))
  if (dates.length === 0) throw new Unreadable('contract', 'the registry does not know when a wanted version appeared')
  return new Date(Math.min(...dates)).toISOString()
}

const audit = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      via: z.array(z.union([z.string(), z.object({ name: z.string(), url: z.string() })])),
    }),
  ),
})

/** The advisories that `npm audit --json` found, by package. It names no dates: the records have them. */
export async function readAudit(path: string, signal: AbortSignal): Promise<{ id: string; name: string }[]> {
  const { text } = await readWhole(path, signal)
  const all = Object.values(parseJson(text, audit).vulnerabilities).flatMap(({ via }) =>
    via.flatMap((one) => {
      if (typeof one === 'string') return []
      const id = /\/(GHSA(?:-[a-z0-9]{4}){3})$/.exec(one.url)?.[1]
      if (id === undefined) throw new Unreadable('contract', 'an advisory of the report has no id of GitHub')
      return [{ id, name: one.name }]
    }),
  )
  return [...new Map(all.map((one) => [`${one.id} ${one.name}`, one])).values()]
}
