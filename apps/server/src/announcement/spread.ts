import { editionFor } from '@art32/press'
import type { Change, EditionDocument } from '@art32/press'
import { listInForce, periodOf } from '../contract/index.ts'
import { comparePromises, documentOf, findNumber, getEdition } from '../edition/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import * as store from './store.ts'
import type { AnnouncementRow } from './store.ts'

/** Makes a notice for each customer who has to be told: all of them and the mark, or none. */
export async function spread(tx: TenantContext, mailIsSet: boolean): Promise<void> {
  for (const announcement of await store.takeUnspread(tx)) {
    const edition = announcement.edition_id === null ? null : await getEdition(tx, announcement.edition_id)
    const number = edition?.number ?? null
    const notices =
      edition === null || number === null
        ? (await listInForce(tx)).map((one) => ({ ...one, before: null }))
        : await whoIsPromisedLess(tx, documentOf(tx, edition), number)
    if (notices.length === 0) {
      await store.dropAnnouncement(tx, announcement.id)
      continue
    }
    await store.addNotices(
      tx,
      announcement.id,
      notices.map(({ contract, customer, before }) => ({
        contractId: contract.id,
        before,
        days: periodOf(announcement.kind, contract),
        byMail: mailIsSet && customer.contact_email !== null,
      })),
    )
    await store.markSpread(tx, announcement.id, number)
    await told(tx, announcement, number, notices.length)
  }
}

async function told(
  tx: TenantContext,
  { id, kind, title, body, effective_on: effectiveOn }: AnnouncementRow,
  edition: number | null,
  count: number,
): Promise<void> {
  await tx.append({
    type: 'announcement.made',
    about: { kind: 'announcement', id },
    code: kind,
    content: { content: { title, body, edition, effectiveOn, count } },
    ...(kind === 'measures' ? { by: 'system' as const } : {}),
  })
}

/**
 * The agreements whose customers are promised less, or something else, than the edition they were told of last, or else agreed to.
 * Compared once for each such edition, whoever agreed to it.
 */
async function whoIsPromisedLess(tx: TenantContext, after: EditionDocument, number: number) {
  const known = await store.listTold(tx)
  const concerned = (await listInForce(tx)).flatMap((one) => {
    const before = Math.max(known.get(one.contract.id) ?? 0, one.contract.edition ?? 0)
    return one.contract.edition === null || before >= number ? [] : [{ ...one, before }]
  })
  const found = []
  for (const [before, all] of Map.groupBy(concerned, (one) => one.before)) {
    const row = await findNumber(tx, before)
    if (row && changesFor(documentOf(tx, row), after).length > 0) found.push(...all)
  }
  return found
}

/** What a customer loses, or gets instead, from one edition to another: as customers may read both. */
export function changesFor(before: EditionDocument, after: EditionDocument): Change[] {
  return comparePromises(editionFor('customers', before), editionFor('customers', after)).changes.filter(
    ({ decision }) => decision === 'needed',
  )
}
