/**
 * A certificate of art32's own by ACME (RFC 8555): account, order, proof at port 80, renewal.
 *
 * - What is served is one file; nothing but a judged certificate takes its place, in one step.
 * - An authority is foreign: each answer is bounded in time and size, no redirect is followed, none of its words is kept.
 * - However it fails, it is asked six times a day at most, and not before it said.
 */
export { isMakeshift } from './certificate.ts'
export { acmeFailures } from './failure.ts'
export { readState } from './keep.ts'
export { openOwnAcme } from './own.ts'
export { prepareServed } from './renewal.ts'
export type { AcmeTimes } from './renewal.ts'
