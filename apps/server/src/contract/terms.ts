import type { z } from 'zod'
import { findMeasure } from '@art32/catalogue'
import { addTo, endOf, todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listFiles } from '../file/index.ts'
import { attest, endAttestations } from '../measure/index.ts'
import { stateOf, toTellOf } from './contract.ts'
import { agreementErrors, contractErrors } from './errors.ts'
import { followCustomer } from './follow.ts'
import { openMatter } from './happen.ts'
import * as store from './store.ts'
import type { ContractRow, CustomerRow } from './store.ts'
import type { contractGiven, customerGiven } from './views.ts'

/** Most customers of a tenant: enough for every provider that runs this on one machine. */
export const mostCustomers = 20_000

type CustomerTerms = z.output<z.ZodObject<typeof customerGiven>>
type ContractTerms = z.output<z.ZodObject<typeof contractGiven>>

/** Whether an edition of this number is published: known further right. */
export type IsPublished = (tx: TenantContext, number: number) => Promise<boolean>

/** Keeps a new customer. @throws {customer.reference_taken | customer.too_many} */
export async function addCustomer(tx: TenantContext, given: CustomerTerms): Promise<string> {
  if ((await store.countCustomers(tx)) >= mostCustomers) throw contractErrors.too_many({ most: mostCustomers })
  const row = customerOf(given, { id: tx.newId(), revision: 1, created_at: tx.now })
  if (await store.isTaken(tx, row.reference, row.id)) throw contractErrors.reference_taken()
  await store.saveCustomer(tx, row)
  await tx.append({ type: 'customer.created', about: { kind: 'customer', id: row.id }, content: { after: given } })
  return row.id
}

/** Changes a customer. @throws {customer.not_found | customer.stale | customer.reference_taken} */
export async function changeCustomer(
  tx: TenantContext,
  { customerId, revision, ...given }: CustomerTerms & { customerId: string; revision: number },
): Promise<number> {
  const before = await store.getCustomer(tx, customerId, true)
  if (before.revision !== revision) throw contractErrors.stale()
  const row = customerOf(given, { ...before, revision: revision + 1 })
  if (await store.isTaken(tx, row.reference, row.id)) throw contractErrors.reference_taken()
  await store.saveCustomer(tx, row)
  await tx.append({ type: 'customer.changed', about: { kind: 'customer', id: row.id }, content: { after: given } })
  await followCustomer(tx, row.id)
  return row.revision
}

function customerOf(
  given: CustomerTerms,
  { id, revision, created_at }: Pick<CustomerRow, 'id' | 'revision' | 'created_at'>,
): CustomerRow {
  const { contactName, contactEmail, ...same } = given
  return { id, ...same, contact_name: contactName, contact_email: contactEmail, revision, created_at }
}

/** Keeps a new agreement with a customer. @throws {customer.not_found | contract.bad_days | contract.needs_edition | contract.no_such_measure} */
export async function addContract(
  tx: TenantContext,
  customerId: string,
  given: ContractTerms,
  isPublished: IsPublished,
): Promise<string> {
  const customer = await store.getCustomer(tx, customerId, true)
  await checkTerms(tx, given, isPublished)
  const row: ContractRow = {
    ...termsOf(given),
    id: tx.newId(),
    customer_id: customer.id,
    confirmed_at: null,
    confirmed_role: null,
    ended_on: null,
    ended_reason: '',
    told: 0,
    revision: 1,
    created_at: tx.now,
  }
  await store.saveContract(tx, row)
  await tx.append({
    type: 'agreement.created',
    about: { kind: 'contract', id: row.id },
    content: { after: { customer: customer.id, ...given } },
  })
  await followCustomer(tx, customer.id)
  return row.id
}

/**
 * Changes what is written down of an agreement. What a signatory said of it holds for what it was, so it is said anew.
 *
 * @throws {contract.not_found | contract.stale | contract.ended | contract.bad_days | contract.needs_edition | contract.no_such_measure}
 */
export async function changeContract(
  tx: TenantContext,
  { contractId, revision, ...given }: ContractTerms & { contractId: string; revision: number },
  isPublished: IsPublished,
): Promise<number> {
  const before = await store.getContract(tx, contractId, true)
  if (before.revision !== revision) throw agreementErrors.stale()
  if (before.ended_on !== null) throw agreementErrors.ended()
  await checkTerms(tx, given, isPublished, before.edition)
  const row: ContractRow = {
    ...before,
    ...termsOf(given),
    confirmed_at: null,
    confirmed_role: null,
    revision: revision + 1,
  }
  // Who prolongs it is told of the new last day, too.
  const told = row.valid_until === before.valid_until ? row.told : 0
  await store.saveContract(tx, { ...row, told })
  await endAttestations(tx, { source: 'contract', source_id: row.id, at: tx.now })
  await tx.append({
    type: 'agreement.changed',
    about: { kind: 'contract', id: row.id },
    content: { before: saidOf(before), after: given },
  })
  await followCustomer(tx, row.customer_id)
  return row.revision
}

async function checkTerms(
  tx: TenantContext,
  { validFrom, validUntil, edition, measures }: ContractTerms,
  isPublished: IsPublished,
  before: number | null = null,
): Promise<void> {
  if (validUntil !== null && validUntil < validFrom) throw agreementErrors.bad_days()
  if (edition !== null && edition !== before && !(await isPublished(tx, edition))) throw agreementErrors.needs_edition()
  const wrong = measures.find((id) => findMeasure(id)?.kind !== 'organisational')
  if (wrong !== undefined) throw agreementErrors.no_such_measure({ measure: wrong })
}

function termsOf(given: ContractTerms) {
  return {
    title: given.title,
    valid_from: given.validFrom,
    valid_until: given.validUntil,
    edition: given.edition,
    sub_processor_days: given.subProcessorDays,
    measure_days: given.measureDays,
    incident_hours: given.incidentHours,
    forward_days: given.forwardDays,
    return_days: given.returnDays,
    silence_consents: given.silenceConsents,
    measures: [...new Set(given.measures)].toSorted(),
  }
}

function saidOf({ title, valid_from: from, valid_until: until, edition, measures }: ContractRow): object {
  return { title, from, until, edition, measures }
}

/**
 * Says that both sides signed what is on file: from then on measures rest on it, until its last day or for a year.
 *
 * @throws {contract.not_found | contract.ended | contract.over | contract.no_file}
 */
export async function confirmContract(tx: TenantContext, contractId: string): Promise<void> {
  const row = await store.getContract(tx, contractId, true)
  const today = await todayOf(tx)
  const state = stateOf(row, today)
  if (state === 'ended') throw agreementErrors.ended()
  if (state === 'expired') throw agreementErrors.over()
  const files = (await listFiles(tx, 'contract', [row.id])).get(row.id) ?? []
  const kept = files.filter(({ removedAt }) => removedAt === null)
  if (kept.length === 0) throw agreementErrors.no_file()
  await store.saveContract(tx, { ...row, confirmed_at: tx.now, confirmed_role: tx.caller.role })
  await tx.append({
    type: 'agreement.confirmed',
    about: { kind: 'contract', id: row.id },
    content: { content: { ...saidOf(row), files: kept.map(({ sha256 }) => sha256) } },
  })
  await endAttestations(tx, { source: 'contract', source_id: row.id, at: tx.now })
  const year = addTo(today, 'P1Y')
  const last = row.valid_until !== null && row.valid_until < year ? row.valid_until : year
  for (const measure of row.measures)
    await attest(tx, {
      catalogue_id: measure,
      source: 'contract',
      source_id: row.id,
      title: row.title,
      effective_on: row.valid_from > today ? row.valid_from : today,
      fresh_until: endOf(last, 'UTC'),
      evidence: kept.map(({ sha256 }) => sha256),
    })
}

/**
 * Ends an agreement on a day: what rests on it lapses then, and the return or deletion of the data is to be done.
 *
 * @returns the record of the return or deletion
 * @throws {contract.not_found | contract.ended | contract.bad_days}
 */
export async function endContract(
  tx: TenantContext,
  { contractId, endedOn, reason }: { contractId: string; endedOn: string; reason: string },
): Promise<string> {
  const row = await store.getContract(tx, contractId, true)
  if (row.ended_on !== null) throw agreementErrors.ended()
  if (endedOn < row.valid_from) throw agreementErrors.bad_days()
  const ended = { ...row, ended_on: endedOn, ended_reason: reason, revision: row.revision + 1 }
  await store.saveContract(tx, ended)
  await endAttestations(tx, { source: 'contract', source_id: row.id, at: new Date(`${endedOn}T00:00:00Z`) })
  await tx.append({
    type: 'agreement.ended',
    about: { kind: 'contract', id: row.id },
    code: 'ended',
    content: { content: { ...saidOf(row), endedOn }, reason: { reason } },
  })
  await followCustomer(tx, row.customer_id)
  return await openMatter(tx, ended, { kind: 'return', openedOn: endedOn, said: {}, roomId: null, fileIds: [] })
}

/** Tells once that an agreement ends soon or is over: its owners are told, and measures lapse by their own window. */
export async function attendContracts(tx: TenantContext): Promise<void> {
  const today = await todayOf(tx)
  for (const row of await store.listContracts(tx, null, true)) {
    if (row.ended_on !== null) continue
    const told = toTellOf(row, today)
    if (told <= row.told) continue
    await store.noteToldContract(tx, row.id, told)
    await tx.append({
      type: told === 2 ? 'agreement.expired' : 'agreement.reminded',
      about: { kind: 'contract', id: row.id },
      code: told === 2 ? 'overdue' : 'soon',
      content: { content: saidOf(row) },
      by: 'system',
    })
  }
}
