import { z } from 'zod'
import { operationsFor } from '../kernel/index.ts'
import { TenantName, homeSlug, tenantErrors } from '../tenant/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import { ProvenCertificate } from '../evidence/index.ts'
import type { Closings, Entrant, Tenants } from '../evidence/index.ts'
import { accessErrors } from './errors.ts'

/** What operations on the whole installation receive. */
export interface InstallationContext {
  readonly account: Entrant | null
}

/** What managing tenants needs of the rest of the server. */
export interface ManageDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  readonly closings: Closings
  /** Whether an account runs this installation. */
  readonly isOperator: (account: Entrant) => Promise<boolean>
}

const installationOperation = operationsFor<InstallationContext>('installation')
const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/)

/** What the operator does with tenants, and an owner with the own one. */
export function manageOperations(dependencies: ManageDependencies) {
  const { registry, tenants, closings, isOperator } = dependencies
  /** The account, if it runs the installation. That opens the registry and no tenant's content. */
  async function operator({ account }: InstallationContext): Promise<string> {
    if (!account || !(await isOperator(account))) throw accessErrors.not_operator()
    return account.id
  }

  /** The account and a tenant that it may manage: as operator, or as the tenant's owner while it is not suspended. */
  async function manager(slug: string, { account }: InstallationContext): Promise<{ by: string; tenant: Tenant }> {
    if (!account) throw accessErrors.not_operator()
    if (!(await isOperator(account))) {
      const role = await tenants.within(slug, account, ({ caller }) => Promise.resolve(caller.role))
      if (role !== 'owner') throw accessErrors.not_owner()
    }
    return { by: account.id, tenant: (await registry.open(slug)).tenant }
  }

  /** Tells the tenant's own log of what happens to it, and who did it. */
  async function tell(
    { id }: Tenant,
    type: 'tenant.changed' | 'tenant.suspended' | 'tenant.resumed',
    by: string,
    change: () => Promise<void>,
    content?: Record<string, unknown>,
  ): Promise<void> {
    await tenants.asSystem(
      id,
      async ({ append }) => {
        await append({ type, about: { kind: 'tenant', id }, ...(content ? { content } : {}) })
        await change()
      },
      { evenSuspended: true, inNameOf: by },
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
        /** On which database server; the first with room unless told. */
        server: z.string().max(31).optional(),
      }),
      output: z.object({ slug: z.string() }),
      refuses: [tenantErrors.slug_taken, tenantErrors.no_server, tenantErrors.no_room, accessErrors.not_operator],
      async run({ name, slug, language, server }, context) {
        const by = await operator(context)
        const tenant = await registry.create({
          name,
          language,
          ...(slug === undefined ? {} : { slug }),
          ...(server === undefined ? {} : { server }),
        })
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
          await tell(tenant, 'tenant.changed', by, () => registry.rename(tenant.id, name, by), {
            before: { name: tenant.name },
            after: { name },
          })
        return {}
      },
    }),
    installationOperation({
      id: 'tenant.require_factor',
      summary: 'Opens a tenant only to members who have shown a second factor, or again to all of them',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({ slug: Slug, required: z.boolean() }),
      output: z.object({}),
      refuses: [
        tenantErrors.not_found,
        tenantErrors.suspended,
        tenantErrors.factor_needed,
        accessErrors.not_owner,
        accessErrors.factor_first,
      ],
      async run({ slug, required }, { account }) {
        if (!account) throw accessErrors.not_owner()
        const role = await tenants.within(slug, account, ({ caller }) => Promise.resolve(caller.role))
        if (role !== 'owner') throw accessErrors.not_owner()
        // Who asks it of others must not shut themselves out.
        if (required && account.factors !== 'two') throw accessErrors.factor_first()
        const { tenant } = await registry.open(slug)
        if (tenant.needsFactor !== required)
          await tell(
            tenant,
            'tenant.changed',
            account.id,
            () => registry.setNeedsFactor(tenant.id, required, account.id),
            {
              before: { needsFactor: tenant.needsFactor },
              after: { needsFactor: required },
            },
          )
        return {}
      },
    }),
    installationOperation({
      id: 'tenant.suspend',
      summary: 'Suspends a tenant: it answers nobody and looks at nothing; what it published stays',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({ slug: Slug }),
      output: z.object({}),
      refuses: [tenantErrors.not_found, tenantErrors.home_stays, accessErrors.not_operator],
      async run({ slug }, context) {
        const by = await operator(context)
        const { tenant } = await registry.open(slug)
        if (!tenant.isSuspended) await tell(tenant, 'tenant.suspended', by, () => registry.suspend(tenant.id, by))
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
        if (tenant.isSuspended) await tell(tenant, 'tenant.resumed', by, () => registry.resume(tenant.id, by))
        return {}
      },
    }),
    installationOperation({
      id: 'tenant.delete',
      summary: 'Deletes a tenant for good: its database, its login, its keys and everything in it',
      needs: null,
      changes: true,
      stepUp: true,
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
        tenantErrors.moving,
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
        if (!found || (found.by !== account.id && !(await isOperator(account)))) throw tenantErrors.not_found()
        return found.proven
      },
    }),
  ]
}
