import { formatVkey, verifierKey } from '@art32/ledger'
import { z } from 'zod'
import { accessErrors } from '../access/index.ts'
import type { OwnContext } from '../account/index.ts'
import type { Ledgers } from '../evidence/index.ts'
import { operationsFor } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { tenantErrors } from '../tenant/index.ts'
import type { Registry, Tenant } from '../tenant/index.ts'
import { custodyErrors } from './errors.ts'

const installationOperation = operationsFor<OwnContext>('installation')

/** Who may change which key of a log, and one at a time. */
interface LogKeyDependencies {
  readonly registry: Pick<Registry, 'instance'>
  readonly ledgers: Pick<Ledgers, 'changeKey' | 'changeInstanceKey'>
  readonly now: () => Date
  readonly operator: (context: OwnContext) => Promise<{ readonly id: string }>
  readonly manager: (slug: string, context: OwnContext) => Promise<{ by: string; tenant: Tenant }>
  readonly once: <T>(key: string, work: () => Promise<T>) => Promise<T>
}

/** The change of the key that signs a ledger: of a tenant, or of the installation. */
export function logKeyOperation({ registry, ledgers, now, operator, manager, once }: LogKeyDependencies) {
  const Log = z.object({ origin: z.string(), vkey: z.string() })
  const instance = () => ({
    origin: registry.instance.name,
    vkey: formatVkey(verifierKey(ledgerCrypto, registry.instance)),
  })
  return installationOperation({
    id: 'ledger.rotate_key',
    summary:
      'Gives a ledger a new signing key, of a tenant or without one of the installation; the key before is destroyed',
    needs: null,
    changes: true,
    stepUp: true,
    input: z.object({
      slug: z.string().max(64).optional(),
      reason: z.string().trim().min(3).max(2_000),
      /** The key may be in foreign hands: it does not sign the new one, and the ledger says that it is not to be trusted. */
      compromised: z.boolean().default(false),
      /** Since when, where that is known. */
      since: z.iso.datetime().optional(),
    }),
    output: z.object({
      /** The ledger before, with the key that ended. */
      before: Log,
      origin: z.string(),
      vkey: z.string(),
    }),
    refuses: [
      tenantErrors.not_found,
      tenantErrors.suspended,
      accessErrors.not_operator,
      accessErrors.not_owner,
      custodyErrors.rotating,
      custodyErrors.since_ahead,
    ],
    async run({ slug, reason, compromised, since }, context) {
      const change = (by: string) => ({
        by,
        reason,
        compromised: compromised ? { since: since === undefined ? null : new Date(since).toISOString() } : null,
      })
      if (since !== undefined && Date.parse(since) > now().getTime()) throw custodyErrors.since_ahead()
      if (slug === undefined) {
        const { id } = await operator(context)
        const before = instance()
        await once('instance log', () => ledgers.changeInstanceKey(change(id)))
        return { before, ...instance() }
      }
      const { by, tenant } = await manager(slug, context)
      const before = { origin: tenant.origin, vkey: tenant.vkey }
      const open = await once(tenant.id, () => ledgers.changeKey(tenant.id, change(by)))
      return { before, origin: open.tenant.origin, vkey: open.tenant.vkey }
    },
  })
}
