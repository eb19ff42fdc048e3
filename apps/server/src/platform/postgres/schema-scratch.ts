import { type ClientBase, escapeIdentifier } from 'pg'
import type { Migration } from '../migrate.ts'
import { exists, withClient } from './administration.ts'
import { postgresErrors } from './errors.ts'
import { lyingOf, sharedDatabase } from './layout.ts'
import { openScratch, putInOrder, unsettled } from './one-scratch.ts'
import type { Scratch } from './one-scratch.ts'
import { commentOfSchema, dropSchema, makeSchema, renameSchema } from './schemas.ts'
import type { PostgresServer } from './server.ts'

/** Scratches that are schemas of the database that tenants share. */
export interface SchemaScratches {
  make(name: string, migrations: readonly Migration[]): Promise<Scratch>
  drop(name: string): Promise<void>
  dropUnsettled(name: string): Promise<boolean>
  settle(names: readonly string[]): Promise<void>
  /** Drops all whose names begin like this. */
  sweep(beginning: string): Promise<void>
}

/** @param ready makes the database that tenants share, if it is not there */
export function openSchemaScratches(
  server: PostgresServer,
  prefix: string,
  ready: () => Promise<void>,
): SchemaScratches {
  const shared = sharedDatabase(prefix)
  const inShared = <T>(work: (client: ClientBase) => Promise<T>) => withClient(server.url(shared), work)
  /** Where no schema was ever made there is nothing to do. */
  const ifThere = async (work: (client: ClientBase) => Promise<void>): Promise<void> => {
    const isThere = await withClient(server.url(server.maintenance), (client) => exists(client, 'database', shared))
    if (isThere) await inShared(work)
  }
  const drop = (name: string) => ifThere((client) => dropSchema(client, name))
  return {
    async make(name, migrations) {
      await ready()
      await inShared((client) => makeSchema(client, server, { name, prefix, migrations, login: null }))
      const lying = lyingOf(name, prefix)
      return {
        ...openScratch(server, lying),
        adopt: (login) =>
          inShared(async (client) => {
            const there = await commentOfSchema(client, login.user)
            if (there !== undefined && there !== unsettled) throw postgresErrors.exists({ database: login.user })
            await dropSchema(client, login.user)
            await client.query(`set role ${lying.owner}`)
            await client.query(putInOrder(name))
            await client.query('reset role')
            await analyze(client, name)
            await renameSchema(client, lying, login, unsettled)
          }),
        drop: () => drop(name),
      }
    },
    drop,
    async dropUnsettled(name) {
      let isGone = true
      await ifThere(async (client) => {
        const there = await commentOfSchema(client, name)
        isGone = there === undefined || there === unsettled
        if (isGone) await dropSchema(client, name)
      })
      return isGone
    },
    async settle(names) {
      if (names.length === 0) return
      await inShared(async (client) => {
        for (const name of names) await client.query(`comment on schema ${name} is null`)
      })
    },
    sweep: (beginning) =>
      ifThere(async (client) => {
        const { rows } = await client.query<{ name: string }>(
          'select nspname as name from pg_catalog.pg_namespace where starts_with(nspname, $1)',
          [beginning],
        )
        for (const { name } of rows) await dropSchema(client, name)
      }),
  }
}

/** The tables of one schema alone: without names all tenants would be looked at. */
async function analyze(client: ClientBase, schema: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_catalog.pg_class where relnamespace = $1::regnamespace and relkind = 'r'`,
    [schema],
  )
  await client.query(`analyze ${rows.map(({ name }) => `${schema}.${escapeIdentifier(name)}`).join(', ')}`)
}
