/**
 * HTTP: one adapter over all operations, the OpenAPI document, and the files of the workplace.
 *
 * - Who calls and what their role allows is decided in the handler of the operation, never by a path prefix.
 * - Forwarded addresses and certificates count from configured proxies only; every caller has a limit.
 * - What is more than the server can bear is sent away at the gate, before anything is done for it.
 * - A change needs the same origin; unknown fields are refused; bodies are bounded before they are held.
 * - Errors are problem details with a code from a closed list; a bug is opaque outside and has a trace inside.
 *
 * Sources: RFC 9457, OpenAPI 3.1, OWASP ASVS 5.0 V3, V4.
 */
export { createApp } from './app.ts'
export { openGate, usualCapacity } from './gate.ts'
export type { Capacity } from './gate.ts'
export { incomingOf } from './incoming.ts'
export { openInside } from './inside.ts'
export { openSiteFront } from './site.ts'
export { webFiles } from './files.ts'
export { answerHealth } from './health.ts'
export { answerMetrics } from './metrics.ts'
export { methodOf, pathOf } from './openapi.ts'
export { whoSends } from './caller.ts'
export { openLimiter, usualLimits } from './limits.ts'
export type { Limits } from './limits.ts'
export { trustedProxies } from './peer.ts'
export { toTls } from './redirect.ts'
export { openReadiness } from './readiness.ts'
