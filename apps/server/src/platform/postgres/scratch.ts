import { createHash, randomBytes } from 'node:crypto'
import { escapeIdentifier } from 'pg'
import { migrate, type Migration, pendingOf } from '../migrate.ts'
import { alone, copyStrategy, exists, withClient } from './administration.ts'
import { openCopyIn, openCopyOut } from './copy.ts'
import type { CopyIn, CopyOut } from './copy.ts'
import { postgresErrors } from './errors.ts'
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
  /** Gives it its name and its login, and opens it to that. @throws {postgres.exists} */
  adopt(login: Credential): Promise<void>
  /** Does nothing where it was adopted. */
  drop(): Promise<void>
}

/** Databases that are being made: a restore, or a drill. Those that a crash left are removed by the next start. */
export interface Scratches {
  /**
   * @param migrations those that it is to have, as a copy names them
   * @throws {migration.unknown | migration.changed} this art32 does not know them
   */
  make(kind: DatabaseKind, migrations: readonly { readonly id: string; readonly sha256: string }[]): Promise<Scratch>
  /** Removes what a crash left. */
  sweep(): Promise<void>
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
    async make(kind, migrations) {
      const wanted = chosen(known[kind], migrations)
      const name = `${beginning}${randomBytes(6).toString('hex')}`
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
        adopt: (login) =>
          onServer(async (client) => {
            if (await exists(client, 'database', login.user)) throw postgresErrors.exists({ database: login.user })
            const final = escapeIdentifier(login.user)
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

/** The migrations of a copy, as this release knows them. */
function chosen(
  known: readonly Migration[],
  wanted: readonly { readonly id: string; readonly sha256: string }[],
): Migration[] {
  pendingOf(known, new Map(wanted.map(({ id, sha256 }) => [id, sha256])))
  const ids = new Set(wanted.map(({ id }) => id))
  return known.filter(({ id }) => ids.has(id))
}
