import { isDeepStrictEqual } from 'node:util'
import { listCustomers, listInForce } from '../contract/index.ts'
import { addTo, todayOf } from '../calendar/index.ts'
import { ensureDuty } from '../duty/index.ts'
import { findPublished } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import { missingIn, missingInBody } from './activity.ts'
import type { Controller, Record30 } from './activity.ts'
import { processingErrors } from './errors.ts'
import * as store from './store.ts'
import type { ActivityRow } from './store.ts'

/** The record as it is now. */
export async function currentRecord(tx: TenantContext): Promise<Record30> {
  return await recordOf(tx, await store.listActivities(tx))
}

/** The same, where the activities were read already. */
export async function recordOf(tx: TenantContext, activities: readonly ActivityRow[]): Promise<Record30> {
  const controllers = activities.some(({ role }) => role === 'processor')
    ? await controllersById(tx)
    : new Map<string, Controller>()
  const all = [...controllers.values()]
  return {
    format: 'art32.processing/1',
    body: await store.findBody(tx),
    activities: activities.map(({ id, role, name, said }) => ({
      id,
      side: role,
      name,
      said,
      controllers:
        role === 'controller'
          ? null
          : said.customerIds === null
            ? all
            : said.customerIds.flatMap((customer) => controllers.get(customer) ?? []),
    })),
    edition: (await findPublished(tx))?.number ?? null,
  }
}

/** Customers with an agreement in force, each once, by id and in the order of their names. */
async function controllersById(tx: TenantContext): Promise<Map<string, Controller>> {
  return new Map(
    (await listInForce(tx)).map(({ customer }): [string, Controller] => [
      customer.id,
      {
        name: customer.name,
        address: customer.address,
        contact: [customer.contact_name, customer.contact_email ?? ''].filter(Boolean).join(', '),
        representative: customer.representative,
        dpo: customer.dpo,
      },
    ]),
  )
}

/** @throws {processing.no_customer} for an id that is none of a customer */
export async function refuseUnknown(tx: TenantContext, customerIds: readonly string[] | null): Promise<void> {
  if (customerIds === null || customerIds.length === 0) return
  const known = new Set((await listCustomers(tx)).map(({ id }) => id))
  if (customerIds.some((id) => !known.has(id))) throw processingErrors.no_customer()
}

/** Whether the record says something that the newest version does not. */
export function isChanged(now: Record30, last: Record30 | null): boolean {
  // As the database gives it back: every field is there, and none is undefined.
  return last === null || !isDeepStrictEqual(now, last)
}

/**
 * Records the record as it is now as the next version, and sets up the duty to review it.
 *
 * @throws {processing.empty | processing.incomplete}
 */
export async function recordVersion(tx: TenantContext): Promise<number> {
  const content = await currentRecord(tx)
  if (content.activities.length === 0) throw processingErrors.empty()
  const missing = [
    ...missingInBody(content.body),
    ...content.activities.flatMap(({ name, side, said }) =>
      missingIn(side, said).map((field) => `${name.slice(0, 60)} (${field})`),
    ),
  ]
  if (missing.length > 0) throw processingErrors.incomplete({ fields: missing.slice(0, 8).join(', ') })
  const number = await store.nextNumber(tx)
  const id = tx.newId()
  const { content: commitment } = await tx.append({
    type: 'processing.recorded',
    about: { kind: 'processing', id },
    content: { content: { number, record: content } },
  })
  if (!commitment) throw bug('a version was appended without its commitment')
  const reviewDue = addTo(await todayOf(tx), 'P1Y')
  await store.addVersion(tx, {
    id,
    number,
    role: tx.caller.role,
    at: tx.now,
    review_due: reviewDue,
    content,
    commitment,
  })
  await ensureDuty(tx, 'processing-records')
  return number
}
