import type { TenantContext } from '../evidence/index.ts'
import { personErrors } from './errors.ts'
import * as store from './store.ts'

/** Says on which day somebody leaves, or that they stay after all. @throws {person.not_found} */
export async function leaveOn(tx: TenantContext, personId: string, day: string | null): Promise<void> {
  const before = await store.findPerson(tx, personId)
  if (!before) throw personErrors.not_found()
  await store.savePerson(tx, { ...before, left_on: day })
  await tx.append({
    type: day === null ? 'person.changed' : 'person.left',
    about: { kind: 'person', id: personId },
    content: { before: { leftOn: before.left_on }, after: { leftOn: day } },
  })
}
