import { z } from 'zod'
import { Line } from '../contract/index.ts'
import { findDay } from '../duty/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { appErrors, deletionErrors } from './errors.ts'
import { Key } from './facts.ts'
import { builtIns, findBuiltIn } from './built-in.ts'
import type { BuiltIn } from './built-in.ts'
import { lookAtOwn } from './built-in-keep.ts'
import { getLive } from './publish.ts'
import { causes, gapsOf, outcomes, standingOf } from './rule.ts'
import type { Gap } from './rule.ts'
import { endRule, report, standFor } from './rule-keep.ts'
import { rulesPaper, rulesTable } from './rule-papers.ts'
import * as store from './rule-store.ts'
import type { RuleRow, RunRow } from './rule-store.ts'
import { listRuleLooks } from './rule-look.ts'
import { Count, Kept, Moment, RuleView, RunView, viewBuiltIn, viewOwnRun, viewRule, viewRun } from './rule-views.ts'

/** Most rules of one app. */
const mostRules = 100
/** So many runs and gaps are shown, the newest first. */
const shownRuns = 100

const Name = Line(200).pipe(z.string().min(1))
/** What operations on deletion rules need of the rest of the server. */
export interface RuleDependencies extends HistoryDependencies {}

/** What can be done with rules of deletion and reports of their runs. */
export function ruleOperations({ accountsById }: RuleDependencies) {
  return [
    tenantOperation({
      id: 'deletion.list',
      summary:
        'Lists the deletion rules of all apps and those by which art32 itself deletes, or of one app, with how their runs stand',
      needs: 'register:read',
      input: z.object({ appId: z.uuid().optional() }),
      output: z.object({
        rules: z.array(RuleView),
        people: z.array(z.object({ accountId: z.uuid(), name: z.string() })),
      }),
      async run({ appId }, tx) {
        const looks = await listRuleLooks(tx, await store.listRules(tx, appId))
        const members = (await findDay(tx)).members.filter(({ role }) => role !== 'dpo')
        const names = await accountsById([
          ...members.map(({ account_id: id }) => id),
          ...looks.flatMap(({ rule }) => rule.owner_account ?? []),
        ])
        const own = appId === undefined ? await lookAtOwn(tx) : null
        return {
          rules: [
            ...looks.map((look) => viewRule(look, names)),
            ...(own === null ? [] : builtIns.map((one) => viewBuiltIn(one, own))),
          ],
          people: members.map(({ account_id: id }) => ({ accountId: id, name: names.get(id)?.name ?? '–' })),
        }
      },
    }),
    tenantOperation({
      id: 'deletion.show',
      summary: 'Shows a deletion rule with its newest runs and every time for which a run was missed',
      needs: 'register:read',
      input: z.object({ ruleId: z.uuid() }),
      output: z.object({
        rule: RuleView,
        runs: z.array(RunView),
        gaps: z.array(z.object({ from: Moment, until: Moment.nullable() })),
      }),
      refuses: [deletionErrors.not_found],
      async run({ ruleId }, tx) {
        const builtIn = findBuiltIn(ruleId)
        if (builtIn) return await showBuiltIn(tx, builtIn)
        const rule = await store.getRule(tx, ruleId)
        const [look] = await listRuleLooks(tx, [rule])
        if (!look) throw deletionErrors.not_found()
        const done = (await store.listDone(tx, [ruleId])).get(ruleId) ?? []
        return {
          rule: viewRule(look, await accountsById(rule.owner_account === null ? [] : [rule.owner_account])),
          runs: (await store.listRuns(tx, ruleId, shownRuns)).map(viewRun),
          gaps: viewGaps(gapsOf(rule, done, rule.ended_at ?? tx.now)),
        }
      },
    }),
    tenantOperation({
      id: 'deletion.add',
      summary: 'Binds the deletion of a category of data to a run that reports, with how often it is due',
      needs: 'register:write',
      changes: true,
      input: z.object({
        appId: z.uuid(),
        /** The key of the category among the app's facts; its period stands there. */
        category: Key,
        name: Name,
        everyHours: z.int().min(1).max(8_784),
        graceHours: z.int().min(0).max(2_208).default(24),
        /** Who is told of what was missed; left out: whoever adds it. */
        ownerId: z.uuid().nullable().optional(),
      }),
      output: z.object({ ruleId: z.uuid() }),
      refuses: [
        appErrors.not_found,
        deletionErrors.no_category,
        deletionErrors.no_period,
        deletionErrors.no_person,
        deletionErrors.too_many,
      ],
      async run({ appId, category, name, everyHours, graceHours, ownerId }, tx) {
        const { facts } = await getLive(tx, appId)
        const found = facts.categories.find(({ key }) => key === category)
        if (!found) throw deletionErrors.no_category()
        if (found.period === '') throw deletionErrors.no_period()
        if ((await store.listRules(tx, appId)).length >= mostRules) throw deletionErrors.too_many({ most: mostRules })
        const rule: RuleRow = {
          id: tx.newId(),
          app_id: appId,
          category,
          name,
          every_hours: everyHours,
          grace_hours: graceHours,
          owner_account: ownerId === undefined ? tx.caller.accountId : await memberOf(tx, ownerId),
          since: tx.now,
          told_for: null,
          told: 0,
          revision: 1,
          ended_at: null,
        }
        await store.saveRule(tx, rule)
        await standFor(tx, rule)
        await changed(tx, rule.id, 'added', { after: { category, name, everyHours, graceHours } })
        return { ruleId: rule.id }
      },
    }),
    tenantOperation({
      id: 'deletion.change',
      summary: 'Changes the name of a deletion rule or who is told; another rhythm is another rule',
      needs: 'register:write',
      changes: true,
      input: z.object({ ruleId: z.uuid(), revision: z.int(), name: Name, ownerId: z.uuid().nullable() }),
      output: z.object({ revision: z.int() }),
      refuses: [deletionErrors.not_found, deletionErrors.built_in, deletionErrors.stale, deletionErrors.no_person],
      async run({ ruleId, revision, name, ownerId }, tx) {
        refuseBuiltIn(ruleId)
        const before = await store.holdRule(tx, ruleId)
        if (before.revision !== revision) throw deletionErrors.stale()
        const isKept = ownerId === before.owner_account
        const rule = {
          ...before,
          name,
          owner_account: isKept ? ownerId : await memberOf(tx, ownerId),
          revision: revision + 1,
        }
        await store.saveRule(tx, rule)
        await standFor(tx, rule)
        await changed(tx, ruleId, 'changed', { before: { name: before.name }, after: { name } })
        return { revision: rule.revision }
      },
    }),
    tenantOperation({
      id: 'deletion.end',
      summary: 'Ends a deletion rule with a reason; what its runs reported stays',
      needs: 'register:write',
      changes: true,
      input: z.object({ ruleId: z.uuid(), reason: Line(1_000).pipe(z.string().min(3)) }),
      output: z.object({}),
      refuses: [deletionErrors.not_found, deletionErrors.built_in],
      async run({ ruleId, reason }, tx) {
        refuseBuiltIn(ruleId)
        await endRule(tx, await store.holdRule(tx, ruleId), reason)
        return {}
      },
    }),
    tenantOperation({
      id: 'deletion.report',
      summary:
        'Reports a run of a deletion rule in numbers, as the app’s own job does; the same report twice is one run',
      needs: 'deletion:report',
      changes: true,
      input: z.object({
        ruleId: z.uuid(),
        /** When it ran; left out: now. */
        ranAt: z.iso.datetime({ offset: true }).optional(),
        outcome: z.enum(outcomes).default('done'),
        /** How many records were looked at: each was deleted, kept, or failed. */
        examined: Count,
        deleted: Count,
        /** How many were kept, by why. */
        kept: Kept.default({}),
        errors: Count.default(0),
        /** Why not all of it was done. */
        cause: z.enum(causes).nullable().default(null),
      }),
      output: z.object({
        runId: z.uuid(),
        /** False: this very report was on file already. */
        isNew: z.boolean(),
        /** From here on the next run counts as missed. */
        over: Moment,
      }),
      refuses: [
        deletionErrors.not_found,
        deletionErrors.built_in,
        deletionErrors.wrong_sum,
        deletionErrors.wrong_outcome,
        deletionErrors.wrong_time,
        deletionErrors.other_report,
      ],
      async run({ ruleId, ranAt, ...said }, tx) {
        refuseBuiltIn(ruleId)
        const at = ranAt === undefined ? tx.now : new Date(ranAt)
        const { runId, isNew, rule } = await report(tx, ruleId, { ...said, ranAt: at })
        const done = (await store.newestRuns(tx, [ruleId])).get(ruleId)?.done ?? null
        return { runId, isNew, over: standingOf(rule, done?.ran_at ?? null, tx.now).over.toISOString() }
      },
    }),
    tenantOperation({
      id: 'deletion.export',
      summary:
        'Hands out the deletion rules of all apps and those by which art32 itself deletes, or of one app, with their runs and what was missed',
      kind: 'download',
      needs: 'register:read',
      input: z.object({
        appId: z.uuid().optional(),
        format: z.enum(['pdf', 'docx', 'csv', 'json']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ appId, format, language }, tx) {
        const rules = await store.listRules(tx, appId)
        const looks = await listRuleLooks(tx, rules)
        const done = await store.listDone(
          tx,
          rules.map(({ id }) => id),
        )
        const runs = new Map<string, readonly RunRow[]>()
        for (const { id } of rules) runs.set(id, await store.listRuns(tx, id, shownRuns))
        const whole = looks.map((look) => ({
          ...look,
          runs: runs.get(look.rule.id) ?? [],
          gaps: gapsOf(look.rule, done.get(look.rule.id) ?? [], tx.now),
        }))
        const own = appId === undefined ? await lookAtOwn(tx) : null
        return await paperDownload({
          tx,
          paper: rulesPaper(whole, own, language),
          format,
          name: language === 'de' ? 'loeschlaeufe' : 'deletion-runs',
          table: rulesTable(whole, own, language),
          data: {
            format: 'art32.deletion-runs/1',
            rules: [
              ...whole.map(({ rule, runs: all, gaps, ...rest }) => ({
                ...viewRule({ rule, ...rest }, new Map()),
                runs: all.map(viewRun),
                gaps,
              })),
              ...(own === null
                ? []
                : builtIns.map((one) => ({
                    ...viewBuiltIn(one, own),
                    runs: own.runs.map((run) => viewOwnRun(one, run)),
                    gaps: own.gaps,
                  }))),
            ],
          },
        })
      },
    }),
  ]
}

async function showBuiltIn(tx: TenantContext, one: BuiltIn) {
  const own = await lookAtOwn(tx)
  return {
    rule: viewBuiltIn(one, own),
    runs: own.runs.map((run) => viewOwnRun(one, run)),
    gaps: viewGaps(own.gaps),
  }
}

function viewGaps(gaps: readonly Gap[]) {
  return gaps
    .slice(0, shownRuns)
    .map(({ from, until }) => ({ from: from.toISOString(), until: until?.toISOString() ?? null }))
}

/** @throws {deletion.built_in} */
function refuseBuiltIn(ruleId: string): void {
  if (findBuiltIn(ruleId)) throw deletionErrors.built_in()
}

/** @throws {deletion.no_person} for an account that is no member */
async function memberOf(tx: TenantContext, accountId: string | null): Promise<string | null> {
  if (accountId === null) return null
  if (!(await findDay(tx)).members.some(({ account_id: id }) => id === accountId)) throw deletionErrors.no_person()
  return accountId
}

async function changed(
  tx: TenantContext,
  id: string,
  code: 'added' | 'changed',
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.append({ type: 'deletion.changed', about: { kind: 'deletion', id }, code, content })
}
