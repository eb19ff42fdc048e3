import type { Operation } from './api.ts'

const reading: ReadonlySet<string> = new Set([
  'whoami',
  'sessions',
  'factors',
  'leaving',
  'show',
  'list',
  'mine',
  'templates',
  'history',
  'facts',
  'entries',
  'tokens',
  'own',
  'concept',
  'proof',
  'certificate',
  'changes',
  'documents',
  'outdated',
  'recompute',
  'compare',
  'audit',
  'calendar',
  'propose',
  'search',
  'kinds',
  'of',
  'settings',
  'authorities',
  'questions',
  'bulletin',
  'plan_list',
  'plan_show',
  'import_list',
  'store_list',
  'job_list',
  'job_show',
])

/** Whether an operation only reads: then it is a GET with its input in the query. */
export function reads(operation: Operation): boolean {
  return reading.has(operation.slice(operation.indexOf('.') + 1))
}

/**
 * The address of an operation, with the query of one that reads.
 *
 * @param tenant  slug of the tenant; null for an operation of the installation
 */
export function addressOf(
  operation: Operation,
  tenant: string | null,
  input: Readonly<Record<string, unknown>>,
): string {
  const query = reads(operation) ? queryOf(input) : ''
  const address = tenant === null ? `/api/${operation.replace('.', '/')}` : tenantAddress(tenant, operation)
  return `${address}${query}`
}

/** The address of everything that is stored about the own account, to be downloaded. */
export const exportAddress = '/api/account/export'

/** The address of the privacy notice. */
export function noticeAddress(language: string): string {
  return `/privacy${queryOf({ language })}`
}

/** The address of the certificate of a deletion, to be downloaded. */
export function certificateAddress(tenantId: string): string {
  return `/api/tenant/certificate${queryOf({ tenantId })}`
}

/** The address of the reports of all tenants, to be downloaded. */
export function reportsAddress(language: string): string {
  return `/api/overview/reports${queryOf({ language })}`
}

/** The address of a tenant's operation that is no plain call: an upload, a download or a stream. */
export function tenantAddress(tenant: string, operation: string, query: Readonly<Record<string, string>> = {}): string {
  return `/api/tenants/${encodeURIComponent(tenant)}/${operation.replace('.', '/')}${queryOf(query)}`
}

function queryOf(input: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === 'string' || typeof value === 'number') query.set(name, String(value))
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
