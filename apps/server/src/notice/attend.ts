import { addDays } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { attendOwn } from './built-in-keep.ts'
import { standingOf } from './rule.ts'
import { standFor } from './rule-keep.ts'
import * as rules from './rule-store.ts'
import * as store from './store.ts'

/** The queue in which notices and deletion runs are attended to, in every tenant. */
export const appQueue = 'app.attend'

/** Each hour: a run may be due each hour. */
export const appTime = '37 * * * *'

/** The review of a published notice is told of so many days before. */
const soonDays = 30
/** While runs are missing, it is told again after so long. */
const againMs = 7 * 86_400_000

const stages = { near: 1, over: 2 } as const

/** Tells of runs that were missed and of notices to be looked at. Any number of times, by any number of processes. */
export async function attendApps(tx: TenantContext): Promise<void> {
  await attendRuns(tx)
  await attendOwn(tx)
  await attendReviews(tx)
}

async function attendRuns(tx: TenantContext): Promise<void> {
  const rows = await rules.lockRules(tx)
  const newest = await rules.newestRuns(
    tx,
    rows.map(({ id }) => id),
  )
  for (const rule of rows) {
    const { state, due, over } = standingOf(rule, newest.get(rule.id)?.done?.ran_at ?? null, tx.now)
    if (state !== 'overdue') continue
    const told = rule.told_for?.getTime() === due.getTime() ? rule.told : 0
    if (tx.now.getTime() < over.getTime() + told * againMs) continue
    // What was slept through is told once, not once for each week.
    const weeks = Math.floor((tx.now.getTime() - over.getTime()) / againMs) + 1
    await rules.saveRule(tx, { ...rule, told_for: due, told: weeks })
    await standFor(tx, rule)
    await tx.append({
      type: 'deletion.missed',
      about: { kind: 'deletion', id: rule.id },
      content: { content: { due: due.toISOString() } },
      by: 'system',
    })
  }
}

async function attendReviews(tx: TenantContext): Promise<void> {
  const today = tx.now.toISOString().slice(0, 10)
  for (const row of await store.lockApps(tx)) {
    const due = row.review_due
    if (due === null) continue
    const stage = due < today ? 'over' : due <= addDays(today, soonDays) ? 'near' : null
    if (stage === null || row.told >= stages[stage]) continue
    await store.saveApp(tx, { ...row, told: stages[stage] })
    await tx.append({
      type: 'app.reminded',
      about: { kind: 'app', id: row.id },
      code: stage,
      content: { content: { reviewDue: due } },
      by: 'system',
    })
  }
}

/** Who looks after the runs of a rule. */
export async function ownerOfRule(tx: TenantContext, ruleId: string): Promise<string[]> {
  const { owner_account: owner } = await rules.getRule(tx, ruleId)
  return owner === null ? [] : [owner]
}
