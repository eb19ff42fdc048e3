import { createHash } from 'node:crypto'
import { bug } from '../kernel/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { overdueHours, ruleIds, rules } from '../privacy/index.ts'
import type { RetentionRule, RetentionRuleId, RetentionRun } from '../privacy/index.ts'
import type { Outcome } from './rule.ts'

/** How art32 itself is called among the apps. */
export const ownApp = { en: 'art32', de: 'art32' } as const

/** A rule by which art32 itself deletes in a tenant: read only, since it is the program. */
export interface BuiltIn {
  /** Made of its key, so that it is the same on every installation. */
  readonly id: string
  readonly key: RetentionRuleId
  readonly rule: RetentionRule
  /** Columns that are emptied; none: the row goes. */
  readonly clears: readonly string[]
}

/** How often the daily deletion is due: it is overdue where the page of the tenant says so, too. */
export const ownRhythm = { every_hours: 24, grace_hours: overdueHours - 24 } as const

/** What art32 deletes in every tenant, made of the rules by which it does. */
export const builtIns: readonly BuiltIn[] = ruleIds
  .filter((key) => rules[key].in === 'tenant')
  .map((key) => {
    const rule: RetentionRule = rules[key]
    return { id: idOf(key), key, rule, clears: Object.keys(rule.leaves ?? {}) }
  })

const byId = new Map(builtIns.map((one) => [one.id, one]))

/** The rule of art32 with this id, if it is one. */
export function findBuiltIn(id: string): BuiltIn | undefined {
  return byId.get(id)
}

/** A run of the daily deletion that ended, well or not. */
export type OwnRun = Pick<RetentionRun, 'id' | 'started_at' | 'counts'> & {
  readonly endedAt: Date
  readonly outcome: Outcome
}

/** Runs that ended, the newest first. One that was stopped did a part, or nothing. */
export function endedOf(runs: readonly RetentionRun[]): OwnRun[] {
  return runs.flatMap(({ id, started_at, finished_at: finished, interrupted_at: interrupted, counts }) => {
    const endedAt = finished ?? interrupted
    if (endedAt === null) return []
    const outcome = finished ? 'done' : Object.keys(counts).length > 0 ? 'partial' : 'not-looked'
    return [{ id, started_at, counts, endedAt, outcome }]
  })
}

/** From when on runs are on file in a tenant: its first day, or as long ago as they are kept. */
export function ownSince({ tenant, now }: Pick<TenantContext, 'tenant' | 'now'>): Date {
  const [, months] = /^P(\d+)M$/.exec(rules['retention_run.tenant'].after) ?? []
  if (months === undefined) throw bug('runs of the deletion are kept for months')
  const kept = new Date(now)
  kept.setUTCMonth(kept.getUTCMonth() - Number(months))
  return tenant.since > kept ? tenant.since : kept
}

function idOf(key: string): string {
  const hash = createHash('sha256').update(`art32 deletion rule ${key}`).digest('hex')
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}
