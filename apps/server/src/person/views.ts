import { z } from 'zod'
import { FileShown } from '../file/index.ts'
import type { FileView } from '../file/index.ts'
import { checklistKinds, itemStates } from './checklist-store.ts'
import type { ChecklistItemRow, ChecklistRow } from './checklist-store.ts'
import { itemKinds } from './item-store.ts'
import type { HandoverRow, ItemRow } from './item-store.ts'
import { coverages, keptMeasures, personKinds, personStates } from './person.ts'
import type { AgreementRow, MoveRow } from './record-store.ts'
import type { PersonRow } from './store.ts'
import type { CourseRow, TrainingRow } from './training-store.ts'

const Instant = z.iso.datetime()
const Day = z.iso.date()

/** Somebody who works here. */
export const PersonView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  position: z.string().nullable(),
  kind: z.enum(personKinds),
  area: z.string().nullable(),
  joinedOn: Day.nullable(),
  leftOn: Day.nullable(),
})

export const viewPerson = ({ id, name, email, position, kind, area, joined_on, left_on }: PersonRow) => ({
  id,
  name,
  email,
  position,
  kind,
  area,
  joinedOn: joined_on,
  leftOn: left_on,
})

/** Somebody in the list of all, with what is missing. */
export const ListedView = PersonView.extend({
  state: z.enum(personStates),
  agreement: z.enum(coverages),
  /** Null: nothing is asked of them. */
  training: z.enum(coverages).nullable(),
  /** The last day on which everything that they learned counts. */
  trainedUntil: Day.nullable(),
  openPoints: z.int(),
  overduePoints: z.int(),
  held: z.int(),
  isLinked: z.boolean(),
})

export const AgreementView = z.object({
  agreementId: z.uuid(),
  signedOn: Day,
  note: z.string(),
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  withdrawnAt: Instant.nullable(),
  withdrawnReason: z.string().nullable(),
  files: z.array(FileShown),
})

export const TrainingView = z.object({
  trainingId: z.uuid(),
  courseId: z.uuid(),
  key: z.string().nullable(),
  title: z.string(),
  source: z.enum(['quiz', 'certificate']),
  completedOn: Day,
  expiresOn: Day,
  correct: z.int().nullable(),
  asked: z.int().nullable(),
  provider: z.string(),
  withdrawnAt: Instant.nullable(),
  withdrawnReason: z.string().nullable(),
  files: z.array(FileShown),
})

/** A course that is asked of somebody, or that they took. */
export const AskedView = z.object({
  courseId: z.uuid(),
  key: z.string().nullable(),
  title: z.string(),
  coverage: z.enum(coverages),
  until: Day.nullable(),
  graceUntil: Day.nullable(),
})

export const PointView = z.object({
  itemId: z.uuid(),
  text: z.string(),
  dueOn: Day,
  state: z.enum(itemStates),
  isOverdue: z.boolean(),
  doneOn: Day.nullable(),
  by: z.string().nullable(),
  at: Instant.nullable(),
  note: z.string(),
})

export const ChecklistView = z.object({
  checklistId: z.uuid(),
  kind: z.enum(checklistKinds),
  title: z.string(),
  fromOn: Day,
  points: z.array(PointView),
})

export const HeldView = z.object({
  itemId: z.uuid(),
  kind: z.enum(itemKinds),
  label: z.string(),
  number: z.string(),
  issuedOn: Day,
  returnedOn: Day.nullable(),
  note: z.string(),
})

export const MoveView = z.object({
  movedOn: Day,
  positionBefore: z.string().nullable(),
  positionAfter: z.string().nullable(),
  areaBefore: z.string().nullable(),
  areaAfter: z.string().nullable(),
})

/** Everything that is on record about one person. */
export const RecordView = z.object({
  person: PersonView,
  state: z.enum(personStates),
  account: z.object({ accountId: z.uuid(), name: z.string() }).nullable(),
  agreement: z.enum(coverages),
  agreements: z.array(AgreementView),
  courses: z.array(AskedView),
  trainings: z.array(TrainingView),
  /** Tries at the questions of courses: for themselves alone. */
  tries: z.array(
    z.object({
      courseId: z.uuid(),
      key: z.string().nullable(),
      title: z.string(),
      startedAt: Instant,
      correct: z.int().nullable(),
      asked: z.int(),
    }),
  ),
  checklists: z.array(ChecklistView),
  items: z.array(HeldView),
  moves: z.array(MoveView),
  /** What stands for their mail address in facts. */
  pseudonym: z.string().nullable(),
  accounts: z.array(z.object({ systemId: z.uuid(), account: z.string(), at: Instant })),
})

/** How everybody stands to one measure: counts only. */
export const StandingView = z.object({
  measure: z.enum(keptMeasures),
  covered: z.int(),
  of: z.int(),
  due: z.int(),
  expired: z.int(),
  missing: z.int(),
  signed: z.object({ role: z.string(), at: Instant, until: Instant }).nullable(),
})

type Names = ReadonlyMap<string, { readonly name: string }>
const nameIn = (names: Names, id: string | null) => (id === null ? null : (names.get(id)?.name ?? null))
const isoOf = (at: Date | null) => at?.toISOString() ?? null

export function viewAgreement(
  row: AgreementRow,
  names: Names,
  files: readonly FileView[],
): z.input<typeof AgreementView> {
  return {
    agreementId: row.id,
    signedOn: row.signed_on,
    note: row.note,
    recordedAt: row.at.toISOString(),
    recordedBy: nameIn(names, row.account_id),
    withdrawnAt: isoOf(row.withdrawn_at),
    withdrawnReason: row.withdrawn_reason,
    files: [...files],
  }
}

export function viewTraining(
  row: TrainingRow,
  course: CourseRow | undefined,
  files: readonly FileView[],
): z.input<typeof TrainingView> {
  return {
    trainingId: row.id,
    courseId: row.course_id,
    key: course?.key ?? null,
    title: course?.title ?? '',
    source: row.source,
    completedOn: row.completed_on,
    expiresOn: row.expires_on,
    correct: row.correct,
    asked: row.asked,
    provider: row.provider,
    withdrawnAt: isoOf(row.withdrawn_at),
    withdrawnReason: row.withdrawn_reason,
    files: [...files],
  }
}

export function viewPoint(row: ChecklistItemRow, names: Names, today: string): z.input<typeof PointView> {
  return {
    itemId: row.id,
    text: row.text,
    dueOn: row.due_on,
    state: row.state,
    isOverdue: row.state === 'open' && row.due_on < today,
    doneOn: row.done_on,
    by: nameIn(names, row.account_id),
    at: isoOf(row.at),
    note: row.note,
  }
}

export function viewChecklist(
  { id, kind, title, from_on: fromOn }: ChecklistRow,
  points: readonly z.input<typeof PointView>[],
): z.input<typeof ChecklistView> {
  return { checklistId: id, kind, title, fromOn, points: [...points] }
}

export function viewHeld(row: HandoverRow, item: ItemRow): z.input<typeof HeldView> {
  return {
    itemId: item.id,
    kind: item.kind,
    label: item.label,
    number: item.number,
    issuedOn: row.issued_on,
    returnedOn: row.returned_on,
    note: row.note,
  }
}

export const viewMove = (row: MoveRow): z.input<typeof MoveView> => ({
  movedOn: row.moved_on,
  positionBefore: row.position_before,
  positionAfter: row.position_after,
  areaBefore: row.area_before,
  areaAfter: row.area_after,
})
