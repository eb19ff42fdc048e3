import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { isLocked, startPostgres } from '../../apps/server/src/platform/postgres/index.ts'

export { cloneDatabase, type TestDatabase, testServer } from '../../apps/server/src/platform/postgres/testing/clone.ts'

const prefix = 'art32-test-'

/** Vitest's global setup: an embedded PostgreSQL for the whole run and another one for tenants
 * that are moved; they sync nothing to disk and are removed at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeAbandoned()
  const home = mkdtempSync(join(tmpdir(), prefix))
  const remove = (): void => rmSync(home, { recursive: true, force: true })
  // Reached also when the run is interrupted; PostgreSQL itself ends when we do.
  process.once('exit', remove)
  const [postgres, other] = await Promise.all(
    ['postgres', 'other'].map((name) => startPostgres({ folder: join(home, name), durable: false })),
  )
  if (!postgres || !other) throw new Error('PostgreSQL did not start')
  project.provide('databaseUrl', postgres.url(postgres.maintenance))
  project.provide('otherDatabaseUrl', other.url(other.maintenance))
  return async () => {
    await Promise.all([postgres.stop(), other.stop()])
    remove()
  }
}

/** Folders of runs that were killed before they could tidy up. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const home = join(tmpdir(), name)
    if (name.startsWith(prefix) && !isLocked(join(home, 'postgres', 'lock')))
      rmSync(home, { recursive: true, force: true })
  }
}
