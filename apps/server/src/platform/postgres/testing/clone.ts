import { randomBytes } from 'node:crypto'
import { escapeIdentifier } from 'pg'
import { inject } from 'vitest'
import { digestOf, readMigrations } from '../../migrate.ts'
import { alone, copyStrategy, withClient } from '../administration.ts'
import { connectExternal } from '../external.ts'
import { ensureRoles, ownerRole } from '../roles.ts'
import type { PostgresServer } from '../server.ts'
import { ensureTemplate } from '../template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrator's connection string of the one PostgreSQL of this test run. */
    databaseUrl: string
    /** The same of another one, where tenants may lie, too. */
    otherDatabaseUrl: string
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
    const strategy = await copyStrategy(client, server)
    const from = escapeIdentifier(template)
    await client.query(`create database ${name} template ${from} strategy ${strategy} owner ${ownerRole}`)
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
