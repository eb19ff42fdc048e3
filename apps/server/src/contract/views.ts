import { z } from 'zod'
import { FileShown } from '../file/index.ts'
import type { FileView } from '../file/index.ts'
import { contractStates, stateOf } from './contract.ts'
import type { ListedRow } from './list.ts'
import { matterKinds } from './matter.ts'
import type { ContractRow, CustomerRow, MatterRow, StepRow } from './store.ts'
import { Day, Line, Lines } from './text.ts'

const Instant = z.iso.datetime()
const Said = z.record(z.string(), z.string())

/** What is written down of a customer. */
export const customerGiven = {
  name: Line(200).pipe(z.string().min(1)),
  /** The tenant's own number for it. */
  reference: Line(60).default(''),
  address: Lines(500).default(''),
  contactName: Line(200).default(''),
  /** Where notices go; null: not by mail. */
  contactEmail: z.email().max(320).nullable().default(null),
  language: z.enum(['en', 'de']),
  /** Of the customer in the Union, where it needs one (Art. 27). */
  representative: Lines(500).default(''),
  /** The customer's data protection officer. */
  dpo: Lines(500).default(''),
}

/** What is written down of an agreement. */
export const contractGiven = {
  title: Line(200).pipe(z.string().min(1)),
  validFrom: Day,
  /** The last day; null: until it is ended. */
  validUntil: Day.nullable().default(null),
  /** Number of the published edition that was agreed; null: none yet. */
  edition: z.int().min(1).nullable().default(null),
  /** Days that the customer has to object to a new sub-processor, and to a change of measures. */
  subProcessorDays: z.int().min(0).max(366).default(30),
  measureDays: z.int().min(0).max(366).default(30),
  /** Hours in which the customer is told of a breach (Art. 33(2)). */
  incidentHours: z.int().min(1).max(720).default(24),
  /** Days in which a request of a data subject is passed on. */
  forwardDays: z.int().min(0).max(30).default(3),
  /** Days after the end in which the data are returned or deleted. */
  returnDays: z.int().min(0).max(366).default(30),
  /** Whether silence within the period agrees to a new edition. */
  silenceConsents: z.boolean().default(false),
  /** Ids of organisational catalogue measures whose promise rests on this very agreement. */
  measures: z.array(z.string().max(80)).max(40).default([]),
}

/** A customer in the list. */
export const CustomerListed = z.object({
  customerId: z.uuid(),
  name: z.string(),
  reference: z.string(),
  /** Of the agreement that counts; null: there is none. */
  contractId: z.uuid().nullable(),
  title: z.string().nullable(),
  state: z.enum(contractStates).nullable(),
  validUntil: Day.nullable(),
  edition: z.int().nullable(),
  isConfirmed: z.boolean(),
  contracts: z.int(),
  /** What is open under all of its agreements, and when the first of it is due. */
  open: z.int(),
  dueOn: Day.nullable(),
})

/** A customer as its page shows it. */
export const CustomerView = z.object({
  customerId: z.uuid(),
  name: z.string(),
  reference: z.string(),
  address: z.string(),
  contactName: z.string(),
  contactEmail: z.string().nullable(),
  language: z.enum(['en', 'de']),
  representative: z.string(),
  dpo: z.string(),
  revision: z.int(),
})

/** An agreement as its page shows it. */
export const ContractView = z.object({
  contractId: z.uuid(),
  title: z.string(),
  state: z.enum(contractStates),
  validFrom: Day,
  validUntil: Day.nullable(),
  edition: z.int().nullable(),
  subProcessorDays: z.int(),
  measureDays: z.int(),
  incidentHours: z.int(),
  forwardDays: z.int(),
  returnDays: z.int(),
  silenceConsents: z.boolean(),
  measures: z.array(z.string()),
  confirmedAt: Instant.nullable(),
  confirmedRole: z.string().nullable(),
  endedOn: Day.nullable(),
  endedReason: z.string(),
  revision: z.int(),
  files: z.array(FileShown),
})

const StepView = z.object({ state: z.string(), onDay: Day, said: Said, role: z.string(), at: Instant })

/** What happens under an agreement, with its records. */
export const MatterView = z.object({
  matterId: z.uuid(),
  contractId: z.uuid(),
  kind: z.enum(matterKinds),
  state: z.string(),
  openedOn: Day,
  dueOn: Day.nullable(),
  closedOn: Day.nullable(),
  isOverdue: z.boolean(),
  roomId: z.uuid().nullable(),
  steps: z.array(StepView),
  files: z.array(FileShown),
})

export function viewListed(row: ListedRow): z.input<typeof CustomerListed> {
  return {
    customerId: row.id,
    name: row.name,
    reference: row.reference,
    contractId: row.contract_id,
    title: row.title,
    state: row.state,
    validUntil: row.valid_until,
    edition: row.edition,
    isConfirmed: row.confirmed,
    contracts: row.contracts,
    open: row.open,
    dueOn: row.due_on,
  }
}

export function viewCustomer(row: CustomerRow): z.input<typeof CustomerView> {
  return {
    customerId: row.id,
    name: row.name,
    reference: row.reference,
    address: row.address,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    language: row.language,
    representative: row.representative,
    dpo: row.dpo,
    revision: row.revision,
  }
}

export function viewContract(
  row: ContractRow,
  today: string,
  files: readonly FileView[] = [],
): z.input<typeof ContractView> {
  return {
    contractId: row.id,
    title: row.title,
    state: stateOf(row, today),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    edition: row.edition,
    subProcessorDays: row.sub_processor_days,
    measureDays: row.measure_days,
    incidentHours: row.incident_hours,
    forwardDays: row.forward_days,
    returnDays: row.return_days,
    silenceConsents: row.silence_consents,
    measures: [...row.measures],
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    confirmedRole: row.confirmed_role,
    endedOn: row.ended_on,
    endedReason: row.ended_reason,
    revision: row.revision,
    files: [...files],
  }
}

export function viewMatter(
  row: MatterRow,
  today: string,
  steps: readonly StepRow[],
  files: readonly FileView[] = [],
): z.input<typeof MatterView> {
  return {
    matterId: row.id,
    contractId: row.contract_id,
    kind: row.kind,
    state: row.state,
    openedOn: row.opened_on,
    dueOn: row.due_on,
    closedOn: row.closed_on,
    isOverdue: row.closed_on === null && row.due_on !== null && row.due_on < today,
    roomId: row.room_id,
    steps: steps.map(({ state, on_day: onDay, said, role, at }) => ({
      state,
      onDay,
      said: { ...said },
      role,
      at: at.toISOString(),
    })),
    files: [...files],
  }
}
