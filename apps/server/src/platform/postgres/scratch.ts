import { createHash, randomBytes } from 'node:crypto'
import { type ClientBase, escapeIdentifier } from 'pg'
import { migrate, type Migration, pendingOf } from '../migrate.ts'
import { alone, copyStrategy, withClient } from './administration.ts'
import { openCopyIn, openCopyOut } from './copy.ts'
import type { CopyIn, CopyOut } from './copy.ts'
import { postgresErrors } from './errors.ts'
import { openPool } from './pools.ts'
import type { Connections } from './pools.ts'
import { ensureLogin, ensureRoles, observerLogin, ownerRole } from './roles.ts'
import type { Credential, PostgresServer } from './server.ts'
import { hideNeighbours } from './template.ts'

/** Of which kind a database is: both have a ledger. */
export type DatabaseKind = 'control' | 'tenant'

/** A database that is being made and that nobody uses yet. */
export interface Scratch {
  /** Fills it, once. @throws whatever the work throws: nothing is in it then */
  fill(work: (into: CopyIn) => Promise<void>): Promise<void>
  /** Reads what it holds. */
  read(): Promise<CopyOut>
  /** Connections of the owner, for whoever reads it as a tenant's database is read. */
  connections(): Connections
  /**
   * Gives it its name and its login, and opens it to that. A tenant's database is marked until `Scratches.settle`: where a
   * restore is interrupted, the next one makes it anew.
   *
   * @throws {postgres.exists}
   */
  adopt(login: Credential): Promise<void>
  /** Does nothing where it was adopted. */
  drop(): Promise<void>
}

/** Databases that are being made: a restore, or a drill. Those that a crash left are removed by the next start. */
export interface Scratches {
  /**
   * @param migrations those that it is to have, as a copy names them
   * @param named told its name before it is made, for who removes it after a crash
   * @throws {migration.unknown | migration.changed} this art32 does not know them
   */
  make(
    kind: DatabaseKind,
    migrations: readonly { readonly id: string; readonly sha256: string }[],
    named?: (name: string) => Promise<void>,
  ): Promise<Scratch>
  /** Removes what a crash left. */
  sweep(): Promise<void>
  /** Says that adopted databases are in use from now on. */
  settle(names: readonly string[]): Promise<void>
  /** Removes one by its name. Does nothing where it is gone. */
  drop(name: string): Promise<void>
  /** Removes an adopted tenant's database, with its login, as long as nothing said that it is in use. @returns whether it is gone */
  dropUnsettled(name: string): Promise<boolean>
}

/**
 * Those of one installation, on a server that several may share.
 *
 * @param template a database that has all known migrations of tenants: cloned in a tenth of the time that they take
 */
export function openScratches(
  server: PostgresServer,
  prefix: string,
  known: Readonly<Record<DatabaseKind, readonly Migration[]>>,
  template: () => Promise<string>,
): Scratches {
  // A name as tenants' databases have it, so that nothing else is ever dropped.
  const beginning = `tenant_scratch${createHash('sha256').update(prefix).digest('hex').slice(0, 8)}`
  const onServer = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(server.url(server.maintenance), work)
  const drop = (name: string) =>
    onServer(async (client) => void (await client.query(`drop database if exists ${name} with (force)`)))
  return {
    async make(kind, migrations, named) {
      const wanted = chosen(known[kind], migrations)
      const name = `${beginning}${randomBytes(6).toString('hex')}`
      await named?.(name)
      const isWhole = kind === 'tenant' && wanted.length === known.tenant.length
      const from = isWhole ? await template() : 'template0'
      await onServer((client) =>
        alone(client, async () => {
          await ensureRoles(client, server)
          const strategy = await copyStrategy(client)
          await client.query(
            `create database ${name} owner ${ownerRole} template ${escapeIdentifier(from)} strategy ${strategy}`,
          )
          await client.query(`revoke all on database ${name} from public`)
        }),
      )
      try {
        if (!isWhole)
          await withClient(server.url(name), async (client) => {
            await migrate(client, wanted, ownerRole)
            if (kind === 'tenant' && server.superuser) await client.query(hideNeighbours)
          })
      } catch (error) {
        await drop(name)
        throw error
      }
      return {
        async fill(work) {
          const into = await openCopyIn(server.url(name))
          try {
            await work(into)
          } finally {
            await into.end()
          }
        },
        read: () => openCopyOut(server.url(name)),
        connections: () => openPool(server.url(name), 2, { statement_timeout: 0, options: `-c role=${ownerRole}` }),
        adopt: (login) =>
          onServer(async (client) => {
            const there = await commentOf(client, login.user)
            if (there !== undefined && (kind === 'control' || there !== unsettled))
              throw postgresErrors.exists({ database: login.user })
            if (there !== undefined) await client.query(`drop database ${escapeIdentifier(login.user)} with (force)`)
            if (kind === 'tenant') await client.query(`comment on database ${name} is '${unsettled}'`)
            const final = escapeIdentifier(login.user)
            await withClient(server.url(name), async (inside) => {
              // An order among what waits, by the transactions of the server that it comes from, means nothing here.
              await inside.query(`set role ${ownerRole}`)
              await inside.query('update public.log_pending set tx = pg_current_xact_id()')
              await inside.query('reset role')
              await inside.query('analyze')
            })
            await ensureLogin(client, server, login)
            if (kind === 'control') {
              const observer = observerLogin(server, prefix)
              await ensureLogin(client, server, observer.login, observer.role)
              await client.query(`grant connect, create, temporary on database ${name} to ${final}`)
              await client.query(`grant connect on database ${name} to ${escapeIdentifier(observer.login.user)}`)
            } else await client.query(`grant connect on database ${name} to ${final}`)
            // The last step: it is there, whole, or it is not.
            await client.query(`alter database ${name} rename to ${final}`)
          }),
        drop: () => drop(name),
      }
    },
    async drop(name) {
      if (!name.startsWith(beginning)) throw postgresErrors.bad_name()
      await drop(name)
    },
    dropUnsettled: (name) =>
      onServer(async (client) => {
        const there = await commentOf(client, name)
        if (there !== undefined && there !== unsettled) return false
        await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`)
        await client.query(`drop role if exists ${escapeIdentifier(name)}`)
        return true
      }),
    settle: (names) =>
      onServer(async (client) => {
        for (const name of names) await client.query(`comment on database ${escapeIdentifier(name)} is null`)
      }),
    sweep: () =>
      onServer(async (client) => {
        const { rows } = await client.query<{ datname: string }>(
          'select datname from pg_catalog.pg_database where starts_with(datname, $1)',
          [beginning],
        )
        for (const { datname } of rows) await drop(datname)
      }),
  }
}

/** What the catalogue says of a restored database that is not in use yet. */
const unsettled = 'art32: restored, not in use yet'

/** What the catalogue says of a database; undefined: there is none of this name. */
async function commentOf(client: ClientBase, name: string): Promise<string | null | undefined> {
  const { rows } = await client.query<{ said: string | null }>(
    `select shobj_description(oid, 'pg_database') as said from pg_catalog.pg_database where datname = $1`,
    [name],
  )
  return rows[0]?.said
}

/** The migrations of a copy, as this release knows them. */
function chosen(
  known: readonly Migration[],
  wanted: readonly { readonly id: string; readonly sha256: string }[],
): Migration[] {
  pendingOf(known, new Map(wanted.map(({ id, sha256 }) => [id, sha256])))
  const ids = new Set(wanted.map(({ id }) => id))
  return known.filter(({ id }) => ids.has(id))
}
