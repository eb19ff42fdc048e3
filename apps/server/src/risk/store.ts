import type { TenantContext } from '../evidence/index.ts'
import type { RiskEvent } from './risk.ts'

/** An assessment of a risk; never edited. */
export interface AssessmentRow {
  readonly id: string
  readonly risk_id: string
  readonly number: number
  readonly title: string
  readonly scenario: string
  readonly events: readonly RiskEvent[]
  readonly processing: string
  readonly likelihood: number
  readonly severity: number
  readonly likelihood_after: number
  readonly severity_after: number
  /** Ids of the catalogue. */
  readonly measures: readonly string[]
  readonly reason: string
  /** Null once that account is gone. */
  readonly assessed_by: string | null
  readonly assessed_role: string
  readonly at: Date
}

/** An assessment with who accepted it, and of which risk it is. */
export interface RiskRow extends AssessmentRow {
  readonly retired_at: Date | null
  readonly retired_reason: string | null
  readonly accepted_by: string | null
  readonly accepted_role: string | null
  readonly accepted_at: Date | null
  readonly accepted_reason: string | null
  readonly review_due: string | null
  readonly unbacked: readonly string[] | null
}

const columns = `s.id, s.risk_id, s.number, s.title, s.scenario, s.events, s.processing, s.likelihood, s.severity,
  s.likelihood_after, s.severity_after, s.measures, s.reason, s.assessed_by, s.assessed_role, s.at,
  r.retired_at, r.retired_reason, a.accepted_by, a.accepted_role, a.at as accepted_at, a.reason as accepted_reason,
  a.review_due::text as review_due, a.unbacked`

const tables = `risk r join risk_assessment s on s.risk_id = r.id left join risk_acceptance a on a.assessment_id = s.id`

/** Each risk by its newest assessment: the highest that remain first. */
export async function listRisks({ sql }: TenantContext): Promise<RiskRow[]> {
  const { rows } = await sql.query<RiskRow>(
    `select * from (select distinct on (s.risk_id) ${columns} from ${tables} order by s.risk_id, s.number desc) newest
     order by retired_at is not null, likelihood_after * severity_after desc, likelihood * severity desc, title, risk_id`,
  )
  return rows
}

/** All assessments of one risk, the newest first. @returns nothing where there is no such risk */
export async function listAssessments({ sql }: TenantContext, riskId: string): Promise<RiskRow[]> {
  const { rows } = await sql.query<RiskRow>(
    `select ${columns} from ${tables} where s.risk_id = $1 order by s.number desc`,
    [riskId],
  )
  return rows
}

/** Holds a risk for a change. */
export async function holdRisk({ sql }: TenantContext, riskId: string): Promise<void> {
  await sql.query('select id from risk where id = $1 for update', [riskId])
}

export async function addRisk({ sql, now }: TenantContext, id: string): Promise<void> {
  await sql.query('insert into risk (id, created_at) values ($1, $2)', [id, now])
}

export async function addAssessment(
  { sql }: TenantContext,
  row: AssessmentRow & { readonly commitment: Buffer },
): Promise<void> {
  await sql.query(
    `insert into risk_assessment (id, risk_id, number, title, scenario, events, processing, likelihood, severity,
       likelihood_after, severity_after, measures, reason, assessed_by, assessed_role, at, commitment)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      row.id,
      row.risk_id,
      row.number,
      row.title,
      row.scenario,
      row.events,
      row.processing,
      row.likelihood,
      row.severity,
      row.likelihood_after,
      row.severity_after,
      row.measures,
      row.reason,
      row.assessed_by,
      row.assessed_role,
      row.at,
      row.commitment,
    ],
  )
}

export async function addAcceptance(
  { sql, caller, now }: TenantContext,
  given: { assessmentId: string; reason: string; reviewDue: string; unbacked: readonly string[] },
): Promise<void> {
  await sql.query(
    `insert into risk_acceptance (assessment_id, accepted_by, accepted_role, at, reason, review_due, unbacked)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [given.assessmentId, caller.accountId, caller.role, now, given.reason, given.reviewDue, given.unbacked],
  )
}

export async function retireRisk({ sql, now }: TenantContext, riskId: string, reason: string): Promise<void> {
  await sql.query('update risk set retired_at = $2, retired_reason = $3 where id = $1', [riskId, now, reason])
}
