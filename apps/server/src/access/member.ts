import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { permissions, permissionsOf, roles } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import type { Registry } from '../tenant/index.ts'
import { accessErrors } from './errors.ts'

/** What members need of the rest of the server. */
export interface MemberDependencies {
  readonly registry: Registry
  /** Names and addresses of accounts; unknown ones are missing. */
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
  /** Ends every session of an account at once. */
  readonly endSessions: (accountId: string) => Promise<void>
  /** Ends those sessions of an account that a tenant's provider opened. */
  readonly endSessionsThrough: (accountId: string, tenantId: string) => Promise<void>
}

/** What leaving a tenant needs of the rest of the server. */
export type LeaveDependencies = Pick<MemberDependencies, 'registry' | 'endSessions' | 'endSessionsThrough'>

/** Who is in a tenant, and what each role may do there. */
export function memberOperations({ accountsById, ...leaving }: MemberDependencies) {
  return [
    tenantOperation({
      id: 'access.list',
      summary: 'Lists the members of the tenant with their roles, and what each role may do',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        members: z.array(
          z.object({
            accountId: z.uuid(),
            name: z.string(),
            email: z.string(),
            role: z.enum(roles),
            since: z.iso.datetime(),
          }),
        ),
        /** The authorisation concept: the very table by which the server decides. */
        roles: z.array(z.object({ role: z.enum(roles), permissions: z.array(z.enum(permissions)) })),
      }),
      async run(_, { sql }) {
        const { rows } = await sql.query<{ account_id: string; role: (typeof roles)[number]; since: Date }>(
          'select account_id, role, since from membership order by since',
        )
        const known = await accountsById(rows.map((row) => row.account_id))
        return {
          members: rows.flatMap(({ account_id: accountId, role, since }) => {
            const account = known.get(accountId)
            return account ? [{ accountId, ...account, role, since: since.toISOString() }] : []
          }),
          roles: roles.map((role) => ({ role, permissions: [...permissionsOf(role)] })),
        }
      },
    }),
    tenantOperation({
      id: 'access.change',
      summary: "Changes a member's role; the last owner stays one",
      needs: 'access:write',
      changes: true,
      stepUp: true,
      input: z.object({ accountId: z.uuid(), role: z.enum(roles) }),
      output: z.object({}),
      refuses: [accessErrors.not_member, accessErrors.last_owner, accessErrors.owner_no_more],
      async run({ accountId, role }, context) {
        await changeRole(context, accountId, role)
        await leaving.registry.showRole(context.tenant.id, accountId, role)
        return {}
      },
    }),
    tenantOperation({
      id: 'access.remove',
      summary: 'Removes a member at once; without a tenant left, their sessions end too',
      needs: 'access:write',
      changes: true,
      stepUp: true,
      input: z.object({ accountId: z.uuid() }),
      output: z.object({}),
      refuses: [accessErrors.not_member, accessErrors.last_owner, accessErrors.owner_no_more],
      async run({ accountId }, context) {
        await leave(context, accountId, leaving)
        return {}
      },
    }),
  ]
}

/** Makes an account a member; whoever is one already keeps the role. The caller opens the tenant in the registry after the commit. */
export async function enter({ sql, append, now }: TenantContext, accountId: string, role: Role): Promise<Role> {
  const { rows } = await sql.query(
    'insert into membership (account_id, role, since) values ($1, $2, $3) on conflict (account_id) do nothing returning role',
    [accountId, role, now],
  )
  if (rows.length > 0)
    await append({ type: 'access.granted', about: { kind: 'account', id: accountId }, content: { after: { role } } })
  const kept = await sql.query<{ role: Role }>('select role from membership where account_id = $1', [accountId])
  return kept.rows[0]?.role ?? role
}

/** Gives a member another role. @throws {access.not_member | access.last_owner | access.owner_no_more} */
export async function changeRole(context: TenantContext, accountId: string, role: Role): Promise<void> {
  const before = await holdMember(context, accountId, role === 'owner')
  if (before === role) return
  await context.sql.query('update membership set role = $2 where account_id = $1', [accountId, role])
  await context.append({
    type: 'access.changed',
    about: { kind: 'account', id: accountId },
    content: { before: { role: before }, after: { role } },
  })
}

/**
 * Ends everything that an account has in a tenant: what the page and the directory call alike.
 *
 * @throws {access.not_member | access.last_owner | access.owner_no_more}
 */
export async function leave(
  context: TenantContext,
  accountId: string,
  { registry, endSessions, endSessionsThrough }: LeaveDependencies,
): Promise<void> {
  const role = await holdMember(context, accountId, false)
  await context.sql.query('delete from membership where account_id = $1', [accountId])
  await context.append({
    type: 'access.revoked',
    about: { kind: 'account', id: accountId },
    content: { before: { role } },
  })
  // Before the commit: should it fail, the person is already shut out, and removing them again completes it.
  const left = await registry.revoke(context.tenant.id, accountId)
  await (left === 0 ? endSessions(accountId) : endSessionsThrough(accountId, context.tenant.id))
}

/**
 * A member's role, held until the transaction ends. All owners are locked in one order: of two who remove each other
 * one waits, and is then no owner any more.
 */
async function holdMember({ sql, caller }: TenantContext, accountId: string, staysOwner: boolean): Promise<Role> {
  const { rows: owners } = await sql.query<{ account_id: string }>(
    `select account_id from membership where role = 'owner' order by account_id for update`,
  )
  const isOwner = (id: string | null) => owners.some((row) => row.account_id === id)
  if (caller.kind === 'user' && !isOwner(caller.accountId)) throw accessErrors.owner_no_more()
  const { rows } = await sql.query<{ role: Role }>('select role from membership where account_id = $1 for update', [
    accountId,
  ])
  const role = rows[0]?.role
  if (!role) throw accessErrors.not_member()
  if (role === 'owner' && !staysOwner && owners.length === 1) throw accessErrors.last_owner()
  return role
}
