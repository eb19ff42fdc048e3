import { discoverableKinds, sayReconciled } from '@art32/probes'
import type { DiscoverableKind } from '@art32/probes'
import { z } from 'zod'
import { listConnections } from '../connection/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import {
  ensureSystem,
  environments,
  getDiscovered,
  listDiscovered,
  listSystems,
  settleDiscovered,
  systemErrors,
} from '../system/index.ts'
import type { HistoryDependencies } from './history-operations.ts'
import { readingOf } from './rejudge.ts'
import { judgeDeclared } from './scope.ts'
import * as store from './store.ts'

const Text = z.object({ en: z.string(), de: z.string() })
const kinds = Object.keys(discoverableKinds) as [DiscoverableKind, ...DiscoverableKind[]]
const One = z.object({ discoveredId: z.uuid() })
const Nothing = z.object({})

/** What can be done with systems that were discovered. */
export function scopeOperations({ accountsById, judged }: HistoryDependencies) {
  const judgeAgain = async (tx: TenantContext, { told_by: systemId }: { told_by: string }) => {
    for (const connection of (await listConnections(tx)).filter((row) => row.system_id === systemId)) {
      const row = await store.findLastReading(tx, connection.id)
      if (!row) continue
      const look = {
        runId: row.run_id,
        readingId: row.id,
        connection,
        factsHash: row.facts_hash,
        now: tx.now,
        reading: readingOf(tx, row),
      }
      await judged(tx, {
        connectionId: look.connection.id,
        systemId,
        outcomes: await judgeDeclared(tx, look),
        earlier: new Set(),
      })
      return
    }
  }
  return [
    tenantOperation({
      id: 'scope.list',
      summary: 'Compares the systems that connectors discovered with those that are declared',
      needs: 'register:read',
      input: Nothing,
      output: z.object({
        /** `4 of 5 discovered servers`. */
        say: Text,
        open: z.int(),
        discovered: z.array(
          z.object({
            id: z.uuid(),
            kind: z.enum(kinds),
            name: z.string(),
            toldBy: z.string(),
            toldByName: z.string(),
            foundAt: z.iso.datetime(),
            state: z.enum(['open', 'declared', 'out-of-scope']),
            systemId: z.uuid().nullable(),
            systemName: z.string().nullable(),
            reason: z.string().nullable(),
            /** Null: by its name, or the account is gone. */
            by: z.string().nullable(),
            settledAt: z.iso.datetime().nullable(),
          }),
        ),
      }),
      async run(_, tx) {
        const rows = await listDiscovered(tx)
        const people = await accountsById([...new Set(rows.flatMap((row) => row.settled_by ?? []))])
        return {
          say: sayReconciled(rows),
          open: rows.filter(({ state }) => state === 'open').length,
          discovered: rows.map((row) => ({
            id: row.id,
            kind: row.kind,
            name: row.name,
            toldBy: row.told_by,
            toldByName: row.told_by_name,
            foundAt: row.found_at.toISOString(),
            state: row.state,
            systemId: row.system_id,
            systemName: row.system_name,
            reason: row.reason,
            by: people.get(row.settled_by ?? '')?.name ?? null,
            settledAt: row.settled_at?.toISOString() ?? null,
          })),
        }
      },
    }),
    tenantOperation({
      id: 'scope.declare',
      summary: 'Declares something discovered as a system that is known, or as a new one of its name',
      needs: 'connection:write',
      changes: true,
      input: One.extend({ systemId: z.uuid().optional(), environment: z.enum(environments).optional() }),
      output: z.object({ systemId: z.uuid() }),
      refuses: [systemErrors.discovered_not_found, systemErrors.not_found, systemErrors.other_environment],
      async run({ discoveredId, systemId: wanted, environment = 'production' }, tx) {
        const { name, kind } = await getDiscovered(tx, discoveredId)
        if (wanted !== undefined && !(await listSystems(tx)).some(({ id }) => id === wanted))
          throw systemErrors.not_found()
        const systemId = wanted ?? (await ensureSystem(tx, { name, kind: discoverableKinds[kind][0], environment }))
        await judgeAgain(tx, await settleDiscovered(tx, discoveredId, { state: 'declared', systemId }))
        return { systemId }
      },
    }),
    tenantOperation({
      id: 'scope.exclude',
      summary: 'Says of something discovered that it is not in scope, and why',
      needs: 'connection:write',
      changes: true,
      input: One.extend({ reason: z.string().trim().min(3).max(1_000) }),
      output: Nothing,
      refuses: [systemErrors.discovered_not_found],
      async run({ discoveredId, reason }, tx) {
        await judgeAgain(tx, await settleDiscovered(tx, discoveredId, { state: 'out-of-scope', reason }))
        return {}
      },
    }),
    tenantOperation({
      id: 'scope.reopen',
      summary: 'Takes back what was said about something discovered',
      needs: 'connection:write',
      changes: true,
      input: One,
      output: Nothing,
      refuses: [systemErrors.discovered_not_found],
      async run({ discoveredId }, tx) {
        await judgeAgain(tx, await settleDiscovered(tx, discoveredId, { state: 'open' }))
        return {}
      },
    }),
  ]
}
