/**
 * Rooms: one edition shown to invited guests until a time, with its proofs, their questions and the tenant's answers.
 *
 * - A guest is no member: every operation that is not a room's answers as if the tenant were not there, and of rooms only
 *   the own one is found.
 * - What a guest reads is the edition as its audience may see it, and never a draft.
 * - A room ends by itself; then its guests are told so and see nothing more.
 * - Who asked and answered stands in the ledger; what was said lies beside it and can be taken back.
 *
 * Source: Art. 28(3)(h) GDPR (audits by the controller or an auditor mandated by the controller).
 */
export { roomOperations } from './operations.ts'
export type { RoomDependencies } from './operations.ts'
export { closeRooms } from './room.ts'
export { isRoom } from './store.ts'
