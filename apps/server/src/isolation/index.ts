/**
 * The live proof that tenants are kept apart: as one tenant, every way to another is really tried.
 *
 * - Whatever is tried is undone at once and leaves no trace; what is answered is not kept.
 * - Refused, got through, and could not look are three different things.
 * - With many tenants some have their turn in each look, the longest waiting first; what was not tried is said.
 *
 * Source: Art. 32(1)(b), (d) GDPR.
 */
export { crossByApi } from './api.ts'
export type { Api } from './api.ts'
export { crossByDatabase } from './database.ts'
export { takeTurns } from './turns.ts'
export type { Round, Turn } from './turns.ts'
