/**
 * Placement: on which database server a tenant lies, and moving it to another one while everybody works.
 *
 * - The registry says where a tenant lies, and is asked for each transaction: no process remembers it.
 * - While a tenant is copied its old database is read-only by its own setting, so no process can write what would be lost.
 * - The copy counts only after its rows, hashes and ledger root are those of the original; one transaction of the control
 *   database switches over. Before it the old copy counts, after it the new one: a kill leaves the tenant whole on one side.
 * - What a kill or an absent server left is taken back or finished by the next start. The instance log keeps both ends.
 *
 * Source: design decision 0072.
 */
export { openMoves } from './moves.ts'
export type { MoveStep, Moves } from './moves.ts'
export { placementOperations } from './operations.ts'
export type { PlacementDependencies } from './operations.ts'
