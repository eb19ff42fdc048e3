import { z } from 'zod'
import type { Outcome } from '@art32/probes'
import { checkOf } from '@art32/probes'
import { titleOf, withNames } from '../check/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { defineErrors } from '../kernel/index.ts'

const findingErrors = defineErrors('finding', {
  not_found: { status: 404, en: 'This finding does not exist.', de: 'Diese Feststellung gibt es nicht.' },
})

/** Days until a finding is due, by severity. */
const dueDays = { critical: 7, high: 30, medium: 90, low: 180 } as const

interface FindingRow {
  id: string
  key: string
  check_id: string
  system_id: string
  system_name: string
  subject: string
  severity: string
  say: { en: string; de: string }
  owner: string | null
  due: string | null
  opened_at: Date
  seen_at: Date
  closed_at: Date | null
}

/**
 * Brings the findings of a system up to what a look saw: a fail opens or reopens, another verdict closes.
 * A check that could not look leaves its findings as they are.
 */
export async function settleFindings(
  tx: TenantContext,
  { systemId, outcomes }: { systemId: string; outcomes: readonly Outcome[] },
): Promise<void> {
  const failing = new Map(
    outcomes.filter((outcome) => outcome.state === 'fail').map((outcome) => [outcome.key, outcome]),
  )
  const judged = new Set(
    outcomes
      .filter((outcome) => outcome.state !== 'not-evaluated' && outcome.state !== 'stale')
      .map((outcome) => outcome.check),
  )
  const { rows } = await tx.sql.query<FindingRow>('select * from finding where system_id = $1', [systemId])
  const known = new Map(rows.map((row) => [row.key, row]))
  for (const outcome of failing.values()) await open(tx, outcome, known.get(outcome.key))
  for (const row of rows) {
    if (row.closed_at || failing.has(row.key) || !judged.has(row.check_id)) continue
    await tx.sql.query('update finding set closed_at = $2 where id = $1', [row.id, tx.now])
    await tx.append({ type: 'finding.closed', about: { kind: 'finding', id: row.id }, code: 'mended' })
  }
}

async function open(tx: TenantContext, outcome: Outcome, known: FindingRow | undefined): Promise<void> {
  const say = JSON.stringify({ en: outcome.say.en, de: outcome.say.de })
  if (known && !known.closed_at) {
    await tx.sql.query('update finding set seen_at = $2, say = $3 where id = $1', [known.id, tx.now, say])
    return
  }
  const due = new Date(tx.now.getTime() + dueDays[outcome.severity] * 86_400_000).toISOString().slice(0, 10)
  const id = known?.id ?? tx.newId()
  await tx.sql.query(
    `insert into finding (id, key, check_id, system_id, subject, severity, say, due, opened_at, seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (key) do update set closed_at = null, opened_at = excluded.opened_at, seen_at = excluded.seen_at, say = excluded.say, due = excluded.due`,
    [id, outcome.key, outcome.check, outcome.system, outcome.subject, outcome.severity, say, due, tx.now],
  )
  await tx.append({
    type: known ? 'finding.reopened' : 'finding.opened',
    about: { kind: 'finding', id },
    code: outcome.severity,
  })
}

/** Open findings by the day they are due. */
export async function countFindings({ sql }: TenantContext): Promise<{ day: string; count: number }[]> {
  const { rows } = await sql.query<{ day: string; count: number }>(
    `select coalesce(due, opened_at::date)::text as day, count(*)::int as count from finding where closed_at is null group by 1`,
  )
  return rows
}

/** What can be done with findings. */
export function findingOperations() {
  const Text = z.object({ en: z.string(), de: z.string() })
  return [
    tenantOperation({
      id: 'finding.list',
      summary: 'Lists findings, worst and oldest first',
      needs: 'register:read',
      input: z.object({ open: z.enum(['true', 'false']).default('true') }),
      output: z.object({
        findings: z.array(
          z.object({
            key: z.string(),
            check: z.string(),
            title: Text,
            remedy: Text,
            systemId: z.uuid(),
            systemName: z.string(),
            subject: z.string(),
            severity: z.enum(['low', 'medium', 'high', 'critical']),
            say: Text,
            owner: z.string().nullable(),
            due: z.string().nullable(),
            openedAt: z.iso.datetime(),
            seenAt: z.iso.datetime(),
            closedAt: z.iso.datetime().nullable(),
          }),
        ),
      }),
      async run({ open: wanted }, tx) {
        const rows = await listFindings(tx, wanted === 'true')
        return { findings: rows }
      },
    }),
    tenantOperation({
      id: 'finding.change',
      summary: 'Gives a finding an owner or a due date',
      needs: 'register:write',
      changes: true,
      input: z.object({
        key: z.string().max(200),
        owner: z.string().trim().max(200).nullable().optional(),
        due: z.iso.date().nullable().optional(),
      }),
      output: z.object({}),
      refuses: [findingErrors.not_found],
      async run({ key, owner, due }, tx) {
        const { rows } = await tx.sql.query<FindingRow>(
          'select id, owner, due::text from finding where key = $1 for update',
          [key],
        )
        const before = rows[0]
        if (!before) throw findingErrors.not_found()
        const after = { owner: owner === undefined ? before.owner : owner, due: due === undefined ? before.due : due }
        await tx.sql.query('update finding set owner = $2, due = $3 where id = $1', [before.id, after.owner, after.due])
        await tx.append({
          type: 'finding.assigned',
          about: { kind: 'finding', id: before.id },
          content: { before: { owner: before.owner, due: before.due }, after },
        })
        return {}
      },
    }),
  ]
}

/** Findings as pages show them. */
export async function listFindings(tx: TenantContext, open: boolean) {
  const { rows } = await tx.sql.query<FindingRow>(
    `select f.*, f.due::text as due, s.name as system_name from finding f join system s on s.id = f.system_id where (f.closed_at is null) = $1
     order by array_position(array['critical', 'high', 'medium', 'low'], f.severity), f.opened_at, f.key limit 1000`,
    [open],
  )
  return (await withNames(tx, rows)).map((row) => ({
    key: row.key,
    check: row.check_id,
    title: titleOf(row.check_id),
    remedy: checkOf(row.check_id)?.remedy ?? titleOf(row.check_id),
    systemId: row.system_id,
    systemName: row.system_name,
    subject: row.subject,
    severity: row.severity as 'low' | 'medium' | 'high' | 'critical',
    say: row.say,
    owner: row.owner,
    due: row.due,
    openedAt: row.opened_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
  }))
}
