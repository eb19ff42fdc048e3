import { createHash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { openCheckpoint, verifierKey } from '@art32/ledger'
import { aheadOf, clockBoundMs, readRoots, readStamp, StampError, stampProblems, stampRequest } from '@art32/timestamp'
import type { Stamp, StampProblem } from '@art32/timestamp'
import { bug } from '../kernel/index.ts'
import { askForBytes, ledgerCrypto, openAlone } from '../platform/index.ts'
import type { AuthoritySetting, Clock, Crew, Log } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import * as store from './store.ts'

/** Why a head has no time stamp. */
export const stampingProblems = ['unreachable', ...stampProblems] as const

/** How the time-stamping authority stands to the instance log. */
export interface StampingState {
  /** Its host. */
  readonly host: string
  /** The newest stamp; null: none yet. */
  readonly last: {
    readonly size: number
    readonly authority: string
    readonly time: Date
    /** How the clock of this machine stood to the authority's; null: it came before that was looked at. */
    readonly clock: ClockBeside | null
  } | null
  readonly problem: (typeof stampingProblems)[number] | null
}

/** How a clock stands to another one. */
export interface ClockBeside {
  /** Milliseconds by which it was ahead at least; below nothing: behind. */
  readonly aheadMs: number
  /** Whether one of the two is wrong. */
  readonly isApart: boolean
}

/** A signed head of the instance log with its time stamp. */
export interface StampedHead {
  readonly size: number
  readonly note: string
  readonly token: Uint8Array
  readonly root: string
  readonly time: Date
  readonly authority: string
}

/** Asks a time-stamping authority to stamp the instance log. */
export interface Stamping {
  /** The host of the authority; null: none is asked. */
  readonly host: string | null
  /** Asks for a stamp on what the log is now, because an edition was published. */
  want(): Promise<void>
  /** Asks the authority where a stamp is due: once a day, and where it is wanted. What fails is tried again by the next call. */
  send(): Promise<void>
  find(): Promise<StampingState | null>
  /** The first stamps that came after a time, oldest first, and the newest of all. */
  list(since: Date): Promise<StampedHead[]>
}

/** How long a stamp is enough for. */
const everyMs = 24 * 3_600_000

/** How long another process may be at it. Milliseconds. */
const turnMs = 30_000

/** How many stamps after an edition are looked through for one that covers it. */
const looked = 5

interface Row {
  readonly size: string
  readonly note: string
  readonly token: Buffer
  readonly root: string
  readonly authority: string
  readonly stamped_at: Date
  readonly ahead_ms: string | null
}

/** @param authority as set by whoever runs the installation */
export function openStamping(options: {
  authority: AuthoritySetting | null
  registry: Pick<Registry, 'instance'>
  control: Pool
  clock: Clock
  log: Log
  crew?: Pick<Crew, 'hold'>
}): Stamping {
  const { authority, registry, control, clock, log, crew = openAlone() } = options
  let sending: Promise<void> = Promise.resolve()

  async function sendIfDue(to: AuthoritySetting): Promise<void> {
    const state = await store.findState(control)
    if (!state) throw bug('the instance log was not started')
    const { size } = openCheckpoint(ledgerCrypto, state.note, [verifierKey(ledgerCrypto, registry.instance)])
    if (size === 0 || !(await isDue(size))) return
    const asked = clock.now()
    const stamped = await attempt(to, textOf(state.note))
    const at = clock.now()
    if (typeof stamped === 'string') {
      log.warn('time_stamp.failed', { code: stamped })
      await control.query('update time_stamping set tried_at = $1, problem = $2', [at, stamped])
      return
    }
    const { token, root, authority: name, time } = stamped
    const aheadMs = aheadOf(stamped, { asked, answered: at })
    if (isApart(aheadMs))
      log.warn('clock.apart', { code: aheadMs > 0 ? 'ahead' : 'behind', durationMs: Math.abs(aheadMs) })
    await control.query(
      `insert into time_stamp (size, note, token, root, authority, stamped_at, received_at, ahead_ms)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (size) do nothing`,
      [size, state.note, token, root, name, time, at, aheadMs],
    )
    await control.query('update time_stamping set tried_at = $1, problem = null', [at])
  }

  async function isDue(size: number): Promise<boolean> {
    const { rows } = await control.query<{ wanted: string; size: string | null; received_at: Date | null }>(
      `select wanted, size, received_at from time_stamping
       left join (select size, received_at from time_stamp order by size desc limit 1) newest on true`,
    )
    const { wanted, size: last, received_at: at } = rows[0] ?? { wanted: '0', size: null, received_at: null }
    if (last === null || at === null) return true
    if (Number(last) >= size) return false
    return Number(wanted) > Number(last) || clock.now().getTime() - at.getTime() >= everyMs
  }

  return {
    host: authority?.host ?? null,
    async want() {
      if (authority === null) return
      const state = await store.findState(control)
      if (state) await control.query('update time_stamping set wanted = greatest(wanted, $1)', [state.size])
    },
    async send() {
      if (authority === null) return
      sending = sending
        .catch(() => undefined)
        .then(async () => {
          const release = await crew.hold('stamping', turnMs)
          // The other process stamps, and the next round looks again.
          if (release === null) return
          try {
            await sendIfDue(authority)
          } finally {
            await release()
          }
        })
      await sending
    },
    async find() {
      if (authority === null) return null
      const { rows } = await control.query<Row>('select * from time_stamp order by size desc limit 1')
      const { rows: tries } = await control.query<{ problem: StampingState['problem'] }>(
        'select problem from time_stamping',
      )
      const [row] = rows
      return {
        host: authority.host,
        last: row
          ? { size: Number(row.size), authority: row.authority, time: row.stamped_at, clock: clockOf(row) }
          : null,
        problem: tries[0]?.problem ?? null,
      }
    },
    async list(since) {
      const { rows } = await control.query<Row>(
        `(select * from time_stamp where received_at >= $1 order by size limit $2)
         union all (select * from time_stamp order by size desc limit 1)`,
        [since, looked],
      )
      return rows.map(({ size, stamped_at: time, token, ...row }) => ({
        ...row,
        size: Number(size),
        time,
        token: new Uint8Array(token),
      }))
    },
  }
}

const isApart = (aheadMs: number) => Math.abs(aheadMs) > clockBoundMs

function clockOf({ ahead_ms: ms }: Pick<Row, 'ahead_ms'>): ClockBeside | null {
  return ms === null ? null : { aheadMs: Number(ms), isApart: isApart(Number(ms)) }
}

/** What is signed and stamped: the checkpoint without its signatures. */
function textOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n') + 1)
}

async function attempt(
  { address, roots }: AuthoritySetting,
  text: string,
): Promise<Stamp | StampProblem | 'unreachable'> {
  const bytes = Buffer.from(text)
  const nonce = randomBytes(16)
  const body = stampRequest(createHash('sha256').update(bytes).digest(), nonce)
  const headers = { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' }
  const answer = await askForBytes(address, { method: 'POST', headers, body, mayBeLocal: true }).catch(() => null)
  if (answer === null) return 'unreachable'
  if (answer.status !== 200) return 'refused'
  try {
    return await readStamp(answer.bytes, { text: bytes, roots: await readRoots(roots), nonce })
  } catch (error) {
    if (error instanceof StampError) return error.problem
    throw error
  }
}
