/**
 * People: whose accounts are, where a vendor gives no mail address.
 *
 * - An account is matched by a person, never by art32: it proposes, from what facts have, and says why.
 * - A record of a person is small: a name, and as far as wanted a mail address, a position and the last day.
 * - Names and addresses lie in their row alone; the ledger and what lies beside it hold random ids.
 * - Whoever a pseudonym stands for is told to those who must act, and that it was told is recorded.
 *
 * Sources: Art. 5(1)(c) and (d), 15, 17 and 32(4) GDPR; ISO/IEC 27001:2022 A.5.16 and A.5.18.
 */
export { leaveOn } from './leave.ts'
export { personErrors } from './errors.ts'
export { personOperations } from './operations.ts'
export { findPerson, listHolders, listPeople, saveHolder, savePerson } from './store.ts'
export type { PersonRow } from './store.ts'
