import { z } from 'zod'
import { FileShown } from '../file/index.ts'
import { isCadence, isDay } from '../calendar/index.ts'
import { states } from './duty.ts'
import { Field, Filled, Form } from './form.ts'

const Day = z.iso.date()
const Instant = z.iso.datetime()
/** The roles that can own a duty: the data protection officer advises and owns none (Art. 38(6) GDPR). */
const owners = ['owner', 'editor', 'signatory', 'member'] as const

export const RhythmInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('once'), on: Day.refine(isDay) }).strict(),
  z
    .object({ kind: z.literal('every'), duration: z.string().max(20).refine(isCadence), from: Day.refine(isDay) })
    .strict(),
  z.object({ kind: z.literal('month'), month: z.int().min(1).max(12) }).strict(),
  z.object({ kind: z.literal('quarter') }).strict(),
  z.object({ kind: z.literal('last-working-day') }).strict(),
  z.object({ kind: z.literal('release'), days: z.int().min(0).max(366) }).strict(),
])

/** What a duty takes. */
export const given = {
  title: z.string().trim().min(1).max(200),
  instruction: z.string().trim().max(4_000).default(''),
  /** The catalogue measure that a sign-off confirms. */
  catalogueId: z.string().max(80).nullable().default(null),
  rhythm: RhythmInput,
  /** A person, or everybody with a role; neither: the tenant's owners. */
  ownerAccount: z.uuid().nullable().default(null),
  ownerRole: z.enum(owners).nullable().default(null),
  /** Acts while the owner is absent, and once it is overdue. */
  deputyAccount: z.uuid().nullable().default(null),
  /** How many days before the due day it can be done. */
  leadDays: z.int().min(0).max(366).default(30),
  /** How many days after the due day it still counts as done in time. */
  graceDays: z.int().min(0).max(366).default(14),
  fourEyes: z.boolean().default(false),
  form: Form.default([]),
}

const Person = z.object({ accountId: z.uuid(), name: z.string() }).nullable()

export const FigureView = z.object({ onTime: z.int(), counted: z.int(), recordedLater: z.int() })

export const OccurrenceView = z.object({
  occurrenceId: z.uuid(),
  dutyId: z.uuid(),
  title: z.string(),
  label: z.string(),
  dueOn: Day,
  /** The last day on which it counts as done in time. */
  lastOn: Day,
  fromOn: Day,
  state: z.enum(states),
  doneOn: Day.nullable(),
  doneAt: Instant.nullable(),
  isOnTime: z.boolean(),
  /** Whether the caller may sign it off, or confirm it as the second person. */
  maySign: z.boolean(),
  mayConfirm: z.boolean(),
})

export const DutyView = z.object({
  dutyId: z.uuid(),
  title: z.string(),
  instruction: z.string(),
  catalogueId: z.string().nullable(),
  rhythm: RhythmInput,
  owner: Person,
  ownerRole: z.enum(owners).nullable(),
  deputy: Person,
  leadDays: z.int(),
  graceDays: z.int(),
  fourEyes: z.boolean(),
  form: z.array(Field),
  isRetired: z.boolean(),
  figure: FigureView,
  /** The oldest due day that is open; null: none is. */
  next: Day.nullable(),
})

export const SignOffView = z.object({
  signOffId: z.uuid(),
  occurrenceId: z.uuid(),
  kind: z.enum(['first', 'given', 'withdrawn']),
  ofId: z.uuid().nullable(),
  /** Null where that account is gone. */
  by: z.string().nullable(),
  role: z.string(),
  effectiveOn: Day,
  at: Instant,
  form: Filled,
  files: z.array(FileShown),
  reason: z.string(),
  isOwn: z.boolean(),
})
