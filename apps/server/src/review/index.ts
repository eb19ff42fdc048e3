/**
 * Reviews of access: whose accounts are still right, over all connections, and whether those of people who left are closed.
 *
 * - What a look saw is open, disabled or gone; gone only where it saw everybody. What nobody could look at is none of them.
 * - Whoever leaves loses the membership here at once, where an owner says so, and with it sessions and tokens.
 * - An account that is seen open again is open, whatever was proven before.
 * - Where a vendor tells of no accounts, a person says by name that one is gone; that is confirmed and never proven.
 * - A directory proposes who left, and decides nothing.
 *
 * Sources: Art. 32(1)(b), (d) and 32(4) GDPR; ISO/IEC 27001:2022 A.5.11, A.5.18 and A.6.5; BSI ORP.2 and ORP.4.
 */
import { leavingOperations } from './leaving-operations.ts'
import type { OwnDependencies } from './own.ts'
import { accessReviewOperations } from './review-operations.ts'

export { listAskedAccounts } from './review-store.ts'
export { leavingQueue, openLeavers } from './leaving.ts'
export type { Leavers, LeavingJob } from './leaving.ts'

/** Everything that can be done with people who leave, and with reviews of access. */
export function reviewOperations(dependencies: OwnDependencies) {
  return [...leavingOperations(), ...accessReviewOperations(dependencies)]
}
