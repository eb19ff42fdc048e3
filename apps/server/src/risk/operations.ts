import { findMeasure } from '@art32/catalogue'
import { z } from 'zod'
import { addMonths, todayOf } from '../calendar/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { cleanText } from '../kernel/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { riskErrors } from './errors.ts'
import { risksPaper, risksTable } from './papers.ts'
import { levelOf, riskEvents } from './risk.ts'
import * as store from './store.ts'
import type { RiskRow } from './store.ts'
import { riskTemplates } from './templates.ts'
import { AssessmentView, bestAssurances, RiskView, unbackedOf, viewAssessment, viewRisk } from './views.ts'

const line = (least: number, most: number) => z.string().transform(cleanText).pipe(z.string().min(least).max(most))
const Step = z.int().min(1).max(4)
const Estimate = z.object({ likelihood: Step, severity: Step })
const Reason = line(3, 2_000)

/** What somebody says of a risk. */
const Assessing = z.object({
  title: line(3, 200),
  /** What could happen to people. */
  scenario: line(10, 2_000),
  events: z.array(z.enum(riskEvents)).min(1).max(riskEvents.length),
  /** Which processing it is about; empty: all. */
  processing: line(0, 200).default(''),
  before: Estimate,
  after: Estimate,
  /** Ids of the catalogue that make the difference. */
  measures: z.array(z.string().max(80)).max(40),
  reason: Reason,
})

/** What risks need of the rest of the server. */
export interface RiskDependencies {
  /** Names of accounts; unknown ones are missing. */
  readonly accountsById: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly name: string; readonly email: string }>>
}

/** What can be done with risks. */
export function riskOperations({ accountsById }: RiskDependencies) {
  return [
    tenantOperation({
      id: 'risk.templates',
      summary:
        'Lists the risks that art32 knows for providers of software, with the measures that usually make a difference',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({
        templates: z.array(
          z.object({
            template: z.string(),
            title: z.object({ en: z.string(), de: z.string() }),
            scenario: z.object({ en: z.string(), de: z.string() }),
            events: z.array(z.enum(riskEvents)),
            measures: z.array(z.string()),
          }),
        ),
      }),
      run: () =>
        Promise.resolve({
          templates: riskTemplates.map(({ id, title, scenario, events, measures }) => ({
            template: id,
            title: { ...title },
            scenario: { ...scenario },
            events: [...events],
            measures: [...measures],
          })),
        }),
    }),
    tenantOperation({
      id: 'risk.list',
      summary: 'Lists the risks for people with their levels before and after, the highest that remain first',
      needs: 'ledger:read',
      input: z.object({}),
      output: z.object({ risks: z.array(RiskView) }),
      async run(_, tx) {
        const best = await bestAssurances(tx)
        const today = await todayOf(tx)
        return { risks: (await store.listRisks(tx)).map((row) => viewRisk(row, { best, today })) }
      },
    }),
    tenantOperation({
      id: 'risk.show',
      summary: 'Shows a risk with every assessment of it and who accepted what remains',
      needs: 'ledger:read',
      input: z.object({ riskId: z.uuid() }),
      output: z.object({ risk: RiskView, assessments: z.array(AssessmentView) }),
      refuses: [riskErrors.not_found],
      async run({ riskId }, tx) {
        const rows = await store.listAssessments(tx, riskId)
        const [newest] = rows
        if (!newest) throw riskErrors.not_found()
        const people = rows
          .flatMap(({ assessed_by: by, accepted_by: other }) => [by, other])
          .filter((id) => id !== null)
        const names = await accountsById([...new Set(people)])
        return {
          risk: viewRisk(newest, { best: await bestAssurances(tx), today: await todayOf(tx) }),
          assessments: rows.map((row) => viewAssessment(row, names)),
        }
      },
    }),
    tenantOperation({
      id: 'risk.add',
      summary: 'Notes a risk for people with its first assessment',
      needs: 'register:write',
      changes: true,
      input: Assessing,
      output: z.object({ riskId: z.uuid() }),
      refuses: [riskErrors.rises, riskErrors.no_measure, riskErrors.no_such_measure],
      async run(input, tx) {
        const riskId = tx.newId()
        check(input)
        await store.addRisk(tx, riskId)
        await assess(tx, riskId, 1, input)
        return { riskId }
      },
    }),
    tenantOperation({
      id: 'risk.assess',
      summary: 'Assesses a risk anew; what was assessed before stays on record',
      needs: 'register:write',
      changes: true,
      /** `number` is that of the assessment that the new one follows. */
      input: Assessing.extend({ riskId: z.uuid(), number: z.int() }),
      output: z.object({ number: z.int() }),
      refuses: [
        riskErrors.not_found,
        riskErrors.stale,
        riskErrors.retired,
        riskErrors.rises,
        riskErrors.no_measure,
        riskErrors.no_such_measure,
      ],
      async run({ riskId, number, ...input }, tx) {
        await held(tx, riskId, number)
        check(input)
        await assess(tx, riskId, number + 1, input)
        return { number: number + 1 }
      },
    }),
    tenantOperation({
      id: 'risk.accept',
      summary: 'Accepts what remains of a risk after the measures, with a reason and until a day',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ riskId: z.uuid(), number: z.int(), reason: Reason, reviewDue: z.iso.date() }),
      /** What was counted on and is not backed now, by id of the catalogue: it stands in the record. */
      output: z.object({ unbacked: z.array(z.string()) }),
      refuses: [riskErrors.not_found, riskErrors.stale, riskErrors.retired, riskErrors.accepted, riskErrors.bad_review],
      async run({ riskId, number, reason, reviewDue }, tx) {
        const row = await held(tx, riskId, number)
        if (row.accepted_at !== null) throw riskErrors.accepted()
        await checkReview(tx, reviewDue)
        const unbacked = unbackedOf(row, await bestAssurances(tx))
        await store.addAcceptance(tx, { assessmentId: row.id, reason, reviewDue, unbacked })
        await tx.append({
          type: 'risk.accepted',
          about: { kind: 'risk', id: riskId },
          code: levelOf({ likelihood: row.likelihood_after, severity: row.severity_after }),
          content: { after: { number, reviewDue, unbacked }, reason: { reason } },
        })
        return { unbacked }
      },
    }),
    tenantOperation({
      id: 'risk.retire',
      summary: 'Closes a risk that cannot happen any more, with a reason; its assessments stay on record',
      needs: 'edition:sign',
      changes: true,
      input: z.object({ riskId: z.uuid(), number: z.int(), reason: Reason }),
      output: z.object({}),
      refuses: [riskErrors.not_found, riskErrors.stale, riskErrors.retired],
      async run({ riskId, number, reason }, tx) {
        await held(tx, riskId, number)
        await store.retireRisk(tx, riskId, reason)
        await tx.append({
          type: 'risk.retired',
          about: { kind: 'risk', id: riskId },
          content: { before: { number }, reason: { reason } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'risk.export',
      summary: 'Hands out the risk assessment as document or table',
      kind: 'download',
      needs: 'ledger:read',
      input: z.object({
        format: z.enum(['pdf', 'docx', 'csv', 'json']).default('pdf'),
        language: z.enum(['en', 'de']).default('en'),
      }),
      output: z.unknown(),
      refuses: Object.values(paperErrors),
      async run({ format, language }, tx) {
        const best = await bestAssurances(tx)
        const today = await todayOf(tx)
        const risks = (await store.listRisks(tx)).map((row) => viewRisk(row, { best, today }))
        return await paperDownload({
          tx,
          paper: risksPaper(risks, language),
          format,
          name: 'risks',
          table: risksTable(risks),
          data: { format: 'art32.risks/1', risks },
        })
      },
    }),
  ]
}

/** The newest assessment, held for a change. @throws {risk.not_found | stale | retired} */
async function held(tx: TenantContext, riskId: string, number: number): Promise<RiskRow> {
  await store.holdRisk(tx, riskId)
  const [newest] = await store.listAssessments(tx, riskId)
  if (!newest) throw riskErrors.not_found()
  if (newest.retired_at !== null) throw riskErrors.retired()
  if (newest.number !== number) throw riskErrors.stale()
  return newest
}

/** @throws {risk.rises | no_measure | no_such_measure} */
function check({ before, after, measures }: z.output<typeof Assessing>): void {
  if (after.likelihood > before.likelihood || after.severity > before.severity) throw riskErrors.rises()
  const isLower = after.likelihood < before.likelihood || after.severity < before.severity
  if (isLower && measures.length === 0) throw riskErrors.no_measure()
  const unknown = measures.find((id) => !findMeasure(id))
  if (unknown !== undefined) throw riskErrors.no_such_measure({ measure: unknown })
}

/** A year is the longest that Art. 32(1)(d) is usually read to leave: regularly. @throws {risk.bad_review} */
async function checkReview(tx: TenantContext, reviewDue: string): Promise<void> {
  const today = await todayOf(tx)
  const latest = addMonths(today, 12)
  if (reviewDue <= today || reviewDue > latest) throw riskErrors.bad_review({ latest })
}

async function assess(
  tx: TenantContext,
  riskId: string,
  number: number,
  { before, after, ...said }: z.output<typeof Assessing>,
): Promise<void> {
  const measures = [...new Set(said.measures)].toSorted()
  const events = riskEvents.filter((event) => said.events.includes(event))
  const commitments = await tx.append({
    type: 'risk.assessed',
    about: { kind: 'risk', id: riskId },
    code: levelOf(after),
    content: { after: { ...said, number, events, measures, before, after } },
  })
  const commitment = commitments['after']
  if (!commitment) throw new Error('an assessment without its commitment')
  await store.addAssessment(tx, {
    id: tx.newId(),
    risk_id: riskId,
    number,
    ...said,
    events,
    measures,
    likelihood: before.likelihood,
    severity: before.severity,
    likelihood_after: after.likelihood,
    severity_after: after.severity,
    assessed_by: tx.caller.accountId,
    assessed_role: tx.caller.role,
    at: tx.now,
    commitment,
  })
}
