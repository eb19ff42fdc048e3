/**
 * Systems: what can be looked at - hosts, endpoints, databases, repositories, the installation itself.
 *
 * - A system has one name in its tenant; connections say how to look at it.
 * - A system belongs to exactly one environment; moving it is a recorded change with a reason.
 * - Its random id is what ledgers and outcomes carry, never its name or address.
 *
 * Source: Art. 32(1) GDPR speaks of systems and services of the processing; the SDM asks to name them.
 */
export { getDiscovered, keepDiscovered, listDiscovered, settleDiscovered } from './discovered.ts'
export type { DiscoveredRow } from './discovered.ts'
export {
  countSystems,
  ensureSystem,
  environments,
  listSystems,
  moveSystem,
  renameSystem,
  systemErrors,
  systemOperations,
} from './system.ts'
export type { Environment } from './system.ts'
