import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Check } from './engine/check.ts'
import { checks } from './registry.ts'

const tableSchema = z.record(z.string(), z.record(z.string(), z.string()))

/** By check and version: the release in which the version appeared first. */
export type ReleaseTable = z.output<typeof tableSchema>

const file = new URL('./check-releases.json', import.meta.url)
let table: ReleaseTable | undefined

function known(): ReleaseTable {
  table ??= existsSync(file) ? tableSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
  return table
}

/**
 * The release in which a version of a check appeared first; null where the table does not know it. Code of before is
 * not kept in a process: who wants to compute a verdict by it takes that release.
 */
export function releaseOf(check: string, version: number, among: ReleaseTable = known()): string | null {
  const versions = Object.hasOwn(among, check) ? among[check] : undefined
  return versions?.[String(version)] ?? null
}

/** A table with the versions that run now, under this release. What stands in it stays as it is, also of checks that are gone. */
export function withRunning(
  before: ReleaseTable,
  release: string,
  running: readonly Pick<Check, 'id' | 'version'>[],
): ReleaseTable {
  const versions = new Map(running.map(({ id, version }) => [id, String(version)]))
  const ids = [...new Set([...Object.keys(before), ...versions.keys()])].toSorted()
  return Object.fromEntries(
    ids.map((id) => {
      const version = versions.get(id)
      return [id, { ...(version === undefined ? {} : { [version]: release }), ...before[id] }]
    }),
  )
}

/** The table of the repository with the checks of this release; `npm run docs` writes it. */
export function checkReleases(): string {
  const manifest = z.object({ version: z.string() })
  const { version } = manifest.parse(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')))
  return `${JSON.stringify(withRunning(known(), version, checks), null, 2)}\n`
}
