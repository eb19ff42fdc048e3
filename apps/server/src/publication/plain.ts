/** What a process without a database may know of this module: how a submission is packed. */
export { pack, takenForms, tokenMark } from './envelope.ts'
export type { TakenForm } from './envelope.ts'
