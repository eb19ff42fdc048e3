import { assurances } from '@art32/press'
import type { Assurance } from '@art32/press'
import { z } from 'zod'
import { todayOf } from '../calendar/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { findRegister, loadRegister } from '../measure/index.ts'
import { isBacked, levelOf, levels, riskEvents, riskStates, stateOf } from './risk.ts'
import type { RiskState } from './risk.ts'
import * as store from './store.ts'
import type { RiskRow } from './store.ts'

const Instant = z.iso.datetime()
const Step = z.int().min(1).max(4)

/** Likelihood and severity, 1 negligible to 4 great, and the level that follows. */
const EstimateView = z.object({ likelihood: Step, severity: Step, level: z.enum(levels) })

/** A risk by its newest assessment. */
export const RiskView = z.object({
  riskId: z.uuid(),
  number: z.int(),
  title: z.string(),
  scenario: z.string(),
  events: z.array(z.enum(riskEvents)),
  processing: z.string(),
  before: EstimateView,
  after: EstimateView,
  reason: z.string(),
  /** What the difference rests on; `assurance` is the best that any line gives it, null where no line promises it. */
  measures: z.array(
    z.object({ catalogueId: z.string(), assurance: z.enum(assurances).nullable(), isBacked: z.boolean() }),
  ),
  state: z.enum(riskStates),
  at: Instant,
  /** Day of the next look, of the acceptance; null: not accepted. */
  reviewDue: z.iso.date().nullable(),
  retiredReason: z.string().nullable(),
})

/** An assessment as it was written, with who accepted what remains. */
export const AssessmentView = z.object({
  number: z.int(),
  title: z.string(),
  before: EstimateView,
  after: EstimateView,
  reason: z.string(),
  measures: z.array(z.string()),
  /** Null: an account that is gone. */
  assessedBy: z.string().nullable(),
  assessedRole: z.string(),
  at: Instant,
  accepted: z
    .object({
      by: z.string().nullable(),
      role: z.string(),
      at: Instant,
      reason: z.string(),
      reviewDue: z.iso.date(),
      /** What was counted on and not backed at that moment, by id of the catalogue. */
      unbacked: z.array(z.string()),
    })
    .nullable(),
})

/** The best assurance that any line of the document gives each measure of the catalogue. */
export async function bestAssurances(tx: TenantContext): Promise<ReadonlyMap<string, Assurance>> {
  const document = await findRegister(tx)
  const best = new Map<string, Assurance>()
  if (!document) return best
  for (const { measure } of (await loadRegister(tx, document)).lines)
    for (const { mapping } of measure?.assessed.parts ?? []) {
      const known = best.get(mapping.catalogue_id)
      const found = measure?.assessed.assurance
      if (found !== undefined && (known === undefined || assurances.indexOf(found) < assurances.indexOf(known)))
        best.set(mapping.catalogue_id, found)
    }
  return best
}

/** Of the measures that an assessment counts on, those that nothing backs now. */
export function unbackedOf(row: Pick<RiskRow, 'measures'>, best: ReadonlyMap<string, Assurance>): string[] {
  return row.measures.filter((id) => !isBacked(best.get(id) ?? null))
}

/** What an assessment says before and after. */
export function estimatesOf(row: RiskRow): Pick<z.input<typeof RiskView>, 'before' | 'after'> {
  const before = { likelihood: row.likelihood, severity: row.severity }
  const after = { likelihood: row.likelihood_after, severity: row.severity_after }
  return { before: { ...before, level: levelOf(before) }, after: { ...after, level: levelOf(after) } }
}

export function viewRisk(
  row: RiskRow,
  { best, today }: { best: ReadonlyMap<string, Assurance>; today: string },
): z.input<typeof RiskView> {
  return {
    riskId: row.risk_id,
    number: row.number,
    title: row.title,
    scenario: row.scenario,
    events: [...row.events],
    processing: row.processing,
    ...estimatesOf(row),
    reason: row.reason,
    measures: row.measures.map((catalogueId) => {
      const assurance = best.get(catalogueId) ?? null
      return { catalogueId, assurance, isBacked: isBacked(assurance) }
    }),
    state: stateOf(row.retired_at !== null, row.review_due, today),
    at: row.at.toISOString(),
    reviewDue: row.review_due,
    retiredReason: row.retired_reason,
  }
}

export function viewAssessment(
  row: RiskRow,
  names: ReadonlyMap<string, { readonly name: string }>,
): z.input<typeof AssessmentView> {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id)?.name ?? null))
  const { accepted_at: at, accepted_role: role, accepted_reason: why, review_due: reviewDue } = row
  return {
    number: row.number,
    title: row.title,
    ...estimatesOf(row),
    reason: row.reason,
    measures: [...row.measures],
    assessedBy: nameOf(row.assessed_by),
    assessedRole: row.assessed_role,
    at: row.at.toISOString(),
    accepted:
      at === null || role === null || why === null || reviewDue === null
        ? null
        : {
            by: nameOf(row.accepted_by),
            role,
            at: at.toISOString(),
            reason: why,
            reviewDue,
            unbacked: [...(row.unbacked ?? [])],
          },
  }
}

/** Risks that nobody has accepted, and those that have to be looked at again. */
export async function openRisks(tx: TenantContext): Promise<{ riskId: string; title: string; state: RiskState }[]> {
  const today = await todayOf(tx)
  return (await store.listRisks(tx)).flatMap((row) => {
    const state = stateOf(row.retired_at !== null, row.review_due, today)
    return state === 'open' || state === 'review-due' ? [{ riskId: row.risk_id, title: row.title, state }] : []
  })
}
