import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { requestErrors } from './errors.ts'
import type { Ground, Kind, LetterKind, sources, Timed } from './request.ts'

/** By what somebody is looked for. */
export interface LookedFor {
  readonly mails?: readonly string[]
  readonly names?: readonly string[]
}

/** A request as stored. */
export interface RequestRow extends Timed {
  readonly id: string
  readonly number: number
  readonly kinds: readonly Kind[]
  readonly source: (typeof sources)[number]
  readonly language: 'en' | 'de'
  readonly name: string
  readonly email: string | null
  readonly postal: string
  readonly text: string
  readonly role: 'controller' | 'processor' | null
  readonly matter_id: string | null
  readonly identity_settled_on: string | null
  readonly identity_asked: string
  readonly identity_reason: string
  readonly identity_how: string
  readonly extension_reason: string
  readonly ground: Ground | null
  readonly reason: string
  readonly kept_reason: string
  readonly owner_account: string | null
  readonly looked_for: LookedFor
  readonly looked_at: Date | null
  readonly told: number
  readonly closed_at: Date | null
  readonly created_at: Date
}

const days = ['received_on', 'identity_asked_on', 'identity_settled_on', 'extended_on', 'decided_on', 'decided_due']
const columns = `id, number, kinds, source, language, name, email, postal, text, waited_days, role, matter_id, state, identity_asked,
  identity_reason, identity_how, extension_reason, ground, reason, kept_reason, owner_account, looked_for, looked_at, told, closed_at,
  created_at, ${days.map((day) => `${day}::text as ${day}`).join(', ')}`

/** Every request, the newest first. */
export async function listRequests({ sql }: TenantContext): Promise<RequestRow[]> {
  return (await sql.query<RequestRow>(`select ${columns} from request order by number desc`)).rows
}

/** A request, held until the transaction ends. @throws {request.not_found} */
export async function getRequest({ sql }: TenantContext, id: string): Promise<RequestRow> {
  const { rows } = await sql.query<RequestRow>(`select ${columns} from request where id = $1 for update`, [id])
  if (!rows[0]) throw requestErrors.not_found()
  return rows[0]
}

/** What a request begins with. */
export type Begun = Pick<
  RequestRow,
  'kinds' | 'source' | 'language' | 'name' | 'email' | 'postal' | 'text' | 'received_on'
>

/** Keeps a new request; its number is the next one, also where two begin at once, and never one that was given before. */
export async function addRequest(tx: TenantContext, row: Begun): Promise<{ id: string; number: number }> {
  const { sql, newId, now } = tx
  const { rows } = await sql.query<{ number: number }>(
    `insert into request_setting (id, last_number) values (1, 1)
     on conflict (id) do update set last_number = request_setting.last_number + 1 returning last_number as number`,
  )
  const id = newId()
  const number = rows[0]?.number ?? 1
  await sql.query(
    `insert into request (id, number, kinds, source, language, name, email, postal, text, received_on, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11)`,
    [id, number, row.kinds, row.source, row.language, row.name, row.email, row.postal, row.text, row.received_on, now],
  )
  return { id, number }
}

/** Columns that a decision may change. */
type Changes = Partial<Omit<RequestRow, 'id' | 'number' | 'source' | 'received_on' | 'created_at'>>

/** Changes fields of a request. The names are the closed list of its columns, never a caller's. */
export async function changeRequest({ sql }: TenantContext, id: string, changes: Changes): Promise<void> {
  const names = Object.keys(changes)
  const values = Object.entries(changes).map(([name, value]) => (name === 'looked_for' ? JSON.stringify(value) : value))
  await sql.query(`update request set ${names.map((name, n) => `${name} = $${n + 2}`).join(', ')} where id = $1`, [
    id,
    ...values,
  ])
}

/** Something that happened with a request. */
export interface EntryRow {
  readonly kind: string
  readonly text: string
  readonly at: Date
  readonly account_id: string | null
}

export async function addEntry(
  { sql, newId, now, caller }: TenantContext,
  requestId: string,
  kind: string,
  text = '',
): Promise<void> {
  await sql.query(
    'insert into request_entry (id, request_id, kind, text, at, account_id) values ($1, $2, $3, $4, $5, $6)',
    [newId(), requestId, kind, text, now, caller.accountId],
  )
}

/** What happened with a request, the earliest first. */
export async function listEntries({ sql }: TenantContext, requestId: string): Promise<EntryRow[]> {
  const { rows } = await sql.query<EntryRow>(
    'select kind, text, at, account_id from request_entry where request_id = $1 order by at, id',
    [requestId],
  )
  return rows
}

/** Requests of the public form at which nobody has looked yet. */
export async function countWaiting({ sql }: TenantContext): Promise<number> {
  // One at a time, so that many at once do not count each other out.
  await takeTurn({ sql }, 'request.received')
  const { rows } = await sql.query<{ waiting: number }>(
    `select count(*)::int as waiting from request where source = 'form' and state = 'open' and role is null`,
  )
  return rows[0]?.waiting ?? 0
}

/** Settings of the tenant, and who signed the process. */
export interface Setting {
  readonly form_open: boolean
  readonly package_days: number
  readonly role: string | null
  readonly set_at: Date | null
  readonly commitment: Buffer | null
}

export async function findSetting({ sql }: TenantContext): Promise<Setting> {
  const { rows } = await sql.query<Setting>(
    'select form_open, package_days, role, set_at, commitment from request_setting',
  )
  return rows[0] ?? { form_open: true, package_days: 30, role: null, set_at: null, commitment: null }
}

export async function saveSetting({ sql }: TenantContext, row: Setting): Promise<void> {
  await sql.query(
    `insert into request_setting (id, form_open, package_days, role, set_at, commitment) values (1, $1, $2, $3, $4, $5)
     on conflict (id) do update set form_open = excluded.form_open, package_days = excluded.package_days, role = excluded.role,
       set_at = excluded.set_at, commitment = excluded.commitment`,
    [row.form_open, row.package_days, row.role, row.set_at, row.commitment],
  )
}

/** The link of a request. */
export interface LinkRow {
  readonly request_id: string
  readonly ends_at: Date
  readonly uses: number
}

/** Gives a request a link; the one before opens nothing any more. */
export async function setLink({ sql, now }: TenantContext, id: string, hash: Buffer, endsAt: Date): Promise<void> {
  await sql.query(
    `insert into request_link (request_id, token_hash, made_at, ends_at) values ($1, $2, $3, $4)
     on conflict (request_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at,
       ends_at = excluded.ends_at, uses = 0`,
    [id, hash, now, endsAt],
  )
}

export async function findLink({ sql }: TenantContext, hash: Buffer): Promise<LinkRow | undefined> {
  const { rows } = await sql.query<LinkRow>(
    'update request_link set uses = uses + 1 where token_hash = $1 returning request_id, ends_at, uses',
    [hash],
  )
  return rows[0]
}

export async function linkEnds({ sql }: TenantContext, id: string): Promise<Date | null> {
  const { rows } = await sql.query<{ ends_at: Date }>('select ends_at from request_link where request_id = $1', [id])
  return rows[0]?.ends_at ?? null
}

export async function extendLink({ sql }: TenantContext, id: string, until: Date): Promise<void> {
  await sql.query('update request_link set ends_at = greatest(ends_at, $2) where request_id = $1', [id, until])
}

/** Whether somebody is a member whose role may see requests. */
export async function isMember({ sql }: TenantContext, accountId: string, roles: readonly string[]): Promise<boolean> {
  const { rows } = await sql.query('select 1 from membership where account_id = $1 and role = any ($2)', [
    accountId,
    roles,
  ])
  return rows.length > 0
}

/** Accounts whose role may see requests. */
export async function listWorkers({ sql }: TenantContext, roles: readonly string[]): Promise<string[]> {
  const { rows } = await sql.query<{ account_id: string }>(
    'select account_id from membership where role = any ($1) order by account_id',
    [roles],
  )
  return rows.map((row) => row.account_id)
}

/** A letter to the person. */
export interface LetterRow {
  readonly id: string
  readonly request_id: string
  readonly kind: LetterKind
  readonly way: 'letter' | 'link' | 'mail' | 'post' | 'phone'
  readonly state: 'queued' | 'sending' | 'delivered' | 'refused' | 'unknown'
  readonly subject: string
  readonly text: string
  readonly language: 'en' | 'de'
  readonly sha256: Buffer
  readonly made_at: Date
  readonly told_at: Date | null
  readonly told_by: string | null
}

const letterColumns = 'id, request_id, kind, way, state, subject, text, language, sha256, made_at, told_at, told_by'

/** What the person was told, the earliest first. */
export async function listLetters({ sql }: TenantContext, requestId: string): Promise<LetterRow[]> {
  const { rows } = await sql.query<LetterRow>(
    `select ${letterColumns} from request_letter where request_id = $1 order by made_at, id`,
    [requestId],
  )
  return rows
}

/** A letter, held until the transaction ends. */
export async function findLetter({ sql }: TenantContext, id: string): Promise<LetterRow | undefined> {
  const { rows } = await sql.query<LetterRow>(`select ${letterColumns} from request_letter where id = $1 for update`, [
    id,
  ])
  return rows[0]
}

export async function addLetter({ sql }: TenantContext, row: LetterRow): Promise<void> {
  await sql.query(
    `insert into request_letter (${letterColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.request_id,
      row.kind,
      row.way,
      row.state,
      row.subject,
      row.text,
      row.language,
      row.sha256,
      row.made_at,
      row.told_at,
      row.told_by,
    ],
  )
}

export async function settleLetter(
  { sql }: TenantContext,
  id: string,
  state: LetterRow['state'],
  toldAt: Date | null,
): Promise<void> {
  await sql.query('update request_letter set state = $2, told_at = $3 where id = $1', [id, state, toldAt])
}
