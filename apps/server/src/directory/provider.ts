import { open, seal } from '../platform/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { roles } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import type { Provider } from './openid.ts'

/** Who must come by the tenant's provider. */
export const demands = ['nobody', 'all-but-owners', 'all'] as const
export type Demand = (typeof demands)[number]

/** A tenant's provider without its secret. */
export interface ProviderRow {
  readonly id: string
  readonly issuer: string
  readonly client_id: string
  readonly client_secret: Buffer
  readonly join_role: Role | null
  readonly demand: Demand
  /** What the provider must say for a sign-in to count as two factors; null: it never does. */
  readonly factor: string | null
}

/** Which role a group of the directory gives. */
export interface GroupRole {
  readonly group: string
  readonly role: Role
}

export async function findProvider({ sql }: TenantContext): Promise<ProviderRow | undefined> {
  const { rows } = await sql.query<ProviderRow>(
    'select id, issuer, client_id, client_secret, join_role, demand, factor from sign_in_provider',
  )
  return rows[0]
}

/** The provider with its secret opened. */
export function openProvider({ tenant, dataKey }: TenantContext, row: ProviderRow, mayBeLocal: boolean): Provider {
  return {
    issuer: row.issuer,
    clientId: row.client_id,
    clientSecret: open(dataKey, place(tenant.id, row.id), row.client_secret).toString('utf8'),
    factor: row.factor,
    mayBeLocal,
  }
}

export function sealSecret({ tenant, dataKey }: TenantContext, id: string, secret: string): Buffer {
  return seal(dataKey, place(tenant.id, id), Buffer.from(secret, 'utf8'))
}

function place(tenantId: string, id: string): string {
  return `tenant:${tenantId}/provider:${id}/client_secret`
}

export async function listGroupRoles({ sql }: TenantContext): Promise<GroupRole[]> {
  const { rows } = await sql.query<GroupRole>(
    'select group_name as "group", role from directory_role order by group_name',
  )
  return rows
}

/** The strongest role that these groups give; undefined where none gives any. */
export function roleOf(groups: readonly string[], table: readonly GroupRole[]): Role | undefined {
  return roles.find((role) => table.some((row) => row.role === role && groups.includes(row.group)))
}
