import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { escapeIdentifier } from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { digestOf, readMigrations } from '../../apps/server/src/platform/migrate.ts'
import {
  alone,
  connectExternal,
  ensureRoles,
  ensureTemplate,
  isLocked,
  ownerRole,
  type PostgresServer,
  startPostgres,
  withClient,
} from '../../apps/server/src/platform/postgres/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's connection string of the one PostgreSQL of this test run. */
    databaseUrl: string
  }
}

const prefix = 'art32-test-'

/** Vitest's global setup: one embedded PostgreSQL for the whole run, which syncs nothing to disk and is removed at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeAbandoned()
  const home = mkdtempSync(join(tmpdir(), prefix))
  const remove = (): void => rmSync(home, { recursive: true, force: true })
  // Reached also when the run is interrupted; PostgreSQL itself ends when we do.
  process.once('exit', remove)
  const postgres = await startPostgres({ folder: join(home, 'postgres'), durable: false })
  project.provide('databaseUrl', postgres.url(postgres.maintenance))
  return async () => {
    await postgres.stop()
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

/** The PostgreSQL of this test run, for tests that open databases of their own (with a `prefix` of their own). */
export function testServer(): Promise<PostgresServer> {
  return connectExternal(inject('databaseUrl'))
}

/** A database of a test file's own. */
export interface TestDatabase {
  readonly name: string
  /** Connects as administrator. */
  readonly url: string
  drop(): Promise<void>
}

/**
 * Clones a database for one test file. The template is made by the first file that asks for these migrations.
 *
 * @param migrations folders of SQL files, in the order in which they are applied
 */
export async function cloneDatabase(migrations: readonly string[]): Promise<TestDatabase> {
  const server = await testServer()
  const wanted = readMigrations(migrations)
  const name = `clone_${randomBytes(6).toString('hex')}`
  await withClient(server.url(server.maintenance), async (client) => {
    const template = await alone(client, async () => {
      await ensureRoles(client, server)
      return ensureTemplate(client, server, `test_${digestOf(wanted).slice(0, 12)}`, wanted)
    })
    await client.query(`create database ${name} template ${escapeIdentifier(template)} owner ${ownerRole}`)
  })
  return {
    name,
    url: server.url(name),
    drop: () =>
      withClient(server.url(server.maintenance), async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}
