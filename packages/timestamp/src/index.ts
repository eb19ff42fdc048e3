/**
 * Time stamps (RFC 3161), purely: the request that goes to an authority, and the judgement of what it answered. Runs on a server and in a
 * browser; structures and chains of certificates are the library's, PKI.js.
 *
 * A token is believed only if it is of exactly this text, signed by a certificate whose one purpose is time stamping, which leads
 * to a root that the caller named and was valid at the time in the token. What is kept is its normal form: the signed
 * parts and nothing else, so that a changed byte anywhere makes it another one.
 *
 * @module
 */
export { aheadOf, clockBoundMs } from './apart.ts'
export type { Asked } from './apart.ts'
export type { Stamp, StampCheck } from './stamp.ts'
export { readStamp } from './stamp.ts'
export type { StampProblem } from './problem.ts'
export { StampError, stampProblems } from './problem.ts'
export { formatRoot, readRoots } from './root.ts'
export type { Root } from './root.ts'
export { stampRequest } from './request.ts'
