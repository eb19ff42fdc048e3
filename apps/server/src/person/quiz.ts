import { randomInt } from 'node:crypto'
import type { TenantContext } from '../evidence/index.ts'
import { findShipped, passMark } from './courses/shipped.ts'
import type { Question, ShippedCourse } from './courses/shipped.ts'
import { personErrors, trainingErrors } from './errors.ts'
import { settle } from './keep.ts'
import { addMonths, todayOf } from '../calendar/index.ts'
import { lockRecords } from './record-store.ts'
import { ownPerson } from './record-operations.ts'
import type { PersonRow } from './store.ts'
import * as store from './training-store.ts'
import type { Asked, CourseRow } from './training-store.ts'

/** So many tries at one course in a day: guessing takes longer than reading. */
export const triesADay = 5
const dayMs = 86_400_000

/** A question as it is asked: its answers in an order of their own, and not which one is right. */
export interface ShownQuestion {
  readonly questionId: string
  readonly ask: string
  readonly answers: string[]
}

/**
 * Asks the questions of a course: each time in another order, which only the server knows.
 *
 * @throws {training.course_not_found | course_over | no_questions | too_often, person.no_record}
 */
export async function startQuiz(
  tx: TenantContext,
  courseId: string,
  language: 'en' | 'de',
): Promise<{ attemptId: string; questions: ShownQuestion[] }> {
  const person = await self(tx)
  const { shipped, course } = await offered(tx, courseId)
  const since = tx.now.getTime() - dayMs
  const recent = (await store.listAttempts(tx, person.id)).filter(
    (one) => one.course_id === courseId && one.started_at.getTime() > since,
  )
  if (recent.length >= triesADay) throw trainingErrors.too_often()
  const asked = shuffled(shipped.questions).map(({ id, answers }): Asked => ({
    id,
    order: shuffled(answers.map((_, index) => index)),
  }))
  const id = tx.newId()
  await store.addAttempt(tx, { id, person_id: person.id, course_id: course.id, language, asked })
  const questions = asked.map(({ id: questionId, order }) => show(questionOf(shipped, questionId), order, language))
  return { attemptId: id, questions }
}

/** What answering gave. */
export interface QuizResult {
  readonly passed: boolean
  readonly correct: number
  readonly asked: number
  /** Of what was wrong, and never which answer would have been right. */
  readonly wrong: readonly string[]
  readonly trainingId: string | null
  readonly expiresOn: string | null
  /** Why each answer is right: once it was passed. */
  readonly why: readonly { readonly questionId: string; readonly answer: string; readonly why: string }[]
}

/**
 * Judges answers: once, by whom they were asked, within a day.
 *
 * @param answers by question the place of the answer as it was shown
 * @throws {training.attempt_not_found | attempt_over | bad_answers, person.no_record}
 */
export async function answerQuiz(
  tx: TenantContext,
  attemptId: string,
  answers: readonly { readonly questionId: string; readonly answer: number }[],
): Promise<QuizResult> {
  await lockRecords(tx)
  const person = await self(tx)
  const attempt = await store.findAttempt(tx, attemptId, person.id)
  if (!attempt) throw trainingErrors.attempt_not_found()
  if (attempt.ended_at !== null || attempt.started_at.getTime() + dayMs < tx.now.getTime())
    throw trainingErrors.attempt_over()
  const { shipped, course } = await offered(tx, attempt.course_id)
  const given = new Map(answers.map(({ questionId, answer }) => [questionId, answer]))
  const isWhole =
    answers.length === attempt.asked.length &&
    attempt.asked.every(({ id, order }) => order[given.get(id) ?? -1] !== undefined)
  if (!isWhole) throw trainingErrors.bad_answers()
  const wrong = attempt.asked.filter(({ id, order }) => order[given.get(id) ?? -1] !== 0).map(({ id }) => id)
  const asked = attempt.asked.length
  const correct = asked - wrong.length
  await store.endAttempt(tx, attemptId, correct)
  if (correct < asked * passMark)
    return { passed: false, correct, asked, wrong, trainingId: null, expiresOn: null, why: [] }
  const done = await complete(tx, { person, course, version: shipped.version, correct, asked })
  const why = attempt.asked.map(({ id: questionId }) => {
    const { answers: known, why: reason } = questionOf(shipped, questionId)
    return { questionId, answer: known[0]?.[attempt.language] ?? '', why: reason[attempt.language] }
  })
  return { passed: true, correct, asked, wrong, ...done, why }
}

async function complete(
  tx: TenantContext,
  {
    person,
    course,
    version,
    correct,
    asked,
  }: { person: PersonRow; course: CourseRow; version: string; correct: number; asked: number },
): Promise<{ trainingId: string; expiresOn: string }> {
  const id = tx.newId()
  const completedOn = await todayOf(tx)
  const expiresOn = addMonths(completedOn, course.valid_months)
  await store.addTraining(tx, {
    id,
    person_id: person.id,
    course_id: course.id,
    source: 'quiz',
    completed_on: completedOn,
    expires_on: expiresOn,
    correct,
    asked,
    provider: 'art32',
  })
  // What they do here and what they learned; who it was is a random id.
  await tx.append({
    type: 'training.completed',
    about: { kind: 'person', id: person.id },
    code: 'quiz',
    content: {
      after: {
        course: course.key,
        version,
        kind: person.kind,
        area: person.area,
        completedOn,
        expiresOn,
        correct,
        asked,
      },
    },
  })
  await settle(tx)
  return { trainingId: id, expiresOn }
}

async function self(tx: TenantContext): Promise<PersonRow> {
  const person = await ownPerson(tx)
  if (!person) throw personErrors.no_record()
  return person
}

async function offered(tx: TenantContext, courseId: string): Promise<{ course: CourseRow; shipped: ShippedCourse }> {
  const course = await store.findCourse(tx, courseId)
  if (!course) throw trainingErrors.course_not_found()
  if (course.retired_at !== null) throw trainingErrors.course_over()
  const shipped = findShipped(course.key)
  if (!shipped) throw trainingErrors.no_questions()
  return { course, shipped }
}

/** What was asked a release ago and is asked no more is no question of this course. */
function questionOf({ questions }: ShippedCourse, id: string): Question {
  const question = questions.find((one) => one.id === id)
  if (!question) throw trainingErrors.attempt_over()
  return question
}

function show({ id, ask, answers }: Question, order: readonly number[], language: 'en' | 'de'): ShownQuestion {
  return { questionId: id, ask: ask[language], answers: order.map((index) => answers[index]?.[language] ?? '') }
}

/** Fisher and Yates, by the generator of the system. */
function shuffled<T>(all: readonly T[]): T[] {
  const left = [...all]
  return all.flatMap(() => left.splice(randomInt(left.length), 1))
}
