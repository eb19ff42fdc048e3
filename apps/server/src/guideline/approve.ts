import { createHash } from 'node:crypto'
import { findMeasure } from '@art32/catalogue'
import type { TenantContext } from '../evidence/index.ts'
import { addMonths, endOf, findTimeZone, startOf, todayOf } from '../calendar/index.ts'
import { bug } from '../kernel/index.ts'
import { attest, endAttestations } from '../measure/index.ts'
import { guidelineErrors } from './errors.ts'
import { furthestStartMonths, inForce, openPlace } from './guideline.ts'
import { remindLater } from './remind.ts'
import * as store from './store.ts'
import type { GuidelineRow, VersionRow } from './store.ts'

/** @throws {guideline.no_such_measure} for an id that is none of the catalogue's, or that only a check can prove */
export function checkMeasures(ids: readonly string[]): void {
  const wrong = ids.find((id) => findMeasure(id)?.kind !== 'organisational')
  if (wrong !== undefined) throw guidelineErrors.no_such_measure({ measure: wrong })
}

/**
 * Approves the draft as the next version.
 *
 * Whoever wrote it does not approve it where somebody else could; where nobody else can, the version says so.
 *
 * @returns the id of the version
 * @throws {guideline.not_found | stale | same_text | open_place | own_text | bad_start}
 */
export async function approve(
  tx: TenantContext,
  { guidelineId, revision, effectiveFrom }: { guidelineId: string; revision: number; effectiveFrom: string },
): Promise<string> {
  const row = await store.getGuideline(tx, guidelineId, true)
  if (row.revision !== revision) throw guidelineErrors.stale()
  const versions = await store.listVersions(tx, guidelineId)
  const last = versions[0]
  if (last && !last.withdrawn && isSame(row, last)) throw guidelineErrors.same_text({ number: last.number })
  const place = openPlace(row.title) ?? openPlace(row.body)
  if (place !== undefined) throw guidelineErrors.open_place({ place })
  const today = await todayOf(tx)
  const latest = addMonths(today, furthestStartMonths)
  if (effectiveFrom < today || effectiveFrom > latest) throw guidelineErrors.bad_start({ latest })
  const alone = await isAlone(tx, row)
  const version = { ...row, id: tx.newId(), guideline_id: row.id, number: (last?.number ?? 0) + 1 }
  const reviewDue = addMonths(effectiveFrom, row.review_months)
  const said = sayOf(version, { effectiveFrom, reviewDue, alone })
  const { content: commitment } = await tx.append({
    type: 'guideline.approved',
    about: { kind: 'guideline', id: row.id },
    code: alone ? 'alone' : 'approved',
    content: { content: said },
  })
  if (!commitment) throw bug('a version was appended without its commitment')
  await store.addVersion(tx, {
    ...version,
    approved_by: tx.caller.accountId,
    approved_role: tx.caller.role,
    alone,
    approved_at: tx.now,
    effective_from: effectiveFrom,
    review_due: reviewDue,
    commitment,
  })
  const start = startOf(effectiveFrom, await findTimeZone(tx))
  await signOff(tx, { ...version, effective_from: effectiveFrom }, reviewDue, start > tx.now ? start : tx.now)
  await remindLater(tx, [effectiveFrom], reviewDue)
  return version.id
}

/** Records that the version in force was looked at and stays as it is. @throws {guideline.not_found | nothing_approved} */
export async function review(tx: TenantContext, guidelineId: string): Promise<string> {
  const row = await store.getGuideline(tx, guidelineId, true)
  const today = await todayOf(tx)
  const version = inForce(await store.listVersions(tx, row.id), today)
  if (!version) throw guidelineErrors.nothing_approved()
  const reviewDue = addMonths(today, version.review_months)
  await tx.append({
    type: 'guideline.reviewed',
    about: { kind: 'guideline', id: row.id },
    content: {
      before: { number: version.number, reviewDue: version.review_due },
      after: { number: version.number, reviewDue },
    },
  })
  await store.addReview(tx, version.id, reviewDue)
  await signOff(tx, version, reviewDue, tx.now)
  await remindLater(tx, [], reviewDue)
  return reviewDue
}

/**
 * Says that the guideline holds no more, neither in the version in force nor in one to come. The versions stay as they are.
 *
 * @throws {guideline.not_found | nothing_approved}
 */
export async function withdraw(tx: TenantContext, guidelineId: string, reason: string): Promise<void> {
  const row = await store.getGuideline(tx, guidelineId, true)
  const today = await todayOf(tx)
  const versions = await store.listVersions(tx, row.id)
  const current = inForce(versions, today)
  const ending = versions.filter((one) => one === current || (!one.withdrawn && one.effective_from > today))
  if (ending.length === 0) throw guidelineErrors.nothing_approved()
  for (const version of ending) await store.addWithdrawal(tx, version.id, reason)
  await endAttestations(tx, { source: 'guideline', source_id: row.id, at: tx.now })
  await tx.append({
    type: 'guideline.retired',
    about: { kind: 'guideline', id: row.id },
    content: { before: { numbers: ending.map(({ number }) => number) }, reason: { reason } },
  })
}

/** Each measure that a version covers is signed off from its first day until its review is due. */
async function signOff(
  tx: TenantContext,
  version: Pick<VersionRow, 'guideline_id' | 'title' | 'number' | 'body' | 'measures' | 'effective_from'>,
  reviewDue: string,
  from: Date,
): Promise<void> {
  const { guideline_id: sourceId, title, number, body, measures, effective_from: effectiveOn } = version
  await endAttestations(tx, { source: 'guideline', source_id: sourceId, at: from })
  const freshUntil = endOf(reviewDue, await findTimeZone(tx))
  const evidence = [createHash('sha256').update(body).digest('hex')]
  for (const measure of measures)
    await attest(tx, {
      catalogue_id: measure,
      source: 'guideline',
      source_id: sourceId,
      title: `${title} (${number})`,
      effective_on: effectiveOn,
      fresh_until: freshUntil,
      evidence,
    })
}

/** Whether nobody but who wrote the text may approve it. @throws {guideline.own_text} */
async function isAlone(tx: TenantContext, { written_by: writer }: GuidelineRow): Promise<boolean> {
  if (writer === null || writer !== tx.caller.accountId) return false
  const members = await store.listMembers(tx)
  if (members.some(({ accountId, maySign }) => maySign && accountId !== writer)) throw guidelineErrors.own_text()
  return true
}

function isSame(row: GuidelineRow, version: VersionRow): boolean {
  return (
    row.title === version.title &&
    row.body === version.body &&
    row.review_months === version.review_months &&
    row.measures.join() === version.measures.join()
  )
}

/** What the leaf of a version commits to: all of it. */
function sayOf(
  {
    guideline_id: guideline,
    number,
    title,
    body,
    measures,
    review_months: reviewMonths,
  }: GuidelineRow & { guideline_id: string; number: number },
  rest: { effectiveFrom: string; reviewDue: string; alone: boolean },
): object {
  return { format: 'art32.guideline/1', guideline, number, title, body, measures, reviewMonths, ...rest }
}
