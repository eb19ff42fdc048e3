import { randomBytes } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { Unreadable, errorCode, reasonOf } from '../engine/reading.ts'
import { PlanError } from './plan.ts'

/** A database of a drill's own, with a role that may do nothing but work in it. */
export type ScratchDatabase = {
  /** As that role. It holds a password: never told. */
  readonly url: string
  bytes(): Promise<number>
  /** @returns whether database and role are gone */
  drop(): Promise<boolean>
}

const prefix = 'art32_drill_'
const named = /^art32_drill_[0-9a-f]{16}$/

/**
 * Makes a database and a role on a server that is there for drills. What killed drills left on it is removed first.
 *
 * A dump runs what stands in it, so the role is no administrator, reads no file and starts no program, and nothing else is on
 * the server: a server with databases of others is refused, whatever the plan says.
 *
 * @param url of an administrator
 * @throws {PlanError} the server is in use, or it is one of production
 * @throws {Unreadable} nobody answers, or the role may not make databases and roles
 */
export async function openScratchDatabase(
  url: string,
  production: readonly string[],
  extensions: readonly string[],
): Promise<ScratchDatabase> {
  const address = addressOf(url)
  await refuseProduction(address, production)
  const name = `${prefix}${randomBytes(8).toString('hex')}`
  const admin = await connect(address.href, name)
  try {
    await refuseInUse(admin, address)
    await sweep(admin)
    const password = randomBytes(24).toString('base64url')
    await make(admin, name, password)
    const own = new URL(address)
    own.pathname = `/${name}`
    await prepare(own.href, name, extensions).catch(async (error: unknown) => {
      await drop(admin, name)
      throw error
    })
    own.username = name
    own.password = password
    return {
      url: own.href,
      async bytes() {
        const { rows } = await admin.query<{ bytes: string }>('select pg_database_size($1) as bytes', [name])
        return Number(rows[0]?.bytes)
      },
      async drop() {
        const isGone = await drop(admin, name)
        await admin.end().catch(() => undefined)
        return isGone
      },
    }
  } catch (error) {
    await admin.end().catch(() => undefined)
    throw error
  }
}

function addressOf(url: string): URL {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new PlanError('scratch.database: takes "embedded", or postgres://role@host:5432/database.')
  const address = new URL(url)
  if (address.pathname.length < 2) address.pathname = '/postgres'
  return address
}

const hostOf = (address: URL) =>
  (address.searchParams.get('host') ?? decodeURIComponent(address.hostname)).replace(/^\[|\]$/g, '').toLowerCase()

async function refuseProduction(address: URL, production: readonly string[]): Promise<void> {
  const addressesOf = async (host: string) =>
    (await lookup(host, { all: true }).catch(() => [])).map((one) => one.address)
  const host = hostOf(address)
  const own = new Set([host, ...(await addressesOf(host))])
  for (const one of production.map((name) => name.toLowerCase()))
    if (own.has(one) || (await addressesOf(one)).some((found) => own.has(found)))
      throw new PlanError('scratch.database: this server is one of production in the plan.')
}

/** Its name says on the server that this drill lives. */
async function connect(url: string, name: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: name, connectionTimeoutMillis: 15_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(`set statement_timeout = '60s'; set search_path = pg_catalog`)
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    const code = errorCode(error)
    if (code === '28P01' || code === '28000')
      throw new Unreadable('denied', 'the scratch server does not let its role in')
    throw new Unreadable('unreachable', `the scratch server: ${reasonOf(error).detail}`, { cause: error })
  }
}

/** Relations that somebody made; those of extensions of the server do not count. */
const relations = `select count(*)::int as n from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in ('pg_catalog', 'information_schema') and not starts_with(n.nspname, 'pg_')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

async function refuseInUse(admin: Client, address: URL): Promise<void> {
  const { rows } = await admin.query<{ datname: string; current: boolean }>(
    'select datname, datname = current_database() as current from pg_database where not datistemplate and datallowconn',
  )
  const others = rows.filter(
    ({ datname, current }) => !current && datname !== 'postgres' && !named.test(datname),
  ).length
  if (others > 0)
    throw new PlanError(
      `scratch.database: ${others} other databases are on this server. A drill takes a server of its own, or "embedded".`,
    )
  for (const { datname, current } of rows) {
    if (!current && datname !== 'postgres') continue
    const other = new URL(address)
    other.pathname = `/${encodeURIComponent(datname)}`
    const client = current ? admin : await connect(other.href, 'art32 drill')
    try {
      const found = await client.query<{ n: number }>(relations)
      if (found.rows[0]?.n !== 0)
        throw new PlanError('scratch.database: the database is not empty. A drill takes an empty one, or "embedded".')
    } finally {
      if (!current) await client.end().catch(() => undefined)
    }
  }
}

/** What no living drill speaks for. */
async function sweep(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select name from (select datname as name from pg_database union select rolname from pg_roles) one
      where starts_with(name, $1) and not exists (select from pg_stat_activity a where a.application_name = name)`,
    [prefix],
  )
  for (const { name } of rows) if (named.test(name)) await drop(admin, name)
}

async function make(admin: Client, name: string, password: string): Promise<void> {
  try {
    await admin.query(
      `create role ${name} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit 10
        password ${escapeLiteral(password)}`,
    )
    const { rows } = await admin.query<{ is: boolean }>(
      'select rolsuper as is from pg_roles where rolname = current_user',
    )
    if (rows[0]?.is !== true) await admin.query(`grant ${name} to current_user`)
    await admin.query(`create database ${name} owner ${name} template template0 encoding 'UTF8'`)
    await admin.query(`revoke all on database ${name} from public`)
  } catch (error) {
    await drop(admin, name)
    if (errorCode(error) === '42501')
      throw new Unreadable('denied', 'the role of the scratch server may not make databases and roles', {
        needs: 'CREATEDB, CREATEROLE',
        cause: error,
      })
    throw error
  }
}

/** While nothing of the dump is in it, and never after. */
async function prepare(url: string, owner: string, extensions: readonly string[]): Promise<void> {
  const client = await connect(url, 'art32 drill')
  try {
    await client.query(`alter schema public owner to ${owner}`)
    for (const name of extensions)
      await client
        .query(`create extension if not exists ${escapeIdentifier(name)} schema public cascade`)
        .catch((cause: unknown) => {
          throw new Unreadable(
            'not-configured',
            `the scratch server has no extension ${name}, or its role may not make it`,
            {
              needs: `extension ${name}`,
              cause,
            },
          )
        })
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function drop(admin: Client, name: string): Promise<boolean> {
  try {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`drop role if exists ${name}`)
    return true
  } catch {
    // The next drill tries again; the caller tells that something is left.
    return false
  }
}
