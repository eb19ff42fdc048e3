import type { Why } from '@art32/probes'
import type { AccountState, LeaverAccountRow, SeenRow } from './store.ts'

/** How an account stands, and when that was seen. */
export interface Standing {
  readonly state: AccountState
  readonly at: Date
  /** Why the newest look could not tell; null: it could. */
  readonly why: Why | null
  /** When somebody last looked at everybody there. */
  readonly lookedAt: Date
}

/**
 * How an account stands by the newest looks of all connections of its system: open where any of them still lists it.
 * Undefined: none of them ever saw it.
 */
export function standingOf(rows: readonly SeenRow[]): Standing | undefined {
  const listed = rows.filter(({ gone_at: gone }) => gone === null)
  const open = listed.filter(({ is_active: active }) => active !== false)
  const shown = open.length > 0 ? open : listed.length > 0 ? listed : rows
  const [first] = shown
  if (!first) return undefined
  const latest = (times: readonly Date[]) => new Date(Math.max(...times.map((time) => time.getTime())))
  const at = latest(shown.map(({ seen_at: seen, gone_at: gone }) => gone ?? seen))
  const blind = rows.find(({ why }) => why !== null)
  return {
    state: open.length > 0 ? 'open' : listed.length > 0 ? 'disabled' : 'gone',
    // A whole look that changed nothing saw it, too.
    at: blind ? at : latest([at, ...rows.map(({ looked_at: looked }) => looked)]),
    why: blind?.why ?? null,
    lookedAt: latest(rows.map(({ whole_at: whole, seen_at: seen }) => whole ?? seen)),
  }
}

type Known = Pick<LeaverAccountRow, 'state' | 'seen_at' | 'last_open_at' | 'ended_at' | 'unseen'>

/**
 * What becomes of an account of somebody who left when looks say how it stands.
 *
 * - Open once it is seen open since then; whatever was seen before counts no more.
 * - Closed from the first look that saw it closed, and until one sees it open again.
 * - Unseen while no look since then could tell.
 */
export function settle(known: Known, standing: Standing | undefined, leftAt: Date): Known {
  if (!standing)
    return { ...known, unseen: known.ended_at === null ? (known.unseen ?? 'not-configured') : known.unseen }
  const isSince = standing.at >= leftAt
  // Closed, and looked at since: that it cannot be looked at now takes nothing back.
  const unseen = isSince && (standing.why === null || standing.state !== 'open') ? null : (standing.why ?? 'incomplete')
  if (standing.state === 'open')
    return {
      state: 'open',
      seen_at: standing.at,
      last_open_at: isSince ? standing.at : known.last_open_at,
      ended_at: null,
      unseen,
    }
  const isClosedBefore = known.ended_at !== null && known.state !== 'open'
  return {
    state: standing.state,
    seen_at: standing.at,
    last_open_at: known.last_open_at,
    ended_at: isClosedBefore ? known.ended_at : standing.at,
    unseen,
  }
}

/** Whether every known account is closed, and was looked at. */
export function isProven(accounts: readonly Pick<LeaverAccountRow, 'state' | 'unseen'>[]): boolean {
  return accounts.length > 0 && accounts.every(({ state, unseen }) => state !== 'open' && unseen === null)
}
