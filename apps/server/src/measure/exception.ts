import type { TenantContext } from '../evidence/index.ts'

/** A declared deviation of one subject of a check on a system. Never edited: it ends, and another one may follow. */
export interface ExceptionRow {
  readonly id: string
  /** Of the finding that it is about. */
  readonly key: string
  readonly check_id: string
  readonly system_id: string
  readonly subject: string
  readonly reason: string
  /** Null once it named a person whose account was erased. */
  readonly owner: string | null
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly until: string
  /** The account of whoever granted it; null once that is gone. */
  readonly declared_by: string | null
  readonly declared_at: Date
  /** The last day on which somebody was reminded of its end. */
  readonly reminded_on: string | null
  readonly ended_at: Date | null
  readonly ended_as: 'withdrawn' | 'expired' | null
}

/** What an exception is to the lines that rest on its check. */
export interface Deviation {
  readonly key: string
  readonly until: string
  readonly reason: string
}

const columns = `id, key, check_id, system_id, subject, reason, owner, until::text, declared_by, declared_at,
  reminded_on::text, ended_at, ended_as`

/** Exceptions that nobody withdrew and that no job ended yet, by check and system: for the query of what backs a measure. */
export const deviationsByCheck = `select check_id, system_id,
    json_agg(json_build_object('key', key, 'until', until, 'reason', reason) order by until, key) as deviations
  from exception where ended_at is null group by check_id, system_id`

/** Whether an exception holds: through the whole of its last day, whether or not its end was noted since. */
export function holds({ until }: Pick<Deviation, 'until'>, now: Date): boolean {
  return until >= now.toISOString().slice(0, 10)
}

/** The exceptions that hold, by the key of the finding. */
export async function exceptionsInForce(tx: TenantContext): Promise<Map<string, ExceptionRow>> {
  const { rows } = await tx.sql.query<ExceptionRow>(
    `select ${columns} from exception where ended_at is null and until >= $1::date`,
    [today(tx)],
  )
  return new Map(rows.map((row) => [row.key, row]))
}

/** All that were ever declared, the newest first. */
export async function listExceptions({ sql }: TenantContext): Promise<ExceptionRow[]> {
  const { rows } = await sql.query<ExceptionRow>(
    `select ${columns} from exception order by declared_at desc, id limit 1000`,
  )
  return rows
}

/** One that has not ended, held for a change. */
export async function findOpenException({ sql }: TenantContext, id: string): Promise<ExceptionRow | undefined> {
  const { rows } = await sql.query<ExceptionRow>(
    `select ${columns} from exception where id = $1 and ended_at is null for update`,
    [id],
  )
  return rows[0]
}

/** Those whose last day is over and whose end was not noted yet, held for a change. */
export async function listOverdueExceptions(tx: TenantContext): Promise<ExceptionRow[]> {
  const { rows } = await tx.sql.query<ExceptionRow>(
    `select ${columns} from exception where ended_at is null and until < $1::date order by until, id for update`,
    [today(tx)],
  )
  return rows
}

/** Keeps a new one, granted by the caller. One that has not ended may not be there for the same key. */
export async function addException(
  { sql, caller, now }: TenantContext,
  row: Pick<ExceptionRow, 'id' | 'key' | 'check_id' | 'system_id' | 'subject' | 'reason' | 'owner' | 'until'>,
): Promise<void> {
  await sql.query(
    `insert into exception (id, key, check_id, system_id, subject, reason, owner, until, declared_by, declared_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.key,
      row.check_id,
      row.system_id,
      row.subject,
      row.reason,
      row.owner,
      row.until,
      caller.accountId,
      now,
    ],
  )
}

/** Ends one: for good, since none is ever changed. */
export async function endException(
  { sql, now }: TenantContext,
  id: string,
  as: NonNullable<ExceptionRow['ended_as']>,
): Promise<void> {
  await sql.query('update exception set ended_at = $2, ended_as = $3 where id = $1', [id, now, as])
}

/** Notes that somebody is reminded today. @returns false where somebody was, a moment before */
export async function noteReminder(tx: TenantContext, id: string): Promise<boolean> {
  const { rows } = await tx.sql.query(
    'update exception set reminded_on = $2::date where id = $1 and reminded_on is distinct from $2::date returning 1',
    [id, today(tx)],
  )
  return rows.length > 0
}

function today({ now }: TenantContext): string {
  return now.toISOString().slice(0, 10)
}
