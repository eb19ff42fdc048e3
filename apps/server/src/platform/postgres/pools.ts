import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Pool, type PoolClient, type PoolConfig } from 'pg'
import { track } from './administration.ts'
import { postgresErrors } from './errors.ts'
import { databaseOutage } from './outage.ts'

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
  return patient(pool)
}

/** How long a connection is tried again where no server answers: a PostgreSQL that crashed is there again within this time. */
const awayMs = 3_000
const betweenMs = 50

/** Lets whoever asks for a connection wait for a server that starts again, instead of telling them to come again. */
function patient(pool: Pool): Pool {
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>
  const untilThere = async (): Promise<PoolClient> => {
    const begun = performance.now()
    for (;;) {
      try {
        return await connect()
      } catch (error) {
        const isAway = databaseOutage(error)?.code === 'postgres.away'
        if (!isAway || pool.ending || performance.now() - begun > awayMs) throw error
        await sleep(betweenMs)
      }
    }
  }
  // The pool's own `query` asks for a connection in the older way.
  const tell = async (done: NonNullable<Parameters<Pool['connect']>[0]>): Promise<void> => {
    let client: PoolClient
    try {
      client = await untilThere()
    } catch (error) {
      done(error as Error, undefined, () => undefined)
      return
    }
    done(undefined, client, client.release.bind(client))
  }
  const either = (done?: Parameters<Pool['connect']>[0]) => (done ? void tell(done) : untilThere())
  pool.connect = either as Pool['connect']
  return pool
}

/** The pools of many databases, which together hold only so many connections: the least recently used idle one makes room. */
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
/** How long somebody waits for a connection at all. */
const patienceMs = 10_000
/**
 * How long somebody waits for a connection that the database has before another one is opened. Most are given back within a few
 * milliseconds; to open one takes as long, and from both sides much more work.
 */
const openAfterMs = 25
/** And before the connection of another is closed for it, which that one would open again at its next question. */
const evictAfterMs = 1_000
/** Shorter than of other pools: each holds some megabytes, and what a moment of many requests opened is not needed after it. */
const idleMs = 10_000

/** The pool of one database, and who waits for a connection of it. */
interface Bounded {
  readonly pool: Pool
  readonly line: Line
  /** How many are being given a connection at this moment. */
  taking: number
}

/** Connections that a pool has or is going to open: it opens one for each who waits while none is idle. */
const expected = ({ totalCount, waitingCount, idleCount }: Pool): number =>
  Math.min(perDatabase, totalCount + Math.max(0, waitingCount - idleCount))

/**
 * Where more tenants are asked at once than there are connections, each answer would have to close the connection of another
 * and open its own, and all would wait for ever longer. So whoever has a connection waits for it first, and what is closed is
 * what was not used for longest.
 *
 * @param most connections of all databases together, each a process of PostgreSQL
 */
export function boundPools(most: number): BoundedPools {
  // In the order of last use, oldest first.
  const all = new Map<string, Bounded>()
  const prepared = new Map<string, Promise<void>>()
  const withoutRoom = openLine()

  const openNow = () => all.values().reduce((sum, { pool }) => sum + expected(pool), 0)
  const isIdle = ({ pool }: Bounded) =>
    pool.totalCount > 0 && pool.totalCount === pool.idleCount && pool.waitingCount === 0
  const closePool = async (database: string): Promise<void> => {
    const bounded = all.get(database)
    all.delete(database)
    await bounded?.pool.end()
    withoutRoom.wake()
  }
  /** Closes a pool of which nothing is in use, or waits until somebody has given a connection back. */
  const makeRoom = async (ms: number): Promise<void> => {
    const idle = [...all].find(([, bounded]) => isIdle(bounded))
    if (idle !== undefined) return closePool(idle[0])
    if (!(await withoutRoom.wait(ms))) throw postgresErrors.busy({ count: most })
  }
  /** Of ten thousand tenants only those are remembered that have a connection: they are counted with each question. */
  const forget = (database: string, { pool, line, taking }: Bounded): void => {
    const isUsed = taking > 0 || pool.totalCount > 0 || pool.waitingCount > 0 || !line.isEmpty()
    if (!isUsed && all.get(database)?.pool === pool) void closePool(database)
  }
  const begin = (database: string, url: string): Bounded => {
    const pool = openPool(url, perDatabase, { idleTimeoutMillis: idleMs, pipeline: true })
    const bounded: Bounded = { pool, line: openLine(), taking: 0 }
    const freed = () => void (bounded.line.wake() || withoutRoom.wake())
    // The pool tells of it before the connection is idle.
    pool.on('release', () => process.nextTick(freed))
    pool.on('remove', () => {
      freed()
      forget(database, bounded)
    })
    return bounded
  }
  const boundedOf = (database: string, url: () => string): Bounded => {
    const bounded = all.get(database) ?? begin(database, url())
    all.delete(database)
    all.set(database, bounded)
    return bounded
  }
  const take = async (database: string, url: () => string): Promise<PoolClient> => {
    const begun = performance.now()
    let wasRefused = false
    for (;;) {
      const bounded = boundedOf(database, url)
      const { pool, line } = bounded
      const waited = performance.now() - begun
      const has = expected(pool)
      const isFull = openNow() >= most
      // Looked at and taken without a wait in between, in which another could take the last place.
      if (
        pool.idleCount > pool.waitingCount ||
        has === perDatabase ||
        (!isFull && (has === 0 || waited >= openAfterMs))
      ) {
        bounded.taking++
        try {
          return await pool.connect()
        } catch (error) {
          if (!isRefusedPassword(error)) throw error
          // Its password has been renewed: a pool keeps the one that it began with, and would be refused for ever.
          if (all.get(database) === bounded) await closePool(database)
          if (wasRefused) throw error
          wasRefused = true
        } finally {
          bounded.taking--
          forget(database, bounded)
        }
      } else if (has > 0 && waited < (isFull ? evictAfterMs : openAfterMs)) {
        await line.wait((isFull ? evictAfterMs : openAfterMs) - waited)
      } else {
        await makeRoom(patienceMs - waited)
      }
    }
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
        return await take(database, url)
      },
      end: () => closePool(database),
    }),
    close: async (database) => {
      prepared.delete(database)
      await closePool(database)
    },
    closeAll: async () => void (await Promise.all([...all.keys()].map(closePool))),
  }
}

/** Those who wait for something, in the order in which they came. */
interface Line {
  /** Lets the first one go on. @returns whether somebody waited */
  wake(): boolean
  /** @returns whether it was woken; false: the time was over */
  wait(ms: number): Promise<boolean>
  isEmpty(): boolean
}

function openLine(): Line {
  const waiting = new Set<() => void>()
  return {
    isEmpty: () => waiting.size === 0,
    wake() {
      const [first] = waiting
      if (first === undefined) return false
      waiting.delete(first)
      first()
      return true
    },
    async wait(ms) {
      const { promise, resolve } = Promise.withResolvers<boolean>()
      const goOn = () => resolve(true)
      const timer = setTimeout(() => {
        waiting.delete(goOn)
        resolve(false)
      }, ms)
      waiting.add(goOn)
      const isWoken = await promise
      clearTimeout(timer)
      return isWoken
    },
  }
}
