import { z } from 'zod'
import type { BuiltIn, OwnRun } from './built-in.ts'
import { ownApp, ownRhythm } from './built-in.ts'
import type { OwnLook } from './built-in-keep.ts'
import { nameOf } from './publish.ts'
import { outcomes, reasons } from './rule.ts'
import type { RuleLook } from './rule-look.ts'
import type { RunRow } from './rule-store.ts'

const Said = z.object({ en: z.string(), de: z.string() })
/** An instant in UTC. */
export const Moment = z.iso.datetime()
/** How many records. */
export const Count = z.coerce.number().int().min(0).max(1_000_000_000_000)
/** How many were kept, by why. */
export const Kept = z.partialRecord(z.enum(reasons), Count)
/** A run with what it reported. */
export const RunView = z.object({
  runId: z.uuid(),
  ranAt: Moment,
  reportedAt: Moment,
  outcome: z.enum(outcomes),
  examined: z.int(),
  deleted: z.int(),
  kept: Kept,
  errors: z.int(),
  cause: z.string().nullable(),
})
/** A rule with how its runs stand. */
export const RuleView = z.object({
  ruleId: z.uuid(),
  /** Null: art32 itself. */
  appId: z.uuid().nullable(),
  app: Said,
  name: z.string(),
  category: z.string(),
  categoryName: Said,
  /** How long the data are kept, as the facts of the app or the program say it. */
  period: z.string(),
  everyHours: z.int(),
  graceHours: z.int(),
  owner: z.object({ accountId: z.uuid(), name: z.string() }).nullable(),
  state: z.enum(['waiting', 'on-time', 'due', 'overdue', 'ended']),
  due: Moment,
  over: Moment,
  lastDone: Moment.nullable(),
  lastRun: RunView.nullable(),
  revision: z.int(),
  /** By what art32 deletes: read only, and its runs are recorded by themselves. Null: a rule of the tenant's own app. */
  builtIn: z
    .object({
      table: z.string(),
      /** The column from which the period counts. */
      from: z.string(),
      /** Columns that are emptied while the row stays; none: the row goes. */
      clears: z.array(z.string()),
    })
    .nullable(),
})

/** Names by account. */
export type Names = ReadonlyMap<string, { readonly name: string }>

/** A rule of the tenant's own app. */
export function viewRule({ rule, app, category, standing, newest }: RuleLook, names: Names): z.input<typeof RuleView> {
  const owner = rule.owner_account
  return {
    ruleId: rule.id,
    appId: rule.app_id,
    app: { en: nameOf(app.facts, 'en', app.slug), de: nameOf(app.facts, 'de', app.slug) },
    name: rule.name,
    category: rule.category,
    categoryName: category?.name ?? { en: rule.category, de: rule.category },
    period: category?.period ?? '',
    everyHours: rule.every_hours,
    graceHours: rule.grace_hours,
    owner: owner === null ? null : { accountId: owner, name: names.get(owner)?.name ?? '–' },
    state: rule.ended_at === null ? standing.state : 'ended',
    due: standing.due.toISOString(),
    over: standing.over.toISOString(),
    lastDone: newest.done?.ran_at.toISOString() ?? null,
    lastRun: newest.last ? viewRun(newest.last) : null,
    revision: rule.revision,
    builtIn: null,
  }
}

/** A run that was reported. */
export function viewRun(row: RunRow): z.input<typeof RunView> {
  const { id, ran_at: ranAt, reported_at: reportedAt, outcome, examined, deleted, kept, errors, cause } = row
  return {
    runId: id,
    ranAt: ranAt.toISOString(),
    reportedAt: reportedAt.toISOString(),
    outcome,
    examined,
    deleted,
    kept,
    errors,
    cause,
  }
}

/** A rule by which art32 itself deletes. */
export function viewBuiltIn(one: BuiltIn, { runs, lastDone, standing }: OwnLook): z.input<typeof RuleView> {
  const { table, from, after, what } = one.rule
  return {
    ruleId: one.id,
    appId: null,
    app: ownApp,
    name: one.key,
    category: one.key,
    categoryName: what,
    period: after,
    everyHours: ownRhythm.every_hours,
    graceHours: ownRhythm.grace_hours,
    owner: null,
    state: standing.state,
    due: standing.due.toISOString(),
    over: standing.over.toISOString(),
    lastDone: lastDone?.toISOString() ?? null,
    lastRun: runs[0] ? viewOwnRun(one, runs[0]) : null,
    revision: 1,
    builtIn: { table, from, clears: [...one.clears] },
  }
}

/** What a run of the daily deletion did by one rule: the run says why it counts, the rule how much it took. */
export function viewOwnRun({ key }: BuiltIn, run: OwnRun): z.input<typeof RunView> {
  const deleted = run.counts[key] ?? 0
  return {
    runId: run.id,
    ranAt: run.started_at.toISOString(),
    reportedAt: run.endedAt.toISOString(),
    outcome: run.outcome,
    examined: deleted,
    deleted,
    kept: {},
    errors: 0,
    cause: run.outcome === 'done' ? null : 'fault',
  }
}
