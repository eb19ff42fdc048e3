import { randomBytes } from 'node:crypto'
import { type ClientBase, escapeIdentifier, type Pool } from 'pg'
import { digestOf, migrate, readMigrations } from '../migrate.ts'
import { alone, borrow, copyStrategy, exists, withClient } from './administration.ts'
import { postgresErrors } from './errors.ts'
import { boundPools, type Connections, openPool } from './pools.ts'
import { controlLogin, ensureLogin, ensureRoles, observerLogin, ownerRole } from './roles.ts'
import { openScratches } from './scratch.ts'
import type { Scratches } from './scratch.ts'
import type { Credential, PostgresServer } from './server.ts'
import { countSeparate, type Separate } from './separate.ts'
import { openCopyOut } from './copy.ts'
import type { CopyOut } from './copy.ts'
import { ensureTemplate } from './template.ts'

const controlConnections = 8
/** Of all tenants together: some for each who is asked at this moment. */
const tenantConnections = 64

/** Where the migrations lie, in the order in which their folders are applied. */
export interface DatabasesOptions {
  readonly controlMigrations: readonly string[]
  readonly tenantMigrations: readonly string[]
  /** Begins the names of the control database and the template; several installations may share a server. Default art32. */
  readonly prefix?: string
  /** Begins the name of the template instead, where installations share one: it is migrated once for all of them. */
  readonly templatePrefix?: string
}

/** The control database and one database with its own login role per tenant. */
export interface Databases {
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
  /**
   * Creates a tenant's database from the migrated template, and the login role of the same name. Completes what a crash
   * interrupted.
   *
   * @returns the login, whose password is kept nowhere else
   * @throws {postgres.bad_name | postgres.exists}
   */
  createDatabase(name: string): Promise<Credential>
  /** A new password for the login of a whole database, where a crash came before the first one was kept. */
  renewLogin(name: string): Promise<Credential>
  /** Names the migrations of this release for tenants' databases; a new database has them all. */
  readonly tenantSchema: string
  /**
   * The connections of a tenant's database, which is migrated forward before the first one. Cheap: nothing is opened yet.
   *
   * @param schema what was remembered of its migrations, and how to remember that it has those of this release
   */
  tenant(
    credential: Credential,
    schema?: { readonly known: string | null; remember(now: string): Promise<void> },
  ): Connections
  /** Whether a transaction runs in a database that began before a time of the server's clock; a tenant's own login may not see that. */
  isInUseSince(name: string, since: string): Promise<boolean>
  /**
   * How many of these databases only the login of the same name may enter, how many of these logins have no other power,
   * and whether the control database is closed to all of them: from the catalogue of the server, all at once.
   */
  countSeparate(names: readonly string[]): Promise<Separate>
  /** Drops database and role, whoever is connected. Does nothing if they are gone. */
  dropDatabase(name: string): Promise<void>
  /**
   * Rewrites a table of the control database and ends the write-ahead log so far, so that deleted rows and dropped
   * databases cannot be read from the files any more.
   *
   * @returns whether they cannot; false for an external server, whose log is not ours
   */
  removeTraces(table: 'tenant'): Promise<boolean>
  /** All of a tenant's database, or without a name of the control database, as it is at one instant: for a backup. */
  copyOut(name: string | null): Promise<CopyOut>
  /** Databases that are being made: a restore, or a drill. */
  readonly scratches: Scratches
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
  const administration = openPool(server.url(server.maintenance), 2, { statement_timeout: 0, lock_timeout: 0 })
  const pools = boundPools(tenantConnections)
  let template: Promise<string> | null = null

  await borrow(administration, (client) =>
    alone(client, async () => {
      await ensureRoles(client, server)
      await ensureLogin(client, server, login)
      await ensureLogin(client, server, observer, observerRole)
      await ensureControl(client, control, observer)
    }),
  )
  await withClient(server.url(control), (client) => migrate(client, controlMigrations, ownerRole))

  const controlPool = openPool(server.url(control, login), controlConnections)
  const ready = async () => {
    template ??= borrow(administration, (client) =>
      alone(client, () => ensureTemplate(client, server, options.templatePrefix ?? prefix, tenantMigrations)),
    )
    return await template.catch((error: unknown) => {
      template = null
      throw error
    })
  }
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
    createDatabase: async (name) => {
      requireName(name)
      const from = await ready()
      return borrow(administration, (client) => createTenant(client, server, name, from))
    },
    renewLogin: async (name) => {
      requireName(name)
      const login = newLogin(name)
      await borrow(administration, (client) => ensureLogin(client, server, login))
      // Whoever opened it a moment before did so with the password that has just ended.
      await pools.close(name)
      return login
    },
    tenantSchema,
    tenant: (credential, schema) => {
      requireName(credential.user)
      return pools.open(
        credential.user,
        () => server.url(credential.user, credential),
        async () => {
          if (schema?.known === tenantSchema) return
          await withClient(server.url(credential.user), (client) => migrate(client, tenantMigrations, ownerRole))
          await schema?.remember(tenantSchema)
        },
      )
    },
    isInUseSince: async (name, since) => {
      const { rows } = await administration.query<{ used: boolean }>(
        `select exists (select from pg_catalog.pg_stat_activity
           where datname = $1 and xact_start <= $2::timestamptz and backend_type = 'client backend') as used`,
        [name, since],
      )
      return rows[0]?.used ?? false
    },
    countSeparate: (names) => countSeparate(administration, names, [login.user, observer.user]),
    dropDatabase: async (name) => {
      requireName(name)
      await pools.close(name)
      await administration.query(`drop database if exists ${name} with (force)`)
      await administration.query(`drop role if exists ${name}`)
      // Whoever was in the middle of something may have opened it once more.
      await pools.close(name)
    },
    removeTraces: async (table) => {
      await withClient(server.url(control), async (client) => void (await client.query(`vacuum full ${table}`)))
      if (!server.embedded) return false
      await administration.query('select pg_switch_wal()')
      await administration.query('checkpoint')
      return true
    },
    copyOut: (name) => {
      if (name !== null) requireName(name)
      return openCopyOut(server.url(name ?? control))
    },
    scratches: openScratches(server, prefix, { control: controlMigrations, tenant: tenantMigrations }, ready),
    close: async () => {
      await Promise.all([controlPool.end(), pools.closeAll(), administration.end()])
    },
  }
}

/** Names go into statements that take no parameters; only these are ever created, and only these are ever dropped. */
function requireName(name: string): void {
  if (!/^tenant_[a-z0-9]{8,40}$/.test(name)) throw postgresErrors.bad_name()
}

function newLogin(user: string): Credential {
  return { user, password: randomBytes(24).toString('base64url') }
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

async function createTenant(
  client: ClientBase,
  server: PostgresServer,
  name: string,
  template: string,
): Promise<Credential> {
  const { rows } = await client.query<{ whole: boolean }>(
    'select datallowconn as whole from pg_catalog.pg_database where datname = $1',
    [name],
  )
  if (rows[0]?.whole === true) throw postgresErrors.exists({ database: name })
  const login = newLogin(name)
  await ensureLogin(client, server, login)
  if (rows.length === 0) {
    const from = escapeIdentifier(template)
    const strategy = await copyStrategy(client)
    await client.query(
      `create database ${name} owner ${ownerRole} template ${from} strategy ${strategy} allow_connections false`,
    )
  }
  // Rights on a database are not cloned, and by default everybody may connect: so it opens only now.
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect on database ${name} to ${name}`)
  await client.query(`alter database ${name} allow_connections true`)
  return login
}
