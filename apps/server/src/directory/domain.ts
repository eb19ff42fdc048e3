import type { Pool } from 'pg'
import { directoryErrors } from './errors.ts'

/** Mail domains that the operator allowed to tenants: who may bring people with which addresses, and whose sign-in a domain means. */
export interface Domains {
  list(): Promise<{ domain: string; tenantId: string }[]>
  of(tenantId: string): Promise<string[]>
  /** The tenant that a domain belongs to. */
  find(domain: string): Promise<string | undefined>
  /** Whether the tenant may bring people with this address. */
  allows(tenantId: string, email: string): Promise<boolean>
  /** @throws {directory.domain_taken} */
  allow(tenantId: string, domain: string): Promise<void>
  withdraw(domain: string): Promise<void>
}

/** Opens the list in the control database. */
export function openDomains(pool: Pool, now: () => Date): Domains {
  async function find(domain: string): Promise<string | undefined> {
    const { rows } = await pool.query<{ tenant_id: string }>('select tenant_id from tenant_domain where domain = $1', [
      domain.toLowerCase(),
    ])
    return rows[0]?.tenant_id
  }

  return {
    find,
    async list() {
      const { rows } = await pool.query<{ domain: string; tenant_id: string }>(
        'select domain, tenant_id from tenant_domain order by domain',
      )
      return rows.map(({ domain, tenant_id: tenantId }) => ({ domain, tenantId }))
    },
    async of(tenantId) {
      const { rows } = await pool.query<{ domain: string }>(
        'select domain from tenant_domain where tenant_id = $1 order by domain',
        [tenantId],
      )
      return rows.map(({ domain }) => domain)
    },
    allows: async (tenantId, email) => (await find(domainOf(email))) === tenantId,
    async allow(tenantId, domain) {
      await pool.query(
        'insert into tenant_domain (domain, tenant_id, since) values ($1, $2, $3) on conflict do nothing',
        [domain.toLowerCase(), tenantId, now()],
      )
      if ((await find(domain)) !== tenantId) throw directoryErrors.domain_taken()
    },
    async withdraw(domain) {
      await pool.query('delete from tenant_domain where domain = $1', [domain.toLowerCase()])
    },
  }
}

/** The part behind the last at sign. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}
