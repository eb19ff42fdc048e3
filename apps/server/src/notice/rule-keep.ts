import { createHash } from 'node:crypto'
import { canonicalJson } from '@art32/press'
import type { SignOffRecord } from '@art32/press'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { removeAttestation, replaceAttestation } from '../measure/index.ts'
import { appErrors, deletionErrors } from './errors.ts'
import type { Facts } from './facts.ts'
import { faultOf, gapsOf, measure, reasons, standingOf } from './rule.ts'
import type { Report } from './rule.ts'
import * as store from './rule-store.ts'
import type { RuleRow, RunRow } from './rule-store.ts'

/** A clock may be a little ahead of ours. */
const aheadMs = 5 * 60_000
/** What ran longer ago is no longer reported. */
const longestMs = 31 * 86_400_000

/** Says anew how a rule stands behind its measure: its newest run that deleted, until the next one is missed. */
export async function standFor(tx: TenantContext, rule: RuleRow): Promise<void> {
  const of = { source: 'deletion', source_id: rule.id } as const
  if (rule.ended_at !== null) {
    await removeAttestation(tx, of)
    return
  }
  const done = (await store.newestRuns(tx, [rule.id])).get(rule.id)?.done ?? null
  const all = (await store.listDone(tx, [rule.id])).get(rule.id) ?? []
  const { state, over } = standingOf(rule, done?.ran_at ?? null, tx.now)
  const gaps = gapsOf(rule, all, tx.now)
  const closed = gaps.filter(({ until }) => until !== null).length
  await replaceAttestation(tx, {
    ...of,
    catalogue_id: measure,
    title: rule.name,
    role: done?.role ?? null,
    given_at: done?.reported_at ?? null,
    effective_on: done ? done.ran_at.toISOString().slice(0, 10) : null,
    fresh_until: done ? over : null,
    commitment: done?.commitment ?? null,
    overdue_since: state === 'overdue' ? over : null,
    on_time: all.length - closed,
    counted: all.length + (gaps.length - closed),
  })
}

/**
 * Keeps what a run reported. The same report once more is the same run; another one for the same time is refused.
 *
 * @throws {deletion.not_found | wrong_sum | wrong_outcome | wrong_time | other_report}
 */
export async function report(
  tx: TenantContext,
  ruleId: string,
  { ranAt, ...said }: Report & { readonly ranAt: Date },
): Promise<{ readonly runId: string; readonly isNew: boolean; readonly rule: RuleRow }> {
  const rule = await store.holdRule(tx, ruleId)
  const fault = faultOf(said)
  if (fault === 'sum') throw deletionErrors.wrong_sum()
  if (fault === 'outcome') throw deletionErrors.wrong_outcome()
  const now = tx.now.getTime()
  if (ranAt.getTime() > now + aheadMs || ranAt.getTime() < now - longestMs || ranAt < rule.since)
    throw deletionErrors.wrong_time()
  const known = await store.findRun(tx, ruleId, ranAt)
  if (known) {
    if (!isSame(known, said)) throw deletionErrors.other_report()
    return { runId: known.id, isNew: false, rule }
  }
  const row: RunRow = {
    id: tx.newId(),
    rule_id: ruleId,
    ran_at: ranAt,
    reported_at: tx.now,
    role: tx.caller.role,
    ...said,
  }
  await store.addRun(tx, row, await appendRun(tx, rule, row))
  await standFor(tx, rule)
  return { runId: row.id, isNew: true, rule }
}

/** @returns what an edition cites: of a run that deleted, that it signs the measure off until the next one is missed */
async function appendRun(tx: TenantContext, rule: RuleRow, row: RunRow): Promise<Buffer> {
  const { outcome, examined, deleted, kept, errors, cause, ran_at: at } = row
  const content = {
    format: 'art32.deletion-run/1',
    rule: rule.id,
    ranAt: at.toISOString(),
    outcome,
    examined,
    deleted,
    kept,
    errors,
    cause,
  }
  const record: SignOffRecord = {
    format: 'art32.sign-off/1',
    measure,
    at: tx.now.toISOString(),
    freshUntil: standingOf(rule, at, tx.now).over.toISOString(),
    evidence: [createHash('sha256').update(canonicalJson(content)).digest('hex')],
  }
  const isDone = outcome === 'done'
  const commitments = await tx.append({
    type: 'deletion.reported',
    about: { kind: 'deletion', id: rule.id },
    code: outcome,
    content: { content, ...(isDone ? { 'sign-off': record } : {}) },
  })
  const commitment = commitments[isDone ? 'sign-off' : 'content']
  if (!commitment) throw bug('a run was appended without its commitment')
  return commitment
}

function isSame(row: RunRow, said: Report): boolean {
  const plain = ({ outcome, examined, deleted, kept, errors, cause }: Report) =>
    JSON.stringify([outcome, examined, deleted, reasons.map((reason) => kept[reason] ?? 0), errors, cause])
  return plain(row) === plain(said)
}

/** Ends a rule: no run is awaited any more; what was reported stays. */
export async function endRule(tx: TenantContext, rule: RuleRow, reason: string | null): Promise<void> {
  const row = { ...rule, ended_at: tx.now, revision: rule.revision + 1 }
  await store.saveRule(tx, row)
  await standFor(tx, row)
  await tx.append({
    type: 'deletion.changed',
    about: { kind: 'deletion', id: rule.id },
    code: 'ended',
    ...(reason === null ? {} : { content: { reason: { reason } } }),
  })
}

/** Ends every rule of an app that is over. */
export async function endRulesOf(tx: TenantContext, appId: string): Promise<void> {
  for (const { id } of await store.listRules(tx, appId)) await endRule(tx, await store.holdRule(tx, id), null)
}

/** @throws {app.rule_left} where a rule rests on a category that would be gone, or would have no period */
export async function refuseLeft(tx: TenantContext, appId: string, facts: Facts): Promise<void> {
  const timed = new Set(facts.categories.flatMap(({ key, period }) => (period === '' ? [] : [key])))
  if ((await store.listRules(tx, appId)).some(({ category }) => !timed.has(category))) throw appErrors.rule_left()
}
