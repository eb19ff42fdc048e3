import type { Pool } from 'pg'
import type { Queryable as InTransaction } from '../evidence/index.ts'

type Queryable = Pick<Pool, 'query'>

/** A backup as it is kept. */
export interface Run {
  readonly id: string
  readonly set_name: string
  readonly started_at: Date
  readonly made_at: Date | null
  readonly ended_at: Date | null
  readonly problem: string | null
}

/** What of one database is in a backup. */
export interface Part {
  /** Null: the control database. */
  readonly tenant_id: string | null
  readonly bytes: number
  readonly rows: number
  readonly leaves: number
  readonly taken_at: Date
  readonly problem: string | null
}

/** A backup in one place. */
export interface Copy {
  readonly run_id: string
  readonly place: number
  readonly kept_at: Date | null
  readonly problem: string | null
  readonly removed_at: Date | null
}

/** What a drill found. */
export interface Drill {
  readonly id: string
  readonly place: number
  readonly set_name: string | null
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly passed: boolean | null
  readonly findings: readonly Finding[]
  readonly databases: number
  readonly rows: number
  readonly rto_ms: number | null
  readonly rpo_ms: number | null
}

/** What is wrong, as a code, and with whose part; null: with all of it, or the control database. */
export interface Finding {
  readonly code: string
  readonly tenant: string | null
}

export async function startRun(
  db: Queryable,
  run: { id: string; set: string; at: Date; drillKey: Buffer },
): Promise<void> {
  await db.query('insert into backup_run (id, set_name, started_at, drill_key) values ($1, $2, $3, $4)', [
    run.id,
    run.set,
    run.at,
    run.drillKey,
  ])
}

export async function addPart(db: Queryable, runId: string, part: Part): Promise<void> {
  await db.query(
    'insert into backup_part (run_id, tenant_id, bytes, rows, leaves, taken_at, problem) values ($1, $2, $3, $4, $5, $6, $7)',
    [runId, part.tenant_id, part.bytes, part.rows, part.leaves, part.taken_at, part.problem],
  )
}

export async function setMade(db: Queryable, runId: string, at: Date): Promise<void> {
  await db.query('update backup_run set made_at = $2 where id = $1', [runId, at])
}

/** @param problem as a code; null: every place has it */
export async function endRun(db: Queryable, runId: string, at: Date, problem: string | null): Promise<void> {
  await db.query('update backup_run set ended_at = $2, problem = $3 where id = $1 and ended_at is null', [
    runId,
    at,
    problem,
  ])
}

const runColumns = 'id, set_name, started_at, made_at, ended_at, problem'

export async function listOpenRuns(db: Queryable): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `select ${runColumns} from backup_run where ended_at is null order by started_at`,
  )
  return rows
}

export async function listRuns(db: Queryable, most: number): Promise<Run[]> {
  const { rows } = await db.query<Run>(`select ${runColumns} from backup_run order by started_at desc limit $1`, [most])
  return rows
}

export async function listParts(db: Queryable, runIds: readonly string[]): Promise<(Part & { run_id: string })[]> {
  const { rows } = await db.query<
    Record<'bytes' | 'rows' | 'leaves', string> & Omit<Part, 'bytes' | 'rows' | 'leaves'> & { run_id: string }
  >('select * from backup_part where run_id = any ($1)', [runIds])
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes), rows: Number(row.rows), leaves: Number(row.leaves) }))
}

export async function listCopies(db: Queryable, runIds: readonly string[]): Promise<Copy[]> {
  const { rows } = await db.query<Copy>('select * from backup_copy where run_id = any ($1) order by place', [runIds])
  return rows
}

export async function setCopy(
  db: Queryable,
  copy: { runId: string; place: number; keptAt: Date | null; problem: string | null },
): Promise<void> {
  await db.query(
    `insert into backup_copy (run_id, place, kept_at, problem) values ($1, $2, $3, $4)
     on conflict (run_id, place) do update set kept_at = excluded.kept_at, problem = excluded.problem`,
    [copy.runId, copy.place, copy.keptAt, copy.problem],
  )
}

export async function setRemoved(db: Queryable, set: string, place: number, at: Date): Promise<void> {
  await db.query(
    `update backup_copy c set removed_at = $3 from backup_run r where r.id = c.run_id and r.set_name = $1 and c.place = $2`,
    [set, place, at],
  )
}

/** The newest backup that a place was seen to keep and that was not taken away. */
export async function findNewestKept(db: Queryable, place: number): Promise<string | undefined> {
  const { rows } = await db.query<{ set_name: string }>(
    `select r.set_name from backup_run r join backup_copy c on c.run_id = r.id
     where c.place = $1 and c.kept_at is not null and c.removed_at is null order by r.set_name desc limit 1`,
    [place],
  )
  return rows[0]?.set_name
}

export async function findDrillKey(db: Queryable, set: string): Promise<{ id: string; drill_key: Buffer } | undefined> {
  const { rows } = await db.query<{ id: string; drill_key: Buffer }>(
    'select id, drill_key from backup_run where set_name = $1 and drill_key is not null',
    [set],
  )
  return rows[0]
}

/** Forgets the keys of all but the newest backups, of which one is of each place. */
export async function forgetDrillKeys(db: Queryable, before: Date): Promise<void> {
  await db.query('update backup_run set drill_key = null where drill_key is not null and started_at < $1', [before])
}

export async function startDrill(db: Queryable, drill: { id: string; place: number; at: Date }): Promise<void> {
  await db.query('insert into backup_drill (id, place, started_at) values ($1, $2, $3)', [
    drill.id,
    drill.place,
    drill.at,
  ])
}

export async function endDrill(
  db: Queryable,
  drill: Omit<Drill, 'place' | 'started_at' | 'ended_at' | 'passed'> & {
    readonly ended_at: Date
    readonly passed: boolean
  },
): Promise<void> {
  await db.query(
    `update backup_drill set set_name = $2, ended_at = $3, passed = $4, findings = $5, databases = $6, rows = $7,
       rto_ms = $8, rpo_ms = $9 where id = $1`,
    [
      drill.id,
      drill.set_name,
      drill.ended_at,
      drill.passed,
      JSON.stringify(drill.findings),
      drill.databases,
      drill.rows,
      drill.rto_ms,
      drill.rpo_ms,
    ],
  )
}

/** Drills whose process ended in the middle passed nothing. */
export async function endInterruptedDrills(db: Queryable, at: Date): Promise<void> {
  await db.query(
    `update backup_drill set ended_at = $1, passed = false, findings = '[{"code":"interrupted","tenant":null}]' where ended_at is null`,
    [at],
  )
}

export async function listDrills(db: Queryable, most: number): Promise<Drill[]> {
  const { rows } = await db.query<
    Omit<Drill, 'rows' | 'rto_ms' | 'rpo_ms'> & Record<'rows' | 'rto_ms' | 'rpo_ms', string>
  >('select * from backup_drill order by started_at desc limit $1', [most])
  const number = (value: string | null) => (value === null ? null : Number(value))
  return rows.map((row) => ({
    ...row,
    rows: Number(row.rows),
    rto_ms: number(row.rto_ms),
    rpo_ms: number(row.rpo_ms),
  }))
}

/** What the newest drill in a place said of each backup. */
export async function listProven(db: Queryable, place: number): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await db.query<{ set_name: string; passed: boolean }>(
    `select distinct on (set_name) set_name, passed from backup_drill
     where place = $1 and set_name is not null and ended_at is not null order by set_name, started_at desc`,
    [place],
  )
  return new Map(rows.map(({ set_name: name, passed }) => [name, passed]))
}

/** What becomes in a place of the log that is kept no more. */
export interface LogEnd {
  readonly place: number
  readonly ended_at: Date
  readonly due_at: Date
  /** Null: something of it may be there. */
  readonly gone_at: Date | null
  readonly problem: string | null
}

export async function listLogEnds(db: Queryable): Promise<LogEnd[]> {
  const { rows } = await db.query<LogEnd>('select * from backup_log_end order by place')
  return rows
}

/** Notes that a log ended that lies in a place; one of which that is known stays as it is. */
export async function startLogEnd(db: Queryable, end: { place: number; endedAt: Date; dueAt: Date }): Promise<void> {
  await db.query(
    `insert into backup_log_end (place, ended_at, due_at) values ($1, $2, $3)
     on conflict (place) do update set ended_at = $2, due_at = $3, gone_at = null, problem = null
       where backup_log_end.gone_at is not null`,
    [end.place, end.endedAt, end.dueAt],
  )
}

/** @param dueAt when all of it goes: never later than was noted */
export async function setLogEnd(
  db: Queryable,
  { place, dueAt, problem }: { place: number; dueAt: Date | null; problem: string | null },
): Promise<void> {
  await db.query(
    `update backup_log_end set due_at = least(due_at, $2), problem = $3 where place = $1 and gone_at is null`,
    [place, dueAt, problem],
  )
}

export async function setLogGone(db: InTransaction, place: number, at: Date): Promise<void> {
  await db.query('update backup_log_end set gone_at = $2, problem = null where place = $1', [place, at])
}

/** Forgets what was noted of places behind so many; with none, of all: the log goes on. */
export async function dropLogEnds(db: Queryable, places: number): Promise<void> {
  await db.query('delete from backup_log_end where place > $1', [places])
}
