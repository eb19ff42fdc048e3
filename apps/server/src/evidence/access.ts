import { z } from 'zod'
import { defineErrors, operationsFor, roles } from '../kernel/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Registry } from '../tenant/index.ts'
import { tenantOperation } from './tenants.ts'
import type { Tenants } from './tenants.ts'

const accessErrors = defineErrors('access', {
  not_operator: {
    status: 403,
    en: 'Only an owner of this installation may create tenants.',
    de: 'Nur Inhaberinnen und Inhaber dieser Installation dürfen Mandanten anlegen.',
  },
})

/** What operations on the whole installation receive. */
export interface InstallationContext {
  readonly account: { readonly id: string } | null
}

/** What access needs of the rest of the server. */
export interface AccessDependencies {
  readonly registry: Registry
  readonly tenants: Tenants
  /** Whether an account runs this installation. */
  readonly isOperator: (accountId: string) => Promise<boolean>
  /** Names and addresses of accounts; unknown ones are missing. */
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

/** Who may do what: tenants and their members. */
export function accessOperations({ registry, tenants, isOperator, accountsById }: AccessDependencies) {
  return [
    operationsFor<InstallationContext>('installation')({
      id: 'tenant.create',
      summary: 'Creates a tenant with a database of its own; the caller becomes its owner',
      needs: null,
      changes: true,
      input: z.object({
        name: z.string().trim().min(2).max(200),
        slug: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
          .optional(),
        language: z.enum(['en', 'de']),
      }),
      output: z.object({ slug: z.string() }),
      refuses: [tenantErrors.slug_taken, accessErrors.not_operator],
      async run({ name, slug, language }, { account }) {
        if (!account || !(await isOperator(account.id))) throw accessErrors.not_operator()
        const tenant = await registry.create({ name, language, ...(slug === undefined ? {} : { slug }) })
        await tenants.join(tenant.slug, account.id, 'owner')
        return { slug: tenant.slug }
      },
    }),
    tenantOperation({
      id: 'access.list',
      summary: 'Lists the members of the tenant with their roles',
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
        }
      },
    }),
  ]
}
