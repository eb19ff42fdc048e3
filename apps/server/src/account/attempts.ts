import { createHmac, createSecretKey } from 'node:crypto'
import type { Pool } from 'pg'
import { accountErrors } from './errors.ts'

/** How often something may be tried. */
export interface Limit {
  /** What is counted, e.g. `sign-in.account`. */
  readonly of: string
  /** By whom: an address, a network, an account. Kept as a keyed hash only. */
  readonly who: string
  readonly most: number
  /** Until the count begins anew, where that is not the usual time. */
  readonly minutes?: number
  /** Only whoever succeeds could have been counted here: then it begins anew. Others take just this attempt back. */
  readonly isOwn?: true
}

/** What became of an attempt: it stays counted, it is taken back, or it was a success, by which own counts begin anew. */
export type Verdict = 'counts' | 'taken-back' | 'begins-anew'

/** Attempts, counted so that guessing is hopeless. */
export interface Attempts {
  /**
   * Counts an attempt against each limit in turn, then makes it. The first limit that is exceeded refuses, and the ones
   * after it do not count it.
   *
   * @param judge what the result means for the counts; a failure always counts
   * @throws {account.too_many_attempts}
   */
  guard<T>(limits: readonly Limit[], work: () => Promise<T>, judge: (result: T) => Verdict): Promise<T>
}

/** A count begins anew after this time. */
export const attemptMinutes = 15
const sweepEveryMs = 60_000
/** How many counts are kept at most: a flood of made-up addresses must not fill the disk. */
const mostKept = 100_000

/**
 * Opens the counts in the control database.
 *
 * @param options.secret derives the keys under which addresses are hashed
 */
export function openAttempts(options: {
  pool: Pool
  secret: Uint8Array
  now: () => Date
  mostKept?: number
}): Attempts {
  const { pool, now } = options
  // A KeyObject is prepared once; a raw key would be with each hash.
  const secret = createSecretKey(options.secret)
  const most = options.mostKept ?? mostKept
  let sweptAt = 0

  const keyOf = ({ of, who }: Limit) => createHmac('sha256', secret).update(`${of}\0${who}`).digest()

  async function count(limit: Limit): Promise<void> {
    const at = now()
    const { rows } = await pool.query<{ made: number; until: Date }>(countOne, [
      keyOf(limit),
      at,
      new Date(at.getTime() + (limit.minutes ?? attemptMinutes) * 60_000),
    ])
    const row = rows[0]
    if (!row || row.made <= limit.most) return
    const seconds = Math.max(1, Math.ceil((row.until.getTime() - at.getTime()) / 1_000))
    throw accountErrors.too_many_attempts({ seconds, minutes: Math.ceil(seconds / 60) })
  }

  /** Deletes what has run out; of too many, those that counted least, so that a flood hides nobody who guesses. */
  async function sweep(): Promise<void> {
    const at = now()
    if (at.getTime() - sweptAt < sweepEveryMs) return
    sweptAt = at.getTime()
    await pool.query('delete from attempt where until <= $1', [at])
    await pool.query(
      'delete from attempt where key in (select key from attempt order by made desc, until desc offset $1)',
      [most],
    )
  }

  return {
    async guard(limits, work, judge) {
      await sweep()
      for (const limit of limits) await count(limit)
      const result = await work()
      const verdict = judge(result)
      if (verdict === 'counts') return result
      const forgotten = limits.filter(({ isOwn }) => verdict === 'begins-anew' && isOwn)
      const lessened = limits.filter((limit) => !forgotten.includes(limit))
      await pool.query('delete from attempt where key = any ($1::bytea[])', [forgotten.map(keyOf)])
      await pool.query(takeBack, [lessened.map(keyOf)])
      return result
    },
  }
}

/** One statement: of attempts at the same moment each sees another number. */
const countOne = `
  insert into attempt (key, made, until) values ($1, 1, $3)
  on conflict (key) do update set
    made = case when attempt.until <= $2 then 1 else attempt.made + 1 end,
    until = case when attempt.until <= $2 then excluded.until else attempt.until end
  returning made, until`

const takeBack = 'update attempt set made = made - 1 where key = any ($1::bytea[]) and made > 0'
