import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { Pool } from 'pg'
import { errorClass } from './log.ts'
import type { Log } from './log.ts'
import { defineErrors } from '../kernel/index.ts'
import { postgresErrors } from './postgres/errors.ts'
import type { ProcessRole } from './role.ts'

/** What a process tells the others. `changed`: something was committed in a tenant; `keys`: its keys are others, or it is gone. */
export type Word =
  | { readonly kind: 'changed' | 'keys'; readonly id: string }
  /** The log of the installation goes on under another name or key. */
  | { readonly kind: 'installation'; readonly id?: undefined }

/** What several processes may be refused for. */
export const crewErrors = defineErrors('crew', {
  starting: {
    status: 503,
    en: 'Another process of art32 has been starting on this database for two minutes. Look at its log; then start again.',
    de: 'Ein anderer Prozess von art32 startet seit zwei Minuten an dieser Datenbank. Bitte sein Log ansehen und dann noch einmal starten.',
  },
})

/** Gives back what was held. */
export type Release = () => Promise<void>

/**
 * All processes of this installation: one, or several on one database.
 *
 * Each has one connection of its own to the control database for as long as it lives. On it lie its locks, which end with
 * it at whatever moment it dies, and over it come the words of the others. So it has to lead to the server itself: a pooler
 * that changes the session between two statements takes both away.
 *
 * @source PostgreSQL 18, 13.3.5 "Advisory Locks" and NOTIFY
 */
export interface Crew {
  /** This process. */
  readonly id: string
  /** Tells all others, soon: many words go together. */
  tell(word: Word): void
  /** The same, and returns when it is told. */
  tellNow(word: Word): Promise<void>
  /** Calls for each word of another process; `missed` where words may have been lost meanwhile: nothing kept counts any more. */
  onWord(heard: (word: Word) => void, missed: () => void): void
  /** Whether the words of the others arrive. While they do not, nothing may be kept on their silence. */
  hears(): boolean
  /**
   * Holds a name among all processes until it is released or this process ends.
   *
   * @returns null where somebody holds it, here or elsewhere
   * @throws {postgres.away}
   */
  tryHold(name: string): Promise<Release | null>
  /** Waits for the name. @returns null where it was not free within the time @throws {postgres.away} */
  hold(name: string, patienceMs?: number): Promise<Release | null>
  /** How many other processes live. */
  others(): Promise<number>
  /**
   * Looks for processes that died and does what they left; one of them at a time, and no two processes look after the same.
   *
   * @param inherit gets their ids in one transaction with the end of their rows
   */
  takeOver(inherit: (ids: readonly string[]) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

const channel = 'art32'
/** Words of some milliseconds go together: a thousand commits in a second need not be as many statements. */
const gatherMs = 5
/** How long the others are waited for, at first and at most. */
const [firstPauseMs, longestPauseMs] = [50, 1_000]
/** A connection that does not answer for so long is given up. */
const silenceMs = 10_000
const pingMs = 5_000
const againMs = 500
/** So that PostgreSQL finds out within half a minute where a whole machine went, and gives its locks free. */
const keepalive = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'

const lockOf = (name: string) => `art32 held ${name}`
const lifeOf = (id: string) => `process ${id}`
const tryLock = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine'
const unlock = 'select pg_advisory_unlock(hashtextextended($1, 0))'

/** A crew of one: for whoever opens parts of the server by themselves. */
export function openAlone(): Crew {
  const held = new Set<string>()
  const tryHold = (name: string): Promise<Release | null> => {
    if (held.has(name)) return Promise.resolve(null)
    held.add(name)
    return Promise.resolve(() => Promise.resolve(void held.delete(name)))
  }
  return {
    id: randomUUID(),
    tell: () => undefined,
    tellNow: () => Promise.resolve(),
    onWord: () => undefined,
    hears: () => true,
    tryHold,
    hold: (name, patienceMs = Infinity) => waitFor(() => tryHold(name), patienceMs),
    others: () => Promise.resolve(0),
    takeOver: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  }
}

/**
 * Joins the processes of the installation.
 *
 * @param control the migrated control database
 * @param url of it, for the connection that stays
 * @param isAlone no other process can be there, as with the embedded server: nothing is told and nothing listened for
 * @throws what the database says where it cannot be reached
 */
export async function openCrew(options: {
  control: Pool
  url: string
  role: ProcessRole
  isAlone: boolean
  now: () => Date
  log: Log
}): Promise<Crew> {
  const { control, url, role, isAlone, now, log } = options
  const id = randomUUID()
  const held = new Set<string>()
  const hearers: { heard: (word: Word) => void; missed: () => void }[] = []
  let client: Client | null = null
  let isStopped = false
  let waiting = new Set<string>()
  let gathering: NodeJS.Timeout | undefined
  let again: NodeJS.Timeout | undefined

  /** The connection with everything that lies on it. */
  async function join(): Promise<void> {
    const joining = new Client({
      connectionString: url,
      application_name: 'art32 process',
      connectionTimeoutMillis: silenceMs,
      query_timeout: silenceMs,
      keepAlive: true,
      options: keepalive,
    })
    joining.on('error', () => lost(joining))
    joining.on('end', () => lost(joining))
    joining.on('notification', ({ payload = '' }) => hear(payload))
    try {
      await joining.connect()
      await joining.query(tryLock, [lockOf(lifeOf(id))])
      if (!isAlone) await joining.query(`listen ${channel}`)
      // What was held goes on being held, where nobody was quicker.
      for (const name of held) await joining.query(tryLock, [lockOf(name)])
      await joining.query('insert into process (id, role, since) values ($1, $2, $3) on conflict (id) do nothing', [
        id,
        role,
        now(),
      ])
    } catch (error) {
      await joining.end().catch(() => undefined)
      throw error
    }
    client = joining
  }

  function lost(of: Client): void {
    if (client !== of) return
    client = null
    void of.end().catch(() => undefined)
    if (isStopped) return
    log.warn('crew.lost')
    miss()
    rejoinSoon()
  }

  function rejoinSoon(): void {
    again = setTimeout(() => {
      join()
        .then(() => miss())
        .catch(() => {
          if (!isStopped) rejoinSoon()
        })
    }, againMs).unref()
  }

  function miss(): void {
    for (const { missed } of hearers) missed()
  }

  function hear(payload: string): void {
    const [from, kind, of] = payload.split(' ')
    if (from === id) return
    const word = wordOf(kind, of)
    if (word) for (const { heard } of hearers) heard(word)
  }

  async function send(): Promise<void> {
    clearTimeout(gathering)
    gathering = undefined
    const words = [...waiting]
    waiting = new Set()
    if (words.length === 0) return
    try {
      await control.query(`select pg_notify('${channel}', word) from unnest($1::text[]) as word`, [words])
    } catch (error) {
      log.warn('crew.not-told', { error: errorClass(error), count: words.length })
      for (const word of words) waiting.add(word)
      if (!isStopped) gathering ??= setTimeout(() => void send(), againMs).unref()
    }
  }

  function add({ kind, id: of }: Word): void {
    waiting.add([id, kind, ...(of === undefined ? [] : [of])].join(' '))
  }

  const tryHold = async (name: string): Promise<Release | null> => {
    if (client === null) throw postgresErrors.away()
    if (held.has(name)) return null
    held.add(name)
    try {
      const { rows } = await client.query<{ mine: boolean }>(tryLock, [lockOf(name)])
      if (rows[0]?.mine !== true) {
        held.delete(name)
        return null
      }
    } catch (error) {
      held.delete(name)
      throw error
    }
    return async () => {
      if (!held.delete(name)) return
      // A connection that ended meanwhile has released it already.
      await client?.query(unlock, [lockOf(name)]).catch(() => undefined)
    }
  }

  /** A row without its lock is of a process that died; the lock is kept until it is looked after. */
  async function takeOver(inherit: (ids: readonly string[]) => Promise<void>): Promise<void> {
    const { rows } = await control.query<{ id: string }>('select id from process where id <> $1', [id])
    for (const dead of rows) {
      const release = await tryHold(lifeOf(dead.id))
      if (release === null) continue
      try {
        // Another process may have looked after it since it was listed.
        const still = await control.query('select from process where id = $1', [dead.id])
        if (still.rowCount === 0) continue
        // On the embedded server it is this process itself, before it was started again.
        log[isAlone ? 'info' : 'warn']('crew.died')
        await inherit([dead.id])
        await control.query('delete from process where id = $1', [dead.id])
      } finally {
        await release()
      }
    }
  }

  await join()
  // A connection that was cut in silence tells nobody.
  const pinging = setInterval(() => {
    const asked = client
    asked?.query('select 1').catch(() => lost(asked))
  }, pingMs).unref()

  return {
    id,
    tell(word) {
      if (isAlone) return
      add(word)
      gathering ??= setTimeout(() => void send(), gatherMs).unref()
    },
    async tellNow(word) {
      if (isAlone) return
      add(word)
      await send()
    },
    onWord: (heard, missed) => void hearers.push({ heard, missed }),
    hears: () => client !== null,
    tryHold,
    hold: (name, patienceMs = Infinity) => waitFor(() => tryHold(name), patienceMs),
    async others() {
      if (isAlone) return 0
      const { rows } = await control.query<{ id: string }>('select id from process where id <> $1', [id])
      let living = 0
      for (const other of rows) {
        const release = await tryHold(lifeOf(other.id))
        if (release === null) living += 1
        else await release()
      }
      return living
    },
    takeOver,
    async stop() {
      isStopped = true
      clearInterval(pinging)
      clearTimeout(again)
      await send()
      // The row goes first: what is left in hand is found by its notes.
      await control.query('delete from process where id = $1', [id]).catch(() => undefined)
      const last = client
      client = null
      await last?.end().catch(() => undefined)
    },
  }
}

async function waitFor(attempt: () => Promise<Release | null>, patienceMs: number): Promise<Release | null> {
  const end = performance.now() + patienceMs
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const release = await attempt()
    if (release !== null) return release
    if (performance.now() + pauseMs > end) return null
    await sleep(pauseMs)
  }
}

/** Of others, and of other releases: what is not known is not heard. */
function wordOf(kind: string | undefined, id: string | undefined): Word | null {
  if (kind === 'installation') return { kind }
  if ((kind === 'changed' || kind === 'keys') && id !== undefined) return { kind, id }
  return null
}
