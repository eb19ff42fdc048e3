import type { TenantContext } from '../evidence/index.ts'

/** What people are trained in. */
export interface CourseRow {
  readonly id: string
  /** The course that comes with art32; null: others teach it. */
  readonly key: string | null
  readonly title: string
  readonly valid_months: number
  readonly areas: readonly string[]
  readonly required: boolean
  readonly retired_at: Date | null
}

/** Somebody completed a course. */
export interface TrainingRow {
  readonly id: string
  readonly person_id: string
  readonly course_id: string
  readonly source: 'quiz' | 'certificate'
  readonly completed_on: string
  readonly expires_on: string
  readonly correct: number | null
  readonly asked: number | null
  readonly provider: string
  readonly account_id: string | null
  readonly role: string
  readonly at: Date
  readonly withdrawn_at: Date | null
  readonly withdrawn_reason: string | null
}

/** A completion as figures need it. */
export type CountingTraining = Pick<TrainingRow, 'person_id' | 'course_id' | 'completed_on' | 'expires_on'>

/** One question as it was asked: its id, and its answers in the order in which they were shown. */
export interface Asked {
  readonly id: string
  readonly order: readonly number[]
}

/** One try at the questions of a course. */
export interface AttemptRow {
  readonly id: string
  readonly person_id: string
  readonly course_id: string
  readonly language: 'en' | 'de'
  readonly asked: readonly Asked[]
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly correct: number | null
}

const trainingColumns = `id, person_id, course_id, source, completed_on::text as completed_on, expires_on::text as expires_on,
  correct, asked, provider, account_id, role, at, withdrawn_at, withdrawn_reason`

export async function listCourses({ sql }: TenantContext): Promise<CourseRow[]> {
  return (await sql.query<CourseRow>('select * from course order by lower(title), id')).rows
}

export async function findCourse({ sql }: TenantContext, id: string): Promise<CourseRow | undefined> {
  return (await sql.query<CourseRow>('select * from course where id = $1 for update', [id])).rows[0]
}

export async function saveCourse({ sql, now }: TenantContext, row: Omit<CourseRow, 'retired_at'>): Promise<void> {
  await sql.query(
    `insert into course (id, key, title, valid_months, areas, required, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do update set title = excluded.title, valid_months = excluded.valid_months, areas = excluded.areas,
       required = excluded.required, retired_at = null`,
    [row.id, row.key, row.title, row.valid_months, row.areas, row.required, now],
  )
}

export async function retireCourse({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('update course set retired_at = $2, required = false where id = $1', [id, now])
}

/** @param personId null: of everybody */
export async function listTrainings({ sql }: TenantContext, personId: string | null = null): Promise<TrainingRow[]> {
  const { rows } = await sql.query<TrainingRow>(
    `select ${trainingColumns} from training where $1::uuid is null or person_id = $1 order by completed_on, at, id`,
    [personId],
  )
  return rows
}

/** What counts longest of each person and course up to a day; as little of each row as figures need. */
export async function listCountingTrainings(
  { sql }: TenantContext,
  { personId, today }: { personId: string | null; today: string },
): Promise<CountingTraining[]> {
  const { rows } = await sql.query<CountingTraining>(
    `select person_id, course_id, completed_on::text as completed_on, expires_on::text as expires_on from (
       select distinct on (person_id, course_id) * from training
       where withdrawn_at is null and completed_on <= $2::date and ($1::uuid is null or person_id = $1)
       order by person_id, course_id, expires_on desc) t`,
    [personId, today],
  )
  return rows
}

/** Every training that there is, also those that were taken back. */
export async function listTrainingIds({ sql }: TenantContext): Promise<string[]> {
  return (await sql.query<{ id: string }>('select id from training')).rows.map(({ id }) => id)
}

export async function findTraining({ sql }: TenantContext, id: string): Promise<TrainingRow | undefined> {
  const { rows } = await sql.query<TrainingRow>(`select ${trainingColumns} from training where id = $1 for update`, [
    id,
  ])
  return rows[0]
}

export async function addTraining(
  { sql, caller, now }: TenantContext,
  row: Omit<TrainingRow, 'account_id' | 'role' | 'at' | 'withdrawn_at' | 'withdrawn_reason'>,
): Promise<void> {
  await sql.query(
    `insert into training (id, person_id, course_id, source, completed_on, expires_on, correct, asked, provider, account_id, role, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.person_id,
      row.course_id,
      row.source,
      row.completed_on,
      row.expires_on,
      row.correct,
      row.asked,
      row.provider,
      caller.accountId,
      caller.role,
      now,
    ],
  )
}

export async function withdrawTraining({ sql, now }: TenantContext, id: string, reason: string): Promise<void> {
  await sql.query('update training set withdrawn_at = $2, withdrawn_reason = $3 where id = $1', [id, now, reason])
}

export async function addAttempt(
  { sql, now }: TenantContext,
  row: Pick<AttemptRow, 'id' | 'person_id' | 'course_id' | 'language' | 'asked'>,
): Promise<void> {
  await sql.query(
    'insert into quiz_attempt (id, person_id, course_id, language, asked, started_at) values ($1, $2, $3, $4, $5, $6)',
    [row.id, row.person_id, row.course_id, row.language, JSON.stringify(row.asked), now],
  )
}

/** Somebody's own attempt, locked until the transaction ends. */
export async function findAttempt(
  { sql }: TenantContext,
  id: string,
  personId: string,
): Promise<AttemptRow | undefined> {
  const { rows } = await sql.query<AttemptRow>(
    'select * from quiz_attempt where id = $1 and person_id = $2 for update',
    [id, personId],
  )
  return rows[0]
}

export async function endAttempt({ sql, now }: TenantContext, id: string, correct: number): Promise<void> {
  await sql.query('update quiz_attempt set ended_at = $2, correct = $3 where id = $1', [id, now, correct])
}

/** Tries of somebody, the newest last. */
export async function listAttempts({ sql }: TenantContext, personId: string): Promise<AttemptRow[]> {
  const { rows } = await sql.query<AttemptRow>(
    'select * from quiz_attempt where person_id = $1 order by started_at, id',
    [personId],
  )
  return rows
}
