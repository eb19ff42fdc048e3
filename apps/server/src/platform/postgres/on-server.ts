import { randomBytes } from 'node:crypto'
import { type ClientBase, escapeIdentifier } from 'pg'
import { digestOf, migrate, type Migration } from '../migrate.ts'
import { alone, borrow, copyStrategy, exists, withClient } from './administration.ts'
import { openCopyOut } from './copy.ts'
import type { CopyOut } from './copy.ts'
import { postgresErrors } from './errors.ts'
import { holdableOf, holdWrites, releaseWrites } from './hold.ts'
import { isTenantName, layoutOf, lyingOf, ownerOf, sharedDatabase } from './layout.ts'
import { boundPools, type Connections, openPool } from './pools.ts'
import { applicationRole, ensureLogin, ensureRoles, ownerRole } from './roles.ts'
import { commentOfSchema, dropSchema, ensureShared, makeSchema } from './schemas.ts'
import type { Inside, NewSchema } from './schemas.ts'
import { openScratches } from './scratch.ts'
import type { Scratches } from './scratch.ts'
import type { Credential, PostgresServer } from './server.ts'
import { countSeparate, countSeparateSchemas, type Separate } from './separate.ts'
import { ensureTemplate } from './template.ts'

/** Of all tenants of one server together: some for each who is asked at this moment. */
const tenantConnections = 52

/** The tenants' databases on one server: one with its own login role for each, or one schema with it, as its name says. */
export interface TenantDatabases {
  /**
   * Creates a tenant's database from the migrated template, or its schema, and the login role of the same name. Completes what
   * a crash interrupted.
   *
   * @returns the login, whose password is kept nowhere else
   * @throws {postgres.bad_name | postgres.exists}
   */
  createDatabase(name: string): Promise<Credential>
  /** A new password for the login of a whole database, where a crash came before the first one was kept. */
  renewLogin(name: string): Promise<Credential>
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
   * and whether the control database is closed to all of them: from the catalogue of the server, all at once. Where the
   * control database lies on another server it is not closed, since it is not there.
   */
  countSeparate(names: readonly string[]): Promise<Separate>
  /** Drops database and role, whoever is connected. Does nothing if they are gone. */
  dropDatabase(name: string): Promise<void>
  /** Whether the server has a database or a role of this name. */
  has(name: string): Promise<boolean>
  /** All of a tenant's database as it is at one instant: for a backup or a move. */
  copyOut(name: string): Promise<CopyOut>
  /**
   * Lets nobody write in a database any more; it is read as before. Whoever is in the middle of something has a few
   * seconds to end it.
   */
  hold(name: string): Promise<void>
  /** Lets a held database be written again. Does nothing where it is not held, or not there. */
  release(name: string): Promise<void>
  /** Databases that are being made: a restore, a drill, or a move. */
  readonly scratches: Scratches
}

/** The same with its end, for whoever opened it. */
export interface OpenedDatabases {
  readonly databases: TenantDatabases
  close(): Promise<void>
}

/** What the databases of one server are made of. */
export interface OnServer {
  /** Begins the names of what is not a tenant's. */
  readonly prefix: string
  readonly templatePrefix: string
  readonly controlMigrations: readonly Migration[]
  readonly tenantMigrations: readonly Migration[]
  /** Logins that may enter the control database, whose name is the first; none: it is on another server. */
  readonly control: readonly string[]
}

/** Opens the databases of tenants on one server. Nothing is asked of it yet. */
export function openOnServer(server: PostgresServer, options: OnServer): OpenedDatabases {
  const { prefix, tenantMigrations } = options
  const tenantSchema = digestOf(tenantMigrations)
  const administration = openPool(server.url(server.maintenance), 2, { statement_timeout: 0, lock_timeout: 0 })
  const place = (name: string) => lyingOf(name, prefix)
  /** Where schemas lie, which is made when the first one is. */
  const shared = sharedDatabase(prefix)
  const hasShared = () => borrow(administration, (client) => exists(client, 'database', shared))
  const ready = once(() =>
    borrow(administration, (client) =>
      alone(client, async () => {
        await ensureRoles(client, server)
        return await ensureTemplate(client, server, options.templatePrefix, tenantMigrations)
      }),
    ),
  )
  const readyShared = once(() =>
    borrow(administration, (client) =>
      alone(client, async () => {
        await ensureRoles(client, server)
        await ensureShared(client, server, prefix, inside)
      }),
    ),
  )
  const inside: Inside = (database, work) => withClient(server.url(database), work)
  const pools = boundPools(tenantConnections)
  const databases: TenantDatabases = {
    createDatabase: async (name) => {
      requireName(name)
      if (layoutOf(name) === 'schema') {
        await readyShared()
        return await inside(shared, (client) =>
          createSchema(client, server, { name, prefix, migrations: tenantMigrations }),
        )
      }
      const from = await ready()
      return borrow(administration, (client) => createTenant(client, server, name, from))
    },
    renewLogin: async (name) => {
      requireName(name)
      const login = newLogin(name)
      const member = layoutOf(name) === 'schema' ? escapeIdentifier(shared) : applicationRole
      await borrow(administration, (client) => ensureLogin(client, server, login, member))
      // Whoever opened it a moment before did so with the password that has just ended.
      await pools.close(name)
      return login
    },
    tenant: (credential, schema) => {
      requireName(credential.user)
      const lying = place(credential.user)
      return pools.open(
        credential.user,
        () => server.url(lying.database, credential),
        async () => {
          if (schema?.known === tenantSchema) return
          await inside(lying.database, (client) => migrate(client, tenantMigrations, lying.owner, lying))
          await schema?.remember(tenantSchema)
        },
      )
    },
    isInUseSince: async (name, since) => {
      // In a database that tenants share, whoever administers may be at any of them.
      const { rows } = await administration.query<{ used: boolean }>(
        `select exists (select from pg_catalog.pg_stat_activity
           where datname = $1 and ($3 or usename in ($4, current_user)) and xact_start <= $2::timestamptz
             and backend_type = 'client backend') as used`,
        [place(name).database, since, layoutOf(name) === 'database', name],
      )
      return rows[0]?.used ?? false
    },
    countSeparate: async (names) => {
      const { schema: schemas = [], database = [] } = Object.groupBy(names, layoutOf)
      const own = await countSeparate(administration, database, options.control)
      if (schemas.length === 0) return own
      const apart = (await hasShared())
        ? await inside(shared, (client) => countSeparateSchemas(client, schemas, shared))
        : { databases: 0, logins: 0 }
      return { ...own, databases: own.databases + apart.databases, logins: own.logins + apart.logins }
    },
    dropDatabase: async (name) => {
      requireName(name)
      await pools.close(name)
      if (layoutOf(name) === 'schema') {
        if (await hasShared()) await inside(shared, (client) => dropSchema(client, name))
      } else {
        await administration.query(`drop database if exists ${name} with (force)`)
        await administration.query(`drop role if exists ${name}`)
      }
      // Whoever was in the middle of something may have opened it once more.
      await pools.close(name)
    },
    has: async (name) => {
      if (layoutOf(name) === 'schema' && (await hasShared())) {
        if (await inside(shared, async (client) => (await commentOfSchema(client, name)) !== undefined)) return true
      }
      return await borrow(administration, async (client) => {
        for (const role of [name, ownerOf(name)]) if (await exists(client, 'role', role)) return true
        return await exists(client, 'database', name)
      })
    },
    copyOut: (name) => {
      requireName(name)
      const lying = place(name)
      return openCopyOut(server.url(lying.database), lying)
    },
    hold: (name) => {
      requireName(name)
      return borrow(administration, (client) => holdWrites(client, holdableOf(name, place(name))))
    },
    release: (name) => {
      requireName(name)
      return borrow(administration, (client) => releaseWrites(client, holdableOf(name, place(name))))
    },
    scratches: openScratches(
      server,
      prefix,
      { control: options.controlMigrations, tenant: options.tenantMigrations },
      { template: ready, shared: readyShared },
    ),
  }
  return { databases, close: async () => void (await Promise.all([pools.closeAll(), administration.end()])) }
}

/** Names go into statements that take no parameters; only these are ever created, and only these are ever dropped. */
function requireName(name: string): void {
  if (!isTenantName(name)) throw postgresErrors.bad_name()
}

function newLogin(user: string): Credential {
  return { user, password: randomBytes(24).toString('base64url') }
}

/** A step that is taken at most once, but again after a failure. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let taken: Promise<T> | null = null
  return async () => {
    taken ??= work()
    return await taken.catch((error: unknown) => {
      taken = null
      throw error
    })
  }
}

/** @throws {postgres.exists} */
async function createSchema(
  client: ClientBase,
  server: PostgresServer,
  { name, ...how }: Omit<NewSchema, 'login'>,
): Promise<Credential> {
  if ((await commentOfSchema(client, name)) !== undefined) throw postgresErrors.exists({ database: name })
  const login = newLogin(name)
  await makeSchema(client, server, { name, ...how, login })
  return login
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
    const strategy = await copyStrategy(client, server)
    await client.query(
      `create database ${name} owner ${ownerRole} template ${from} strategy ${strategy} allow_connections false`,
    )
  }
  // Rights on a database are not cloned, and by default everybody may connect: so it opens only now, in one transaction.
  await client.query(
    `revoke all on database ${name} from public; grant connect on database ${name} to ${name};
     alter database ${name} allow_connections true`,
  )
  return login
}
