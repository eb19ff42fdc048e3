import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { environments, systemErrors } from '../system/index.ts'
import { connect, lacksSettings, move, schedule, termsOf } from './connection.ts'
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
      refuses: [
        connectionErrors.bad_target,
        connectionErrors.exists,
        connectionErrors.local_only,
        connectionErrors.other_environment,
        connectionErrors.shared_secret,
        systemErrors.other_environment,
      ],
      run: async (input, tx) => ({ connections: await connect(tx, input, mayBeLocal(tx.tenant)) }),
    }),
    tenantOperation({
      id: 'system.move',
      summary: 'Moves a system with its connections to another environment, with a reason',
      needs: 'connection:write',
      changes: true,
      input: z.object({
        systemId: z.uuid(),
        environment: z.enum(environments),
        reason: z.string().trim().min(3).max(1_000),
      }),
      output: Nothing,
      refuses: [systemErrors.not_found, connectionErrors.shared_secret],
      async run(input, tx) {
        await move(tx, input)
        return {}
      },
    }),
    tenantOperation({
      id: 'connection.pause',
      summary: 'Pauses or resumes a connection',
      needs: 'connection:write',
      changes: true,
      input: z.object({ connectionId: z.uuid(), paused: z.boolean() }),
      output: Nothing,
      refuses: [connectionErrors.not_found, connectionErrors.enter_again],
      async run({ connectionId, paused }, tx) {
        const before = await store.get(tx, connectionId)
        if (lacksSettings(before) && !paused) throw connectionErrors.enter_again()
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
