import type { TenantContext } from '../evidence/index.ts'
import { processorErrors } from './errors.ts'
import { addDays, dayAt, findTimeZone, todayOf } from '../calendar/index.ts'
import * as store from './store.ts'
import {
  addDelivery,
  getChange,
  listChanges,
  listDeliveries,
  listObjections,
  saveChange,
  saveObjection,
} from './change-store.ts'
import type { ChangeRow, DeliveryRow, ObjectionRow } from './change-store.ts'
import { vouchAnew } from './vouching.ts'

/** The notice periods of customers' contracts, in days, by mail address in lower case; whoever is not there has the usual one. */
export type Periods = (tx: TenantContext) => Promise<ReadonlyMap<string, number>>

/** What is announced. */
export interface Announced {
  readonly kind: ChangeRow['kind']
  readonly processorId: string
  readonly replacesId: string | null
  readonly reason: string
  /** Left out: as soon as everybody can have been told. */
  readonly holdsFrom: string | undefined
}

/**
 * Announces that a processor comes, goes or takes another one's place.
 *
 * @returns the change and the day from which it holds
 */
export async function announce(
  tx: TenantContext,
  { kind, processorId, replacesId, reason, holdsFrom }: Announced,
  periods: Periods,
): Promise<{ changeId: string; holdsFrom: string }> {
  const processor = await store.getProcessor(tx, processorId, true)
  const replaced = replacesId === null ? null : await store.getProcessor(tx, replacesId, true)
  const isRight = processor.state === (kind === 'remove' ? 'active' : 'planned')
  if (!isRight || (replaced !== null && replaced.state !== 'active')) throw processorErrors.not_planned()
  const open = (await listChanges(tx)).filter(({ state }) => state === 'announced')
  const touched = [processorId, replacesId]
  if (open.some((one) => touched.includes(one.processor_id) || (one.replaces_id && touched.includes(one.replaces_id))))
    throw processorErrors.announced_already()
  const days = Math.max((await store.findSetting(tx)).noticeDays, ...(await periods(tx)).values())
  const earliest = addDays(await todayOf(tx), days)
  if (holdsFrom !== undefined && holdsFrom < earliest) throw processorErrors.too_soon({ days, earliest })
  const row: ChangeRow = {
    id: tx.newId(),
    kind,
    processor_id: processorId,
    replaces_id: replacesId,
    reason,
    announced_at: tx.now,
    holds_from: holdsFrom ?? earliest,
    state: 'announced',
    settled_at: null,
    settled_reason: '',
  }
  await saveChange(tx, row)
  await tx.append({
    type: 'processor.announced',
    about: { kind: 'processor-change', id: row.id },
    code: kind,
    content: { after: { processor: processorId, replaces: replacesId, holdsFrom: row.holds_from }, reason: { reason } },
  })
  return { changeId: row.id, holdsFrom: row.holds_from }
}

/** Takes an announcement back; readers are told by the page and its feed. */
export async function withdrawChange(tx: TenantContext, changeId: string, reason: string): Promise<void> {
  const row = await getChange(tx, changeId)
  if (row.state !== 'announced') throw processorErrors.settled()
  await saveChange(tx, { ...row, state: 'withdrawn', settled_at: tx.now, settled_reason: reason })
  await tx.append({
    type: 'processor.announced',
    about: { kind: 'processor-change', id: changeId },
    code: 'withdrawn',
    content: { before: { kind: row.kind, holdsFrom: row.holds_from }, reason: { reason } },
  })
}

/** Lets every change hold whose day has come and against which no objection is open. */
export async function holdChanges(tx: TenantContext): Promise<void> {
  const today = await todayOf(tx)
  const due = (await listChanges(tx)).filter((row) => row.state === 'announced' && row.holds_from <= today)
  const open = new Set((await listObjections(tx)).flatMap((one) => (one.outcome === null ? [one.change_id] : [])))
  for (const row of due.filter(({ id }) => !open.has(id))) {
    await saveChange(tx, { ...row, state: 'held', settled_at: tx.now })
    if (row.kind !== 'remove') await become(tx, row.processor_id, { state: 'active', since: row.holds_from })
    const leaving = row.kind === 'remove' ? row.processor_id : row.replaces_id
    if (leaving !== null) await become(tx, leaving, { state: 'ended', ended_on: row.holds_from })
    await tx.append({
      type: 'processor.announced',
      about: { kind: 'processor-change', id: row.id },
      code: 'held',
      content: { after: { kind: row.kind, holdsFrom: row.holds_from } },
      by: 'system',
    })
  }
}

async function become(
  tx: TenantContext,
  id: string,
  now: { state: 'active'; since: string } | { state: 'ended'; ended_on: string },
): Promise<void> {
  const row = await store.getProcessor(tx, id, true)
  if (row.state === now.state) return
  await store.saveProcessor(tx, { ...row, ...now, revision: row.revision + 1 })
  await tx.append({
    type: now.state === 'ended' ? 'processor.ended' : 'processor.changed',
    about: { kind: 'processor', id },
    content: { before: { state: row.state }, after: now },
    by: 'system',
  })
  await vouchAnew(tx, id)
}

/** What a reader is told of a change. */
export interface ChangeTold {
  readonly change: ChangeRow
  readonly processor: store.ProcessorRow
  readonly replaces: store.ProcessorRow | null
}

/** A change with whom it is about; null where there is none. */
async function findChange(tx: TenantContext, changeId: string): Promise<ChangeTold | null> {
  const change = (await listChanges(tx)).find(({ id }) => id === changeId)
  if (!change) return null
  return {
    change,
    processor: await store.getProcessor(tx, change.processor_id),
    replaces: change.replaces_id === null ? null : await store.getProcessor(tx, change.replaces_id),
  }
}

/** The last day on which a reader can object: by the period of their contract, or the usual one. */
export async function letterAbout(
  tx: TenantContext,
  changeId: string,
  periods: Periods,
): Promise<(ChangeTold & { readonly objectUntil: (email: string) => string }) | null> {
  const told = await findChange(tx, changeId)
  if (!told) return null
  const [known, { noticeDays }] = [await periods(tx), await store.findSetting(tx)]
  const announced = dayAt(told.change.announced_at, await findTimeZone(tx))
  return { ...told, objectUntil: (email) => addDays(announced, known.get(email.toLowerCase()) ?? noticeDays) }
}

/** Writes down who was told of a change, without a name: once for each reader. */
export async function noteDelivery(tx: TenantContext, row: Omit<DeliveryRow, 'at'>): Promise<void> {
  if (!(await addDelivery(tx, { ...row, at: tx.now }))) return
  await tx.append({
    type: 'notice.sent',
    about: { kind: 'processor-change', id: row.change_id },
    code: row.outcome,
    content: { content: { subscriber: row.subscriber_id, mail: row.mail_id, objectUntil: row.object_until } },
    by: 'system',
  })
}

/** Records that a customer objects. @returns the objection, and whether it came in time */
export async function object(
  tx: TenantContext,
  given: Pick<ObjectionRow, 'change_id' | 'customer' | 'grounds' | 'received_on'> & {
    object_until: string | undefined
  },
): Promise<{ objectionId: string; objectUntil: string; isInTime: boolean }> {
  const change = await getChange(tx, given.change_id)
  if (change.state !== 'announced') throw processorErrors.settled()
  const { noticeDays } = await store.findSetting(tx)
  const latest = [
    addDays(dayAt(change.announced_at, await findTimeZone(tx)), noticeDays),
    ...(await listDeliveries(tx, [change.id])).map((one) => one.object_until),
  ].toSorted()
  const objectUntil = given.object_until ?? latest.at(-1) ?? change.holds_from
  const row: ObjectionRow = {
    ...given,
    id: tx.newId(),
    object_until: objectUntil,
    outcome: null,
    outcome_reason: '',
    decided_at: null,
  }
  await saveObjection(tx, row)
  await tx.append({
    type: 'processor.objected',
    about: { kind: 'processor-change', id: change.id },
    code: 'received',
    content: { content: { objection: row.id, receivedOn: row.received_on, objectUntil } },
  })
  return { objectionId: row.id, objectUntil, isInTime: row.received_on <= objectUntil }
}

/** Records what came of an objection. What is upheld takes the change back. */
export async function decideObjection(
  tx: TenantContext,
  objectionId: string,
  outcome: NonNullable<ObjectionRow['outcome']>,
  reason: string,
): Promise<void> {
  const row = (await listObjections(tx)).find(({ id }) => id === objectionId)
  if (!row) throw processorErrors.objection_not_found()
  if (row.outcome !== null) throw processorErrors.decided()
  await saveObjection(tx, { ...row, outcome, outcome_reason: reason, decided_at: tx.now })
  await tx.append({
    type: 'processor.objected',
    about: { kind: 'processor-change', id: row.change_id },
    code: outcome,
    content: { after: { objection: objectionId, outcome }, reason: { reason } },
  })
  const change = await getChange(tx, row.change_id)
  if (outcome === 'upheld' && change.state === 'announced') await withdrawChange(tx, change.id, reason)
  await holdChanges(tx)
}
