import type { z } from 'zod'
import { openPseudonyms } from '../check/index.ts'
import type { HistoryDependencies, TenantContext } from '../evidence/index.ts'
import { listFiles } from '../file/index.ts'
import * as checklistStore from './checklist-store.ts'
import * as itemStore from './item-store.ts'
import { stateOf } from './person.ts'
import { agreementIn, coursesIn, coveredIn, readRecords } from './records.ts'
import * as recordStore from './record-store.ts'
import * as store from './store.ts'
import type { PersonRow } from './store.ts'
import * as trainingStore from './training-store.ts'
import { viewAgreement, viewChecklist, viewHeld, viewMove, viewPerson, viewPoint, viewTraining } from './views.ts'
import type { ListedView, RecordView } from './views.ts'

type AccountsById = HistoryDependencies['accountsById']

/** Everybody on the list, with what is missing: in a fixed number of queries. */
export async function listRecords(tx: TenantContext): Promise<z.input<typeof ListedView>[]> {
  const records = await readRecords(tx)
  const { today } = records
  const points = await checklistStore.countOpen(tx, today)
  const held = await itemStore.countHeld(tx)
  return records.people.map((person) => {
    const training = coveredIn(records, person, 'employee-training')
    const open = points.get(person.id)
    return {
      ...viewPerson(person),
      state: stateOf(person, today),
      agreement: agreementIn(records, person).coverage,
      training: training?.coverage ?? null,
      trainedUntil: training?.until ?? null,
      openPoints: open?.open ?? 0,
      overduePoints: open?.overdue ?? 0,
      held: held.get(person.id) ?? 0,
      isLinked: person.account_id !== null,
    }
  })
}

/** Everything that is on record about one person, for who may read it and for themselves. */
export async function showRecord(
  tx: TenantContext,
  person: PersonRow,
  accountsById: AccountsById,
): Promise<z.input<typeof RecordView>> {
  const records = await readRecords(tx, person)
  const { today } = records
  const courses = new Map((await trainingStore.listCourses(tx)).map((row) => [row.id, row]))
  const agreements = await recordStore.listAgreements(tx, person.id)
  const trainings = await trainingStore.listTrainings(tx, person.id)
  const points = await checklistStore.listItems(tx, { personId: person.id })
  const byList = Map.groupBy(points, (row) => row.checklist_id)
  const names = await namesOf(accountsById, [
    person.account_id,
    ...agreements.map((row) => row.account_id),
    ...points.map((row) => row.account_id),
  ])
  const agreementFiles = await listFiles(
    tx,
    'confidentiality',
    agreements.map(({ id }) => id),
  )
  const trainingFiles = await listFiles(
    tx,
    'training',
    trainings.map(({ id }) => id),
  )
  const things = new Map((await itemStore.listItems(tx)).map((row) => [row.id, row]))
  const own = (await store.listHolders(tx)).filter((row) => row.person_id === person.id)
  return {
    person: viewPerson(person),
    state: stateOf(person, today),
    account:
      person.account_id === null
        ? null
        : { accountId: person.account_id, name: names.get(person.account_id)?.name ?? '–' },
    agreement: agreementIn(records, person).coverage,
    agreements: agreements.map((row) => viewAgreement(row, names, agreementFiles.get(row.id) ?? [])),
    courses: coursesIn(records, person).map(({ course, covered }) => ({
      courseId: course.id,
      key: course.key,
      title: course.title,
      coverage: covered.coverage,
      until: covered.until,
      graceUntil: covered.graceUntil,
    })),
    trainings: trainings.map((row) => viewTraining(row, courses.get(row.course_id), trainingFiles.get(row.id) ?? [])),
    tries: (await trainingStore.listAttempts(tx, person.id)).map((row) => ({
      courseId: row.course_id,
      key: courses.get(row.course_id)?.key ?? null,
      title: courses.get(row.course_id)?.title ?? '',
      startedAt: row.started_at.toISOString(),
      correct: row.correct,
      asked: row.asked.length,
    })),
    checklists: (await checklistStore.listChecklists(tx, person.id)).map((row) =>
      viewChecklist(
        row,
        (byList.get(row.id) ?? []).toSorted((a, b) => a.place - b.place).map((point) => viewPoint(point, names, today)),
      ),
    ),
    items: (await itemStore.listHandovers(tx, person.id)).flatMap((row) => {
      const item = things.get(row.item_id)
      return item ? [viewHeld(row, item)] : []
    }),
    moves: (await recordStore.listMoves(tx, person.id)).map(viewMove),
    pseudonym: person.email === null ? null : (await openPseudonyms(tx)).of(person.email.toLowerCase()),
    accounts: own.map(({ system_id: systemId, account, at }) => ({ systemId, account, at: at.toISOString() })),
  }
}

/** Names of accounts; who is no member any more may be gone. */
export async function namesOf(
  accountsById: AccountsById,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, { readonly name: string }>> {
  return await accountsById([...new Set(ids.flatMap((id) => (id === null ? [] : [id])))])
}
