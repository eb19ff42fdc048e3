import { Client } from 'pg'
import { ShieldError } from '../error.ts'

/** Which end of the copy it is; its name in messages. */
export type End = 'source' | 'target'

/** Variables that take a connection string, so that a password is in no list of processes. */
export const addressVariables = { source: 'ART32_SHIELD_SOURCE', target: 'ART32_SHIELD_TARGET' } as const

/**
 * The connection string that is meant: as given, or, for `-`, the one in the variable of this end.
 *
 * @throws {ShieldError} none there, or no `postgres://` address; the message has no password
 */
export function addressOf(end: End, given: string, environment: Readonly<Record<string, string | undefined>>): string {
  const text = given === '-' ? environment[addressVariables[end]] : given
  if (text === undefined || text === '')
    throw new ShieldError(`The ${end} is -, and ${addressVariables[end]} has no address (postgres://…).`)
  if (!/^postgres(?:ql)?:\/\//u.test(text) || !URL.canParse(text))
    throw new ShieldError(
      `The ${end} is no address: postgres://role@host:5432/database, or - for ${addressVariables[end]}.`,
    )
  return text
}

/** An address without its password: `db.example.com:5432/shop`. */
export function nameOf(address: string): string {
  const url = new URL(address)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  return `${host}:${url.port === '' ? '5432' : url.port}${url.pathname}`
}

/**
 * Connects. The password may stand in the address, in PGPASSWORD or in the file that PGPASSFILE names.
 *
 * @throws {ShieldError} nobody answers, or the server refuses
 */
export async function connect(end: End, address: string): Promise<Client> {
  const client = new Client({
    connectionString: address,
    application_name: 'art32 shield',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  })
  // A connection that breaks while nothing is asked is told by what is asked next.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(settings)
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw new ShieldError(`The ${end} ${nameOf(address)}: ${whyNot(error)}.`, { cause: error })
  }
}

/** Values are written in one way on both sides, and no limit of the role ends a long copy. */
const settings = `set search_path = pg_catalog; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 1; set bytea_output = 'hex'; set client_encoding = 'UTF8'; set statement_timeout = 0; set lock_timeout = 0;
  set idle_in_transaction_session_timeout = 0; set synchronize_seqscans = off; set max_parallel_workers_per_gather = 0;
  set row_security = off; set client_min_messages = error`

/** The code of an error of the server or of the network; empty where it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const reasons: Readonly<Record<string, string>> = {
  '28P01': 'the password is wrong or missing (PGPASSWORD, PGPASSFILE, or in the address)',
  '28000': 'the server does not let this role in from here',
  '3D000': 'there is no such database',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting or stopping',
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'nobody answered in time',
  ECONNRESET: 'the connection broke',
}

function whyNot(error: unknown): string {
  // What node says of several addresses of one host is an AggregateError without words.
  const reason = reasons[codeOf(error)]
  if (reason !== undefined) return reason
  if (error instanceof Error && /password/iu.test(error.message)) return reasons['28P01'] ?? ''
  return error instanceof Error && /timeout/iu.test(error.message)
    ? 'nobody answered in time'
    : `no connection (${codeOf(error) || 'unknown reason'})`
}

/** A name as part of a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text as part of a statement. */
export const literal = (text: string): string =>
  `${text.includes('\\') ? ' E' : ''}'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
