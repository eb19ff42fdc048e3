import { connectorOf, sayChange } from '@art32/probes'
import type { FactChange } from '@art32/probes'
import { z } from 'zod'
import { getConnection } from '../connection/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { checkErrors } from './errors.ts'
import { approve, changesOf } from './history.ts'
import * as kept from './history-store.ts'
import type { ChangeRow } from './history-store.ts'
import { withNames } from './pseudonym.ts'
import { rejudgeBy } from './rejudge.ts'
import type { Settle } from './judging.ts'

/** What operations on checks need. */
export interface HistoryDependencies {
  /** Names of people by their account. */
  readonly accountsById: (ids: readonly string[]) => Promise<ReadonlyMap<string, { readonly name: string }>>
  /** Told of everything that was judged anew, in the same transaction. */
  readonly judged: Settle
}

const Text = z.object({ en: z.string(), de: z.string() })
const onAPage = 30
/** A table that was dropped is one line; a schema that was replaced is thousands. */
const mostLines = 100

/** What can be done with changes of facts. */
export function historyOperations({ accountsById, judged }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'fact.changes',
      summary: 'Lists what changed from one look to the next, newest first, and who approved it',
      needs: 'register:read',
      input: z.object({
        systemId: z.uuid().optional(),
        open: z.enum(['true', 'false']).default('false'),
        /** The `next` of the page before. */
        before: z.string().max(80).optional(),
      }),
      output: z.object({
        changes: z.array(
          z.object({
            id: z.uuid(),
            systemId: z.uuid(),
            systemName: z.string(),
            connector: z.string(),
            part: z.string(),
            at: z.iso.datetime(),
            /** When it was last seen as before; null: it was seen for the first time. */
            earlierAt: z.iso.datetime().nullable(),
            state: z.enum(['open', 'approved', 'undone']),
            size: z.int(),
            /** Null: what it was is not kept any more. */
            lines: z.array(z.object({ kind: z.enum(['added', 'removed', 'changed', 'moved']), say: Text })).nullable(),
            approval: z
              .object({
                /** Null: the account is gone. */
                by: z.string().nullable(),
                at: z.iso.datetime(),
                note: z.string(),
                ticket: z.string().nullable(),
              })
              .nullable(),
          }),
        ),
        /** Changes that nobody approved, by system. */
        open: z.array(z.object({ systemId: z.uuid(), count: z.int() })),
        next: z.string().nullable(),
      }),
      async run({ systemId, open, before }, tx) {
        const rows = await kept.listChanges(tx, {
          systemId: systemId ?? null,
          onlyOpen: open === 'true',
          before: before ?? null,
          limit: onAPage + 1,
        })
        const page = rows.slice(0, onAPage)
        const people = await accountsById([...new Set(page.flatMap((row) => row.approved_by ?? []))])
        const changes = []
        for (const row of page) changes.push(view(row, await linesOf(tx, row), people))
        return {
          changes: await withNames(tx, changes),
          open: [...(await kept.countOpen(tx))].map(([id, count]) => ({ systemId: id, count })),
          next: rows.length > onAPage ? (page.at(-1)?.nth ?? null) : null,
        }
      },
    }),
    tenantOperation({
      id: 'fact.approve',
      summary:
        'Confirms changes as intended, with those before them of the same part; checks compare with it from then on',
      needs: 'register:write',
      changes: true,
      input: z.object({
        changeIds: z.array(z.uuid()).min(1).max(100),
        note: z.string().trim().min(3).max(1_000),
        ticket: z.string().trim().min(1).max(200).optional(),
      }),
      output: z.object({ approved: z.int() }),
      refuses: [checkErrors.change_not_found, checkErrors.change_settled],
      async run({ changeIds, note, ticket }, tx) {
        const { connectionIds, approved } = await approve(tx, { changeIds, note, ticket: ticket ?? null })
        for (const id of connectionIds) {
          const connection = await getConnection(tx, id).catch(() => null)
          if (connection) await rejudgeBy(tx, connection, (check) => check.baseline !== undefined, judged)
        }
        return { approved }
      },
    }),
  ]
}

/** What changed; null where one of the two states is not kept any more, and nothing where there was none before. */
async function linesOf(tx: TenantContext, row: ChangeRow): Promise<FactChange[] | null> {
  return row.before_hash === null ? [] : await changesOf(tx, row.connector, row.part, row.before_hash, row.after_hash)
}

function view(
  row: ChangeRow,
  changes: readonly FactChange[] | null,
  people: ReadonlyMap<string, { readonly name: string }>,
) {
  const history = connectorOf(row.connector)?.history ?? { volatile: [] }
  return {
    id: row.id,
    systemId: row.system_id,
    systemName: row.system_name,
    connector: row.connector,
    part: row.part,
    at: row.at.toISOString(),
    earlierAt: row.earlier_at?.toISOString() ?? null,
    state: row.state,
    size: row.size,
    lines:
      changes?.slice(0, mostLines).map((change) => ({ kind: change.kind, say: sayChange(history, change) })) ?? null,
    approval:
      row.approved_at === null || row.note === null
        ? null
        : {
            by: people.get(row.approved_by ?? '')?.name ?? null,
            at: row.approved_at.toISOString(),
            note: row.note,
            ticket: row.ticket,
          },
  }
}
