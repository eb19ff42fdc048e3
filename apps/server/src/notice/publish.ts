import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { canonicalJson } from '@art32/press'
import { addTo, todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { attest, endAttestations } from '../measure/index.ts'
import { appErrors } from './errors.ts'
import type { Facts, Known } from './facts.ts'
import { knownOf, readRegisters } from './know.ts'
import { missingIn } from './missing.ts'
import { sheetOf } from './sheet.ts'
import * as store from './store.ts'
import type { AppRow, Content } from './store.ts'

/** The measure of the catalogue that a published notice stands behind. */
const measure = 'privacy-notice'

/** Whether the facts say something that what is published does not. */
export function isChanged(known: Known, last: Content | undefined): boolean {
  // As the database gives it back: a field that is undefined is not there.
  return last === undefined || !isDeepStrictEqual(JSON.parse(JSON.stringify(known)), last.known)
}

/** The notice as it would be published now. */
export function contentOf({ slug }: AppRow, known: Known, number: number): Content {
  return {
    format: 'art32.privacy-notice/1',
    app: slug,
    number,
    known,
    sheets: { en: sheetOf(known, 'en'), de: sheetOf(known, 'de') },
  }
}

/**
 * Publishes the notice as it is now as the next version. One with gaps needs a reason, and stands behind no measure.
 *
 * @throws {app.not_found | stale | incomplete | unchanged}
 */
export async function publish(
  tx: TenantContext,
  { appId, revision, reason }: { appId: string; revision: number; reason: string },
): Promise<number> {
  const row = await getLive(tx, appId)
  if (row.revision !== revision) throw appErrors.stale()
  const known = knownOf(row.facts, await readRegisters(tx))
  const missing = missingIn(known).map(({ code }) => code)
  if (missing.length > 0 && reason === '') throw appErrors.incomplete({ count: missing.length })
  const last = await newest(tx, appId)
  if (last && !isChanged(known, last.content)) throw appErrors.unchanged({ number: last.number })
  const number = (last?.number ?? 0) + 1
  const content = contentOf(row, known, number)
  const { content: commitment } = await tx.append({
    type: 'notice.published',
    about: { kind: 'app', id: appId },
    code: missing.length > 0 ? 'incomplete' : 'complete',
    content: { content: { ...content, missing }, ...(missing.length > 0 ? { reason: { reason } } : {}) },
  })
  if (!commitment) throw bug('a notice was appended without its commitment')
  await store.addVersion(tx, {
    id: tx.newId(),
    app_id: appId,
    number,
    role: tx.caller.role,
    at: tx.now,
    content,
    missing,
    reason: missing.length > 0 ? reason : '',
    commitment,
  })
  const reviewDue = addTo(await todayOf(tx), 'P1Y')
  await store.saveApp(tx, { ...row, review_due: reviewDue, told: 0 })
  await standBehind(tx, row, { content, reviewDue, isWhole: missing.length === 0 })
  return number
}

/**
 * Records that what is published was looked at and is still right; it counts for another year.
 *
 * @throws {app.not_found | not_published | differs}
 */
export async function confirm(tx: TenantContext, appId: string): Promise<string> {
  const row = await getLive(tx, appId)
  const last = await newest(tx, appId)
  if (!last) throw appErrors.not_published()
  if (isChanged(knownOf(row.facts, await readRegisters(tx)), last.content)) throw appErrors.differs()
  const reviewDue = addTo(await todayOf(tx), 'P1Y')
  await tx.append({
    type: 'app.reviewed',
    about: { kind: 'app', id: appId },
    content: {
      before: { number: last.number, reviewDue: row.review_due },
      after: { number: last.number, reviewDue },
    },
  })
  await store.saveApp(tx, { ...row, review_due: reviewDue, told: 0 })
  await standBehind(tx, row, { content: last.content, reviewDue, isWhole: last.missing.length === 0 })
  return reviewDue
}

/** An app that goes on, held for a change. @throws {app.not_found} */
export async function getLive(tx: TenantContext, appId: string): Promise<AppRow> {
  const row = await store.getApp(tx, appId, true)
  if (row.ended_at !== null) throw appErrors.not_found()
  return row
}

/** What is published of an app that is over stands behind nothing. */
export async function stepBack(tx: TenantContext, appId: string): Promise<void> {
  await endAttestations(tx, { source: 'app', source_id: appId, at: tx.now })
}

/** The name of an app in the tenant's own language, or in the other one. */
export function nameOf({ name }: Facts, language: 'en' | 'de', slug: string): string {
  return name[language] || name[language === 'en' ? 'de' : 'en'] || slug
}

async function newest(tx: TenantContext, appId: string) {
  const [head] = await store.listVersions(tx, appId)
  return head && (await store.findVersion(tx, appId, head.number))
}

async function standBehind(
  tx: TenantContext,
  { id, slug, facts }: AppRow,
  { content, reviewDue, isWhole }: { content: Content; reviewDue: string; isWhole: boolean },
): Promise<void> {
  await stepBack(tx, id)
  if (!isWhole) return
  await attest(tx, {
    catalogue_id: measure,
    source: 'app',
    source_id: id,
    title: `${nameOf(facts, tx.tenant.language, slug)} (${content.number})`,
    effective_on: await todayOf(tx),
    fresh_until: endOf(reviewDue),
    evidence: [createHash('sha256').update(canonicalJson(content)).digest('hex')],
  })
}

/** The first instant after a day. */
export function endOf(day: string): Date {
  return new Date(new Date(`${day}T00:00:00.000Z`).getTime() + 86_400_000)
}
