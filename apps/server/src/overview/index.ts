/**
 * Overview: how all the tenants of one person stand, for whoever looks after many.
 *
 * - It reads a declared, minimal projection in the control database: counts and days, no names and no text. Everything else
 *   stays in the tenants' own databases.
 * - The projection is counted anew after each change, when time alone changes it, and once a day in any case; losing it
 *   loses nothing.
 * - A report on one tenant is read from that tenant's own database, by whoever may enter it, at the moment it is asked for.
 *
 * Source: Art. 39(1)(b) GDPR (the data protection officer monitors compliance), Art. 5(1)(c) (no more than needed).
 */
export { overviewOperations } from './operations.ts'
export type { OverviewDependencies } from './operations.ts'
export { openOverview } from './overview.ts'
export type { Overview } from './overview.ts'
export { reportOperations } from './reports.ts'
export type { ReportDependencies } from './reports.ts'
