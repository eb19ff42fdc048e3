import type { TenantContext } from '../evidence/index.ts'
import { todayOf } from '../calendar/index.ts'
import { agreementOf, isAsked, isHere, standingOf, trainingOf, worstOf } from './person.ts'
import type { Covered, KeptMeasure, Standing } from './person.ts'
import * as recordStore from './record-store.ts'
import type { AgreementRow } from './record-store.ts'
import * as store from './store.ts'
import type { PersonRow } from './store.ts'
import * as trainingStore from './training-store.ts'
import type { CountingTraining, CourseRow } from './training-store.ts'

/** Everything that figures about people are made of, read in a fixed number of queries. */
export interface Records {
  readonly today: string
  readonly people: readonly PersonRow[]
  /** Those that were not taken back, by person. */
  readonly agreements: ReadonlyMap<string, readonly Pick<AgreementRow, 'id' | 'signed_on'>[]>
  /** Those that go on. */
  readonly courses: readonly CourseRow[]
  /** Of each course the completion that counts longest, by person. */
  readonly trainings: ReadonlyMap<string, readonly CountingTraining[]>
}

/** Reads the records of everybody, or of one person. */
export async function readRecords(tx: TenantContext, only: PersonRow | null = null): Promise<Records> {
  const personId = only?.id ?? null
  const today = await todayOf(tx)
  const people = only ? [only] : await store.listPeople(tx)
  const agreements = Map.groupBy(await recordStore.listCountingAgreements(tx, personId), (row) => row.person_id)
  const courses = (await trainingStore.listCourses(tx)).filter((course) => course.retired_at === null)
  const trainings = Map.groupBy(
    await trainingStore.listCountingTrainings(tx, { personId, today }),
    (row) => row.person_id,
  )
  return { today, people, agreements, courses, trainings }
}

/** How one person stands to confidentiality. */
export function agreementIn({ agreements, today }: Records, person: PersonRow): Covered {
  const signed = (agreements.get(person.id) ?? []).map((row) => row.signed_on)
  return agreementOf(person, signed, today)
}

/** The courses that are asked of somebody, and how they stand to each. */
export function coursesIn(
  { courses, trainings, today }: Records,
  person: PersonRow,
): { readonly course: CourseRow; readonly covered: Covered }[] {
  const own = trainings.get(person.id) ?? []
  return courses
    .filter(({ required, areas }) => required && isAsked(areas, person.area))
    .map((course) => ({
      course,
      covered: trainingOf(
        person,
        own.filter((row) => row.course_id === course.id),
        today,
      ),
    }))
}

/** How somebody stands to one measure; undefined: it is not asked of them. */
export function coveredIn(records: Records, person: PersonRow, measure: KeptMeasure): Covered | undefined {
  if (measure === 'confidentiality-agreements') return agreementIn(records, person)
  return worstOf(coursesIn(records, person).map(({ covered }) => covered))
}

/** How everybody who works here stands to one measure. */
export function standingIn(records: Records, measure: KeptMeasure): Standing {
  const here = records.people.filter((person) => isHere(person, records.today))
  return standingOf(
    here.flatMap((person) => coveredIn(records, person, measure) ?? []),
    records.today,
  )
}
