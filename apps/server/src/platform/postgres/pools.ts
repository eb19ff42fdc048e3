import { EventEmitter, once } from 'node:events'
import { Client, Pool, type PoolClient, type PoolConfig } from 'pg'
import { track } from './administration.ts'
import { postgresErrors } from './errors.ts'

/** What a store needs of a tenant's database; it also fits Kysely's PostgreSQL dialect. */
export interface Connections {
  /** Give it back with `release()`. */
  connect(): Promise<PoolClient>
  /** Closes the idle connections; the next `connect` opens new ones. */
  end(): Promise<void>
  readonly options: object
}

/** Times in milliseconds: no statement, transaction or wait may hold a connection for ever. */
const limits: PoolConfig = {
  application_name: 'art32',
  connectionTimeoutMillis: 10_000,
  idleTimeoutMillis: 30_000,
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 60_000,
}

/** Opens a pool whose lost connections are never an unhandled error: the query in flight fails, the next one reconnects. */
export function openPool(url: string, max: number, options: PoolConfig = {}): Pool {
  const pool = new Pool({ ...limits, ...options, connectionString: url, max })
  pool.on('error', () => undefined)
  // A client that is checked out has no listener of the pool's.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    if (client instanceof Client) track(client)
  })
  return pool
}

/** The pools of many databases, of which only so many are open at once: the least recently used idle one makes room. */
export interface BoundedPools {
  /** `prepare` runs once before the first connection of a database. */
  open(database: string, url: () => string, prepare: () => Promise<void>): Connections
  close(database: string): Promise<void>
  closeAll(): Promise<void>
}

/** SQLSTATE 28P01, invalid_password. */
const isRefusedPassword = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '28P01'

const perDatabase = 8
const patience = 10_000

export function boundPools(most: number): BoundedPools {
  // In the order of last use, oldest first.
  const pools = new Map<string, Pool>()
  const prepared = new Map<string, Promise<void>>()
  const releases = new EventEmitter().setMaxListeners(0)

  const makeRoom = async (): Promise<void> => {
    const giveUp = AbortSignal.timeout(patience)
    while (pools.size >= most) {
      const idle = [...pools].find(([, pool]) => pool.totalCount === pool.idleCount && pool.waitingCount === 0)
      if (idle !== undefined) return closePool(idle[0])
      await once(releases, 'release', { signal: giveUp }).catch((cause: unknown) => {
        throw postgresErrors.busy({ count: most }, { cause })
      })
    }
  }
  const closePool = async (database: string): Promise<void> => {
    const pool = pools.get(database)
    pools.delete(database)
    await pool?.end()
  }
  const poolOf = async (database: string, url: () => string): Promise<Pool> => {
    if (!pools.has(database)) await makeRoom()
    const pool = pools.get(database) ?? openPool(url(), perDatabase)
    if (!pools.has(database)) pool.on('release', () => releases.emit('release'))
    pools.delete(database)
    pools.set(database, pool)
    return pool
  }
  const prepareOnce = async (database: string, prepare: () => Promise<void>): Promise<void> => {
    const running = prepared.get(database) ?? prepare()
    prepared.set(database, running)
    try {
      await running
    } catch (error) {
      prepared.delete(database)
      throw error
    }
  }
  return {
    open: (database, url, prepare) => ({
      options: {},
      connect: async () => {
        await prepareOnce(database, prepare)
        const pool = await poolOf(database, url)
        try {
          return await pool.connect()
        } catch (error) {
          if (!isRefusedPassword(error)) throw error
          // Its password has been renewed: a pool keeps the one that it began with, and would be refused for ever.
          if (pools.get(database) === pool) await closePool(database)
          return await (await poolOf(database, url)).connect()
        }
      },
      end: () => closePool(database),
    }),
    close: async (database) => {
      prepared.delete(database)
      await closePool(database)
    },
    closeAll: async () => void (await Promise.all([...pools.keys()].map(closePool))),
  }
}
