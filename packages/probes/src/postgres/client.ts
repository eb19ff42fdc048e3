import type { Client } from 'pg'
import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { addressOf } from '../engine/network.ts'
import { Unreadable, errorCode, reasonOf, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'

/** Where a connection address leads. A parameter `host` wins over the host before the path, as it does in libpq. */
export function placeOf(text: string): { host: string; port: string; path: string } {
  const url = new URL(text)
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname)
  return { host, port: url.port === '' ? '5432' : url.port, path: url.pathname === '/' ? '' : url.pathname }
}

/** A connection address without credentials: `db.example.com:5432/shop`. */
export function addressOfUrl(text: string): string {
  const { host, port, path } = placeOf(text)
  return `${host}:${port}${path}`
}

/** Connects for reading only; the session can change nothing. */
export async function open(url: string, context: Context): Promise<Client> {
  const { host, port } = placeOf(url)
  // A folder of sockets is on this machine; a host may be one that must not be reached.
  if (!host.startsWith('/')) await addressOf(host, context)
  context.sent?.({
    method: 'CONNECT',
    host: host.startsWith('/') ? 'local socket' : `${host}:${port}`,
    path: '',
    status: null,
  })
  const pg = await import('pg')
  const client = new pg.default.Client({
    connectionString: url,
    application_name: 'art32',
    connectionTimeoutMillis: context.limits.silenceMs,
    query_timeout: context.limits.silenceMs * 2,
    options: '-c default_transaction_read_only=on -c statement_timeout=8000',
  })
  // A connection that breaks while nothing is asked must not end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    throw reasonOfConnect(error)
  }
}

function reasonOfConnect(error: unknown): unknown {
  const code = errorCode(error)
  if (code.startsWith('28'))
    return new Unreadable('denied', 'the server refused the role or its password', { needs: 'LOGIN' })
  if (code === '3D000') return new Unreadable('not-configured', 'there is no such database')
  if (code === '53300') return new Unreadable('throttled', 'the server has no connection left')
  if (code === '57P03') return new Unreadable('unreachable', 'the server is starting or stopping')
  if (code === '' && error instanceof Error && /timeout/i.test(error.message))
    return new Unreadable('unreachable', 'the server stayed silent (ETIMEDOUT)')
  return error
}

/** Why a group of facts could not be read. */
export function reasonOfQuery(error: unknown, needs: string): Seen<never> {
  return errorCode(error) === '42501' ? unseen('denied', 'the role may not read this', { needs }) : reasonOf(error)
}

/** Rows in their expected form. @throws {Unreadable} contract */
export async function rows<T>(
  client: Client,
  shape: z.ZodType<T>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const result = await client.query<Record<string, unknown>>(sql, [...values])
  const parsed = z.array(shape).safeParse(result.rows)
  if (!parsed.success) throw new Unreadable('contract', 'the catalogue of the server does not have the expected form')
  return parsed.data
}

/** The first row. @throws {Unreadable} contract */
export async function one<T>(
  client: Client,
  shape: z.ZodType<T>,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T> {
  const [first] = await rows(client, shape, sql, values)
  if (first === undefined) throw new Unreadable('contract', 'the server gave no answer')
  return first
}

/** Whether the role has the rights of one that the server comes with. */
export async function isMember(client: Client, role: 'pg_read_all_stats' | 'pg_read_all_settings'): Promise<boolean> {
  const shape = z.object({ has: z.boolean() })
  return (await one(client, shape, "select pg_has_role(current_user, $1, 'usage') as has", [role])).has
}
