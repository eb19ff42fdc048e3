import { Client, DatabaseError } from 'pg'
import { postgresErrors } from './errors.ts'
import type { PostgresServer } from './server.ts'

interface Facts {
  readonly number: number
  readonly version: string
  readonly role: string
  readonly database: string
  readonly superuser: boolean
  readonly may_create: boolean
}

const question = `
  select current_setting('server_version_num')::int as number, split_part(current_setting('server_version'), ' ', 1) as version,
    current_user::text as role, current_database()::text as database,
    rolsuper as superuser, rolsuper or (rolcreatedb and rolcreaterole) as may_create
  from pg_catalog.pg_roles where rolname = current_user`

/**
 * Checks an external server (`ART32_DATABASE_URL`) and describes it like the embedded one. The parameters of the URL hold
 * for each connection: `sslmode=verify-full&sslrootcert=…` encrypts and authenticates them all.
 *
 * @param patienceMs how long an answer may take
 * @throws {postgres.unreachable | postgres.too_old | postgres.no_rights}
 */
export async function connectExternal(url: string, patienceMs = 10_000): Promise<PostgresServer> {
  const address = new URL(url)
  const { number, version, role, database, superuser, may_create } = await ask(url, address.host, patienceMs)
  if (number < 150_000) throw postgresErrors.too_old({ server: address.host, version })
  if (!may_create) throw postgresErrors.no_rights({ role })
  return {
    embedded: false,
    version,
    administrator: { user: role, password: decodeURIComponent(address.password) },
    superuser,
    maintenance: database,
    url: (name, as) => {
      const other = new URL(address)
      other.pathname = `/${encodeURIComponent(name)}`
      if (as !== undefined) {
        other.username = encodeURIComponent(as.user)
        other.password = encodeURIComponent(as.password)
      }
      return other.href
    },
  }
}

async function ask(url: string, server: string, patienceMs: number): Promise<Facts> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: 'art32',
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<Facts>(question)
    if (rows[0] === undefined) throw postgresErrors.unreachable({ server, detail: 'it does not describe itself' })
    return rows[0]
  } catch (cause) {
    throw postgresErrors.unreachable({ server, detail: reason(cause) }, { cause })
  } finally {
    await client.end().catch(() => undefined)
  }
}

function reason(cause: unknown): string {
  if (cause instanceof DatabaseError) return cause.message
  // Several addresses of one name fail together as an AggregateError without a message of its own.
  if (cause instanceof AggregateError) return reason(cause.errors[0])
  return cause instanceof Error ? cause.message : 'no answer'
}
