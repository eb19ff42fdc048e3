/**
 * Tenants: the organisations that use this installation, and where each one lies.
 *
 * - Each tenant has its own database and its own login role; nothing of one can even be named from a connection of another.
 * - Its data key is wrapped by the master key, its ledger key sealed under the data key; a value moved elsewhere does not open.
 * - The registry holds no tenant content; creating and deleting are events of the instance log, written by trigger.
 * - Another tenant's id is not found, never forbidden.
 *
 * Source: Art. 32(1)(b) GDPR (separation); design decisions in docs/decisions.
 */
export { tenantErrors } from './errors.ts'
export { backupKeyPlace, openRegistry } from './registry.ts'
export type { ClosingTenant, LogSigner, OpenTenant, Place, Registry } from './registry.ts'
export { storedTenants } from './store.ts'
export type { StoredTenant } from './store.ts'
export { TenantName, homeSlug, logNumber, mayEnter } from './tenant.ts'
export type { Tenant } from './tenant.ts'
