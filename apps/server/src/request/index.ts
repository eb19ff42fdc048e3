/**
 * Requests of data subjects: what somebody asks for, by when they get an answer, what was looked for, and what was said.
 *
 * - Whoever asks needs no account. They get a link of 32 random bytes, kept as a hash; it reads, answers and takes the data.
 * - The period is counted in days of the calendar, by month; it waits only while somebody was asked who they are.
 * - Where we process for a customer, the request is passed on under the agreement, and the customer answers.
 * - Stores to look in come from `privacy/fields.ts`: there is no second list. What could not be looked at is never "nothing".
 * - What is handed out is frozen on the day of the answer, handed out by the link until it ends, and each taking is in the ledger.
 * - “In time 11 of 12” counts what was decided, or is overdue; one that is overdue fails the measure.
 *
 * Sources: Art. 7(3), 11, 12, 15 to 22, 28(3)(e), 77 and 79 GDPR; Regulation (EEC, Euratom) 1182/71; EDPB Guidelines 01/2022.
 */
import { answerOperations } from './answer.ts'
import type { AnswerDependencies } from './answer.ts'
import { intakeOperations } from './operations.ts'
import type { IntakeDependencies } from './operations.ts'

export {
  addFromPerson,
  askFromOutside,
  isFormOpen as isRequestFormOpen,
  openLink as openRequestLink,
} from './intake.ts'
export type { TakenRequest } from './intake.ts'
export { Asking as RequestAsking } from './asking.ts'
export type { Activity as RequestActivity } from './letters.ts'
export { notePackageTaken, packageOf } from './package.ts'
export {
  clockFor as clockOfRequest,
  isClosed as isRequestClosed,
  kinds as requestKinds,
  shownState,
} from './request.ts'
export { requestLetterQueue, sendRequestLetter } from './send.ts'
export type { RequestLetterJob } from './send.ts'
export { attendRequests, ownerOfRequest, requestQueue, requestTime } from './stand.ts'
export { listEntries as listRequestEntries, listLetters as listRequestLetters } from './store.ts'
export type { RequestRow } from './store.ts'
export { findPackage as findRequestPackage } from './store-search.ts'
export { phrases as requestPhrases } from './words.ts'

/** What operations on requests need of the rest of the server. */
export type RequestDependencies = IntakeDependencies & AnswerDependencies

/** Everything that can be done with requests of data subjects. */
export function requestOperations(dependencies: RequestDependencies) {
  return [...intakeOperations(dependencies), ...answerOperations(dependencies)]
}
