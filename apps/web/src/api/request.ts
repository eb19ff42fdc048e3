import type { Operation } from './api.ts'

const installation: ReadonlySet<Operation> = new Set([
  'account.whoami',
  'account.setup',
  'account.sessions',
  'account.end_session',
  'account.end_others',
  'account.rename',
  'account.change_password',
  'certificate.list',
  'certificate.add',
  'certificate.remove',
  'token.list',
  'token.create',
  'token.revoke',
  'account.factors',
  'account.confirm',
  'account.begin_totp',
  'account.confirm_totp',
  'account.remove_totp',
  'account.renew_recovery_codes',
  'account.begin_passkey',
  'account.add_passkey',
  'account.rename_passkey',
  'account.remove_passkey',
  'account.request_reset',
  'account.reset',
  'account.change_email',
  'account.confirm_email',
  'account.leaving',
  'account.delete',
  'notice.show',
  'retention.show',
  'retention.run_now',
  'tenant.create',
  'invitation.show',
  'invitation.accept',
  'overview.list',
  'tenant.list',
  'tenant.rename',
  'tenant.require_factor',
  'tenant.suspend',
  'tenant.resume',
  'tenant.delete',
  'domain.list',
  'domain.allow',
  'domain.withdraw',
  'notification.unsubscribe',
  'mail.show',
  'mail.test',
  'grant.request',
  'keys.show',
  'keys.rotate',
  'keys.rotate_tenant',
])

const reading: ReadonlySet<string> = new Set([
  'whoami',
  'sessions',
  'factors',
  'leaving',
  'show',
  'list',
  'history',
  'facts',
  'entries',
  'tokens',
  'own',
  'concept',
  'proof',
])

/** Whether an operation only reads: then it is a GET with its input in the query. */
export function reads(operation: Operation): boolean {
  return reading.has(operation.slice(operation.indexOf('.') + 1))
}

/**
 * The address of an operation, with the query of one that reads.
 *
 * @param tenant  slug of the tenant; ignored by operations of the installation
 * @throws Error for an operation of a tenant without one
 */
export function addressOf(
  operation: Operation,
  tenant: string | null,
  input: Readonly<Record<string, unknown>>,
): string {
  const query = reads(operation) ? queryOf(input) : ''
  if (installation.has(operation)) return `/api/${operation.replace('.', '/')}${query}`
  if (tenant === null) throw new Error(`${operation} needs a tenant`)
  return `${tenantAddress(tenant, operation)}${query}`
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
