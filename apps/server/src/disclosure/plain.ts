/** What a process without a database may know of this module: what its public form takes. */
export { Asking } from './asking.ts'
