import { createHash, randomBytes } from 'node:crypto'
import { type ClientBase, escapeIdentifier } from 'pg'
import { migrate, type Migration, pendingOf } from '../migrate.ts'
import { alone, copyStrategy, withClient } from './administration.ts'
import { postgresErrors } from './errors.ts'
import { inDatabase, type Layout, layoutOf, layouts, nameIn } from './layout.ts'
import { openScratch, putInOrder, unsettled } from './one-scratch.ts'
import type { Scratch } from './one-scratch.ts'
import { ensureLogin, ensureRoles, observerLogin, ownerRole } from './roles.ts'
import { openSchemaScratches } from './schema-scratch.ts'
import type { Credential, PostgresServer } from './server.ts'
import { hideNeighbours } from './template.ts'

/** Of which kind a database is: both have a ledger. */
export type DatabaseKind = 'control' | 'tenant'

/** Databases that are being made: a restore, or a drill. Those that a crash left are removed by the next start. */
export interface Scratches {
  /**
   * @param migrations those that it is to have, as a copy names them
   * @param named told its name before it is made, for who removes it after a crash
   * @param layout as that of the tenant whose it is to become; what is only looked at may be a database
   * @throws {migration.unknown | migration.changed} this art32 does not know them
   */
  make(
    kind: DatabaseKind,
    migrations: readonly { readonly id: string; readonly sha256: string }[],
    named?: (name: string) => Promise<void>,
    layout?: Layout,
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

/** What a server has for all scratches; each is made when it is asked for. */
export interface Moulds {
  /** A database that has all known migrations of tenants: cloned in a tenth of the time that they take. */
  readonly template: () => Promise<string>
  /** The database of schemas, which is there afterwards. */
  readonly shared: () => Promise<void>
}

/** Those of one installation, on a server that several may share. */
export function openScratches(
  server: PostgresServer,
  prefix: string,
  known: Readonly<Record<DatabaseKind, readonly Migration[]>>,
  { template, shared }: Moulds,
): Scratches {
  // A name as tenants have it, so that nothing else is ever dropped.
  const rest = `scratch${createHash('sha256').update(prefix).digest('hex').slice(0, 8)}`
  const onServer = <T>(work: Parameters<typeof withClient<T>>[1]) => withClient(server.url(server.maintenance), work)
  const schemas = openSchemaScratches(server, prefix, shared)
  const drop = async (name: string) => {
    if (layoutOf(name) === 'schema') await schemas.drop(name)
    else await onServer(async (client) => void (await client.query(`drop database if exists ${name} with (force)`)))
  }
  /** A database as it is made, before it has a name that anybody knows. */
  const makeDatabase = async (kind: DatabaseKind, name: string, wanted: readonly Migration[]): Promise<Scratch> => {
    const isWhole = kind === 'tenant' && wanted.length === known.tenant.length
    const from = isWhole ? await template() : 'template0'
    await onServer((client) =>
      alone(client, async () => {
        await ensureRoles(client, server)
        const strategy = await copyStrategy(client, server)
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
      ...openScratch(server, inDatabase(name)),
      adopt: (login) => onServer((client) => adopt(client, kind, name, login)),
      drop: () => drop(name),
    }
  }
  const adopt = async (client: ClientBase, kind: DatabaseKind, name: string, login: Credential): Promise<void> => {
    const there = await commentOf(client, login.user)
    if (there !== undefined && (kind === 'control' || there !== unsettled))
      throw postgresErrors.exists({ database: login.user })
    if (there !== undefined) await client.query(`drop database ${escapeIdentifier(login.user)} with (force)`)
    if (kind === 'tenant') await client.query(`comment on database ${name} is '${unsettled}'`)
    const final = escapeIdentifier(login.user)
    await withClient(server.url(name), async (inside) => {
      await inside.query(`set role ${ownerRole}`)
      await inside.query(putInOrder('public'))
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
  }
  return {
    async make(kind, migrations, named, layout = 'database') {
      const wanted = chosen(known[kind], migrations)
      const name = nameIn(layout, `${rest}${randomBytes(6).toString('hex')}`)
      await named?.(name)
      return layout === 'schema' ? await schemas.make(name, wanted) : await makeDatabase(kind, name, wanted)
    },
    async drop(name) {
      if (!layouts.some((layout) => name.startsWith(nameIn(layout, rest)))) throw postgresErrors.bad_name()
      await drop(name)
    },
    dropUnsettled: async (name) => {
      if (layoutOf(name) === 'schema') return await schemas.dropUnsettled(name)
      return await onServer(async (client) => {
        const there = await commentOf(client, name)
        if (there !== undefined && there !== unsettled) return false
        await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`)
        await client.query(`drop role if exists ${escapeIdentifier(name)}`)
        return true
      })
    },
    async settle(names) {
      const { schema = [], database = [] } = Object.groupBy(names, layoutOf)
      await schemas.settle(schema)
      await onServer(async (client) => {
        for (const name of database) await client.query(`comment on database ${escapeIdentifier(name)} is null`)
      })
    },
    async sweep() {
      await schemas.sweep(nameIn('schema', rest))
      await onServer(async (client) => {
        const { rows } = await client.query<{ datname: string }>(
          'select datname from pg_catalog.pg_database where starts_with(datname, $1)',
          [nameIn('database', rest)],
        )
        for (const { datname } of rows) await drop(datname)
      })
    },
  }
}

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
