import { z } from 'zod'
import { type RootKey, type ShieldReport } from '@art32/shield'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import type { Filter } from '../kernel/index.ts'
import { shieldErrors } from './errors.ts'
import { openShieldKey } from './key.ts'
import { cleanName } from './name.ts'
import { pass } from './pass.ts'
import { record } from './record.ts'
import { getPlan, parsePlan } from './shield.ts'
import type { Shield } from './shield.ts'
import type { PlanRow } from './store.ts'
import { streamed } from './streamed.ts'

/** Nothing of it is held: this only says that a stream has an end. */
const filterLimitMiB = 10_240

/** What a file that goes back needs of the rest of the server. */
export interface FilterDependencies {
  readonly shield: Shield
  /** To record what was done once it was done, which is long after the operation's own transaction. */
  readonly tenants: Tenants
}

/** The shield as a service: bytes in, bytes out, and a report. */
export function filterOperation({ shield, tenants }: FilterDependencies) {
  return tenantOperation({
    id: 'shield.filter',
    summary:
      'Sends bytes through the shield by a plan and answers with what comes out, while they are sent; the report is shield.show of the id in the header x-art32-import',
    kind: 'upload',
    needs: 'shield:write',
    changes: true,
    input: z.object({ planId: z.uuid() }),
    output: z.unknown(),
    refuses: [
      shieldErrors.plan_not_found,
      shieldErrors.busy,
      shieldErrors.bad_plan,
      shieldErrors.unreadable,
      shieldErrors.empty,
      shieldErrors.too_large,
    ],
    filters: { limitMiB: filterLimitMiB },
    async run({ planId }, tx): Promise<Filter> {
      if (!tx.upload) throw bug('an upload without a name')
      const row = await getPlan(tx, planId)
      const key = await openShieldKey(tx)
      const name = cleanName(tx.upload.name)
      const importId = tx.newId()
      const { accountId } = tx.caller
      const kept = async (report: ShieldReport) => {
        const done = async (later: TenantContext) =>
          void (await record(later, { id: importId, kind: 'filter', plan: row, name, report, files: [] }))
        await tenants.asSystem(tx.tenant.id, done, accountId === null ? {} : { inNameOf: accountId })
      }
      return {
        name,
        type: 'application/octet-stream',
        headers: { 'x-art32-import': importId },
        filter: (body) => through({ shield, body, row, key, tenantId: tx.tenant.id, kept }),
      }
    },
  })
}

interface Through {
  readonly shield: Shield
  readonly body: AsyncIterable<Uint8Array>
  readonly row: PlanRow
  readonly key: RootKey
  readonly tenantId: string
  /** Recorded before the last bytes are handed out: an answer that came whole has its report. */
  readonly kept: (report: ShieldReport) => Promise<void>
}

function through({ shield, body, row, key, tenantId, kept }: Through): AsyncGenerator<Uint8Array> {
  const plan = parsePlan(row.plan)
  return streamed(async (sink) => {
    await shield.inTurn(tenantId, async (threads) => {
      await kept(await pass({ body, plan, key, sink, limitMiB: filterLimitMiB, threads }))
    })
  })
}
