import type { TenantContext } from '../evidence/index.ts'
import type { Reason } from './audit.ts'
import { auditErrors } from './errors.ts'

/** An audit as it is kept. */
export interface AuditRow {
  readonly id: string
  readonly kind: 'review' | 'internal'
  readonly title: string
  readonly scope: string
  readonly planned_on: string
  readonly opened_at: Date | null
  readonly since: Date | null
  readonly seed: string | null
  readonly population: number | null
  readonly conclusion: string | null
  readonly signed_by: string | null
  readonly signed_role: string | null
  readonly signed_at: Date | null
  readonly cancelled_at: Date | null
  readonly cancelled_reason: string | null
}

/** With how many items stand how. */
export interface CountedRow extends AuditRow {
  readonly items: number
  readonly undecided: number
  readonly findings: number
  /** Findings of which nobody has said yet what was done. */
  readonly to_do: number
}

/** Something to look at. */
export interface ItemRow {
  readonly id: string
  readonly audit_id: string
  readonly position: number
  readonly about_kind: string
  readonly about_id: string
  readonly title: string
  readonly reasons: readonly Reason[]
  readonly detail: Readonly<Record<string, string | number>>
  readonly verdict: 'fine' | 'finding' | null
  readonly note: string
  readonly severity: 'major' | 'minor' | 'observation' | null
  readonly owner: string
  readonly due: string | null
  readonly decided_by: string | null
  readonly decided_at: Date | null
  readonly done_by: string | null
  readonly done_at: Date | null
  readonly done_note: string | null
}

/** What is collected for a walk. */
export type Collected = Pick<ItemRow, 'about_kind' | 'about_id' | 'title' | 'reasons' | 'detail'>

const columns = `a.id, a.kind, a.title, a.scope, a.planned_on::text as planned_on, a.opened_at, a.since, a.seed, a.population,
  a.conclusion, a.signed_by, a.signed_role, a.signed_at, a.cancelled_at, a.cancelled_reason,
  count(i.id)::int as items,
  count(i.id) filter (where i.verdict is null)::int as undecided,
  count(i.id) filter (where i.verdict = 'finding')::int as findings,
  count(i.id) filter (where i.verdict = 'finding' and i.done_at is null)::int as to_do`

const itemColumns = `id, audit_id, position, about_kind, about_id, title, reasons, detail, verdict, note, severity, owner,
  due::text as due, decided_by, decided_at, done_by, done_at, done_note`

/** All audits, the latest planned first. */
export async function listAudits({ sql }: TenantContext): Promise<CountedRow[]> {
  const { rows } = await sql.query<CountedRow>(
    `select ${columns} from audit a left join audit_item i on i.audit_id = a.id
     group by a.id order by a.planned_on desc, a.created_at desc`,
  )
  return rows
}

/** One audit, held for a change where asked. @throws {audit.not_found} */
export async function getAudit({ sql }: TenantContext, id: string, hold = false): Promise<CountedRow> {
  if (hold) await sql.query('select id from audit where id = $1 for update', [id])
  const { rows } = await sql.query<CountedRow>(
    `select ${columns} from audit a left join audit_item i on i.audit_id = a.id where a.id = $1 group by a.id`,
    [id],
  )
  if (!rows[0]) throw auditErrors.not_found()
  return rows[0]
}

/** Holds every review, so that no two are opened at the same moment. */
export async function holdReviews({ sql }: TenantContext): Promise<void> {
  await sql.query("select id from audit where kind = 'review' order by id for update")
}

export async function addAudit(
  { sql, now }: TenantContext,
  row: Pick<AuditRow, 'id' | 'kind' | 'title' | 'scope' | 'planned_on'>,
): Promise<void> {
  await sql.query(
    'insert into audit (id, kind, title, scope, planned_on, created_at) values ($1, $2, $3, $4, $5, $6)',
    [row.id, row.kind, row.title, row.scope, row.planned_on, now],
  )
}

export async function openAudit(
  { sql, now }: TenantContext,
  row: Pick<AuditRow, 'id' | 'since' | 'seed' | 'population'>,
): Promise<void> {
  await sql.query('update audit set opened_at = $2, since = $3, seed = $4, population = $5 where id = $1', [
    row.id,
    now,
    row.since,
    row.seed,
    row.population,
  ])
}

export async function signAudit(
  { sql, now, caller }: TenantContext,
  { id, conclusion, commitment }: { id: string; conclusion: string; commitment: Buffer },
): Promise<void> {
  await sql.query(
    `update audit set conclusion = $2, commitment = $3, signed_by = $4, signed_role = $5, signed_at = $6 where id = $1`,
    [id, conclusion, commitment, caller.accountId, caller.role, now],
  )
}

export async function cancelAudit({ sql, now }: TenantContext, id: string, reason: string): Promise<void> {
  await sql.query('update audit set cancelled_at = $2, cancelled_reason = $3 where id = $1', [id, now, reason])
}

/** When the last review was signed; null: never. */
export async function lastReview({ sql }: TenantContext): Promise<Date | null> {
  const { rows } = await sql.query<{ at: Date | null }>(
    "select max(opened_at) as at from audit where kind = 'review' and signed_at is not null",
  )
  return rows[0]?.at ?? null
}

/** Adds what is to be looked at behind what is there already, in one statement. */
export async function addItems(tx: TenantContext, auditId: string, items: readonly Collected[]): Promise<void> {
  await tx.sql.query(
    `insert into audit_item (id, audit_id, position, about_kind, about_id, title, reasons, detail)
     select (i->>'id')::uuid, $1, coalesce((select max(position) from audit_item where audit_id = $1), 0) + n,
       i->>'kind', i->>'about', i->>'title', array(select jsonb_array_elements_text(i->'reasons')), i->'detail'
     from jsonb_array_elements($2::jsonb) with ordinality as given (i, n)`,
    [
      auditId,
      JSON.stringify(
        items.map((item) => ({
          id: tx.newId(),
          kind: item.about_kind,
          about: item.about_id,
          title: item.title,
          reasons: item.reasons,
          detail: item.detail,
        })),
      ),
    ],
  )
}

/** Which items are shown. */
export const shownItems = ['undecided', 'findings', 'to-do', 'all'] as const

const which: Readonly<Record<(typeof shownItems)[number], string>> = {
  undecided: 'verdict is null',
  findings: "verdict = 'finding'",
  'to-do': "verdict = 'finding' and done_at is null",
  all: 'true',
}

/** A page of items in the order of the walk. */
export async function listItems(
  { sql }: TenantContext,
  auditId: string,
  { show, page, size }: { show: (typeof shownItems)[number]; page: number; size: number },
): Promise<ItemRow[]> {
  const { rows } = await sql.query<ItemRow>(
    `select ${itemColumns} from audit_item where audit_id = $1 and ${which[show]} order by position limit $2 offset $3`,
    [auditId, size, page * size],
  )
  return rows
}

/** One item. @throws {audit.no_item} */
export async function getItem({ sql }: TenantContext, id: string): Promise<ItemRow> {
  const { rows } = await sql.query<ItemRow>(`select ${itemColumns} from audit_item where id = $1`, [id])
  if (!rows[0]) throw auditErrors.no_item()
  return rows[0]
}

export async function decideItem(
  { sql, now, caller }: TenantContext,
  item: Pick<ItemRow, 'id' | 'verdict' | 'note' | 'severity' | 'owner' | 'due'>,
): Promise<void> {
  await sql.query(
    `update audit_item set verdict = $2, note = $3, severity = $4, owner = $5, due = $6, decided_by = $7, decided_at = $8
     where id = $1`,
    [item.id, item.verdict, item.note, item.severity, item.owner, item.due, caller.accountId, now],
  )
}

export async function closeItem({ sql, now, caller }: TenantContext, id: string, note: string): Promise<void> {
  await sql.query('update audit_item set done_by = $2, done_at = $3, done_note = $4 where id = $1', [
    id,
    caller.accountId,
    now,
    note,
  ])
}
