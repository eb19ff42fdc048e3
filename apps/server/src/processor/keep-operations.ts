import { z } from 'zod'
import { findMeasure } from '@art32/catalogue'
import { addDuty } from '../duty/index.ts'
import { attachFiles, fileErrors, listFiles } from '../file/index.ts'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { processorErrors } from './errors.ts'
import { addMonths, todayOf } from '../calendar/index.ts'
import { standards } from './processor.ts'
import * as store from './store.ts'
import type { AgreementRow, ProcessorRow, ProofRow } from './store.ts'
import { vouchAnew } from './vouching.ts'

const Day = z.iso.date()
const Reason = z.string().trim().min(3).max(1_000)
const Title = z.string().trim().min(1).max(200)
const Files = z.array(z.uuid()).max(20).default([])
const Says = z.string().trim().max(500).default('')
const fileRefusals = [fileErrors.not_found, fileErrors.removed, fileErrors.too_many]

/** What is kept of a processor: agreements, certificates, reports and what it guarantees. */
export function keepOperations() {
  return [
    tenantOperation({
      id: 'processor.keep_agreement',
      summary: 'Files the agreement with a processor, with its first and last day, or changes what is filed',
      needs: 'register:write',
      changes: true,
      input: z.object({
        processorId: z.uuid(),
        /** Left out: a new one. */
        agreementId: z.uuid().optional(),
        title: Title,
        validFrom: Day,
        /** Null: until it is ended. */
        validUntil: Day.nullable().default(null),
        /** Files that were uploaded for it; those before stay. */
        fileIds: Files,
      }),
      output: z.object({ agreementId: z.uuid() }),
      refuses: [
        processorErrors.not_found,
        processorErrors.ended,
        processorErrors.agreement_not_found,
        processorErrors.bad_days,
        processorErrors.no_file,
        ...fileRefusals,
      ],
      async run({ processorId, agreementId, title, validFrom, validUntil, fileIds }, tx) {
        await getOpen(tx, processorId)
        if (validUntil !== null && validUntil < validFrom) throw processorErrors.bad_days()
        const before = agreementId === undefined ? null : await getAgreement(tx, processorId, agreementId)
        const row: AgreementRow = {
          id: before?.id ?? tx.newId(),
          processor_id: processorId,
          title,
          valid_from: validFrom,
          valid_until: validUntil,
          ended_at: before?.ended_at ?? null,
          ended_on: before?.ended_on ?? null,
          ended_reason: before?.ended_reason ?? '',
        }
        await store.saveAgreement(tx, row)
        await file(tx, row.id, fileIds)
        await kept(tx, before ? 'agreement.changed' : 'agreement.created', processorId, { before, after: row })
        return { agreementId: row.id }
      },
    }),
    tenantOperation({
      id: 'processor.end_agreement',
      summary: 'Ends an agreement with a processor as of today, with a reason; what rests on it lapses',
      needs: 'register:write',
      changes: true,
      input: z.object({ processorId: z.uuid(), agreementId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [processorErrors.not_found, processorErrors.agreement_not_found],
      async run({ processorId, agreementId, reason }, tx) {
        await store.getProcessor(tx, processorId, true)
        const before = await getAgreement(tx, processorId, agreementId)
        if (before.ended_at !== null) throw processorErrors.agreement_not_found()
        const row: AgreementRow = { ...before, ended_at: tx.now, ended_on: await todayOf(tx), ended_reason: reason }
        await store.saveAgreement(tx, row)
        await kept(tx, 'agreement.ended', processorId, { before, after: row })
        return {}
      },
    }),
    tenantOperation({
      id: 'processor.keep_proof',
      summary: 'Files a certificate, which expires, or a report, which is about a period; or changes what is filed',
      needs: 'register:write',
      changes: true,
      input: z.object({
        processorId: z.uuid(),
        proofId: z.uuid().optional(),
        standard: z.enum(standards),
        form: z.enum(['certificate', 'report']),
        title: Title,
        issuer: z.string().trim().max(200).default(''),
        scope: z.string().trim().max(2_000).default(''),
        /** Certificate: its first and last day. Report: the first and last day of its period. */
        from: Day,
        until: Day,
        /** Reports: for how many months after its period it counts, until the next one can be there. */
        countsMonths: z.int().min(0).max(15).optional(),
        /** Reports: the last day that a bridge letter speaks of. */
        bridgeUntil: Day.nullable().default(null),
        /** Reports: what it leaves to its users, each to be answered for. */
        controls: z.array(z.string().trim().min(1).max(1_000)).max(100).default([]),
        fileIds: Files,
      }),
      output: z.object({ proofId: z.uuid() }),
      refuses: [
        processorErrors.not_found,
        processorErrors.ended,
        processorErrors.proof_not_found,
        processorErrors.bad_days,
        processorErrors.certificate_only,
        processorErrors.no_file,
        ...fileRefusals,
      ],
      async run({ processorId, proofId, fileIds, controls, ...input }, tx) {
        await getOpen(tx, processorId)
        const before = proofId === undefined ? null : await getProof(tx, processorId, proofId)
        const isReport = input.form === 'report'
        if (input.until < input.from) throw processorErrors.bad_days()
        if (!isReport && (controls.length > 0 || input.bridgeUntil !== null || (input.countsMonths ?? 0) > 0))
          throw processorErrors.certificate_only()
        const row: ProofRow = {
          id: before?.id ?? tx.newId(),
          processor_id: processorId,
          standard: input.standard,
          form: input.form,
          title: input.title,
          issuer: input.issuer,
          scope: input.scope,
          from_on: input.from,
          until_on: input.until,
          counts_months: isReport ? (input.countsMonths ?? usualMonths) : 0,
          bridge_until: input.bridgeUntil,
          withdrawn_at: before?.withdrawn_at ?? null,
          withdrawn_on: before?.withdrawn_on ?? null,
          withdrawn_reason: before?.withdrawn_reason ?? '',
        }
        await store.saveProof(tx, row)
        await store.replaceControls(tx, row.id, [...new Set(controls)])
        await file(tx, row.id, fileIds)
        await kept(tx, before ? 'evidence.replaced' : 'certificate.added', processorId, { before, after: row })
        return { proofId: row.id }
      },
    }),
    tenantOperation({
      id: 'processor.withdraw_proof',
      summary: 'Takes a certificate or report back as of today, with a reason; what rests on it lapses',
      needs: 'register:write',
      changes: true,
      input: z.object({ processorId: z.uuid(), proofId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [processorErrors.not_found, processorErrors.proof_not_found],
      async run({ processorId, proofId, reason }, tx) {
        await store.getProcessor(tx, processorId, true)
        const before = await getProof(tx, processorId, proofId)
        if (before.withdrawn_at !== null) throw processorErrors.proof_not_found()
        const row: ProofRow = {
          ...before,
          withdrawn_at: tx.now,
          withdrawn_on: await todayOf(tx),
          withdrawn_reason: reason,
        }
        await store.saveProof(tx, row)
        await kept(tx, 'certificate.removed', processorId, { before, after: row })
        return {}
      },
    }),
    tenantOperation({
      id: 'processor.answer_control',
      summary: 'Says by which line, or how, the tenant does what a report leaves to its users',
      needs: 'register:write',
      changes: true,
      input: z.object({
        controlId: z.uuid(),
        statementId: z.uuid().nullable().default(null),
        answer: z.string().trim().max(1_000).default(''),
      }),
      output: z.object({}),
      refuses: [processorErrors.control_not_found, processorErrors.line_unknown],
      async run({ controlId, statementId, answer }, tx) {
        const { processor_id: processorId, ...before } = await store.getControl(tx, controlId)
        if (statementId !== null && !(await store.hasLine(tx, statementId))) throw processorErrors.line_unknown()
        const isAnswered = statementId !== null || answer !== ''
        await store.saveControl(tx, {
          ...before,
          statement_id: statementId,
          answer,
          answered_at: isAnswered ? tx.now : null,
        })
        await tx.append({
          type: 'processor.changed',
          about: { kind: 'processor', id: processorId },
          code: 'control',
          content: { before: { control: controlId, line: before.statement_id }, after: { line: statementId, answer } },
        })
        return {}
      },
    }),
    tenantOperation({
      id: 'processor.guarantee',
      summary: 'Says which measures a processor guarantees, everywhere or in one line, and who does what of each',
      needs: 'mapping:confirm',
      changes: true,
      input: z.object({
        processorId: z.uuid(),
        shares: z
          .array(
            z
              .object({
                catalogueId: z.string().max(80),
                /** The one line that it is about; null: every line of the measure that a processor guarantees. */
                statementId: z.uuid().nullable().default(null),
                byProcessor: Says,
                byUs: Says,
                byCustomer: Says,
              })
              .strict(),
          )
          .max(200),
      }),
      output: z.object({}),
      refuses: [
        processorErrors.not_found,
        processorErrors.ended,
        processorErrors.measure_unknown,
        processorErrors.line_unknown,
        processorErrors.twice,
      ],
      async run({ processorId, shares }, tx) {
        await getOpen(tx, processorId)
        const unknown = shares.find(({ catalogueId }) => !findMeasure(catalogueId))
        if (unknown) throw processorErrors.measure_unknown({ measure: unknown.catalogueId })
        const keys = shares.map(({ catalogueId, statementId }) => `${catalogueId} ${statementId ?? ''}`)
        if (new Set(keys).size < keys.length) throw processorErrors.twice()
        for (const { statementId } of shares)
          if (statementId !== null && !(await store.hasLine(tx, statementId))) throw processorErrors.line_unknown()
        const before = (await store.listShares(tx)).get(processorId) ?? []
        await store.replaceShares(
          tx,
          processorId,
          shares.map((one) => ({
            catalogue_id: one.catalogueId,
            statement_id: one.statementId,
            by_processor: one.byProcessor,
            by_us: one.byUs,
            by_customer: one.byCustomer,
          })),
        )
        await tx.append({
          type: 'processor.changed',
          about: { kind: 'processor', id: processorId },
          code: 'guarantees',
          content: { before: { shares: before }, after: { shares } },
        })
        await vouchAnew(tx, processorId)
        return {}
      },
    }),
    tenantOperation({
      id: 'processor.plan_review',
      summary: 'Makes the yearly review of a processor’s certificates and reports a duty',
      needs: 'register:write',
      changes: true,
      input: z.object({
        processorId: z.uuid(),
        /** The first due day; left out: a month before something runs out, or in a year. */
        from: Day.optional(),
      }),
      output: z.object({ dutyId: z.uuid() }),
      refuses: [processorErrors.not_found, processorErrors.ended, processorErrors.review_planned],
      async run({ processorId, from }, tx) {
        const row = await getOpen(tx, processorId)
        if (row.duty_id !== null) throw processorErrors.review_planned()
        const say = review[tx.tenant.language]
        const dutyId = await addDuty(tx, {
          title: say.title(row.name).slice(0, 200).toWellFormed(),
          instruction: say.instruction,
          catalogueId: 'processor-monitoring',
          rhythm: { kind: 'every', duration: 'P1Y', from: from ?? addMonths(await todayOf(tx), 12) },
          ownerAccount: null,
          ownerRole: null,
          deputyAccount: null,
          leadDays: 60,
          graceDays: 30,
          fourEyes: false,
          form: say.form.map((one) => ({ ...one })),
        })
        await store.saveProcessor(tx, { ...row, duty_id: dutyId, revision: row.revision + 1 })
        await tx.append({
          type: 'processor.changed',
          about: { kind: 'processor', id: processorId },
          code: 'review',
          content: { after: { duty: dutyId } },
        })
        return { dutyId }
      },
    }),
  ]
}

/** A report of a year is followed by the next one within another. */
const usualMonths = 12

const review = {
  en: {
    title: (name: string) => `Review certificates and reports of ${name}`,
    instruction:
      'Look at the agreement, at each certificate (holder, scope, last day) and each report (period, scope, exceptions, bridge letter, controls left to users), and at the list of sub-processors. File what is new at the processor.',
    form: [
      { id: 'reviewed', kind: 'list', label: 'Reviewed, each with its last day or period', required: true },
      { id: 'in-force', kind: 'yes-no', label: 'All of them are in force and cover what is used', required: true },
      { id: 'controls', kind: 'yes-no', label: 'Every control left to users is answered', required: true },
      { id: 'result', kind: 'text', label: 'What was found', required: true },
    ],
  },
  de: {
    title: (name: string) => `Zertifikate und Berichte prüfen: ${name}`,
    instruction:
      'Sehen Sie den Vertrag an, jedes Zertifikat (Inhaber, Geltungsbereich, Ablauf), jeden Bericht (Zeitraum, Geltungsbereich, Abweichungen, Überbrückungsschreiben, Kontrollen für Nutzer) und die Liste der Unterauftragsverarbeiter. Legen Sie Neues beim Auftragsverarbeiter ab.',
    form: [
      { id: 'reviewed', kind: 'list', label: 'Geprüft, jeweils mit Ablauf oder Zeitraum', required: true },
      { id: 'in-force', kind: 'yes-no', label: 'Alle sind in Kraft und decken ab, was genutzt wird', required: true },
      { id: 'controls', kind: 'yes-no', label: 'Jede Kontrolle für Nutzer ist beantwortet', required: true },
      { id: 'result', kind: 'text', label: 'Was dabei herauskam', required: true },
    ],
  },
} as const

/** A processor that has not ended, locked. */
async function getOpen(tx: TenantContext, id: string): Promise<ProcessorRow> {
  const row = await store.getProcessor(tx, id, true)
  if (row.state === 'ended') throw processorErrors.ended()
  return row
}

async function getAgreement(tx: TenantContext, processorId: string, id: string): Promise<AgreementRow> {
  const found = (await store.listAgreements(tx, [processorId])).find((one) => one.id === id)
  if (!found) throw processorErrors.agreement_not_found()
  return found
}

async function getProof(tx: TenantContext, processorId: string, id: string): Promise<ProofRow> {
  const found = (await store.listProofs(tx, [processorId])).find((one) => one.id === id)
  if (!found) throw processorErrors.proof_not_found()
  return found
}

/** A paper without a file is none. */
async function file(tx: TenantContext, id: string, fileIds: readonly string[]): Promise<void> {
  await attachFiles(tx, { kind: 'processor', id }, fileIds)
  if (!(await listFiles(tx, 'processor', [id])).has(id)) throw processorErrors.no_file()
}

async function kept(
  tx: TenantContext,
  type:
    | 'agreement.created'
    | 'agreement.changed'
    | 'agreement.ended'
    | 'certificate.added'
    | 'certificate.removed'
    | 'evidence.replaced',
  processorId: string,
  { before, after }: { before: AgreementRow | ProofRow | null; after: AgreementRow | ProofRow },
): Promise<void> {
  const files = (await listFiles(tx, 'processor', [after.id])).get(after.id) ?? []
  await tx.append({
    type,
    about: { kind: 'processor', id: processorId },
    content: {
      ...(before ? { before: toldOf(before) } : {}),
      after: { ...toldOf(after), files: files.map(({ sha256 }) => sha256) },
    },
  })
  await vouchAnew(tx, processorId)
}

/** As the ledger keeps it beside: instants as text. */
function toldOf(row: AgreementRow | ProofRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Date ? value.toISOString() : value,
    ]),
  )
}
