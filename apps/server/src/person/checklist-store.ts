import type { TenantContext } from '../evidence/index.ts'

/** When a list is worked off. */
export const checklistKinds = ['joiner', 'mover', 'leaver'] as const

/** When a list is worked off. */
export type ChecklistKind = (typeof checklistKinds)[number]

/** One point of a template: what to do, and by when, in days from the day on which somebody joins, moves or leaves. */
export interface TemplateItem {
  readonly text: string
  readonly days: number
}

/** A list of the tenant's own. */
export interface TemplateRow {
  readonly id: string
  readonly kind: ChecklistKind
  readonly title: string
  readonly items: readonly TemplateItem[]
}

/** A list that is worked off for somebody. */
export interface ChecklistRow {
  readonly id: string
  readonly person_id: string
  readonly kind: ChecklistKind
  readonly title: string
  readonly from_on: string
  readonly started_at: Date
}

/** How a point of a list stands. */
export const itemStates = ['open', 'done', 'not-needed'] as const

/** How a point of a list stands. */
export type ItemState = (typeof itemStates)[number]

/** One point of a list: who did it and when. */
export interface ChecklistItemRow {
  readonly id: string
  readonly checklist_id: string
  readonly place: number
  readonly text: string
  readonly due_on: string
  readonly state: ItemState
  readonly done_on: string | null
  readonly account_id: string | null
  readonly at: Date | null
  readonly note: string
}

const checklistColumns = 'id, person_id, kind, title, from_on::text as from_on, started_at'
const itemColumns =
  'id, checklist_id, place, text, due_on::text as due_on, state, done_on::text as done_on, account_id, at, note'

export async function listTemplates({ sql }: TenantContext): Promise<TemplateRow[]> {
  return (await sql.query<TemplateRow>('select * from checklist_template order by lower(title), id')).rows
}

export async function findTemplate({ sql }: TenantContext, id: string): Promise<TemplateRow | undefined> {
  return (await sql.query<TemplateRow>('select * from checklist_template where id = $1 for update', [id])).rows[0]
}

export async function saveTemplate({ sql, now }: TenantContext, row: TemplateRow): Promise<void> {
  await sql.query(
    `insert into checklist_template (id, kind, title, items, created_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set kind = excluded.kind, title = excluded.title, items = excluded.items`,
    [row.id, row.kind, row.title, JSON.stringify(row.items), now],
  )
}

export async function removeTemplate({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from checklist_template where id = $1', [id])
}

/** @param personId null: of everybody */
export async function listChecklists({ sql }: TenantContext, personId: string | null = null): Promise<ChecklistRow[]> {
  const { rows } = await sql.query<ChecklistRow>(
    `select ${checklistColumns} from checklist where $1::uuid is null or person_id = $1 order by started_at, id`,
    [personId],
  )
  return rows
}

export async function findChecklist({ sql }: TenantContext, id: string): Promise<ChecklistRow | undefined> {
  const { rows } = await sql.query<ChecklistRow>(`select ${checklistColumns} from checklist where id = $1 for update`, [
    id,
  ])
  return rows[0]
}

export async function addChecklist(
  { sql, caller, now, newId }: TenantContext,
  row: Omit<ChecklistRow, 'started_at'>,
  items: readonly Pick<ChecklistItemRow, 'text' | 'due_on'>[],
): Promise<void> {
  await sql.query(
    'insert into checklist (id, person_id, kind, title, from_on, account_id, started_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [row.id, row.person_id, row.kind, row.title, row.from_on, caller.accountId, now],
  )
  for (const [place, { text, due_on: due }] of items.entries())
    await sql.query('insert into checklist_item (id, checklist_id, place, text, due_on) values ($1, $2, $3, $4, $5)', [
      newId(),
      row.id,
      place,
      text,
      due,
    ])
}

export async function removeChecklist({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('delete from checklist where id = $1', [id])
}

/** The points of some lists, in their order. */
export async function listItems(
  { sql }: TenantContext,
  {
    personId = null,
    openOnly = false,
    limit = null,
  }: { personId?: string | null; openOnly?: boolean; limit?: number | null } = {},
): Promise<ChecklistItemRow[]> {
  const { rows } = await sql.query<ChecklistItemRow>(
    `select ${itemColumns} from checklist_item
     where ($1::uuid is null or checklist_id in (select id from checklist where person_id = $1))
       and (not $2 or state = 'open') order by due_on, checklist_id, place limit $3`,
    [personId, openOnly, limit],
  )
  return rows
}

export async function findItem({ sql }: TenantContext, id: string): Promise<ChecklistItemRow | undefined> {
  const { rows } = await sql.query<ChecklistItemRow>(
    `select ${itemColumns} from checklist_item where id = $1 for update`,
    [id],
  )
  return rows[0]
}

export async function tickItem(
  { sql, caller, now }: TenantContext,
  { id, state, done_on: doneOn, note }: Pick<ChecklistItemRow, 'id' | 'state' | 'done_on' | 'note'>,
): Promise<void> {
  await sql.query(
    'update checklist_item set state = $2, done_on = $3, note = $4, account_id = $5, at = $6 where id = $1',
    [id, state, doneOn, note, state === 'open' ? null : caller.accountId, state === 'open' ? null : now],
  )
}

/** How many points are open, and how many of them overdue, by person. */
export async function countOpen(
  { sql }: TenantContext,
  today: string,
): Promise<Map<string, { readonly open: number; readonly overdue: number }>> {
  const { rows } = await sql.query<{ person_id: string; open: number; overdue: number }>(
    `select c.person_id, count(*)::int as open, count(*) filter (where i.due_on < $1::date)::int as overdue
     from checklist_item i join checklist c on c.id = i.checklist_id where i.state = 'open' group by c.person_id`,
    [today],
  )
  return new Map(rows.map(({ person_id: person, open, overdue }) => [person, { open, overdue }]))
}
