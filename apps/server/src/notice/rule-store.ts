import type { TenantContext } from '../evidence/index.ts'
import { deletionErrors } from './errors.ts'
import type { Outcome, Report, Rhythm } from './rule.ts'

/** What is deleted, by which run. */
export interface RuleRow extends Rhythm {
  readonly id: string
  readonly app_id: string
  readonly category: string
  readonly name: string
  readonly owner_account: string | null
  readonly told_for: Date | null
  readonly told: number
  readonly revision: number
  readonly ended_at: Date | null
}

/** What a run said of itself. */
export interface RunRow extends Report {
  readonly id: string
  readonly rule_id: string
  readonly ran_at: Date
  readonly reported_at: Date
  /** Of whoever reported it, or whose token did. */
  readonly role: string
  readonly outcome: Outcome
}

/** The newest runs of a rule. */
export interface Newest {
  readonly last: RunRow | null
  readonly done: (RunRow & { readonly commitment: Buffer }) | null
}

const ruleColumns =
  'id, app_id, category, name, every_hours, grace_hours, owner_account, since, told_for, told, revision, ended_at'
const runColumns = 'id, rule_id, ran_at, reported_at, role, outcome, examined, deleted, kept, errors, cause'

/** Counts come as text, since they may be larger than 32 bits. */
type Raw<T extends RunRow> = Omit<T, 'examined' | 'deleted' | 'errors'> & {
  readonly examined: string
  readonly deleted: string
  readonly errors: string
}

function read<T extends RunRow>(row: Raw<T>) {
  return { ...row, examined: Number(row.examined), deleted: Number(row.deleted), errors: Number(row.errors) }
}

/** Rules that go on, of all apps or of one. */
export async function listRules({ sql }: TenantContext, appId?: string): Promise<RuleRow[]> {
  const { rows } = await sql.query<RuleRow>(
    `select ${ruleColumns} from deletion_rule
     where ended_at is null and ($1::uuid is null or app_id = $1) order by lower(name), id`,
    [appId ?? null],
  )
  return rows
}

/** The same, held for whoever tells of what was missed. */
export async function lockRules({ sql }: TenantContext): Promise<RuleRow[]> {
  const { rows } = await sql.query<RuleRow>(
    `select ${ruleColumns} from deletion_rule where ended_at is null order by id for update`,
  )
  return rows
}

/** A rule that goes on or ended. @throws {deletion.not_found} */
export async function getRule({ sql }: TenantContext, id: string): Promise<RuleRow> {
  const { rows } = await sql.query<RuleRow>(`select ${ruleColumns} from deletion_rule where id = $1`, [id])
  if (!rows[0]) throw deletionErrors.not_found()
  return rows[0]
}

/** A rule that goes on, held for a change. @throws {deletion.not_found} */
export async function holdRule({ sql }: TenantContext, id: string): Promise<RuleRow> {
  const { rows } = await sql.query<RuleRow>(
    `select ${ruleColumns} from deletion_rule where id = $1 and ended_at is null for update`,
    [id],
  )
  if (!rows[0]) throw deletionErrors.not_found()
  return rows[0]
}

export async function saveRule({ sql }: TenantContext, row: RuleRow): Promise<void> {
  await sql.query(
    `insert into deletion_rule (${ruleColumns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (id) do update set name = excluded.name, owner_account = excluded.owner_account,
       told_for = excluded.told_for, told = excluded.told, revision = excluded.revision, ended_at = excluded.ended_at`,
    [
      row.id,
      row.app_id,
      row.category,
      row.name,
      row.every_hours,
      row.grace_hours,
      row.owner_account,
      row.since,
      row.told_for,
      row.told,
      row.revision,
      row.ended_at,
    ],
  )
}

/** The newest runs of a rule, the newest first. */
export async function listRuns({ sql }: TenantContext, ruleId: string, most: number): Promise<RunRow[]> {
  const { rows } = await sql.query<Raw<RunRow>>(
    `select ${runColumns} from deletion_run where rule_id = $1 order by ran_at desc limit $2`,
    [ruleId, most],
  )
  return rows.map(read)
}

/** When the runs of rules deleted, by rule. */
export async function listDone({ sql }: TenantContext, ruleIds: readonly string[]): Promise<Map<string, Date[]>> {
  const { rows } = await sql.query<{ rule_id: string; ran_at: Date }>(
    `select rule_id, ran_at from deletion_run where outcome = 'done' and rule_id = any ($1) order by ran_at`,
    [ruleIds],
  )
  const byRule = Map.groupBy(rows, (row) => row.rule_id)
  return new Map([...byRule].map(([id, runs]) => [id, runs.map(({ ran_at: at }) => at)]))
}

/** The newest run of each rule, and the newest that deleted. */
export async function newestRuns(
  { sql }: TenantContext,
  ruleIds: readonly string[],
): Promise<ReadonlyMap<string, Newest>> {
  const newest = async (done: boolean) => {
    const { rows } = await sql.query<Raw<RunRow & { readonly commitment: Buffer }>>(
      `select distinct on (rule_id) ${runColumns}, commitment from deletion_run
       where rule_id = any ($1)${done ? " and outcome = 'done'" : ''} order by rule_id, ran_at desc`,
      [ruleIds],
    )
    return new Map(rows.map((row) => [row.rule_id, read(row)]))
  }
  const [last, done] = [await newest(false), await newest(true)]
  return new Map(ruleIds.map((id) => [id, { last: last.get(id) ?? null, done: done.get(id) ?? null }]))
}

/** The run of this time, where one was reported. */
export async function findRun({ sql }: TenantContext, ruleId: string, ranAt: Date): Promise<RunRow | undefined> {
  const { rows } = await sql.query<Raw<RunRow>>(
    `select ${runColumns} from deletion_run where rule_id = $1 and ran_at = $2`,
    [ruleId, ranAt],
  )
  return rows.map(read)[0]
}

export async function addRun({ sql }: TenantContext, row: RunRow, commitment: Buffer): Promise<void> {
  await sql.query(
    `insert into deletion_run (${runColumns}, commitment) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      row.id,
      row.rule_id,
      row.ran_at,
      row.reported_at,
      row.role,
      row.outcome,
      row.examined,
      row.deleted,
      row.kept,
      row.errors,
      row.cause,
      commitment,
    ],
  )
}
