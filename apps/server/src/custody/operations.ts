import { formatVkey, verifierKey } from '@art32/ledger'
import { z } from 'zod'
import { accessErrors } from '../access/index.ts'
import type { OwnContext } from '../account/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { Entrant, Ledgers, TenantContext, Witness } from '../evidence/index.ts'
import { bug, operationsFor } from '../kernel/index.ts'
import type { Download, Upload } from '../kernel/index.ts'
import { archiveErrors, keyErrors, ledgerCrypto, openAlone } from '../platform/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { custodyErrors } from './errors.ts'
import { exportTenant } from './export.ts'
import type { ExportDependencies } from './export.ts'
import { importTenant } from './import.ts'
import type { ImportDependencies } from './import.ts'
import { logKeyOperation } from './log-key-operation.ts'
import { rotateMaster, rotateTenant, rotationName } from './keys.ts'
import type { KeyDependencies } from './keys.ts'

/** What custody needs of the rest of the server. */
export interface CustodyDependencies
  extends ImportDependencies, KeyDependencies, Pick<ExportDependencies, 'accountsById' | 'version'> {
  readonly ledgers: Pick<Ledgers, 'settle' | 'compare' | 'compareInstance' | 'changeKey' | 'changeInstanceKey'>
  readonly witness: Pick<Witness, 'list' | 'vkey'>
  readonly baseUrl: string
  /** Whether an account runs this installation. */
  readonly isOperator: (account: Entrant) => Promise<boolean>
}

type ImportContext = OwnContext & { readonly upload?: Upload }

const installationOperation = operationsFor<ImportContext>('installation')

/** Largest export that is taken in, MiB: what a ZIP file without its 64-bit extension holds. */
const importLimitMiB = 4_096

/** Taking tenants out and in. */
export function custodyOperations(dependencies: CustodyDependencies) {
  const {
    registry,
    ledgers,
    clock,
    isOperator,
    tenants,
    masterKey,
    witness,
    baseUrl,
    crew = openAlone(),
  } = dependencies
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
    if (!account || !(await isOperator(account))) throw accessErrors.not_operator()
    return account
  }

  /** The account and the tenant whose key it may change: as operator, or as an owner. */
  async function manager(slug: string, { account }: ImportContext): Promise<{ by: string; tenant: Tenant }> {
    if (!account) throw accessErrors.not_operator()
    if (!(await isOperator(account))) {
      const role = await tenants.within(slug, account, ({ caller }) => Promise.resolve(caller.role))
      if (role !== 'owner') throw accessErrors.not_owner()
    }
    return { by: account.id, tenant: (await registry.open(slug)).tenant }
  }

  /** One rotation of a key at a time, in all processes. */
  async function once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const release = await crew.tryHold(rotationName(key))
    if (release === null) throw custodyErrors.rotating()
    try {
      return await work()
    } finally {
      await release()
    }
  }

  /** The others read their master key when they start: one that changes meanwhile would shut them out of every tenant. */
  async function whileAlone<T>(work: () => Promise<T>): Promise<T> {
    if ((await crew.others()) > 0) throw custodyErrors.several()
    return await work()
  }

  return [
    installationOperation({
      id: 'keys.show',
      summary: 'Shows where the master key comes from and how old it is; with a tenant, the age of its data key',
      needs: null,
      input: z.object({ slug: z.string().max(64).optional() }),
      output: z.object({
        master: z.object({ source: z.enum(['file', 'environment', 'vault']), since: z.iso.datetime() }).nullable(),
        tenant: z.object({ since: z.iso.datetime(), isRotating: z.boolean() }).nullable(),
      }),
      refuses: [tenantErrors.not_found, tenantErrors.suspended, accessErrors.not_operator, accessErrors.not_owner],
      async run({ slug }, context) {
        if (slug !== undefined) {
          const { tenant } = await manager(slug, context)
          const { since, isRotating } = await registry.dataKeyOf(tenant.id)
          return { master: null, tenant: { since: since.toISOString(), isRotating } }
        }
        await operator(context)
        return {
          master: { source: masterKey.source, since: (await registry.masterKeySince()).toISOString() },
          tenant: null,
        }
      },
    }),
    installationOperation({
      id: 'keys.rotate',
      summary: 'Changes the master key and wraps the keys of all tenants anew, while everybody works',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({}),
      output: z.object({ values: z.int() }),
      refuses: [accessErrors.not_operator, keyErrors.set_outside, custodyErrors.rotating, custodyErrors.several],
      async run(_, context) {
        const { id } = await operator(context)
        return { values: await once('master', () => whileAlone(() => rotateMaster(id, dependencies))) }
      },
    }),
    installationOperation({
      id: 'ledger.succeed',
      summary: 'Lets a restored ledger go on under a new name, of a tenant or without one of the installation',
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({ slug: z.string().max(64).optional() }),
      output: z.object({ origin: z.string(), vkey: z.string() }),
      refuses: [
        tenantErrors.not_found,
        tenantErrors.suspended,
        accessErrors.not_operator,
        accessErrors.not_owner,
        custodyErrors.rotating,
      ],
      async run({ slug }, context) {
        if (slug === undefined) {
          const { id } = await operator(context)
          await ledgers.compareInstance(id)
          const { instance } = registry
          return { origin: instance.name, vkey: formatVkey(verifierKey(ledgerCrypto, instance)) }
        }
        const { by, tenant: known } = await manager(slug, context)
        const { tenant } = await once(known.id, async () => await ledgers.compare(await registry.open(known.id), by))
        return { origin: tenant.origin, vkey: tenant.vkey }
      },
    }),
    logKeyOperation({ registry, ledgers, now: () => clock.now(), operator, manager, once }),
    installationOperation({
      id: 'witness.show',
      summary:
        'Shows the witness that this installation is to others: its key, and how far it has cosigned which ledgers',
      needs: null,
      input: z.object({}),
      output: z.object({
        /** What the others set as their witness: this key, a space, and this address. */
        vkey: z.string(),
        address: z.string(),
        logs: z.array(
          z.object({
            origin: z.string(),
            vkey: z.string(),
            size: z.int().nullable(),
            cosignedAt: z.iso.datetime().nullable(),
            /** Two signed checkpoints that contradict each other; null: the ledger only grew. */
            conflict: z.object({ cosigned: z.string(), other: z.string(), at: z.iso.datetime() }).nullable(),
          }),
        ),
      }),
      refuses: [accessErrors.not_operator],
      async run(_, context) {
        await operator(context)
        const logs = await witness.list()
        return {
          vkey: await witness.vkey(),
          address: `${baseUrl}/witness`,
          logs: logs.map(({ cosignedAt, conflict, ...log }) => ({
            ...log,
            cosignedAt: cosignedAt?.toISOString() ?? null,
            conflict: conflict && { ...conflict, at: conflict.at.toISOString() },
          })),
        }
      },
    }),
    installationOperation({
      id: 'keys.rotate_tenant',
      summary: "Changes a tenant's data key and seals its values again, while it is worked in",
      needs: null,
      changes: true,
      stepUp: true,
      input: z.object({ slug: z.string().max(64) }),
      output: z.object({ values: z.int() }),
      refuses: [
        tenantErrors.not_found,
        tenantErrors.suspended,
        accessErrors.not_operator,
        accessErrors.not_owner,
        custodyErrors.busy,
        custodyErrors.rotating,
      ],
      async run({ slug }, context) {
        const { by, tenant } = await manager(slug, context)
        return { values: await once(tenant.id, () => rotateTenant(tenant.id, by, dependencies)) }
      },
    }),
    tenantOperation({
      id: 'tenant.export',
      summary: 'Hands out everything of the tenant in an open format that another installation imports',
      kind: 'download',
      needs: 'access:write',
      changes: true,
      stepUp: true,
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
      stepUp: true,
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
