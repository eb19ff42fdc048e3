/**
 * People: who works here, what they signed and learned, what was handed to them, and whose accounts are.
 *
 * - There is one record of a person, whether they are a member here or not. Whoever is linked to it sees all of it.
 * - Names and addresses lie in their row alone; the ledger and what lies beside it hold random ids, days and areas.
 * - A figure such as “12 of 12” is counted from records; a signatory signs it off, and what expires or is missing unmakes it.
 * - Answers of a quiz are known to the server alone; a try is answered once, by whom it was asked.
 * - An account is matched by a person, never by art32: it proposes, from what facts have, and says why.
 * - Whoever a pseudonym stands for is told to those who must act, and that it was told is recorded.
 *
 * Sources: Art. 5(1)(c) and (d), 15, 17, 24, 28(3)(b), 29, 32(4) and 39(1)(b) GDPR; § 26 BDSG; § 87(1) no. 6 BetrVG;
 * ISO/IEC 27001:2022 A.5.11, A.5.16, A.5.18, A.6.3, A.6.5 and A.6.6.
 */
import type { HistoryDependencies } from '../evidence/index.ts'
import { checklistOperations } from './checklist-operations.ts'
import { itemOperations } from './item-operations.ts'
import { personOperations as accountOperations } from './operations.ts'
import { recordOperations } from './record-operations.ts'
import { staffOperations } from './staff-operations.ts'
import { trainingOperations } from './training-operations.ts'

export { leaveOn } from './leave.ts'
export { lockRecords } from './record-store.ts'
export { personErrors } from './errors.ts'
export { findPerson, listHolders, listPeople, saveHolder, savePerson } from './store.ts'
export type { PersonRow } from './store.ts'
export { attendPeople, personQueue, personTime, whoseRecord } from './remind.ts'

/** Everything that can be done with people, their records and the holders of accounts. */
export function personOperations(dependencies: HistoryDependencies) {
  return [
    ...accountOperations(),
    ...recordOperations(dependencies),
    ...staffOperations(),
    ...trainingOperations(),
    ...checklistOperations(dependencies),
    ...itemOperations(),
  ]
}
