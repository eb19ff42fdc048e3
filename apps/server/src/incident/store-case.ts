import type { TenantContext } from '../evidence/index.ts'
import type { caseRoles } from './incident.ts'

/** Something to do in a case. */
export interface TaskRow {
  readonly id: string
  readonly title: string
  readonly assignee: string | null
  readonly due_at: Date | null
  readonly done_at: Date | null
}

export async function listTasks({ sql }: TenantContext, incidentId: string): Promise<TaskRow[]> {
  const { rows } = await sql.query<TaskRow>(
    'select id, title, assignee, due_at, done_at from incident_task where incident_id = $1 order by made_at, id',
    [incidentId],
  )
  return rows
}

export async function addTask({ sql, now }: TenantContext, incidentId: string, row: TaskRow): Promise<void> {
  await sql.query(
    'insert into incident_task (id, incident_id, title, assignee, due_at, done_at, made_at) values ($1, $2, $3, $4, $5, null, $6)',
    [row.id, incidentId, row.title, row.assignee, row.due_at, now],
  )
}

/** @returns the case of a task that was still open */
export async function finishTask({ sql, now }: TenantContext, id: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ incident_id: string }>(
    'update incident_task set done_at = $2 where id = $1 and done_at is null returning incident_id',
    [id, now],
  )
  return rows[0]?.incident_id
}

/** Who does what in a case. */
export interface RoleRow {
  readonly role: (typeof caseRoles)[number]
  readonly account_id: string
}

export async function listRoles({ sql }: TenantContext, incidentId: string): Promise<RoleRow[]> {
  const { rows } = await sql.query<RoleRow>(
    'select role, account_id from incident_role where incident_id = $1 order by role',
    [incidentId],
  )
  return rows
}

/** @param accountId null: nobody any more */
export async function saveRole(
  { sql }: TenantContext,
  incidentId: string,
  role: RoleRow['role'],
  accountId: string | null,
): Promise<void> {
  await sql.query('delete from incident_role where incident_id = $1 and role = $2', [incidentId, role])
  if (accountId === null) return
  await sql.query('insert into incident_role (incident_id, role, account_id) values ($1, $2, $3)', [
    incidentId,
    role,
    accountId,
  ])
}

/** What is done so that it does not happen again. */
export interface LessonRow {
  readonly id: string
  readonly text: string
  readonly duty_id: string | null
}

export async function listLessons({ sql }: TenantContext, incidentId: string): Promise<LessonRow[]> {
  const { rows } = await sql.query<LessonRow>(
    'select id, text, duty_id from incident_lesson where incident_id = $1 order by made_at, id',
    [incidentId],
  )
  return rows
}

export async function addLesson({ sql, now }: TenantContext, incidentId: string, row: LessonRow): Promise<void> {
  await sql.query('insert into incident_lesson (id, incident_id, text, duty_id, made_at) values ($1, $2, $3, $4, $5)', [
    row.id,
    incidentId,
    row.text,
    row.duty_id,
    now,
  ])
}

/** A link by which somebody outside reads a case. */
export interface LinkRow {
  readonly id: string
  readonly incident_id: string
  readonly label: string
  readonly made_at: Date
  readonly ends_at: Date
  readonly ended_at: Date | null
  readonly uses: number
}

const linkColumns = 'id, incident_id, label, made_at, ends_at, ended_at, uses'

export async function listLinks({ sql }: TenantContext, incidentId: string): Promise<LinkRow[]> {
  const { rows } = await sql.query<LinkRow>(
    `select ${linkColumns} from incident_link where incident_id = $1 order by made_at, id`,
    [incidentId],
  )
  return rows
}

export async function addLink(
  { sql, now }: TenantContext,
  row: Pick<LinkRow, 'id' | 'incident_id' | 'label' | 'ends_at'>,
  hash: Buffer,
): Promise<void> {
  await sql.query(
    'insert into incident_link (id, incident_id, label, token_hash, made_at, ends_at) values ($1, $2, $3, $4, $5, $6)',
    [row.id, row.incident_id, row.label, hash, now, row.ends_at],
  )
}

/** @returns the case of a link that had not ended */
export async function endLink({ sql, now }: TenantContext, id: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ incident_id: string }>(
    'update incident_link set ended_at = $2 where id = $1 and ended_at is null and ends_at > $2 returning incident_id',
    [id, now],
  )
  return rows[0]?.incident_id
}

export async function findLink({ sql }: TenantContext, hash: Buffer): Promise<LinkRow | undefined> {
  const { rows } = await sql.query<LinkRow>(`select ${linkColumns} from incident_link where token_hash = $1`, [hash])
  return rows[0]
}

export async function noteUse({ sql }: TenantContext, id: string): Promise<void> {
  await sql.query('update incident_link set uses = uses + 1 where id = $1', [id])
}
