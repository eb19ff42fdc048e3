import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { incidentErrors } from './errors.ts'
import { Facts } from './facts.ts'
import type { Case, Controller, sources, Told } from './incident.ts'

/** A case as stored. */
export interface IncidentRow extends Case {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly description: string
  readonly source: (typeof sources)[number]
  readonly source_ref: string | null
  readonly language: 'en' | 'de'
  readonly reporter: string | null
  readonly reported_by: string | null
  readonly reported_at: Date
  readonly triaged_at: Date | null
  readonly breach_kinds: readonly string[]
  readonly breach_reason: string
  readonly breach_at: Date | null
  readonly risk_reason: string
  readonly risk_at: Date | null
  readonly people_reason: string
  readonly people_at: Date | null
  readonly closed_at: Date | null
}

/** Something that happened in a case. */
export interface EntryRow {
  readonly id: string
  readonly incident_id: string
  readonly kind: string
  readonly text: string
  readonly happened_at: Date
  readonly at: Date
  readonly account_id: string | null
}

const columns = `id, number, title, description, source, source_ref, state, severity, language, reporter, reported_by, reported_at,
  triaged_at, aware_at, role, breach, breach_kinds, breach_reason, breach_at, risk, risk_reason, risk_at, authority, people,
  people_reason, people_at, facts, review, closed_at`

function parsed(row: IncidentRow): IncidentRow {
  return { ...row, facts: Facts.parse(row.facts) }
}

/** Every case, the newest first. */
export async function listIncidents({ sql }: TenantContext): Promise<IncidentRow[]> {
  const { rows } = await sql.query<IncidentRow>(`select ${columns} from incident order by number desc`)
  return rows.map(parsed)
}

/** Those that are not closed. */
export async function listOpen({ sql }: TenantContext): Promise<IncidentRow[]> {
  const { rows } = await sql.query<IncidentRow>(
    `select ${columns} from incident where state <> 'closed' order by number`,
  )
  return rows.map(parsed)
}

/** A case, held until the transaction ends. @throws {incident.not_found} */
export async function getIncident({ sql }: TenantContext, id: string): Promise<IncidentRow> {
  const { rows } = await sql.query<IncidentRow>(`select ${columns} from incident where id = $1 for update`, [id])
  if (!rows[0]) throw incidentErrors.not_found()
  return parsed(rows[0])
}

/** The same, where it must go on. @throws {incident.not_found | incident.closed} */
export async function getOpen(tx: TenantContext, id: string): Promise<IncidentRow> {
  const row = await getIncident(tx, id)
  if (row.state === 'closed') throw incidentErrors.closed()
  return row
}

/** What a case begins with. */
export type Begun = Pick<IncidentRow, 'title' | 'description' | 'source' | 'source_ref' | 'language' | 'reporter'>

/** Begins a case; its number is the next one, also where two begin at once. */
export async function addIncident(tx: TenantContext, row: Begun): Promise<{ id: string; number: number }> {
  const { sql, now } = tx
  await takeTurn({ sql }, 'incident.number')
  const id = tx.newId()
  const { rows } = await sql.query<{ number: number }>(
    `insert into incident (id, number, title, description, source, source_ref, state, language, reporter, reported_by, reported_at,
       created_at)
     select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, 'reported', $6, $7, $8, $9, $9 from incident returning number`,
    [id, row.title, row.description, row.source, row.source_ref, row.language, row.reporter, tx.caller.accountId, now],
  )
  return { id, number: rows[0]?.number ?? 0 }
}

/** The case that began with a report of a weakness, by its number. */
export async function findOfReport(
  { sql }: TenantContext,
  number: number,
): Promise<{ id: string; number: number } | null> {
  const { rows } = await sql.query<{ id: string; number: number }>(
    `select id, number from incident where source = 'report' and source_ref = $1`,
    [String(number)],
  )
  return rows[0] ?? null
}

/** Columns that a decision may change. */
type Changes = Partial<
  Omit<IncidentRow, 'id' | 'number' | 'source' | 'source_ref' | 'language' | 'reported_by' | 'reported_at'>
>

/** Changes fields of a case. The names are the closed list of its columns, never a caller's. */
export async function changeIncident({ sql }: TenantContext, id: string, changes: Changes): Promise<void> {
  const names = Object.keys(changes)
  const values = Object.values(changes).map((value: unknown) =>
    typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value)
      ? JSON.stringify(value)
      : value,
  )
  await sql.query(`update incident set ${names.map((name, n) => `${name} = $${n + 2}`).join(', ')} where id = $1`, [
    id,
    ...values,
  ])
}

export async function addEntry(
  { sql, newId, now, caller }: TenantContext,
  entry: { incidentId: string; kind: string; text?: string; happenedAt?: Date; byNobody?: boolean },
): Promise<string> {
  const id = newId()
  await sql.query(
    `insert into incident_entry (id, incident_id, kind, text, happened_at, at, account_id) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      entry.incidentId,
      entry.kind,
      entry.text ?? '',
      entry.happenedAt ?? now,
      now,
      entry.byNobody ? null : caller.accountId,
    ],
  )
  return id
}

/** What happened in a case, by when it happened. */
export async function listEntries({ sql }: TenantContext, incidentId: string): Promise<EntryRow[]> {
  const { rows } = await sql.query<EntryRow>(
    'select * from incident_entry where incident_id = $1 order by happened_at, at, id',
    [incidentId],
  )
  return rows
}

/** Settings of the tenant. */
export interface Setting {
  readonly authority: string | null
  readonly contact: string
  readonly form_open: boolean
}

export async function findSetting({ sql }: TenantContext): Promise<Setting> {
  const { rows } = await sql.query<Setting>('select authority, contact, form_open from incident_setting')
  return rows[0] ?? { authority: null, contact: '', form_open: true }
}

export async function saveSetting({ sql }: TenantContext, { authority, contact, form_open }: Setting): Promise<void> {
  await sql.query(
    `insert into incident_setting (id, authority, contact, form_open) values (1, $1, $2, $3)
     on conflict (id) do update set authority = excluded.authority, contact = excluded.contact, form_open = excluded.form_open`,
    [authority, contact, form_open],
  )
}

/** The affected controllers of cases. */
export async function listAffected({ sql }: TenantContext): Promise<(Controller & { incident_id: string })[]> {
  const { rows } = await sql.query<Controller & { incident_id: string }>(
    `select a.incident_id, c.id as "controllerId", c.name, c.clock_hours as hours from incident_affected a
     join incident_controller c on c.id = a.controller_id order by c.name, c.id`,
  )
  return rows
}

export async function saveAffected(
  { sql }: TenantContext,
  id: string,
  controllerIds: readonly string[],
): Promise<void> {
  await sql.query('delete from incident_affected where incident_id = $1', [id])
  await sql.query('insert into incident_affected (incident_id, controller_id) select $1, unnest($2::uuid[])', [
    id,
    [...new Set(controllerIds)],
  ])
}

/** Who was told in which case; a letter on its way has told nobody. */
export async function listTold({ sql }: TenantContext): Promise<(Told & { incident_id: string })[]> {
  const { rows } = await sql.query<Told & { incident_id: string }>(
    `select incident_id, recipient, controller_id as "controllerId", told_at as at from incident_notice
     where state = 'delivered' and told_at is not null order by told_at`,
  )
  return rows
}

/** Notes that a point of a clock was reminded of. @returns false: it was already */
export async function noteTold(
  { sql, now }: TenantContext,
  incidentId: string,
  clock: string,
  point: string,
): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into incident_told (incident_id, clock, point, at) values ($1, $2, $3, $4)
     on conflict (incident_id, clock, point) do nothing returning 1`,
    [incidentId, clock, point, now],
  )
  return rows.length > 0
}
