/**
 * The kernel: the few ideas every module of the server shares, and nothing with an effect.
 *
 * - an error is a row of a table with a code from a closed list, in one of three families (refusal, outage, bug);
 * - an operation is data with one function; adapters loop over operations;
 * - a role carries permissions, by one table.
 *
 * Sources: RFC 9457 (problem details), Art. 38(6) GDPR (the data protection officer neither owns nor signs).
 */
export { AppError, bug, defineErrors } from './error.ts'
export { operationsFor } from './operation.ts'
export type { AnyOperation, Download, Filter, Inspecting, Upload } from './operation.ts'
export { grantScopes, permissions, permissionsOf, permissionsOfGrant, roles, standings } from './permission.ts'
export type { GrantScope, Permission, Role, Standing } from './permission.ts'
export { addDuration } from './duration.ts'
export { cleanText } from './text.ts'
