import { z } from 'zod'
import { titleOf, withNames } from '../check/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { holds, listExceptions } from '../measure/index.ts'
import type { ExceptionRow } from '../measure/index.ts'
import { listSystems } from '../system/index.ts'
import { exceptionErrors, findingErrors } from './errors.ts'
import { declareException, withdrawException } from './exception.ts'

const Reason = z.string().trim().min(3).max(1_000)

const ExceptionView = z.object({
  exceptionId: z.uuid(),
  /** Of the finding that it is about. */
  key: z.string(),
  check: z.string(),
  title: z.object({ en: z.string(), de: z.string() }),
  systemId: z.uuid(),
  systemName: z.string(),
  subject: z.string(),
  reason: z.string(),
  owner: z.string().nullable(),
  /** The last day on which it holds, in UTC. */
  until: z.iso.date(),
  state: z.enum(['in-force', 'withdrawn', 'expired']),
  declaredAt: z.iso.datetime(),
  /** Who granted it; null where that account is gone. */
  declaredBy: z.string().nullable(),
  endedAt: z.iso.datetime().nullable(),
})

/** Exceptions: granted by whoever signs editions, since each weakens what an edition says. */
export function exceptionOperations({ accountsById }: HistoryDependencies) {
  return [
    tenantOperation({
      id: 'exception.list',
      summary: 'Lists the exceptions that were ever declared, the newest first',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({ exceptions: z.array(ExceptionView) }),
      async run(_, tx) {
        const rows = await listExceptions(tx)
        const systems = new Map((await listSystems(tx)).map(({ id, name }) => [id, name]))
        const people = await accountsById([
          ...new Set(rows.flatMap(({ declared_by: by }) => (by === null ? [] : [by]))),
        ])
        const views = rows.map((row) =>
          view(tx, row, {
            system: systems.get(row.system_id) ?? '',
            person: row.declared_by === null ? null : (people.get(row.declared_by)?.name ?? null),
          }),
        )
        return { exceptions: await withNames(tx, views) }
      },
    }),
    tenantOperation({
      id: 'exception.declare',
      summary: 'Declares an exception from a finding, with a reason, an owner and a last day within twelve months',
      needs: 'exception:grant',
      changes: true,
      input: z.object({
        key: z.string().max(200),
        reason: Reason,
        owner: z.string().trim().min(1).max(200),
        until: z.iso.date(),
      }),
      output: z.object({ exceptionId: z.uuid() }),
      refuses: [
        findingErrors.not_found,
        exceptionErrors.nothing_fails,
        exceptionErrors.bad_end,
        exceptionErrors.already,
      ],
      run: async (input, tx) => ({ exceptionId: await declareException(tx, input) }),
    }),
    tenantOperation({
      id: 'exception.withdraw',
      summary: 'Ends an exception before its time, with a reason; the record of it stays',
      needs: 'exception:grant',
      changes: true,
      input: z.object({ exceptionId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [exceptionErrors.not_found],
      async run({ exceptionId, reason }, tx) {
        await withdrawException(tx, exceptionId, reason)
        return {}
      },
    }),
  ]
}

function view(
  { now }: TenantContext,
  row: ExceptionRow,
  { system, person }: { system: string; person: string | null },
): z.input<typeof ExceptionView> {
  return {
    exceptionId: row.id,
    key: row.key,
    check: row.check_id,
    title: titleOf(row.check_id),
    systemId: row.system_id,
    systemName: system,
    subject: row.subject,
    reason: row.reason,
    owner: row.owner,
    until: row.until,
    state: row.ended_as ?? (holds(row, now) ? 'in-force' : 'expired'),
    declaredAt: row.declared_at.toISOString(),
    declaredBy: person,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}
