/**
 * Connections: a tenant's configured use of a connector on a system.
 *
 * - Settings may hold credentials: they are sealed with the tenant's key at the connection's own place, and never come out.
 * - A connection belongs to the environment of its system; no target and no password serves two.
 * - Each connection has a rhythm; the next look waits in the queue, so nothing polls.
 * - art32's own machine can be looked at only from the installation's own tenant.
 *
 * Source: Art. 32(1)(d) GDPR, a process for regularly testing the measures.
 */
export { connect, lacksSettings, lookQueue, nextLook, schedule, sendsItself, targetOf } from './connection.ts'
export type { Look } from './connection.ts'
export { connectionErrors } from './errors.ts'
export { connectionOperations } from './operations.ts'
export {
  find as findConnection,
  get as getConnection,
  isConnected,
  list as listConnections,
  listByIds as listConnectionsById,
} from './store.ts'
export type { ConnectionRow } from './store.ts'
export type { Wanted } from './connection.ts'
