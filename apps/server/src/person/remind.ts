import type { TenantContext } from '../evidence/index.ts'
import { detachGone } from '../file/index.ts'
import * as checklistStore from './checklist-store.ts'
import * as itemStore from './item-store.ts'
import { settle } from './keep.ts'
import { addDays, dayAt, findTimeZone, todayOf } from '../calendar/index.ts'
import { isHere, stateOf } from './person.ts'
import { agreementIn, coursesIn, readRecords } from './records.ts'
import * as recordStore from './record-store.ts'
import { listPeople } from './store.ts'
import { listTrainingIds } from './training-store.ts'

/** The queue in which records of people are attended to, in every tenant. */
export const personQueue = 'person.attend'

/** Each morning, before the letters of the day leave at 05:00 UTC. */
export const personTime = '23 3 * * *'

/** A training is first reminded of so many days before it expires, and so many days lie between two reminders. */
const aheadDays = 30
const everyDays = { training: 14, agreement: 7, checklist: 7, return: 7, 'sign-off': 30 } as const

type Kind = keyof typeof everyDays

/** Says anew how the records stand behind measures, and reminds of what is due. Any number of times a day. */
export async function attendPeople(tx: TenantContext): Promise<void> {
  const records = await readRecords(tx)
  const { today, people } = records
  await settle(tx, records)
  await detachGone(tx, 'confidentiality', await recordStore.listAgreementIds(tx))
  await detachGone(tx, 'training', await listTrainingIds(tx))
  for (const person of people) {
    if (!isHere(person, today)) continue
    // Who was always here is no news; who joined must have signed by the day after.
    const agreement = agreementIn(records, person)
    if (person.joined_on !== null && person.joined_on < today && agreement.coverage !== 'covered')
      await remind(tx, 'agreement', person.id, agreement.coverage === 'missing' ? 'agreement-overdue' : 'agreement')
    const soon = addDays(today, aheadDays)
    const courses = coursesIn(records, person).filter(({ covered }) => covered.until !== null && covered.until <= soon)
    const isOver = courses.some(({ covered }) => covered.coverage !== 'covered')
    if (courses.length > 0) await remind(tx, 'training', person.id, isOver ? 'training-over' : 'training')
  }
  await remindOfPoints(tx, today)
  await remindOfItems(tx, people, today)
  const timeZone = await findTimeZone(tx)
  for (const row of await recordStore.listSignOffs(tx))
    if (dayAt(row.fresh_until, timeZone) <= addDays(today, aheadDays))
      await remind(tx, 'sign-off', row.id, 'sign-off', 'staff')
}

async function remindOfPoints(tx: TenantContext, today: string): Promise<void> {
  const open = await checklistStore.countOpen(tx, today)
  const people = [...open].flatMap(([personId, { overdue }]) => (overdue > 0 ? [personId] : []))
  for (const personId of people) await remind(tx, 'checklist', personId, 'checklist')
}

/** On the leaving day and after it: what is still to be returned. */
async function remindOfItems(
  tx: TenantContext,
  people: readonly { readonly id: string; readonly joined_on: string | null; readonly left_on: string | null }[],
  today: string,
): Promise<void> {
  const open = new Set(
    (await itemStore.listHandovers(tx)).flatMap((row) => (row.returned_on === null ? [row.person_id] : [])),
  )
  for (const person of people) {
    const isOver = stateOf(person, today) === 'left' || person.left_on === today
    if (isOver && open.has(person.id)) await remind(tx, 'return', person.id, 'return')
  }
}

async function remind(
  tx: TenantContext,
  kind: Kind,
  aboutId: string,
  code: string,
  about: 'person' | 'staff' = 'person',
): Promise<void> {
  const isNew = await recordStore.noteReminder(tx, { aboutId, kind, day: await todayOf(tx), every: everyDays[kind] })
  if (!isNew) return
  await tx.append({ type: 'person.reminded', about: { kind: about, id: aboutId }, code, by: 'system' })
}

/** The member whose own record something is about: they are told, too. */
export async function whoseRecord(tx: TenantContext, personId: string): Promise<string[]> {
  const person = (await listPeople(tx)).find((row) => row.id === personId)
  return person?.account_id ? [person.account_id] : []
}
