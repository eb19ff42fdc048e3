import { formatVkey, parseLeaf, verifierKey } from '@art32/ledger'
import { z } from 'zod'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import type { Databases } from '../platform/index.ts'
import type { Registry } from '../tenant/index.ts'
import { ledgerAudit } from './audit-operation.ts'
import { listEarlierLogs } from './earlier.ts'
import { eventsWhere } from './events.ts'
import { historyOperations } from './history.ts'
import type { HistoryDependencies } from './history.ts'
import * as store from './store.ts'
import { lossSources, restoredOf } from './succession.ts'
import { tenantOperation } from './tenants.ts'
import { stampingProblems } from './stamping.ts'
import type { Stamping } from './stamping.ts'
import { witnessProblems } from './witnessing.ts'
import type { Witnessing } from './witnessing.ts'

/** What the ledger shows. */
export function evidenceOperations({
  registry,
  databases,
  accountsById,
  witnessing,
  stamping,
}: HistoryDependencies & {
  registry: Registry
  databases: Databases
  witnessing: Pick<Witnessing, 'list'>
  stamping: Pick<Stamping, 'find'>
}) {
  return [
    ...historyOperations({ accountsById }),
    tenantOperation({
      id: 'ledger.show',
      summary: 'Shows the head of the ledger, its key and its place in the instance log',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        origin: z.string(),
        vkey: z.string(),
        size: z.int(),
        root: z.string(),
        /** The signed note, verbatim. */
        checkpoint: z.string(),
        /** Events that are committed and wait for their place. */
        pending: z.int(),
        /** Null: this log continues no other after a restore. */
        restored: z
          .object({
            at: z.iso.datetime(),
            /** What the restored database held; null: nothing. */
            kept: z.object({ origin: z.string(), size: z.int() }).nullable(),
            /** Heads that are known to have been signed and are gone; the size is null where nobody knows it. */
            lost: z.array(
              z.object({ origin: z.string().nullable(), size: z.int().nullable(), from: z.enum(lossSources) }),
            ),
          })
          .nullable(),
        /** The sealed logs before this one, newest first. */
        earlier: z.array(z.object({ origin: z.string(), vkey: z.string(), size: z.int() })),
        instance: z.object({
          origin: z.string(),
          /** What a witness has to allow. */
          vkey: z.string(),
          anchoredSize: z.int(),
          /** Empty: nobody but the installation itself vouches for its log. */
          witnesses: z.array(
            z.object({
              name: z.string(),
              size: z.int().nullable(),
              cosignedAt: z.iso.datetime().nullable(),
              problem: z.enum(witnessProblems).nullable(),
            }),
          ),
          /** Null: no time-stamping authority is asked. */
          timeStamps: z
            .object({
              host: z.string(),
              last: z
                .object({
                  size: z.int(),
                  authority: z.string(),
                  time: z.iso.datetime(),
                  /** How the clock of this machine stood to the authority's then; null: nobody looked. Milliseconds; below 0 it was behind. */
                  clock: z.object({ aheadMs: z.int(), isApart: z.boolean() }).nullable(),
                })
                .nullable(),
              problem: z.enum(stampingProblems).nullable(),
            })
            .nullable(),
        }),
      }),
      async run(_, { sql, tenant }) {
        const state = await store.findState(sql)
        if (!state) throw bug('a log was not started')
        const stamps = await stamping.find()
        return {
          origin: state.origin,
          vkey: tenant.vkey,
          size: state.size,
          root: state.root.toString('base64'),
          checkpoint: state.note,
          pending: await store.countPending(sql),
          restored: restoredOf((await store.listEntries(sql, 0, 20)).map(({ leaf }) => parseLeaf(leaf))),
          earlier: (await listEarlierLogs(sql)).map(({ origin, vkey, size }) => ({ origin, vkey, size })),
          instance: {
            origin: registry.instance.name,
            vkey: formatVkey(verifierKey(ledgerCrypto, registry.instance)),
            anchoredSize: (await registry.open(tenant.id)).anchoredSize,
            witnesses: (await witnessing.list()).map((witness) => ({
              ...witness,
              cosignedAt: witness.cosignedAt?.toISOString() ?? null,
            })),
            timeStamps: stamps && {
              ...stamps,
              last: stamps.last && { ...stamps.last, time: stamps.last.time.toISOString() },
            },
          },
        }
      },
    }),
    ledgerAudit(databases),
    tenantOperation({
      id: 'ledger.entries',
      summary: 'Pages through the ledger, newest first',
      needs: 'ledger:read',
      input: z.object({
        before: z.coerce.number().int().min(0).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      output: z.object({
        entries: z.array(
          z.object({
            index: z.int(),
            at: z.iso.datetime(),
            type: z.string(),
            code: z.string().nullable(),
            subject: z.object({ kind: z.string(), id: z.string() }),
            actor: z.string(),
            content: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
      async run({ before, limit }, tx) {
        const events = await eventsWhere(tx, { before }, limit)
        return {
          entries: events.map(({ index, at, type, code, subject, who, content }) => ({
            index,
            at: at.toISOString(),
            type,
            code,
            subject,
            actor: who,
            content,
          })),
        }
      },
    }),
  ]
}
