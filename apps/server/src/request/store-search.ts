import type { TenantContext } from '../evidence/index.ts'

/** What a look over one of the tenant's stores found. */
export interface PlaceRow {
  readonly place: string
  readonly purpose: string
  readonly own: number | null
  readonly named: number | null
  readonly not_looked: readonly { readonly column: string; readonly reason: string }[]
}

/** Keeps what a look found in place of what the one before did. */
export async function savePlaces({ sql }: TenantContext, id: string, places: readonly PlaceRow[]): Promise<void> {
  await sql.query('delete from request_place where request_id = $1', [id])
  for (const row of places)
    await sql.query(
      'insert into request_place (request_id, place, purpose, own, named, not_looked) values ($1, $2, $3, $4, $5, $6)',
      [id, row.place, row.purpose, row.own, row.named, JSON.stringify(row.not_looked)],
    )
}

export async function listPlaces({ sql }: TenantContext, id: string): Promise<PlaceRow[]> {
  const { rows } = await sql.query<PlaceRow>(
    'select place, purpose, own, named, not_looked from request_place where request_id = $1 order by place',
    [id],
  )
  return rows
}

export const itemStates = ['open', 'asked', 'found', 'nothing', 'not-reached'] as const

/** A system elsewhere in which somebody looks. */
export interface ItemRow {
  readonly id: string
  readonly request_id: string
  readonly kind: 'connection' | 'processor' | 'other'
  readonly ref_id: string | null
  readonly name: string
  readonly state: (typeof itemStates)[number]
  readonly note: string
  readonly settled_at: Date | null
  readonly account_id: string | null
}

export async function listItems({ sql }: TenantContext, id: string): Promise<ItemRow[]> {
  const { rows } = await sql.query<ItemRow>(
    'select * from request_item where request_id = $1 order by kind, lower(name), id',
    [id],
  )
  return rows
}

/** Puts a system on the list; one of that name is there already. @returns its id */
export async function addItem(
  { sql, newId }: TenantContext,
  requestId: string,
  { kind, ref, name }: { readonly kind: ItemRow['kind']; readonly ref: string | null; readonly name: string },
): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `insert into request_item (id, request_id, kind, ref_id, name, state) values ($1, $2, $3, $4, $5, 'open')
     on conflict (request_id, kind, name) do update set ref_id = excluded.ref_id returning id`,
    [newId(), requestId, kind, ref, name],
  )
  return rows[0]?.id ?? ''
}

export async function findItem({ sql }: TenantContext, id: string): Promise<ItemRow | undefined> {
  return (await sql.query<ItemRow>('select * from request_item where id = $1 for update', [id])).rows[0]
}

export async function settleItem(
  { sql, now, caller }: TenantContext,
  id: string,
  state: ItemRow['state'],
  note: string,
): Promise<void> {
  await sql.query('update request_item set state = $2, note = $3, settled_at = $4, account_id = $5 where id = $1', [
    id,
    state,
    note,
    now,
    caller.accountId,
  ])
}

/** A package as kept. */
export interface PackageRow {
  readonly data: unknown
  readonly sha256: Buffer
  readonly files: readonly string[]
  readonly made_at: Date
  readonly ends_at: Date
  readonly taken: number
  readonly taken_at: Date | null
}

export async function savePackage(
  { sql, now }: TenantContext,
  id: string,
  row: Pick<PackageRow, 'data' | 'sha256' | 'files' | 'ends_at'>,
): Promise<void> {
  await sql.query(
    `insert into request_package (request_id, data, sha256, files, made_at, ends_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (request_id) do update set data = excluded.data, sha256 = excluded.sha256, files = excluded.files,
       made_at = excluded.made_at, ends_at = excluded.ends_at`,
    [id, JSON.stringify(row.data), row.sha256, row.files, now, row.ends_at],
  )
}

/** What is handed out for a request, held until the transaction ends. */
export async function findPackage({ sql }: TenantContext, id: string): Promise<PackageRow | undefined> {
  const { rows } = await sql.query<PackageRow>(
    'select data, sha256, files, made_at, ends_at, taken, taken_at from request_package where request_id = $1 for update',
    [id],
  )
  return rows[0]
}

export async function noteTaken({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update request_package set taken = taken + 1, taken_at = $2 where request_id = $1', [id, now])
}
