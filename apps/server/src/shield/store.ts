import { takeTurn } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'

/** A version of a plan. */
export interface PlanRow {
  readonly id: string
  readonly name: string
  readonly version: number
  /** YAML. */
  readonly plan: string
  readonly sha256: string
  readonly saved_at: Date
}

/** A file that went through. */
export interface ImportRow {
  readonly id: string
  readonly kind: 'import' | 'filter'
  readonly plan_id: string
  readonly plan_name: string
  readonly plan_version: number
  readonly name: string
  readonly records: number
  readonly bytes_in: number
  readonly bytes_out: number
  readonly done_at: Date
}

const planColumns = 'id, name, version, plan, sha256, saved_at'

export async function findPlan({ sql }: TenantContext, id: string): Promise<PlanRow | undefined> {
  return (await sql.query<PlanRow>(`select ${planColumns} from shield_plan where id = $1`, [id])).rows[0]
}

/** The newest version of each plan, the newest first, with how many versions there are. */
export async function listPlans({ sql }: TenantContext): Promise<PlanRow[]> {
  const { rows } = await sql.query<PlanRow>(
    `select ${planColumns} from (select distinct on (name) ${planColumns} from shield_plan order by name, version desc) as newest
     order by saved_at desc, id limit 500`,
  )
  return rows
}

/** Keeps the next version of this name. */
export async function savePlan(
  tx: TenantContext,
  { name, plan, sha256 }: Pick<PlanRow, 'name' | 'plan' | 'sha256'>,
): Promise<PlanRow> {
  const row = { id: tx.newId(), name, plan, sha256, saved_at: tx.now }
  // Two who save at once: the second waits and gets the next number.
  await takeTurn(tx, `shield_plan ${name}`)
  const { rows } = await tx.sql.query<{ version: number }>(
    `insert into shield_plan (id, name, version, plan, sha256, saved_by, saved_at)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6 from shield_plan where name = $2 returning version`,
    [row.id, name, plan, sha256, tx.caller.accountId, tx.now],
  )
  return { ...row, version: rows[0]?.version ?? 1 }
}

export async function saveImport(
  tx: TenantContext,
  row: Omit<ImportRow, 'plan_name' | 'plan_version' | 'done_at'> & { readonly report: object },
): Promise<void> {
  await tx.sql.query(
    `insert into shield_import (id, kind, plan_id, name, records, bytes_in, bytes_out, report, done_by, done_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.kind,
      row.plan_id,
      row.name,
      row.records,
      row.bytes_in,
      row.bytes_out,
      JSON.stringify(row.report),
      tx.caller.accountId,
      tx.now,
    ],
  )
}

const importColumns = `i.id, i.kind, i.plan_id, p.name as plan_name, p.version as plan_version, i.name,
  i.records::float8 as records, i.bytes_in::float8 as bytes_in, i.bytes_out::float8 as bytes_out, i.done_at`

/** The newest first. */
export async function listImports({ sql }: TenantContext, most: number): Promise<ImportRow[]> {
  const { rows } = await sql.query<ImportRow>(
    `select ${importColumns} from shield_import i join shield_plan p on p.id = i.plan_id
     order by i.done_at desc, i.id limit $1`,
    [most],
  )
  return rows
}

export async function findImport(
  { sql }: TenantContext,
  id: string,
): Promise<(ImportRow & { readonly report: unknown }) | undefined> {
  const { rows } = await sql.query<ImportRow & { report: unknown }>(
    `select ${importColumns}, i.report from shield_import i join shield_plan p on p.id = i.plan_id where i.id = $1`,
    [id],
  )
  return rows[0]
}
