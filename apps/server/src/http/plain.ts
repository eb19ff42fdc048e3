/** What a process without a database may have of HTTP: who asks, how often, and how much at once. */
export { openGate, usualCapacity } from './gate.ts'
export { incomingOf } from './incoming.ts'
export { openLimiter, usualLimits } from './limits.ts'
export { clientAddress, groupOf, trustedProxies } from './peer.ts'
