import type { Outcome } from '@art32/probes'
import type { TenantContext } from '../evidence/index.ts'
import { bug } from '../kernel/index.ts'
import type { ExceptionRow } from '../measure/index.ts'
import { findingErrors } from './errors.ts'
import { dueOf } from './finding.ts'
import type { FindingState, Severity, Times } from './finding.ts'

/** A fail of one subject of a check on a system, over all looks. */
export interface FindingRow extends Times {
  readonly id: string
  /** The same over all looks, of a check, a system and a subject. */
  readonly key: string
  readonly check_id: string
  readonly system_id: string
  readonly subject: string
  readonly severity: Severity
  readonly say: { readonly en: string; readonly de: string }
  /** What would let it pass, where the check knows it. */
  readonly hint: { readonly en: string; readonly de: string } | null
  readonly owner: string | null
  readonly due: string | null
  readonly seen_at: Date
}

/** With what a list shows of its surroundings. */
export type ListedRow = FindingRow & { readonly system_name: string; readonly comments: number }

const columns = `f.id, f.key, f.check_id, f.system_id, f.subject, f.severity, f.say, f.hint, f.owner, f.due::text as due,
  f.opened_at, f.seen_at, f.suspected_at, f.closed_at`

/** All of a system, whatever became of them. */
export async function listOfSystem({ sql }: TenantContext, systemId: string): Promise<FindingRow[]> {
  const { rows } = await sql.query<FindingRow>(`select ${columns} from finding f where f.system_id = $1`, [systemId])
  return rows
}

/** Held for a change. @throws {finding.not_found} */
export async function getFinding(tx: TenantContext, key: string): Promise<FindingRow> {
  return await find(tx, `select ${columns} from finding f where f.key = $1 for update`, key)
}

/** As it is, without a lock. @throws {finding.not_found} */
export async function findFinding(tx: TenantContext, key: string): Promise<FindingRow> {
  return await find(tx, `select ${columns} from finding f where f.key = $1`, key)
}

async function find({ sql }: TenantContext, query: string, key: string): Promise<FindingRow> {
  const { rows } = await sql.query<FindingRow>(query, [key])
  if (!rows[0]) throw findingErrors.not_found()
  return rows[0]
}

/** What a list shows: suspected ones stand among the open ones. */
export type Shown = Exclude<FindingState, 'suspected'>

/** Which findings each list shows; `$1` are the keys for which an exception holds. */
const where: Readonly<Record<Shown, string>> = {
  open: '(f.closed_at is null or f.suspected_at is not null) and f.key <> all ($1::text[])',
  excepted: 'f.key = any ($1::text[])',
  closed: 'f.closed_at is not null and f.suspected_at is null and f.key <> all ($1::text[])',
}

/** The worst and oldest first, a thousand at most. */
export async function listRows(
  { sql }: TenantContext,
  shown: readonly Shown[],
  inForce: ReadonlyMap<string, ExceptionRow>,
): Promise<ListedRow[]> {
  const { rows } = await sql.query<ListedRow>(
    `select ${columns}, s.name as system_name,
       (select count(*)::int from comment c join opening o on o.commitment = c.commitment
        where c.finding_id = f.id and o.erased_at is null) as comments
     from finding f join system s on s.id = f.system_id
     where ${shown.map((one) => `(${where[one]})`).join(' or ')}
     order by array_position(array['critical', 'high', 'medium', 'low'], f.severity),
       coalesce(f.opened_at, f.suspected_at, f.closed_at), f.key limit 1000`,
    [[...inForce.keys()]],
  )
  return rows
}

/** How many stand how. */
export async function countStates(
  { sql }: TenantContext,
  inForce: ReadonlyMap<string, ExceptionRow>,
): Promise<Record<FindingState, number>> {
  const { rows } = await sql.query<Record<FindingState, number>>(
    `select count(*) filter (where ${where.open} and f.suspected_at is null)::int as open,
       count(*) filter (where ${where.open} and f.suspected_at is not null)::int as suspected,
       count(*) filter (where ${where.excepted})::int as excepted,
       count(*) filter (where ${where.closed})::int as closed
     from finding f`,
    [[...inForce.keys()]],
  )
  if (!rows[0]) throw bug('a count without a row')
  return rows[0]
}

/** Open findings by the day they are due, which for an excepted one is the last of its exception. */
export async function countDays(
  { sql }: TenantContext,
  inForce: ReadonlyMap<string, ExceptionRow>,
): Promise<{ day: string; count: number }[]> {
  const declared = [...inForce.values()]
  const { rows } = await sql.query<{ day: string; count: number }>(
    `select coalesce(e.until, f.due, f.opened_at::date)::text as day, count(*)::int as count
     from finding f left join unnest($1::text[], $2::date[]) as e (key, until) using (key)
     where f.closed_at is null and f.suspected_at is null group by 1`,
    [declared.map(({ key }) => key), declared.map(({ until }) => until)],
  )
  return rows
}

const textsOf = ({ say, hint }: Outcome) => [
  JSON.stringify({ en: say.en, de: say.de }),
  hint === undefined ? null : JSON.stringify({ en: hint.en, de: hint.de }),
]

/** Keeps what was seen for the first time, or again after it was mended, and waits for a second look. */
export async function suspect(tx: TenantContext, outcome: Outcome, known: FindingRow | undefined): Promise<void> {
  const { check, system, subject, severity } = outcome
  await tx.sql.query(
    `insert into finding (id, key, check_id, system_id, subject, severity, say, hint, suspected_at, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (key) do update set suspected_at = excluded.suspected_at, seen_at = excluded.seen_at,
       severity = excluded.severity, say = excluded.say, hint = excluded.hint`,
    [known?.id ?? tx.newId(), outcome.key, check, system, subject, severity, ...textsOf(outcome), tx.now],
  )
}

/** Opens a finding, since it was first seen. @returns its id */
export async function open(tx: TenantContext, outcome: Outcome, known: FindingRow | undefined): Promise<string> {
  const { check, system, subject, severity } = outcome
  const id = known?.id ?? tx.newId()
  await tx.sql.query(
    `insert into finding (id, key, check_id, system_id, subject, severity, say, hint, due, opened_at, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (key) do update set suspected_at = null, closed_at = null, opened_at = excluded.opened_at,
       seen_at = excluded.seen_at, severity = excluded.severity, say = excluded.say, hint = excluded.hint, due = excluded.due`,
    [
      id,
      outcome.key,
      check,
      system,
      subject,
      severity,
      ...textsOf(outcome),
      dueOf(severity, tx.now),
      known?.suspected_at ?? tx.now,
      tx.now,
    ],
  )
  return id
}

/** Seen once more. */
export async function see({ sql, now }: TenantContext, id: string, outcome: Outcome): Promise<void> {
  await sql.query('update finding set seen_at = $4, say = $2, hint = $3 where id = $1', [id, ...textsOf(outcome), now])
}

/** Nothing is wrong any more. */
export async function close({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update finding set closed_at = $2 where id = $1', [id, now])
}

/** A second look did not say the same: what was closed stays closed since then, what is new is closed now. */
export async function dismiss({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update finding set suspected_at = null, closed_at = coalesce(closed_at, $2) where id = $1', [
    id,
    now,
  ])
}

/** What a person decides. */
export async function assign(
  { sql }: TenantContext,
  id: string,
  { owner, due }: Pick<FindingRow, 'owner' | 'due'>,
): Promise<void> {
  await sql.query('update finding set owner = $2, due = $3 where id = $1', [id, owner, due])
}

/** Whom people named for a finding and for its last exception: names or addresses as they were written. */
export async function listOwners({ sql }: TenantContext, id: string): Promise<string[]> {
  const { rows } = await sql.query<{ owner: string }>(
    `select owner from finding where id = $1 and owner is not null union
     (select e.owner from exception e join finding f using (key) where f.id = $1 order by e.declared_at desc limit 1)`,
    [id],
  )
  return rows.flatMap(({ owner }) => (owner ? [owner] : []))
}

/** Whether something of a system waits for a second look. */
export async function isSuspected({ sql }: TenantContext, systemId: string): Promise<boolean> {
  const { rows } = await sql.query('select 1 from finding where system_id = $1 and suspected_at is not null limit 1', [
    systemId,
  ])
  return rows.length > 0
}
