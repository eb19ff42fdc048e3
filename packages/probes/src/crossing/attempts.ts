import { randomBytes } from 'node:crypto'
import type { Client, ClientConfig } from 'pg'
import { errorCode } from '../engine/reading.ts'
import type { Attempt, AttemptOutcome, Way } from './ways.ts'

/** Two tenants of one PostgreSQL server, each by its own login, and what no tenant may enter. */
export interface Neighbours {
  /** Connection addresses: each tenant's own login to its own database. Null: there is no other. */
  readonly own: string
  readonly other: string | null
  /**
   * The schema of the other, where both are let into one database. What PostgreSQL keeps for a database as a whole is then common
   * to both and tried no further: its name, notifications and advisory locks.
   */
  readonly schema?: string | null
  /** Roles that no tenant may become, besides the other's login. */
  readonly roles: readonly string[]
  /** What is asked in the database of the other, should its door stand open. */
  readonly asks: readonly (readonly [Way, string])[]
  /** Further databases that stay closed, as connection addresses with the own login. */
  readonly closed: readonly { readonly url: string; readonly way: Way; readonly asks: Neighbours['asks'] }[]
  /** Ways of which nothing could be concluded between these two. */
  readonly skips: readonly Way[]
}

/** insufficient_privilege, and a connection that no rule of pg_hba.conf lets in. A wrong password says nothing: 28P01. */
const refusals: readonly string[] = ['42501', '28000']

const limits: ClientConfig = {
  application_name: 'art32 crossing',
  connectionTimeoutMillis: 5_000,
  query_timeout: 5_000,
  options: '-c statement_timeout=3000 -c lock_timeout=1000',
}

/**
 * Tries, as one tenant, every way to another. Each attempt runs in a transaction that is rolled back, and asks for nothing
 * that it would have to keep: whatever gets through leaves no trace. Two connections at a time, none of them kept.
 */
export async function cross(given: Neighbours): Promise<Attempt[]> {
  const neighbours = given.schema ? { ...given, skips: [...given.skips, ...common] } : given
  const own = await connect(neighbours.own)
  // Without its own database nothing that follows would show anything about the rights of this login.
  if (typeof own === 'string') return [...namesOf(neighbours)].map((way) => ({ way, outcome: 'unseen' }))
  const other = neighbours.other === null ? null : await connect(neighbours.other)
  try {
    return [
      ...(await inTurn(doorsOf(neighbours), tryDoor)).flat(),
      await tryReplication(own, neighbours.own),
      ...(await inTurn(statementsOf(neighbours), (one) => attempt(own, one))),
      await tryForeign(own),
      await tryLoad(own),
      ...(other === null ? [] : await withOther(own, typeof other === 'string' ? null : other, neighbours.skips)),
    ]
  } finally {
    for (const client of [own, other]) if (typeof client === 'object') await client?.end().catch(() => undefined)
  }
}

/** What two schemas of one database have in common. */
const common = ['database', 'cross-database', 'notifications', 'locks'] as const satisfies readonly Way[]

/** Every way that is tried, for when none could be. */
function namesOf(neighbours: Neighbours): ReadonlySet<Way> {
  return new Set<Way>([
    ...doorsOf(neighbours).flatMap(({ way, asks }) => [way, ...asks.map(([one]) => one)]),
    'replication',
    ...statementsOf(neighbours).map(({ way }) => way),
    ...(neighbours.other === null ? [] : betweenTwo.filter((way) => !neighbours.skips.includes(way))),
  ])
}

/** Databases that must not let the own login in. */
function doorsOf({ own, other, asks, closed, skips }: Neighbours): Neighbours['closed'] {
  if (other === null || skips.includes('database')) return closed
  const { username, password } = new URL(own)
  const url = Object.assign(new URL(other), { username, password }).href
  return [{ url, way: 'database', asks }, ...closed]
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const one of all) results.push(await work(one))
  return results
}

/** @returns the SQLSTATE or the system's code where it is not let in */
export async function connect(url: string): Promise<Client | string> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ ...limits, connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    return errorCode(error) || 'unknown'
  }
}

/** An error of the system, or of the program that ran: whoever gets it was let through to there. */
const isBeyond = (way: Way, code: string) => (way === 'files' || way === 'programs') && /^(58|38)/.test(code)

export const outcomeOf = (code: string, also: readonly string[] = []): AttemptOutcome =>
  refusals.includes(code) || also.includes(code) ? 'refused' : 'unseen'

/** What lies behind a door that stays shut is refused with it; behind an open one each thing is asked for. */
async function tryDoor({ url, way, asks }: Neighbours['closed'][number]): Promise<Attempt[]> {
  const client = await connect(url)
  if (typeof client === 'string') {
    const outcome = outcomeOf(client)
    return [{ way, outcome }, ...asks.map(([behind]) => ({ way: behind, outcome }))]
  }
  try {
    const asked = await inTurn(asks, ([behind, sql]) => attempt(client, { way: behind, sql }))
    return [{ way, outcome: 'reached' }, ...asked]
  } finally {
    await client.end().catch(() => undefined)
  }
}

interface Statement {
  readonly way: Way
  readonly sql: string
  /** Further SQLSTATEs that say no. */
  readonly no?: readonly string[]
}

/** Tries a statement, which is undone at once. It got through where it succeeds. */
async function attempt(client: Client, { way, sql, no = [] }: Statement): Promise<Attempt> {
  try {
    await client.query(`begin; ${sql}; rollback`)
    return { way, outcome: 'reached' }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    const code = errorCode(error)
    return { way, outcome: isBeyond(way, code) ? 'reached' : outcomeOf(code, no) }
  }
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

const notImplemented = ['0A000']
/** There is no such extension on this server: nothing by which anybody could cross. */
const notThere = ['0A000', '58P01']

/** What a login without any right on a schema must not do there. */
function throughSchema(schema: string, asks: Neighbours['asks']): Statement[] {
  const own = [
    `create table ${schema}.art32_crossing ()`,
    `grant usage on schema ${schema} to current_user`,
    `alter schema ${schema} owner to current_user`,
    `drop schema ${schema} cascade`,
  ]
  return [
    ...own.map((sql): Statement => ({ way: 'schema', sql })),
    ...asks.map(([way, sql]): Statement => ({ way, sql })),
  ]
}

function statementsOf({ own, other, schema, asks, roles, skips }: Neighbours): Statement[] {
  const { username: ownRole } = new URL(own)
  const target = other === null ? null : new URL(other)
  const database = target && quote(decodeURIComponent(target.pathname.slice(1)))
  const others = [...(target ? [decodeURIComponent(target.username)] : []), ...roles]
    .filter((role) => role !== decodeURIComponent(ownRole))
    .map(quote)
  const all: Statement[] = [
    ...(schema ? throughSchema(quote(schema), asks) : []),
    ...(database
      ? [
          {
            way: 'cross-database' as const,
            sql: `select from ${database}.information_schema.tables`,
            no: notImplemented,
          },
        ]
      : []),
    ...['dblink', 'postgres_fdw', 'file_fdw'].map((name): Statement => ({
      way: 'foreign-data',
      sql: `create extension ${name}`,
      no: notThere,
    })),
    ...others.flatMap((role): Statement[] => [
      { way: 'roles', sql: `set local role ${role}` },
      { way: 'roles', sql: `set local session authorization ${role}` },
      { way: 'roles', sql: `grant ${role} to current_user` },
      { way: 'roles', sql: `alter role ${role} valid until 'infinity'` },
    ]),
    { way: 'files', sql: `select pg_read_file('PG_VERSION')` },
    { way: 'files', sql: `select pg_ls_dir('.')` },
    { way: 'files', sql: `select lo_import('/dev/null')` },
    { way: 'files', sql: `copy (select) to '/dev/null'` },
    { way: 'programs', sql: `copy (select) to program 'cat > /dev/null'` },
    { way: 'temporary', sql: 'create temporary table art32_crossing ()' },
  ]
  return all.filter(({ way }) => !skips.includes(way))
}

/** The stream holds what everybody writes. A server that is set up for none has none to refuse. */
async function tryReplication(own: Client, address: string): Promise<Attempt> {
  const way = 'replication'
  const setting = await tryQuestion(own, way, `select current_setting('max_wal_senders') <> '0' as open`)
  if (setting.outcome !== 'reached') return setting
  const url = new URL(address)
  url.searchParams.set('replication', 'database')
  const client = await connect(url.href)
  if (typeof client === 'string') return { way, outcome: outcomeOf(client) }
  await client.end().catch(() => undefined)
  return { way, outcome: 'reached' }
}

/** Asks a question whose answer `true` means that there is a way. */
async function tryQuestion(client: Client, way: Way, sql: string, values: readonly unknown[] = []): Promise<Attempt> {
  try {
    const { rows } = await client.query<{ open: boolean }>(sql, [...values])
    return { way, outcome: rows[0]?.open === true ? 'reached' : rows[0]?.open === false ? 'refused' : 'unseen' }
  } catch (error) {
    return { way, outcome: outcomeOf(errorCode(error)) }
  }
}

/** Whatever already leads out of this database. */
async function tryForeign(client: Client): Promise<Attempt> {
  return await tryQuestion(
    client,
    'foreign-data',
    `select exists (select from pg_foreign_server where has_server_privilege(oid, 'usage'))
       or exists (select from pg_class where relkind = 'f' and has_table_privilege(oid, 'select')) as open`,
  )
}

/** Reads a file of the server into a table; empty, so that it adds nothing even before it is undone. */
async function tryLoad(client: Client): Promise<Attempt> {
  try {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
          and has_table_privilege(c.oid, 'insert') and has_schema_privilege(n.oid, 'usage') limit 1`,
    )
    // Where it may write nowhere, it may load nowhere.
    if (!rows[0]) return { way: 'files', outcome: 'refused' }
    return await attempt(client, { way: 'files', sql: `copy ${rows[0].name} from '/dev/null'` })
  } catch (error) {
    return { way: 'files', outcome: outcomeOf(errorCode(error)) }
  }
}

const betweenTwo = ['activity', 'signals', 'notifications', 'locks'] as const

/** What needs a connection of the other that could be seen, stopped, overheard or held up. */
async function withOther(own: Client, other: Client | null, skips: readonly Way[]): Promise<Attempt[]> {
  const tries = { activity: trySeeing, signals: trySignal, notifications: tryListening, locks: tryHolding }
  const ways = betweenTwo.filter((way) => !skips.includes(way))
  if (other === null) return ways.map((way) => ({ way, outcome: 'unseen' }))
  return await inTurn(ways, (way) => tries[way](own, other))
}

const mark = () => `art32_${randomBytes(8).toString('hex')}`

async function trySeeing(own: Client, other: Client): Promise<Attempt> {
  const text = mark()
  try {
    await other.query(`select '${text}'`)
  } catch {
    return { way: 'activity', outcome: 'unseen' }
  }
  return await tryQuestion(
    own,
    'activity',
    `select exists (select from pg_stat_activity where pid <> pg_backend_pid() and strpos(query, $1) > 0) as open`,
    [text],
  )
}

/** The other is idle: a signal that gets through finds nothing to stop. */
async function trySignal(own: Client, other: Client): Promise<Attempt> {
  try {
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid')
    return await tryQuestion(own, 'signals', 'select pg_cancel_backend($1) as open', [rows[0]?.pid])
  } catch (error) {
    return { way: 'signals', outcome: outcomeOf(errorCode(error)) }
  }
}

async function tryListening(own: Client, other: Client): Promise<Attempt> {
  const channel = mark()
  const heard = { own: false, other: false }
  own.on('notification', (message) => (heard.own ||= message.channel === channel))
  other.on('notification', (message) => (heard.other ||= message.channel === channel))
  try {
    await own.query(`listen ${channel}`)
    await other.query(`listen ${channel}`)
    await other.query(`notify ${channel}`)
    // What waits is delivered with the next answer.
    for (let i = 0; i < 2; i++) for (const client of [own, other]) await client.query('select')
    return { way: 'notifications', outcome: heard.own ? 'reached' : heard.other ? 'refused' : 'unseen' }
  } catch (error) {
    return { way: 'notifications', outcome: outcomeOf(errorCode(error)) }
  } finally {
    for (const client of [own, other]) {
      client.removeAllListeners('notification')
      await client.query(`unlisten ${channel}`).catch(() => undefined)
    }
  }
}

async function tryHolding(own: Client, other: Client): Promise<Attempt> {
  const key = randomBytes(6).readUIntBE(0, 6)
  const take = async (client: Client) =>
    (await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key])).rows[0]?.taken
  try {
    if (!(await take(own))) return { way: 'locks', outcome: 'unseen' }
    return { way: 'locks', outcome: (await take(other)) ? 'refused' : 'reached' }
  } catch (error) {
    return { way: 'locks', outcome: outcomeOf(errorCode(error)) }
  } finally {
    for (const client of [own, other]) await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
  }
}
