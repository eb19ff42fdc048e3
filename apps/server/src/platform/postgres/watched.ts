import { AppError } from '../../kernel/index.ts'
import { breakOff, withClient } from './administration.ts'
import { postgresErrors } from './errors.ts'
import { connectExternal } from './external.ts'
import type { OpenedDatabases, TenantDatabases } from './on-server.ts'
import { databaseOutage } from './outage.ts'
import type { PostgresServer } from './server.ts'

/** The name of the server that holds the control database. */
export const firstServer = 'first'

/** A server beside the first one. */
export interface ServerSetting {
  /** As the registry keeps it: a tenant lies there by this name, whatever its address is. */
  readonly name: string
  /** The administrator's address, as `ART32_DATABASE_URL`. It holds the password: never log it. */
  readonly url: string
}

/** How a server was seen last. */
export interface ServerState {
  readonly name: string
  readonly state: 'up' | 'away'
  /** As in 18.4; null: it was never seen. */
  readonly version: string | null
  /** Why it cannot be used, as a code. */
  readonly why: string | null
}

/** A server that is looked at again and again, so that nobody waits for one that is away. */
export interface WatchedServer {
  readonly databases: TenantDatabases
  /** @throws {postgres.server_away | postgres.too_old | postgres.no_rights} */
  server(): Promise<PostgresServer>
  state(): ServerState
  close(): Promise<void>
}

/** How often a server is looked at, and how long an answer may take. Milliseconds. */
export interface Watch {
  readonly everyMs: number
  readonly patienceMs: number
}

/** Whoever asks a server that has just frozen waits for this and for two answers at most; one that refuses is away at once. */
const usualWatch: Watch = { everyMs: 5_000, patienceMs: 3_000 }

interface Opened extends OpenedDatabases {
  readonly server: PostgresServer
}

/**
 * Watches a server beside the first one. Where it does not answer, its tenants are refused at once and with a sentence, its
 * connections are broken off, and all others work on: each server has pools of its own.
 */
export function watchServer(
  { name, url }: ServerSetting,
  open: (server: PostgresServer) => OpenedDatabases,
  { everyMs, patienceMs }: Watch = usualWatch,
): WatchedServer {
  let opened: Opened | null = null
  let version: string | null = null
  let trouble: AppError | null = null
  let isClosed = false
  let looking: Promise<void> | null = null
  let lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined)

  async function look(): Promise<void> {
    try {
      if (opened === null) {
        const server = await connectExternal(url, patienceMs)
        version = server.version
        if (!isClosed) opened = { ...open(server), server }
        // A moment in which this process was busy itself is no absence: only who is silent twice is away.
      } else await ask(url, patienceMs).catch(() => ask(url, patienceMs))
      trouble = null
    } catch (cause) {
      fail(cause)
    }
  }

  function fail(cause: unknown): void {
    const isOwn = cause instanceof AppError && cause.code !== 'postgres.unreachable'
    trouble = isOwn ? cause : postgresErrors.server_away({ server: name }, { cause })
    const broken = opened
    opened = null
    breakOff(url)
    void broken?.close().catch(() => undefined)
    // Whoever waits for an answer, or for a connection, waits no longer.
    lost.reject(trouble)
    lost = Promise.withResolvers<never>()
    lost.promise.catch(() => undefined)
  }

  const lookOnce = () => (looking ??= look().finally(() => (looking = null)))
  const first = lookOnce()
  const timer = setInterval(() => void lookOnce(), everyMs)
  timer.unref()

  async function reach(): Promise<Opened> {
    await first
    if (opened === null) throw trouble ?? postgresErrors.server_away({ server: name })
    return opened
  }

  /**
   * Asks a server that was up; one that is found away is so from here on, for everybody.
   *
   * @param late what is done with an answer that comes when nobody waits for it any more
   */
  async function use<T>(
    work: (databases: TenantDatabases) => Promise<T>,
    late: (answer: T) => void = () => undefined,
  ): Promise<T> {
    const used = await reach()
    const answer = work(used.databases)
    let isLate = false
    answer.then(
      (one) => (isLate ? late(one) : undefined),
      () => undefined,
    )
    try {
      return await Promise.race([answer, lost.promise])
    } catch (error) {
      isLate = true
      if (!isGone(error)) throw error
      // One connection may break for many reasons: whether the server is away is seen by asking it.
      await lookOnce()
      if (opened === used) throw error
      throw postgresErrors.server_away({ server: name }, { cause: error })
    }
  }

  return {
    databases: lazily(use),
    server: async () => (await reach()).server,
    state: () => ({
      name,
      state: opened === null ? 'away' : 'up',
      version,
      why: opened === null ? (trouble?.code ?? 'postgres.server_away') : null,
    }),
    async close() {
      isClosed = true
      clearInterval(timer)
      await looking
      await opened?.close()
    },
  }
}

const isGone = (error: unknown): boolean => databaseOutage(error)?.code === 'postgres.away'

async function ask(url: string, patienceMs: number): Promise<void> {
  const limits = { connectionTimeoutMillis: patienceMs, query_timeout: patienceMs }
  await withClient(url, (client) => client.query('select 1'), limits)
}

/** Databases of which each function asks first whether the server is there. */
function lazily(
  use: <T>(work: (databases: TenantDatabases) => Promise<T>, late?: (answer: T) => void) => Promise<T>,
): TenantDatabases {
  return {
    createDatabase: (name) => use((there) => there.createDatabase(name)),
    renewLogin: (name) => use((there) => there.renewLogin(name)),
    tenant: (credential, schema) => ({
      options: {},
      connect: () =>
        use(
          (there) => there.tenant(credential, schema).connect(),
          (client) => client.release(true),
        ),
      end: () => use((there) => there.tenant(credential, schema).end()),
    }),
    isInUseSince: (name, since) => use((there) => there.isInUseSince(name, since)),
    countSeparate: (names) => use((there) => there.countSeparate(names)),
    dropDatabase: (name) => use((there) => there.dropDatabase(name)),
    has: (name) => use((there) => there.has(name)),
    copyOut: (name) => use((there) => there.copyOut(name)),
    hold: (name) => use((there) => there.hold(name)),
    release: (name) => use((there) => there.release(name)),
    scratches: {
      make: (...how) => use((there) => there.scratches.make(...how)),
      sweep: () => use((there) => there.scratches.sweep()),
      settle: (names) => use((there) => there.scratches.settle(names)),
      drop: (name) => use((there) => there.scratches.drop(name)),
      dropUnsettled: (name) => use((there) => there.scratches.dropUnsettled(name)),
    },
  }
}

/** @throws {postgres.no_server} */
export function refuse(server: string): never {
  throw postgresErrors.no_server({ server })
}

/** Databases on a server that is not set: whoever uses them is refused. */
export function notSet(server: string): TenantDatabases {
  return lazily(async () => await Promise.reject(postgresErrors.no_server({ server })))
}
