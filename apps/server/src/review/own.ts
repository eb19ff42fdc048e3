import type { Tokens } from '../access/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import type { LineStart } from './review-store.ts'

/** What art32's own accounts need of the rest of the server. */
export interface OwnDependencies {
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
  readonly tokens: Pick<Tokens, 'list'>
}

/** An account of art32 itself in this tenant: a member, a token, a guest of a room. */
export type OwnAccount = Pick<LineStart, 'account' | 'holder' | 'is_admin' | 'rights' | 'used_at' | 'seen_at'>

/** Everybody and everything that may enter this tenant. */
export async function ownAccounts(tx: TenantContext, { accountsById, tokens }: OwnDependencies): Promise<OwnAccount[]> {
  const members = await tx.sql.query<{ account_id: string; role: string }>(
    'select account_id, role from membership order by account_id',
  )
  const guests = await tx.sql.query<{ account_id: string }>('select distinct account_id from guest order by account_id')
  const issued = await tokens.list({ tenantId: tx.tenant.id })
  const names = await accountsById([
    ...new Set([...members.rows, ...guests.rows].map((row) => row.account_id)),
    ...issued.map(({ accountId }) => accountId),
  ])
  const nameOf = (id: string) => names.get(id)?.name ?? null
  return [
    ...members.rows.map(({ account_id: id, role }) => ({
      account: `member ${id}`,
      holder: nameOf(id),
      is_admin: role === 'owner',
      rights: [role],
      used_at: null,
      seen_at: tx.now,
    })),
    ...issued.map(({ id, accountId, permissions, lastUse }) => ({
      account: `token ${id}`,
      holder: nameOf(accountId),
      is_admin: permissions.includes('access:write'),
      rights: [...permissions],
      used_at: lastUse,
      seen_at: tx.now,
    })),
    ...guests.rows.map(({ account_id: id }) => ({
      account: `guest ${id}`,
      holder: nameOf(id),
      is_admin: false,
      rights: ['guest'],
      used_at: null,
      seen_at: tx.now,
    })),
  ]
}
