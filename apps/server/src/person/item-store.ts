import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** What is handed to people. */
export const itemKinds = ['device', 'key', 'card', 'token', 'other'] as const

/** Something that is handed to people and comes back. */
export interface ItemRow {
  readonly id: string
  readonly kind: (typeof itemKinds)[number]
  readonly label: string
  readonly number: string
  readonly retired_at: Date | null
  readonly retired_reason: string | null
}

/** Who had it from when to when. */
export interface HandoverRow {
  readonly id: string
  readonly item_id: string
  readonly person_id: string
  readonly issued_on: string
  readonly returned_on: string | null
  readonly note: string
}

const handoverColumns = 'id, item_id, person_id, issued_on::text as issued_on, returned_on::text as returned_on, note'

export async function listItems({ sql }: TenantContext): Promise<ItemRow[]> {
  return (await sql.query<ItemRow>('select * from item order by kind, lower(label), lower(number), id')).rows
}

export async function findItem({ sql }: TenantContext, id: string): Promise<ItemRow | undefined> {
  return (await sql.query<ItemRow>('select * from item where id = $1 for update', [id])).rows[0]
}

/** Something else of the kind with the same number; none without a number. */
export async function findSameNumber(
  { sql }: TenantContext,
  { id, kind, number }: Pick<ItemRow, 'id' | 'kind' | 'number'>,
): Promise<boolean> {
  await takeTurn({ sql }, 'person.item')
  const { rows } = await sql.query(
    `select 1 from item where kind = $2 and number <> '' and lower(number) = lower($3) and retired_at is null and id <> $1`,
    [id, kind, number],
  )
  return rows.length > 0
}

export async function saveItem(
  { sql, now }: TenantContext,
  row: Pick<ItemRow, 'id' | 'kind' | 'label' | 'number'>,
): Promise<void> {
  await sql.query(
    `insert into item (id, kind, label, number, created_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set kind = excluded.kind, label = excluded.label, number = excluded.number`,
    [row.id, row.kind, row.label, row.number, now],
  )
}

export async function retireItem({ sql, now }: TenantContext, id: string, reason: string): Promise<void> {
  await sql.query('update item set retired_at = $2, retired_reason = $3 where id = $1', [id, now, reason])
}

/** @param personId null: of everybody */
export async function listHandovers({ sql }: TenantContext, personId: string | null = null): Promise<HandoverRow[]> {
  const { rows } = await sql.query<HandoverRow>(
    `select ${handoverColumns} from handover where $1::uuid is null or person_id = $1 order by issued_on, id`,
    [personId],
  )
  return rows
}

/** Who has it now, locked until the transaction ends. */
export async function findOpen({ sql }: TenantContext, itemId: string): Promise<HandoverRow | undefined> {
  const { rows } = await sql.query<HandoverRow>(
    `select ${handoverColumns} from handover where item_id = $1 and returned_on is null for update`,
    [itemId],
  )
  return rows[0]
}

export async function addHandover(
  { sql, caller }: TenantContext,
  row: Pick<HandoverRow, 'id' | 'item_id' | 'person_id' | 'issued_on' | 'note'>,
): Promise<void> {
  await sql.query(
    'insert into handover (id, item_id, person_id, issued_on, issued_by, note) values ($1, $2, $3, $4, $5, $6)',
    [row.id, row.item_id, row.person_id, row.issued_on, caller.accountId, row.note],
  )
}

export async function endHandover(
  { sql, caller }: TenantContext,
  { id, returned_on: returnedOn, note }: Pick<HandoverRow, 'id' | 'returned_on' | 'note'>,
): Promise<void> {
  await sql.query('update handover set returned_on = $2, returned_by = $3, note = $4 where id = $1', [
    id,
    returnedOn,
    caller.accountId,
    note,
  ])
}

/** How many things each person has. */
export async function countHeld({ sql }: TenantContext): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ person_id: string; held: number }>(
    'select person_id, count(*)::int as held from handover where returned_on is null group by person_id',
  )
  return new Map(rows.map(({ person_id: person, held }) => [person, held]))
}
