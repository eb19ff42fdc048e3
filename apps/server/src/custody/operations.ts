import { z } from 'zod'
import { accessErrors } from '../access/index.ts'
import type { OwnContext } from '../account/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { Ledgers, TenantContext } from '../evidence/index.ts'
import { bug, operationsFor } from '../kernel/index.ts'
import type { Download, Upload } from '../kernel/index.ts'
import { archiveErrors } from '../platform/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import { custodyErrors } from './errors.ts'
import { exportTenant } from './export.ts'
import type { ExportDependencies } from './export.ts'
import { importTenant } from './import.ts'
import type { ImportDependencies } from './import.ts'

/** What custody needs of the rest of the server. */
export interface CustodyDependencies extends ImportDependencies, Pick<ExportDependencies, 'accountsById' | 'version'> {
  readonly ledgers: Pick<Ledgers, 'settle'>
  /** Whether an account runs this installation. */
  readonly isOperator: (accountId: string) => Promise<boolean>
}

type ImportContext = OwnContext & { readonly upload?: Upload }

const installationOperation = operationsFor<ImportContext>('installation')

/** Largest export that is taken in, MiB: what a ZIP file without its 64-bit extension holds. */
const importLimitMiB = 4_096

/** Taking tenants out and in. */
export function custodyOperations(dependencies: CustodyDependencies) {
  const { registry, ledgers, clock, isOperator } = dependencies
  const running = new Set<string>()

  async function* exportOnce({ tenant, caller }: TenantContext): AsyncGenerator<Uint8Array> {
    if (running.has(tenant.id)) throw custodyErrors.busy()
    running.add(tenant.id)
    try {
      // Before the first byte leaves: whoever runs the installation sees that all of a tenant was taken.
      await registry.noteExport(tenant.id, caller.accountId ?? '')
      yield* exportTenant(await registry.open(tenant.id), {
        ...dependencies,
        settle: (open) => ledgers.settle(open),
        now: clock.now,
      })
    } finally {
      running.delete(tenant.id)
    }
  }

  /** The account, if it runs the installation. */
  async function operator({ account }: ImportContext): Promise<NonNullable<ImportContext['account']>> {
    if (!account || !(await isOperator(account.id))) throw accessErrors.not_operator()
    return account
  }

  return [
    tenantOperation({
      id: 'tenant.export',
      summary: 'Hands out everything of the tenant in an open format that another installation imports',
      kind: 'download',
      needs: 'access:write',
      changes: true,
      input: z.object({}),
      output: z.unknown(),
      refuses: [custodyErrors.busy, custodyErrors.too_large],
      async run(_, tx): Promise<Download> {
        if (running.has(tx.tenant.id)) throw custodyErrors.busy()
        await tx.append({ type: 'tenant.exported', about: { kind: 'tenant', id: tx.tenant.id } })
        return {
          name: `${tx.tenant.slug}-${tx.now.toISOString().slice(0, 10)}.zip`,
          type: 'application/zip',
          bytes: exportOnce(tx),
        }
      },
    }),
    installationOperation({
      id: 'tenant.import',
      summary: 'Makes a tenant of an export; the caller becomes its owner, its members get open invitations',
      kind: 'upload',
      needs: null,
      changes: true,
      spools: {
        limitMiB: importLimitMiB,
        admits: async (context) => void (await operator(context)),
      },
      input: z.object({
        /** Another short name than the one it had. */
        slug: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{1,62}$/)
          .optional(),
      }),
      output: z.object({
        slug: z.string(),
        rows: z.int(),
        invitations: z.int(),
        /** What was secret and has to be entered again. */
        enterAgain: z.array(z.object({ table: z.string(), id: z.string(), what: z.string() })),
      }),
      refuses: [
        archiveErrors.damaged,
        custodyErrors.bad_file,
        custodyErrors.bad_line,
        tenantErrors.slug_taken,
        tenantErrors.closing_continues,
        accessErrors.not_operator,
      ],
      async run({ slug }, context) {
        const account = await operator(context)
        const path = context.upload?.path
        if (path === undefined) throw bug('an import without a file')
        const { tenant, rows, invitations, enterAgain } = await importTenant(path, account, slug, dependencies)
        return { slug: tenant.slug, rows, invitations, enterAgain: [...enterAgain] }
      },
    }),
  ]
}
