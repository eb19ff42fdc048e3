import { z } from 'zod'
import { operationsFor, permissionsOf, roles } from '../kernel/index.ts'
import type { Role } from '../kernel/index.ts'
import { TenantName, homeSlug, tenantErrors } from '../tenant/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import { accessErrors } from './access-errors.ts'
import { ProvenCertificate } from './closing.ts'
import type { Closings } from './closing.ts'
import { tenantOperation } from './tenants.ts'
import type { TenantContext, Tenants } from './tenants.ts'

const permissions = [...new Set(roles.flatMap(permissionsOf))]

/** What operations on the whole installation receive. */
export interface InstallationContext {
  readonly account: { readonly id: string } | null
}

/** What access needs of the rest of the server. */
export interface AccessDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly closings: Closings
  /** Whether an account runs this installation. */
  readonly isOperator: (accountId: string) => Promise<boolean>
  /** Names and addresses of accounts; unknown ones are missing. */
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
  /** Ends every session of an account at once. */
  readonly endSessions: (accountId: string) => Promise<void>
}

const installationOperation = operationsFor<InstallationContext>('installation')
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/)

/** Who may do what: tenants and their members. */
export function accessOperations(dependencies: AccessDependencies) {
  const { registry, tenants, closings, isOperator, accountsById, endSessions } = dependencies
  /** The account, if it runs the installation. That opens the registry and no tenant's content. */
  async function operator({ account }: InstallationContext): Promise<string> {
    if (!account || !(await isOperator(account.id))) throw accessErrors.not_operator()
    return account.id
  }

  /** The account and a tenant that it may manage: as operator, or as the tenant's owner while it is not suspended. */
  async function manager(slug: string, { account }: InstallationContext): Promise<{ by: string; tenant: Tenant }> {
    if (!account) throw accessErrors.not_operator()
    if (!(await isOperator(account.id))) {
      const role = await tenants.within(slug, account, ({ caller }) => Promise.resolve(caller.role))
      if (role !== 'owner') throw accessErrors.not_owner()
    }
    return { by: account.id, tenant: (await registry.open(slug)).tenant }
  }

  /** Tells the tenant's own log of what happens to it; the instance log names who did it. */
  async function tell(
    { id }: Tenant,
    type: 'tenant.changed' | 'tenant.suspended' | 'tenant.resumed',
    change: () => Promise<void>,
    content?: Record<string, string>,
  ): Promise<void> {
    await tenants.asSystem(
      id,
      async ({ append }) => {
        await append({ type, about: { kind: 'tenant', id }, ...(content ? { content: { content } } : {}) })
        await change()
      },
      { evenSuspended: true },
    )
  }

  return [
    installationOperation({
      id: 'tenant.create',
      summary: 'Creates a tenant with a database of its own; the caller becomes its owner',
      needs: null,
      changes: true,
      input: z.object({
        name: TenantName,
        slug: Slug.optional(),
        language: z.enum(['en', 'de']),
      }),
      output: z.object({ slug: z.string() }),
      refuses: [tenantErrors.slug_taken, accessErrors.not_operator],
      async run({ name, slug, language }, context) {
        const by = await operator(context)
        const tenant = await registry.create({ name, language, ...(slug === undefined ? {} : { slug }) })
        await tenants.join(tenant.slug, by, 'owner')
        return { slug: tenant.slug }
      },
    }),
    installationOperation({
      id: 'tenant.list',
      summary: 'Lists all tenants of the installation with their state, and nothing of their content',
      needs: null,
      input: z.object({}),
      output: z.object({
        tenants: z.array(
          z.object({
            slug: z.string(),
            name: z.string(),
            state: z.enum(['ready', 'suspended']),
            since: z.iso.datetime(),
            /** The installation's own tenant, which stays. */
            isHome: z.boolean(),
          }),
        ),
        /** Deleted ones, of which the certificate is left. */
        closed: z.array(z.object({ tenantId: z.uuid(), at: z.iso.datetime() })),
      }),
      refuses: [accessErrors.not_operator],
      async run(_, context) {
        await operator(context)
        return {
          tenants: (await registry.list()).map(({ slug, name, isSuspended, since }) => ({
            slug,
            name,
            state: isSuspended ? ('suspended' as const) : ('ready' as const),
            since: since.toISOString(),
            isHome: slug === homeSlug,
          })),
          closed: (await closings.list()).map(({ tenantId, at }) => ({ tenantId, at: at.toISOString() })),
        }
      },
    }),
    installationOperation({
      id: 'tenant.rename',
      summary: 'Gives a tenant another name; its short name, and so its addresses, stay',
      needs: null,
      changes: true,
      input: z.object({ slug: Slug, name: TenantName }),
      output: z.object({}),
      refuses: [tenantErrors.not_found, tenantErrors.suspended, accessErrors.not_operator, accessErrors.not_owner],
      async run({ slug, name }, context) {
        const { by, tenant } = await manager(slug, context)
        if (name !== tenant.name)
          await tell(tenant, 'tenant.changed', () => registry.rename(tenant.id, name, by), {
            before: tenant.name,
            after: name,
          })
        return {}
      },
    }),
    installationOperation({
      id: 'tenant.suspend',
      summary: 'Suspends a tenant: it answers nobody and looks at nothing; what it published stays',
      needs: null,
      changes: true,
      input: z.object({ slug: Slug }),
      output: z.object({}),
      refuses: [tenantErrors.not_found, tenantErrors.home_stays, accessErrors.not_operator],
      async run({ slug }, context) {
        const by = await operator(context)
        const { tenant } = await registry.open(slug)
        if (!tenant.isSuspended) await tell(tenant, 'tenant.suspended', () => registry.suspend(tenant.id, by))
        return {}
      },
    }),
    installationOperation({
      id: 'tenant.resume',
      summary: 'Lets a suspended tenant work again',
      needs: null,
      changes: true,
      input: z.object({ slug: Slug }),
      output: z.object({}),
      refuses: [tenantErrors.not_found, accessErrors.not_operator],
      async run({ slug }, context) {
        const by = await operator(context)
        const { tenant } = await registry.open(slug)
        if (tenant.isSuspended) await tell(tenant, 'tenant.resumed', () => registry.resume(tenant.id, by))
        return {}
      },
    }),
    installationOperation({
      id: 'tenant.delete',
      summary: 'Deletes a tenant for good: its database, its login, its keys and everything in it',
      needs: null,
      changes: true,
      input: z.object({
        slug: Slug,
        /** The short name once more. */
        confirm: z.string().max(100),
      }),
      output: z.object({ tenantId: z.uuid() }),
      refuses: [
        tenantErrors.not_found,
        tenantErrors.suspended,
        tenantErrors.not_confirmed,
        tenantErrors.home_stays,
        tenantErrors.closing_continues,
        accessErrors.not_operator,
        accessErrors.not_owner,
      ],
      async run({ slug, confirm }, context) {
        const { by, tenant } = await manager(slug, context)
        if (confirm !== tenant.slug) throw tenantErrors.not_confirmed()
        await closings.close(await registry.open(tenant.id), by)
        return { tenantId: tenant.id }
      },
    }),
    installationOperation({
      id: 'tenant.certificate',
      summary:
        'Hands out the certificate of a deletion with its proof, to the operator and to who asked for the deletion',
      needs: null,
      input: z.object({ tenantId: z.uuid() }),
      output: ProvenCertificate,
      refuses: [tenantErrors.not_found, accessErrors.not_operator],
      async run({ tenantId }, { account }) {
        if (!account) throw accessErrors.not_operator()
        const found = await closings.find(tenantId)
        if (!found || (found.by !== account.id && !(await isOperator(account.id)))) throw tenantErrors.not_found()
        return found.proven
      },
    }),
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
      input: z.object({ accountId: z.uuid(), role: z.enum(roles) }),
      output: z.object({}),
      refuses: [accessErrors.not_member, accessErrors.last_owner, accessErrors.owner_no_more],
      async run({ accountId, role }, context) {
        const before = await holdMember(context, accountId, role === 'owner')
        if (before === role) return {}
        await context.sql.query('update membership set role = $2 where account_id = $1', [accountId, role])
        await context.append({
          type: 'access.changed',
          about: { kind: 'account', id: accountId },
          content: { before: { role: before }, content: { role } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'access.remove',
      summary: 'Removes a member at once; without a tenant left, their sessions end too',
      needs: 'access:write',
      changes: true,
      input: z.object({ accountId: z.uuid() }),
      output: z.object({}),
      refuses: [accessErrors.not_member, accessErrors.last_owner, accessErrors.owner_no_more],
      async run({ accountId }, context) {
        const role = await holdMember(context, accountId, false)
        await context.sql.query('delete from membership where account_id = $1', [accountId])
        await context.append({
          type: 'access.revoked',
          about: { kind: 'account', id: accountId },
          content: { content: { role } },
        })
        // Before the commit: should it fail, the person is already shut out, and removing them again completes it.
        if ((await registry.revoke(context.tenant.id, accountId)) === 0) await endSessions(accountId)
        return {}
      },
    }),
  ]
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
