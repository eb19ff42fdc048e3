import { type ClientBase, escapeIdentifier, type Pool } from 'pg'
import { digestOf, migrate, readMigrations } from '../migrate.ts'
import { alone, exists, withClient } from './administration.ts'
import { openCopyOut } from './copy.ts'
import type { CopyOut } from './copy.ts'
import { inDatabase, type Lying, lyingOf } from './layout.ts'
import { openOnServer } from './on-server.ts'
import type { TenantDatabases } from './on-server.ts'
import { openPool } from './pools.ts'
import { controlLogin, ensureLogin, ensureRoles, observerLogin, ownerRole } from './roles.ts'
import type { Credential, PostgresServer } from './server.ts'
import { firstServer, notSet, refuse, watchServer } from './watched.ts'
import type { ServerSetting, ServerState, Watch } from './watched.ts'

const controlConnections = 6

/** Where the migrations lie, in the order in which their folders are applied. */
export interface DatabasesOptions {
  readonly controlMigrations: readonly string[]
  readonly tenantMigrations: readonly string[]
  /** Begins the names of the control database and the template; several installations may share a server. Default art32. */
  readonly prefix?: string
  /** Begins the name of the template instead, where installations share one: it is migrated once for all of them. */
  readonly templatePrefix?: string
  /** Servers beside the first one, which holds the control database. */
  readonly more?: readonly ServerSetting[]
  /** How those are looked at, where not as usual. */
  readonly watch?: Watch
}

/** The control database and one database with its own login role per tenant: those on the first server, or on a named one. */
export interface Databases extends Omit<TenantDatabases, 'copyOut'> {
  /** Migrated; connects as the control role, which owns nothing but may create schemas of its own (the job queue's). */
  readonly control: Pool
  /** For libraries that make connections of their own. It holds the password: never log it. */
  readonly controlUrl: string
  /**
   * Whether the control database has the migrations of this release, all of them and no others.
   *
   * @throws where it does not answer
   */
  isCurrent(): Promise<boolean>
  /** Of a login that reads the views by which the installation is looked at, and nothing else. */
  readonly observerUrl: string
  /** Names the migrations of this release for tenants' databases; a new database has them all. */
  readonly tenantSchema: string
  /** Where tenants may lie: the first server, and those that were added. */
  servers(): readonly ServerState[]
  /**
   * The tenants' databases on a server. Cheap: whether it answers is seen when they are used.
   *
   * @throws {postgres.no_server | postgres.server_away} each of its functions, where it is not set or does not answer
   */
  on(server: string): TenantDatabases
  /** Where a tenant lies on its server, by the name in the registry. */
  lyingOf(name: string): Lying
  /** A server as such, for who tries what its logins can reach. @throws {postgres.no_server | postgres.server_away} */
  serverOf(server: string): Promise<PostgresServer>
  /**
   * Rewrites a table of the control database and ends the write-ahead log so far, so that deleted rows and dropped
   * databases cannot be read from the files any more.
   *
   * @returns whether they cannot; false for an external server, whose log is not ours
   */
  removeTraces(table: 'tenant'): Promise<boolean>
  /** All of a tenant's database on the first server, or without a name of the control database: for a backup. */
  copyOut(name: string | null): Promise<CopyOut>
  close(): Promise<void>
}

/** Opens the databases of an installation: makes roles and control database if missing, and migrates it. */
export async function openDatabases(server: PostgresServer, options: DatabasesOptions): Promise<Databases> {
  const prefix = options.prefix ?? 'art32'
  const tenantMigrations = readMigrations(options.tenantMigrations)
  const tenantSchema = digestOf(tenantMigrations)
  const login = controlLogin(server, prefix)
  const control = login.user
  const { login: observer, role: observerRole } = observerLogin(server, prefix)
  const controlMigrations = readMigrations(options.controlMigrations)

  await withClient(server.url(server.maintenance), (client) =>
    alone(client, async () => {
      await ensureRoles(client, server)
      await ensureLogin(client, server, login)
      await ensureLogin(client, server, observer, observerRole)
      await ensureControl(client, control, observer)
    }),
  )
  await withClient(server.url(control), (client) => migrate(client, controlMigrations, ownerRole))

  const controlPool = openPool(server.url(control, login), controlConnections)
  const onServer = { prefix, templatePrefix: options.templatePrefix ?? prefix, controlMigrations, tenantMigrations }
  const first = openOnServer(server, { ...onServer, control: [login.user, observer.user] })
  const more = new Map(
    (options.more ?? []).map((setting) => [
      setting.name,
      watchServer(setting, (one) => openOnServer(one, { ...onServer, control: [] }), options.watch),
    ]),
  )
  return {
    control: controlPool,
    controlUrl: server.url(control, login),
    isCurrent: async () => {
      const { rows } = await controlPool.query<{ id: string; sha256: string }>(
        'select id, sha256 from public.migration',
      )
      const applied = new Map(rows.map(({ id, sha256 }) => [id, sha256]))
      return (
        applied.size === controlMigrations.length &&
        controlMigrations.every((one) => applied.get(one.id) === one.sha256)
      )
    },
    observerUrl: server.url(control, observer),
    ...first.databases,
    tenantSchema,
    servers: () => [
      { name: firstServer, state: 'up', version: server.version, why: null },
      ...more.values().map((one) => one.state()),
    ],
    on: (name) => (name === firstServer ? first.databases : (more.get(name)?.databases ?? notSet(name))),
    lyingOf: (name) => lyingOf(name, prefix),
    serverOf: async (name) => (name === firstServer ? server : await (more.get(name) ?? refuse(name)).server()),
    removeTraces: async (table) => {
      await withClient(server.url(control), async (client) => void (await client.query(`vacuum full ${table}`)))
      if (!server.embedded) return false
      await withClient(server.url(server.maintenance), async (client) => {
        await client.query('select pg_switch_wal()')
        await client.query('checkpoint')
      })
      return true
    },
    copyOut: (name) =>
      name === null ? openCopyOut(server.url(control), inDatabase(control)) : first.databases.copyOut(name),
    close: async () => {
      await Promise.all([controlPool.end(), first.close(), ...more.values().map((one) => one.close())])
    },
  }
}

async function ensureControl(client: ClientBase, control: string, observer: Credential): Promise<void> {
  const name = escapeIdentifier(control)
  if (!(await exists(client, 'database', control))) {
    await client.query(`create database ${name} owner ${ownerRole} template template0`)
  }
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect, create, temporary on database ${name} to ${name}`)
  await client.query(`grant connect on database ${name} to ${escapeIdentifier(observer.user)}`)
}
