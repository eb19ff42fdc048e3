/**
 * Contracts: customers as controllers, the agreements with them, and what happens under these.
 *
 * - How an agreement stands follows from its days; what a signatory confirmed holds for what it was, and is said anew after a change.
 * - What happens (an instruction, a request passed on, an audit, more than the default, the return or deletion at the end) is a
 *   chain of records that are never changed, each with a leaf; what may come next is data (`matter.ts`).
 * - An agreement that ends or expires is told once; measures that rest on it lapse by their own window.
 * - Editions are named by number: which are published, and what they promise, is known further right.
 * - Customers' contacts are for who reads the ledger, not for every member; of data subjects nothing is kept but the kind of request.
 *
 * Sources: Art. 28(3)(a), (e), (g), (h), 28(10), 30(2)(a) and 33(2) GDPR.
 */
import type { TenantContext } from '../evidence/index.ts'
import { contractOperations as ownOperations } from './contract-operations.ts'
import { customerOperations } from './customer-operations.ts'
import { followCustomers } from './follow.ts'
import { attendMatters } from './happen.ts'
import { matterOperations } from './matter-operations.ts'
import type { IsRoom } from './matter-operations.ts'
import { attendContracts } from './terms.ts'
import type { IsPublished } from './terms.ts'

export { announcementKinds, noticeStates, outcomes, periodOf } from './contract.ts'
export type { AnnouncementKind } from './contract.ts'
export { agreementErrors, announcementErrors, contractErrors } from './errors.ts'
export { listNoticeDays } from './follow.ts'
export { openMatter, stepMatter } from './happen.ts'
export { countInForce } from './list.ts'
export { agreeTo, listAgreed, listInForce } from './look.ts'
export { getContract, getCustomer, listCustomers } from './store.ts'
export { Day, Line, Lines } from './text.ts'

/** What operations on customers and agreements need of the rest of the server. */
export interface ContractDependencies {
  /** Whether an edition of this number is published. */
  readonly isPublished: IsPublished
  /** Whether there is an audit room of this id. */
  readonly isRoom: IsRoom
}

/** Everything that can be done with customers, agreements and what happens under them. */
export function contractOperations(dependencies: ContractDependencies) {
  return [...customerOperations(dependencies), ...ownOperations(dependencies), ...matterOperations(dependencies)]
}

/** The queue in which agreements and what is due under them are attended to, in every tenant. */
export const contractQueue = 'contract.attend'

/** Each day, after midnight everywhere in Europe and before the letters of the day leave. */
export const contractTime = '23 3 * * *'

/** Tells what ends or is due, once. Any number of times, by any number of processes. */
export async function attendCustomers(tx: TenantContext): Promise<void> {
  await followCustomers(tx)
  await attendContracts(tx)
  await attendMatters(tx)
}
