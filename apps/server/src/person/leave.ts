import type { TenantContext } from '../evidence/index.ts'
import { personErrors } from './errors.ts'
import { settle } from './keep.ts'
import * as store from './store.ts'
import type { PersonRow } from './store.ts'

/**
 * Says on which day somebody leaves, or that they stay after all. Whoever calls it holds the records.
 *
 * @throws {person.not_found | bad_days}
 */
export async function leaveOn(tx: TenantContext, personId: string, day: string | null): Promise<void> {
  const before = await store.findPerson(tx, personId)
  if (!before) throw personErrors.not_found()
  if (day !== null && before.joined_on !== null && day < before.joined_on) throw personErrors.bad_days()
  await writeLastDay(tx, before, day)
  await settle(tx)
}

/**
 * The one place where a last day is written. Whoever looks after accounts hears of it and lets the leaving begin.
 *
 * @param imported many at once: their accounts are looked after together, when all are there
 */
export async function writeLastDay(
  tx: TenantContext,
  before: PersonRow,
  day: string | null,
  imported = false,
): Promise<void> {
  await store.savePerson(tx, { ...before, left_on: day })
  await tx.append({
    type: day === null ? 'person.changed' : 'person.left',
    about: { kind: 'person', id: before.id },
    ...(imported ? { code: 'imported' } : {}),
    content: { before: { leftOn: before.left_on }, after: { leftOn: day } },
  })
}
