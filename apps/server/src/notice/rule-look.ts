import type { TenantContext } from '../evidence/index.ts'
import type { Facts } from './facts.ts'
import { standingOf } from './rule.ts'
import type { Standing } from './rule.ts'
import { newestRuns } from './rule-store.ts'
import type { Newest, RuleRow } from './rule-store.ts'
import { listApps } from './store.ts'
import type { AppRow } from './store.ts'

/** A rule with its app, its category and how it stands. */
export interface RuleLook {
  readonly rule: RuleRow
  readonly app: AppRow
  /** Undefined: of a rule that ended, gone from the facts since. */
  readonly category: Facts['categories'][number] | undefined
  readonly standing: Standing
  readonly newest: Newest
}

/** Rules with all that they stand on, in a fixed number of queries. */
export async function listRuleLooks(tx: TenantContext, rules: readonly RuleRow[]): Promise<RuleLook[]> {
  const apps = new Map((await listApps(tx)).map((row) => [row.id, row]))
  const newest = await newestRuns(
    tx,
    rules.map(({ id }) => id),
  )
  return rules.flatMap((rule): RuleLook[] => {
    const app = apps.get(rule.app_id)
    const runs = newest.get(rule.id) ?? { last: null, done: null }
    if (!app) return []
    return [
      {
        rule,
        app,
        category: app.facts.categories.find(({ key }) => key === rule.category),
        standing: standingOf(rule, runs.done?.ran_at ?? null, rule.ended_at ?? tx.now),
        newest: runs,
      },
    ]
  })
}
