import { setTimeout as sleep } from 'node:timers/promises'
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg'
import { scriptOf } from '../migrate.ts'
import type { Migration } from '../migrate.ts'
import { exists } from './administration.ts'
import { type Lying, lyingOf, ownerOf, sharedDatabase } from './layout.ts'
import { ownerRole } from './roles.ts'
import type { Credential, PostgresServer } from './server.ts'
import { hideNeighbours } from './template.ts'

/**
 * What every login may look up of the catalogue, although tenants share it: which tables there are and how they are made. An
 * export reads that of its own schema. All else, as how many rows a table has and what stands in it most often, is nobody's.
 */
const shown = [
  'pg_class (oid, relname, relnamespace, relkind)',
  'pg_namespace (oid, nspname)',
  'pg_attribute (attrelid, attname, attnum, atttypid, atttypmod, attisdropped, attgenerated)',
  'pg_index (indexrelid, indrelid, indkey, indisprimary)',
  'pg_constraint (oid, conname, connamespace, contype, conrelid, confrelid, conparentid)',
  'pg_foreign_server (oid, srvname)',
  'pg_type (oid, typname)',
  'pg_settings',
  'pg_timezone_names',
]

/** Functions by which a login would measure the tables of another, or keep something beside all schemas. */
const measuring = `'pg_stat_get\\_%', 'pg\\_%relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_database_size', 'lo\\_%', 'loread', 'lowrite'`

/** Only a superuser may do it. */
const hideTheShared = `
  do $$ declare one record; begin
    for one in select c.oid::regclass as name from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v')
    loop execute format('revoke select on %s from public', one.name); end loop;
    for one in select p.oid::regprocedure as name from pg_proc p
      where p.pronamespace = 'pg_catalog'::regnamespace and p.proname like any (array[${measuring}])
    loop execute format('revoke execute on function %s from public', one.name); end loop;
  end $$;
  ${shown.map((one) => `grant select ${one.includes('(') ? `${one.slice(one.indexOf('('))} on ${one.slice(0, one.indexOf(' '))}` : `on ${one}`} to public`).join(';\n  ')};
  ${hideNeighbours}`

/**
 * Makes the database of all tenants that lie as schemas, and the role that may enter it. Under another name until it is whole, so
 * that a crash leaves none that stands open. Call it `alone`.
 *
 * The right to enter is that of one role, of which each login is a member: as thousands of rights of one database they would be
 * read at each connection, and two tenants could not be made at the same moment.
 */
export async function ensureShared(
  client: ClientBase,
  server: PostgresServer,
  prefix: string,
  inside: Inside,
): Promise<void> {
  const name = sharedDatabase(prefix)
  if (await exists(client, 'database', name)) return
  const role = escapeIdentifier(name)
  const draft = escapeIdentifier(`${name}_draft`)
  if (!(await exists(client, 'role', name))) await client.query(`create role ${role} nologin`)
  if (!server.superuser) await client.query(`grant ${role} to current_user`)
  await client.query(`drop database if exists ${draft} with (force)`)
  await client.query(`create database ${draft} owner ${ownerRole} template template0`)
  await client.query(`revoke all on database ${draft} from public`)
  await client.query(`grant connect on database ${draft} to ${role}`)
  await inside(`${name}_draft`, async (there) => {
    // What everybody could use would be shared by tenants.
    await there.query('drop schema public')
    if (server.superuser) await there.query(hideTheShared)
  })
  await client.query(`alter database ${draft} rename to ${role}`)
}

/** Runs work as administrator in a database. */
export type Inside = <T>(database: string, work: (client: ClientBase) => Promise<T>) => Promise<T>

/** A schema that is to be made. */
export interface NewSchema {
  readonly name: string
  readonly prefix: string
  readonly migrations: readonly Migration[]
  /** The password of its login; null: it opens to nobody yet. */
  readonly login: Credential | null
}

/**
 * Makes a schema with its tables, its owner and its login, all of it or nothing: one transaction, and most of it one round trip.
 *
 * The login owns nothing, and rights are given to it alone and not to a role that tenants share: with that, what protects one
 * tenant from another would be nothing but the door of the schema, and the statistics of the planner have no such door.
 */
export async function makeSchema(
  client: ClientBase,
  server: PostgresServer,
  { name, prefix, migrations, login }: NewSchema,
): Promise<void> {
  const { database, owner } = lyingOf(name, prefix)
  await client.query('begin')
  try {
    await client.query(
      `set local statement_timeout = 0;
       create role ${name} nologin; create role ${owner} nologin;
       ${server.superuser ? '' : `grant ${name}, ${owner} to current_user;`}
       create schema ${name} authorization ${owner}; grant usage on schema ${name} to ${name};
       alter default privileges for role ${owner} revoke execute on functions from public;
       alter default privileges for role ${owner} in schema ${name} grant execute on functions to ${name};
       alter role ${name} in database ${escapeIdentifier(database)} set search_path = ${name}, pg_temp;
       set local role ${owner}; set local search_path = ${name}, pg_temp`,
    )
    await client.query(scriptOf(migrations, { schema: name, application: name }))
    await client.query('reset role')
    if (login !== null) await openTo(client, login, database)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** Lets the login of a schema in. */
async function openTo(client: ClientBase, { user, password }: Credential, database: string): Promise<void> {
  await client.query(
    `alter role ${user} login password ${escapeLiteral(password)}; grant ${escapeIdentifier(database)} to ${user}`,
  )
}

/** What the catalogue says of a schema; undefined: there is none of this name. */
export async function commentOfSchema(client: ClientBase, name: string): Promise<string | null | undefined> {
  const { rows } = await client.query<{ said: string | null }>(
    `select obj_description(oid, 'pg_namespace') as said from pg_catalog.pg_namespace where nspname = $1`,
    [name],
  )
  return rows[0]?.said
}

/**
 * Gives a schema, its owner and its login other names, and opens it to that login: it is there, whole, or it is not.
 *
 * @param said what its catalogue says of it from then on
 */
export async function renameSchema(client: ClientBase, from: Lying, login: Credential, said: string): Promise<void> {
  const to = login.user
  await client.query('begin')
  try {
    await client.query(
      `alter schema ${from.schema} rename to ${to}; alter role ${from.schema} rename to ${to};
       alter role ${from.owner} rename to ${ownerOf(to)}; comment on schema ${to} is ${escapeLiteral(said)};
       alter role ${to} in database ${escapeIdentifier(from.database)} set search_path = ${to}, pg_temp`,
    )
    // A search path is a text: it does not follow.
    const { rows } = await client.query<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc where pronamespace = $1::regnamespace and proconfig is not null`,
      [to],
    )
    await client.query(rows.map(({ name }) => `alter function ${name} set search_path = ${to}, pg_temp`).join(';'))
    await openTo(client, login, from.database)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** How long a session that was told to end is waited for. Milliseconds. */
const endingMs = 5_000

/** Catalogues that held the most of a schema, and the samples of its values. */
const used = [
  'statistic',
  'attribute',
  'class',
  'type',
  'depend',
  'shdepend',
  'constraint',
  'index',
  'attrdef',
  'trigger',
  'proc',
]

/**
 * Drops a schema with its owner and its login, whoever is connected, and whatever the login owned beside it. Does nothing if they
 * are gone. The files of its tables go at once; rows of the catalogue are cleared by vacuum, which writes no zeroes over them.
 */
export async function dropSchema(client: ClientBase, name: string): Promise<void> {
  const owner = ownerOf(name)
  const roles: string[] = []
  for (const role of [name, owner]) if (await exists(client, 'role', role)) roles.push(role)
  if (roles.includes(name)) {
    await client.query(`alter role ${name} nologin`)
    await endSessions(client, name)
  }
  if (roles.length === 0 && (await commentOfSchema(client, name)) === undefined) return
  await client.query('begin')
  try {
    await client.query(`set local statement_timeout = 0; drop schema if exists ${name} cascade`)
    if (roles.length > 0) await client.query(`drop owned by ${roles.join(', ')} cascade; drop role ${roles.join(', ')}`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
  await client.query(`vacuum ${used.map((one) => `pg_catalog.pg_${one}`).join(', ')}`)
}

async function endSessions(client: ClientBase, login: string): Promise<void> {
  for (const end = Date.now() + endingMs; Date.now() < end; await sleep(20)) {
    const { rowCount } = await client.query(
      'select pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where usename = $1',
      [login],
    )
    if (rowCount === 0) return
  }
}
