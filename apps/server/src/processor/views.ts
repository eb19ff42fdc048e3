import { z } from 'zod'
import { FileShown } from '../file/index.ts'
import type { FileView } from '../file/index.ts'
import type { ChangeRow, DeliveryRow, ObjectionRow } from './change-store.ts'
import {
  agreementStanding,
  lastDayOf,
  linkKinds,
  proofStanding,
  restsOn,
  standards,
  standings,
  transfers,
} from './processor.ts'
import type { AgreementRow, ControlRow, GuaranteeShare, ProcessorRow, ProofRow } from './store.ts'

const Day = z.iso.date()
const Instant = z.iso.datetime()
const line = (most: number) => z.string().trim().max(most)

/** A web address that may stand on a page as a link. */
export const WebAddress = z
  .string()
  .max(500)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))

/** What a processor is. */
const fields = {
  name: line(200).min(1),
  address: line(500),
  contactFunction: line(200),
  contactName: line(200),
  contactAt: line(300),
  purpose: line(1_000),
  services: line(1_000),
  dataCategories: z.array(line(200).min(1)).max(50),
  /** Country codes, ISO 3166-1. */
  places: z.array(z.string().regex(/^[A-Z]{2}$/)).max(60),
  placeNote: line(500),
  transfer: z.enum(transfers),
  transferNote: line(1_000),
  contractOf: z.enum(['us', 'customer']),
  links: z.array(z.object({ kind: z.enum(linkKinds), url: WebAddress }).strict()).max(20),
  /** Who engages it; null: the tenant or its customer does. */
  parentId: z.uuid().nullable(),
  /** Whether it stands on the public page, where that is published. */
  isPublic: z.boolean(),
}

/** What a processor is, as it is entered: all but its name can be left for later. */
export const given = {
  ...fields,
  address: fields.address.default(''),
  contactFunction: fields.contactFunction.default(''),
  contactName: fields.contactName.default(''),
  contactAt: fields.contactAt.default(''),
  purpose: fields.purpose.default(''),
  services: fields.services.default(''),
  dataCategories: fields.dataCategories.default([]),
  places: fields.places.default([]),
  placeNote: fields.placeNote.default(''),
  transfer: fields.transfer.default('none'),
  transferNote: fields.transferNote.default(''),
  contractOf: fields.contractOf.default('us'),
  links: fields.links.default([]),
  parentId: fields.parentId.default(null),
  isPublic: fields.isPublic.default(true),
}

const Rests = z.object({ agreementId: z.uuid(), proofId: z.uuid(), lastDay: Day })

export const ProcessorView = z.object({
  processorId: z.uuid(),
  ...fields,
  template: z.string().nullable(),
  state: z.enum(['planned', 'active', 'ended']),
  since: Day.nullable(),
  endedOn: Day.nullable(),
  dutyId: z.uuid().nullable(),
  /** How far down the chain. */
  depth: z.int(),
  revision: z.int(),
  /** On what its word rests; null: an agreement, or a report or certificate, is missing. */
  rests: Rests.nullable(),
  /** Whether that counts today. */
  isInForce: z.boolean(),
  guarantees: z.int(),
})

export const AgreementView = z.object({
  agreementId: z.uuid(),
  title: z.string(),
  validFrom: Day,
  validUntil: Day.nullable(),
  standing: z.enum(standings),
  endedReason: z.string(),
  files: z.array(FileShown),
})

export const ProofView = z.object({
  proofId: z.uuid(),
  standard: z.enum(standards),
  form: z.enum(['certificate', 'report']),
  title: z.string(),
  issuer: z.string(),
  scope: z.string(),
  from: Day,
  until: Day,
  countsMonths: z.int(),
  bridgeUntil: Day.nullable(),
  /** The last day on which it counts. */
  lastDay: Day,
  standing: z.enum(standings),
  withdrawnReason: z.string(),
  files: z.array(FileShown),
  controls: z.array(
    z.object({
      controlId: z.uuid(),
      text: z.string(),
      /** The line of the register that answers it. */
      statementId: z.uuid().nullable(),
      answer: z.string(),
      answeredAt: Instant.nullable(),
    }),
  ),
})

export const ShareView = z.object({
  catalogueId: z.string(),
  statementId: z.uuid().nullable(),
  byProcessor: z.string(),
  byUs: z.string(),
  byCustomer: z.string(),
})

export const ChangeView = z.object({
  changeId: z.uuid(),
  kind: z.enum(['add', 'replace', 'remove']),
  processorId: z.uuid(),
  name: z.string(),
  replaces: z.string().nullable(),
  reason: z.string(),
  announcedAt: Instant,
  holdsFrom: Day,
  state: z.enum(['announced', 'held', 'withdrawn']),
  settledAt: Instant.nullable(),
  settledReason: z.string(),
  deliveries: z.array(
    z.object({
      subscriberId: z.uuid(),
      mailId: z.string(),
      outcome: z.enum(['taken', 'refused', 'interrupted']),
      at: Instant,
      objectUntil: Day,
    }),
  ),
  objections: z.array(
    z.object({
      objectionId: z.uuid(),
      customer: z.string(),
      grounds: z.string(),
      receivedOn: Day,
      objectUntil: Day,
      isInTime: z.boolean(),
      outcome: z.enum(['upheld', 'remedied', 'rejected', 'withdrawn']).nullable(),
      outcomeReason: z.string(),
      decidedAt: Instant.nullable(),
    }),
  ),
})

export function viewProcessor(
  row: ProcessorRow,
  {
    depth,
    agreements,
    proofs,
    shares,
    today,
  }: {
    depth: number
    agreements: readonly AgreementRow[]
    proofs: readonly ProofRow[]
    shares: readonly GuaranteeShare[]
    today: string
  },
): z.input<typeof ProcessorView> {
  const rests = restsOn(agreements, proofs, today)
  return {
    processorId: row.id,
    name: row.name,
    address: row.address,
    contactFunction: row.contact_function,
    contactName: row.contact_name,
    contactAt: row.contact_at,
    purpose: row.purpose,
    services: row.services,
    dataCategories: [...row.data_categories],
    places: [...row.places],
    placeNote: row.place_note,
    transfer: row.transfer,
    transferNote: row.transfer_note,
    contractOf: row.contract_of,
    links: [...row.links],
    parentId: row.parent_id,
    isPublic: row.is_public,
    template: row.template,
    state: row.state,
    since: row.since,
    endedOn: row.ended_on,
    dutyId: row.duty_id,
    depth,
    revision: row.revision,
    rests: rests && { agreementId: rests.agreement.id, proofId: rests.proof.id, lastDay: rests.lastDay },
    isInForce: rests !== null && rests.lastDay >= today,
    guarantees: shares.length,
  }
}

export function viewAgreement(
  row: AgreementRow,
  files: readonly FileView[],
  today: string,
): z.input<typeof AgreementView> {
  return {
    agreementId: row.id,
    title: row.title,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    standing: agreementStanding(row, today),
    endedReason: row.ended_reason,
    files: [...files],
  }
}

export function viewProof(
  row: ProofRow,
  { files, controls, today }: { files: readonly FileView[]; controls: readonly ControlRow[]; today: string },
): z.input<typeof ProofView> {
  return {
    proofId: row.id,
    standard: row.standard,
    form: row.form,
    title: row.title,
    issuer: row.issuer,
    scope: row.scope,
    from: row.from_on,
    until: row.until_on,
    countsMonths: row.counts_months,
    bridgeUntil: row.bridge_until,
    lastDay: lastDayOf(row),
    standing: proofStanding(row, today),
    withdrawnReason: row.withdrawn_reason,
    files: [...files],
    controls: controls.map((one) => ({
      controlId: one.id,
      text: one.text,
      statementId: one.statement_id,
      answer: one.answer,
      answeredAt: one.answered_at?.toISOString() ?? null,
    })),
  }
}

export function viewShare(share: GuaranteeShare): z.input<typeof ShareView> {
  return {
    catalogueId: share.catalogue_id,
    statementId: share.statement_id,
    byProcessor: share.by_processor,
    byUs: share.by_us,
    byCustomer: share.by_customer,
  }
}

export function viewChange(
  row: ChangeRow,
  {
    names,
    deliveries,
    objections,
  }: { names: ReadonlyMap<string, string>; deliveries: readonly DeliveryRow[]; objections: readonly ObjectionRow[] },
): z.input<typeof ChangeView> {
  return {
    changeId: row.id,
    kind: row.kind,
    processorId: row.processor_id,
    name: names.get(row.processor_id) ?? '',
    replaces: row.replaces_id === null ? null : (names.get(row.replaces_id) ?? ''),
    reason: row.reason,
    announcedAt: row.announced_at.toISOString(),
    holdsFrom: row.holds_from,
    state: row.state,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledReason: row.settled_reason,
    deliveries: deliveries
      .filter((one) => one.change_id === row.id)
      .map((one) => ({
        subscriberId: one.subscriber_id,
        mailId: one.mail_id,
        outcome: one.outcome,
        at: one.at.toISOString(),
        objectUntil: one.object_until,
      })),
    objections: objections
      .filter((one) => one.change_id === row.id)
      .map((one) => ({
        objectionId: one.id,
        customer: one.customer,
        grounds: one.grounds,
        receivedOn: one.received_on,
        objectUntil: one.object_until,
        isInTime: one.received_on <= one.object_until,
        outcome: one.outcome,
        outcomeReason: one.outcome_reason,
        decidedAt: one.decided_at?.toISOString() ?? null,
      })),
  }
}
