import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { environments } from '../system/index.ts'
import { connect, schedule, termsOf } from './connection.ts'
import { connectionErrors } from './errors.ts'
import * as store from './store.ts'

const Nothing = z.object({})

/** What can be done with connections. @param mayBeLocal whether a tenant may look at art32's own machine */
export function connectionOperations({ mayBeLocal }: { mayBeLocal: (tenant: Tenant) => boolean }) {
  return [
    tenantOperation({
      id: 'connection.add',
      summary: 'Connects a system by its address, to be looked at daily',
      needs: 'connection:write',
      changes: true,
      input: z.object({
        target: z.string().trim().min(1).max(2_000),
        name: z.string().trim().min(1).max(200).optional(),
        environment: z.enum(environments).optional(),
      }),
      output: z.object({ connections: z.array(z.uuid()) }),
      refuses: [connectionErrors.bad_target, connectionErrors.exists, connectionErrors.local_only],
      run: async (input, tx) => ({ connections: await connect(tx, input, mayBeLocal(tx.tenant)) }),
    }),
    tenantOperation({
      id: 'connection.pause',
      summary: 'Pauses or resumes a connection',
      needs: 'connection:write',
      changes: true,
      input: z.object({ connectionId: z.uuid(), paused: z.boolean() }),
      output: Nothing,
      refuses: [connectionErrors.not_found],
      async run({ connectionId, paused }, tx) {
        const before = await store.get(tx, connectionId)
        await store.setPaused(tx, connectionId, paused)
        await tx.append({
          type: 'connection.changed',
          about: { kind: 'connection', id: connectionId },
          code: paused ? 'paused' : 'resumed',
          content: { before: { paused: before.paused }, after: { paused } },
        })
        if (!paused) await schedule(tx, connectionId, tx.now)
        return {}
      },
    }),
    tenantOperation({
      id: 'connection.remove',
      summary: 'Removes a connection with its sealed settings; outcomes and ledger stay',
      needs: 'connection:write',
      changes: true,
      input: z.object({ connectionId: z.uuid() }),
      output: Nothing,
      refuses: [connectionErrors.not_found],
      async run({ connectionId }, tx) {
        const before = await store.get(tx, connectionId)
        await store.remove(tx, connectionId)
        await tx.append({
          type: 'connection.deleted',
          about: { kind: 'connection', id: connectionId },
          content: { before: termsOf(before) },
        })
        return {}
      },
    }),
  ]
}
