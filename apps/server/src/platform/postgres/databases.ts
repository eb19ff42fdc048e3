import { createHmac, randomBytes } from 'node:crypto'
import { Client, type ClientBase, escapeIdentifier, escapeLiteral, type Pool } from 'pg'
import { digestOf, migrate, type Migration, readMigrations } from '../migrate.ts'
import { postgresErrors } from './errors.ts'
import { boundPools, type Connections, openPool } from './pools.ts'
import type { Credential, PostgresServer } from './server.ts'

/** Owns every table and function of every database. Nobody can log in as it: only migrations and SECURITY DEFINER functions act as it. */
export const ownerRole = 'art32_owner'

/** What the application may do: migrations grant to this role, and the login role of each database is a member of it. */
export const applicationRole = 'art32_application'

/** The login role of the control database. */
const controlRole = 'art32_control'

const controlConnections = 8
const tenantPools = 50

/** Where the migrations lie, in the order in which their folders are applied. */
export interface DatabasesOptions {
  readonly controlMigrations: readonly string[]
  readonly tenantMigrations: readonly string[]
  /** Begins the names of the control database and the template; several installations may share a server. Default art32. */
  readonly prefix?: string
}

/** The control database and one database with its own login role per tenant. */
export interface Databases {
  /** Migrated; connects as the control role, which owns nothing but may create schemas of its own (the job queue's). */
  readonly control: Pool
  /** For libraries that make connections of their own. It holds the password: never log it. */
  readonly controlUrl: string
  /**
   * Creates a tenant's database from the migrated template, and the login role of the same name. Completes what a crash
   * interrupted.
   *
   * @returns the login, whose password is kept nowhere else
   * @throws {postgres.bad_name | postgres.exists}
   */
  createDatabase(name: string): Promise<Credential>
  /** The connections of a tenant's database, which is migrated forward before the first one. Cheap: nothing is opened yet. */
  tenant(credential: Credential): Connections
  /** Drops database and role, whoever is connected. Does nothing if they are gone. */
  dropDatabase(name: string): Promise<void>
  close(): Promise<void>
}

/** Opens the databases of an installation: makes roles and control database if missing, and migrates it. */
export async function openDatabases(server: PostgresServer, options: DatabasesOptions): Promise<Databases> {
  const prefix = options.prefix ?? 'art32'
  const tenantMigrations = readMigrations(options.tenantMigrations)
  const control = `${prefix}_control`
  const login: Credential = { user: controlRole, password: derivePassword(server, controlRole) }
  const administration = openPool(server.url(server.maintenance), 2, { statement_timeout: 0, lock_timeout: 0 })
  const pools = boundPools(tenantPools)
  let template: Promise<string> | null = null

  await alone(administration, async (client) => {
    await ensureRoles(client, server, login)
    await ensureControl(client, control)
  })
  await withClient(server.url(control), (client) =>
    migrate(client, readMigrations(options.controlMigrations), ownerRole),
  )

  const controlPool = openPool(server.url(control, login), controlConnections)
  return {
    control: controlPool,
    controlUrl: server.url(control, login),
    createDatabase: async (name) => {
      requireName(name)
      template ??= alone(administration, (client) => ensureTemplate(client, server, prefix, tenantMigrations))
      const from = await template.catch((error: unknown) => {
        template = null
        throw error
      })
      return createTenant(administration, server, name, from)
    },
    tenant: (credential) => {
      requireName(credential.user)
      return pools.open(credential.user, server.url(credential.user, credential), () =>
        withClient(server.url(credential.user), async (client) => {
          await migrate(client, tenantMigrations, ownerRole)
        }),
      )
    },
    dropDatabase: async (name) => {
      requireName(name)
      await pools.close(name)
      await administration.query(`drop database if exists ${name} with (force)`)
      await administration.query(`drop role if exists ${name}`)
    },
    close: async () => {
      await Promise.all([controlPool.end(), pools.closeAll(), administration.end()])
    },
  }
}

/** Names go into statements that take no parameters; only these are ever created, and only these are ever dropped. */
function requireName(name: string): void {
  if (!/^tenant_[a-z0-9]{8,40}$/.test(name)) throw postgresErrors.bad_name()
}

/** A fixed role has the same password in each process that knows the administrator's, and none is stored for it. */
function derivePassword({ administrator }: PostgresServer, role: string): string {
  return createHmac('sha256', administrator.password).update(`art32 role ${role}`).digest('base64url')
}

async function ensureRoles(client: ClientBase, server: PostgresServer, login: Credential): Promise<void> {
  for (const role of [ownerRole, applicationRole]) {
    if (!(await exists(client, 'pg_roles', 'rolname', role))) await client.query(`create role ${role} nologin`)
  }
  if (!(await exists(client, 'pg_roles', 'rolname', login.user))) await client.query(`create role ${login.user} login`)
  await client.query(`alter role ${login.user} password ${escapeLiteral(login.password)}`)
  await client.query(`grant ${applicationRole} to ${login.user}`)
  // An administrator who is no superuser acts only for roles it is a member of.
  if (!server.superuser) await client.query(`grant ${ownerRole} to current_user`)
  if (server.embedded) await client.query('revoke all on database postgres, template1 from public')
}

async function ensureControl(client: ClientBase, control: string): Promise<void> {
  const name = escapeIdentifier(control)
  if (!(await exists(client, 'pg_database', 'datname', control))) {
    await client.query(`create database ${name} owner ${ownerRole} template template0`)
  }
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect, create, temporary on database ${name} to ${controlRole}`)
}

/**
 * The template has the digest of its migrations in its name. It is made under another name and renamed when whole, so
 * that a crash leaves no half-migrated template; then nobody can connect to it any more, and clones never wait.
 */
async function ensureTemplate(
  client: ClientBase,
  server: PostgresServer,
  prefix: string,
  migrations: readonly Migration[],
): Promise<string> {
  const template = `${prefix}_template_${digestOf(migrations).slice(0, 12)}`
  if (await exists(client, 'pg_database', 'datname', template)) return template
  const draft = `${prefix}_template_draft`
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_catalog.pg_database where starts_with(datname, $1)`,
    [`${prefix}_template_`],
  )
  for (const { datname } of rows) {
    await client.query(`alter database ${escapeIdentifier(datname)} is_template false`)
    await client.query(`drop database ${escapeIdentifier(datname)} with (force)`)
  }
  await client.query(`create database ${escapeIdentifier(draft)} owner ${ownerRole} template template0`)
  await client.query(`revoke all on database ${escapeIdentifier(draft)} from public`)
  await withClient(server.url(draft), async (inside) => {
    await migrate(inside, migrations, ownerRole)
    if (server.superuser) await inside.query(hideNeighbours)
  })
  await client.query(`alter database ${escapeIdentifier(draft)} allow_connections false is_template true`)
  await client.query(`alter database ${escapeIdentifier(draft)} rename to ${escapeIdentifier(template)}`)
  return template
}

/**
 * The catalogues that all databases of a server have in common would tell a tenant the names of the others. Rights on
 * them are kept per database, and clones inherit them. Only a superuser may do it.
 */
const hideNeighbours = `
  revoke select on pg_database, pg_roles, pg_user, pg_group, pg_auth_members, pg_db_role_setting, pg_shdepend,
    pg_shdescription, pg_shseclabel, pg_stat_activity, pg_stat_database, pg_stat_database_conflicts, pg_stat_ssl,
    pg_stat_gssapi, pg_locks, pg_prepared_xacts, pg_init_privs
    from public;
  revoke execute on function pg_get_userbyid(oid), pg_stat_get_activity(integer), pg_lock_status() from public`

async function createTenant(
  administration: Pool,
  server: PostgresServer,
  name: string,
  template: string,
): Promise<Credential> {
  const { rows } = await administration.query<{ whole: boolean }>(
    'select datallowconn as whole from pg_catalog.pg_database where datname = $1',
    [name],
  )
  if (rows[0]?.whole === true) throw postgresErrors.exists({ database: name })
  const password = randomBytes(24).toString('base64url')
  await administration.query(`
    do $$ begin
      if not exists (select from pg_catalog.pg_roles where rolname = '${name}') then create role ${name}; end if;
    end $$;
    alter role ${name} login password ${escapeLiteral(password)} connection limit 20;
    grant ${applicationRole} to ${name};
    ${server.superuser ? '' : `grant ${name} to current_user;`}`)
  if (rows.length === 0) {
    await administration.query(
      `create database ${name} owner ${ownerRole} template ${escapeIdentifier(template)} strategy wal_log allow_connections false`,
    )
  }
  // Rights on a database are not cloned, and by default everybody may connect: so it opens only now.
  await administration.query(`
    revoke all on database ${name} from public;
    grant connect on database ${name} to ${name};`)
  await administration.query(`alter database ${name} allow_connections true`)
  return { user: name, password }
}

async function exists(
  client: ClientBase,
  table: 'pg_roles' | 'pg_database',
  column: string,
  name: string,
): Promise<boolean> {
  const { rowCount } = await client.query(`select from pg_catalog.${table} where ${column} = $1`, [name])
  return rowCount === 1
}

/** Runs work on the whole server while no other process does: two installations may be starting on one server. */
async function alone<T>(administration: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = await administration.connect()
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('art32 administration', 0))`)
    return await work(client)
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
    client.release()
  }
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'art32', connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
