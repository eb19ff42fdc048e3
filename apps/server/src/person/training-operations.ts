import { longDay } from '@art32/press'
import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { attachFiles, fileErrors } from '../file/index.ts'
import { paperDownload, paperErrors } from '../paper/index.ts'
import { findShipped, shippedCourses } from './courses/shipped.ts'
import { personErrors, trainingErrors } from './errors.ts'
import { settle } from './keep.ts'
import { addDays, todayOf } from '../calendar/index.ts'
import { isHere } from './person.ts'
import { answerQuiz, startQuiz } from './quiz.ts'
import { getPerson, ownPerson } from './record-operations.ts'
import { coursesIn, readRecords } from './records.ts'
import { lockRecords } from './record-store.ts'
import * as people from './store.ts'
import * as store from './training-store.ts'

const Day = z.iso.date()
const Reason = z.string().trim().min(3).max(1_000)
const Language = z.enum(['en', 'de'])
const longestDays = 3_660

const given = {
  title: z.string().trim().min(1).max(200),
  /** How long a completion counts. */
  validMonths: z.int().min(1).max(60).default(12),
  /** Of whom it is asked; none: of everybody. */
  areas: z.array(z.string().trim().min(1).max(100)).max(20).default([]),
  required: z.boolean().default(true),
}

/** What can be done with courses and what people learned. */
export function trainingOperations() {
  return [
    tenantOperation({
      id: 'course.list',
      summary:
        'Lists the courses, with how many of those of whom it is asked are trained; and the courses that come with art32',
      needs: 'register:read',
      input: z.object({ language: Language.default('en') }),
      output: z.object({
        courses: z.array(
          z.object({
            courseId: z.uuid(),
            key: z.string().nullable(),
            title: z.string(),
            about: z.string(),
            minutes: z.int().nullable(),
            validMonths: z.int(),
            areas: z.array(z.string()),
            required: z.boolean(),
            isRetired: z.boolean(),
            covered: z.int(),
            of: z.int(),
          }),
        ),
        /** Come with art32 and are not used yet. */
        offered: z.array(z.object({ key: z.string(), title: z.string(), about: z.string(), minutes: z.int() })),
      }),
      run: async ({ language }, tx) => await listCourses(tx, language),
    }),
    tenantOperation({
      id: 'course.show',
      summary: 'Shows the lessons of a course that comes with art32',
      needs: 'register:read',
      input: z.object({ courseId: z.uuid(), language: Language.default('en') }),
      output: z.object({
        courseId: z.uuid(),
        title: z.string(),
        about: z.string(),
        minutes: z.int(),
        lessons: z.array(z.object({ title: z.string(), body: z.string() })),
        questions: z.int(),
      }),
      refuses: [trainingErrors.course_not_found, trainingErrors.no_questions],
      async run({ courseId, language }, tx) {
        const course = await store.findCourse(tx, courseId)
        if (!course) throw trainingErrors.course_not_found()
        const shipped = findShipped(course.key)
        if (!shipped) throw trainingErrors.no_questions()
        return {
          courseId,
          title: shipped.title[language],
          about: shipped.about[language],
          minutes: shipped.minutes,
          lessons: shipped.lessons.map(({ title, body }) => ({ title: title[language], body: body[language] })),
          questions: shipped.questions.length,
        }
      },
    }),
    tenantOperation({
      id: 'course.add',
      summary: 'Adds a course: one that comes with art32, or one that others teach',
      needs: 'person:write',
      changes: true,
      input: z.object({ ...given, shipped: z.string().max(60).nullable().default(null) }),
      output: z.object({ courseId: z.uuid() }),
      refuses: [trainingErrors.course_not_found, trainingErrors.course_there],
      async run({ shipped: key, title, validMonths, areas, required }, tx) {
        await lockRecords(tx)
        if (key !== null && !findShipped(key)) throw trainingErrors.course_not_found()
        const known = key === null ? undefined : (await store.listCourses(tx)).find((course) => course.key === key)
        if (known && known.retired_at === null) throw trainingErrors.course_there()
        const id = known?.id ?? tx.newId()
        await store.saveCourse(tx, { id, key, title, valid_months: validMonths, areas, required })
        await tx.append({
          type: 'course.created',
          about: { kind: 'course', id },
          content: { after: { key, title, validMonths, areas, required } },
        })
        await settle(tx)
        return { courseId: id }
      },
    }),
    tenantOperation({
      id: 'course.change',
      summary: 'Changes of whom a course is asked, and how long it counts from now on',
      needs: 'person:write',
      changes: true,
      input: z.object({ courseId: z.uuid(), ...given }),
      output: z.object({}),
      refuses: [trainingErrors.course_not_found, trainingErrors.course_over],
      async run({ courseId, title, validMonths, areas, required }, tx) {
        await lockRecords(tx)
        const before = await store.findCourse(tx, courseId)
        if (!before) throw trainingErrors.course_not_found()
        if (before.retired_at !== null) throw trainingErrors.course_over()
        await store.saveCourse(tx, { ...before, title, valid_months: validMonths, areas, required })
        await tx.append({
          type: 'course.changed',
          about: { kind: 'course', id: courseId },
          content: {
            before: { validMonths: before.valid_months, areas: before.areas, required: before.required },
            after: { validMonths, areas, required },
          },
        })
        await settle(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'course.retire',
      summary: 'Ends a course: it is asked of nobody any more; what was learned stays on record',
      needs: 'person:write',
      changes: true,
      input: z.object({ courseId: z.uuid() }),
      output: z.object({}),
      refuses: [trainingErrors.course_not_found, trainingErrors.course_over],
      async run({ courseId }, tx) {
        await lockRecords(tx)
        const before = await store.findCourse(tx, courseId)
        if (!before) throw trainingErrors.course_not_found()
        if (before.retired_at !== null) throw trainingErrors.course_over()
        await store.retireCourse(tx, courseId)
        await tx.append({ type: 'course.retired', about: { kind: 'course', id: courseId } })
        await settle(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'quiz.start',
      summary: 'Asks the caller the questions of a course, each time in another order',
      needs: 'person:own',
      changes: true,
      input: z.object({ courseId: z.uuid(), language: Language.default('en') }),
      output: z.object({
        attemptId: z.uuid(),
        questions: z.array(z.object({ questionId: z.string(), ask: z.string(), answers: z.array(z.string()) })),
      }),
      refuses: [
        personErrors.no_record,
        trainingErrors.course_not_found,
        trainingErrors.course_over,
        trainingErrors.no_questions,
        trainingErrors.too_often,
      ],
      run: async ({ courseId, language }, tx) => await startQuiz(tx, courseId, language),
    }),
    tenantOperation({
      id: 'quiz.answer',
      summary: 'Judges the caller’s answers, once; eight of ten right ones complete the course',
      needs: 'person:own',
      changes: true,
      input: z.object({
        attemptId: z.uuid(),
        answers: z.array(z.object({ questionId: z.string().max(40), answer: z.int().min(0).max(20) }).strict()).max(50),
      }),
      output: z.object({
        passed: z.boolean(),
        correct: z.int(),
        asked: z.int(),
        wrong: z.array(z.string()),
        trainingId: z.uuid().nullable(),
        expiresOn: Day.nullable(),
        why: z.array(z.object({ questionId: z.string(), answer: z.string(), why: z.string() })),
      }),
      refuses: [
        personErrors.no_record,
        trainingErrors.attempt_not_found,
        trainingErrors.attempt_over,
        trainingErrors.bad_answers,
        trainingErrors.course_not_found,
        trainingErrors.course_over,
        trainingErrors.no_questions,
      ],
      async run({ attemptId, answers }, tx) {
        const { wrong, why, ...result } = await answerQuiz(tx, attemptId, answers)
        return { ...result, wrong: [...wrong], why: [...why] }
      },
    }),
    tenantOperation({
      id: 'training.add',
      summary: 'Records the certificate of another provider, as an evidence file with its last day',
      needs: 'person:write',
      changes: true,
      input: z.object({
        personId: z.uuid(),
        courseId: z.uuid(),
        provider: z.string().trim().min(1).max(200),
        completedOn: Day,
        expiresOn: Day,
        fileIds: z.array(z.uuid()).max(20).default([]),
      }),
      output: z.object({ trainingId: z.uuid() }),
      refuses: [
        personErrors.not_found,
        trainingErrors.course_not_found,
        trainingErrors.course_over,
        trainingErrors.bad_days,
        fileErrors.not_found,
        fileErrors.removed,
        fileErrors.too_many,
      ],
      async run({ personId, courseId, provider, completedOn, expiresOn, fileIds }, tx) {
        await lockRecords(tx)
        const person = await getPerson(tx, personId)
        const course = await store.findCourse(tx, courseId)
        if (!course) throw trainingErrors.course_not_found()
        if (course.retired_at !== null) throw trainingErrors.course_over()
        const isPossible =
          completedOn <= (await todayOf(tx)) &&
          expiresOn > completedOn &&
          expiresOn <= addDays(completedOn, longestDays)
        if (!isPossible) throw trainingErrors.bad_days()
        const id = tx.newId()
        await store.addTraining(tx, {
          id,
          person_id: personId,
          course_id: courseId,
          source: 'certificate',
          completed_on: completedOn,
          expires_on: expiresOn,
          correct: null,
          asked: null,
          provider,
        })
        const files = await attachFiles(tx, { kind: 'training', id }, fileIds)
        await tx.append({
          type: 'training.completed',
          about: { kind: 'person', id: personId },
          code: 'certificate',
          content: {
            after: {
              course: course.key ?? courseId,
              kind: person.kind,
              area: person.area,
              completedOn,
              expiresOn,
              files: files.map(({ sha256 }) => sha256),
            },
          },
        })
        await settle(tx)
        return { trainingId: id }
      },
    }),
    tenantOperation({
      id: 'training.withdraw',
      summary: 'Takes back that somebody completed a course, with a reason; what was recorded stays to be read',
      needs: 'person:write',
      changes: true,
      input: z.object({ trainingId: z.uuid(), reason: Reason }),
      output: z.object({}),
      refuses: [trainingErrors.not_found],
      async run({ trainingId, reason }, tx) {
        await lockRecords(tx)
        const row = await store.findTraining(tx, trainingId)
        if (!row || row.withdrawn_at !== null) throw trainingErrors.not_found()
        await store.withdrawTraining(tx, trainingId, reason)
        await tx.append({
          type: 'training.withdrawn',
          about: { kind: 'person', id: row.person_id },
          content: { before: { completedOn: row.completed_on, expiresOn: row.expires_on } },
        })
        await settle(tx)
        return {}
      },
    }),
    tenantOperation({
      id: 'training.certificate',
      summary:
        'Hands out the certificate of a course that somebody passed here: their own, or for who may read records',
      kind: 'download',
      needs: 'person:own',
      input: z.object({
        trainingId: z.uuid(),
        format: z.enum(['pdf', 'docx']).default('pdf'),
        language: Language.default('en'),
      }),
      output: z.unknown(),
      refuses: [trainingErrors.not_found, ...Object.values(paperErrors)],
      run: async ({ trainingId, format, language }, tx) => await handOut(tx, trainingId, format, language),
    }),
  ]
}

async function listCourses(tx: TenantContext, language: 'en' | 'de') {
  const records = await readRecords(tx)
  const all = await store.listCourses(tx)
  const here = records.people.filter((person) => isHere(person, records.today))
  const stands = here.flatMap((person) => coursesIn(records, person))
  const used = new Set(all.filter((course) => course.retired_at === null).map((course) => course.key))
  return {
    courses: all.map((course) => {
      const shipped = findShipped(course.key)
      const asked = stands.filter((one) => one.course.id === course.id)
      return {
        courseId: course.id,
        key: course.key,
        title: shipped?.title[language] ?? course.title,
        about: shipped?.about[language] ?? '',
        minutes: shipped?.minutes ?? null,
        validMonths: course.valid_months,
        areas: [...course.areas],
        required: course.required,
        isRetired: course.retired_at !== null,
        covered: asked.filter(({ covered }) => covered.coverage === 'covered').length,
        of: asked.length,
      }
    }),
    offered: shippedCourses
      .filter(({ key }) => !used.has(key))
      .map(({ key, title, about, minutes }) => ({ key, title: title[language], about: about[language], minutes })),
  }
}

const words = {
  en: {
    title: 'Certificate',
    passed: (course: string) => `has completed the course “${course}” and answered its questions.`,
    completed: 'Completed on',
    until: 'Counts until',
    right: 'Right answers',
    of: 'of',
    number: 'Number of the record',
    version: 'Version of the course',
    content: 'Lessons',
    note: 'Self-taught and judged by art32; no certificate of an accredited body.',
    person: 'Name',
  },
  de: {
    title: 'Zertifikat',
    passed: (course: string) => `hat den Kurs „${course}“ abgeschlossen und seine Fragen beantwortet.`,
    completed: 'Abgeschlossen am',
    until: 'Gilt bis',
    right: 'Richtige Antworten',
    of: 'von',
    number: 'Nummer des Eintrags',
    version: 'Version des Kurses',
    content: 'Lektionen',
    note: 'Im Selbststudium erarbeitet und von art32 ausgewertet; kein Zertifikat einer akkreditierten Stelle.',
    person: 'Name',
  },
} as const

/** Whose certificate it is not finds none. */
async function handOut(tx: TenantContext, trainingId: string, format: 'pdf' | 'docx', language: 'en' | 'de') {
  const row = await store.findTraining(tx, trainingId)
  const own = await ownPerson(tx)
  const mayRead = tx.caller.permissions.includes('person:read')
  if (!row || row.withdrawn_at !== null || (row.person_id !== own?.id && !mayRead)) throw trainingErrors.not_found()
  const [person, course] = [await people.findPerson(tx, row.person_id), await store.findCourse(tx, row.course_id)]
  const shipped = findShipped(course?.key ?? null)
  if (!person || !shipped || row.source !== 'quiz') throw trainingErrors.not_found()
  const say = words[language]
  return await paperDownload({
    tx,
    format,
    name: 'certificate',
    paper: {
      language,
      title: say.title,
      subtitle: shipped.title[language],
      meta: [
        { label: say.person, value: person.name },
        { label: say.completed, value: longDay(row.completed_on, language) },
        { label: say.until, value: longDay(row.expires_on, language) },
        { label: say.right, value: `${row.correct ?? 0} ${say.of} ${row.asked ?? 0}` },
        { label: say.version, value: shipped.version },
        { label: say.number, value: row.id },
      ],
      blocks: [
        { kind: 'paragraph', text: `${person.name} ${say.passed(shipped.title[language])}` },
        { kind: 'heading', level: 2, text: say.content },
        { kind: 'list', ordered: true, items: shipped.lessons.map(({ title }) => ({ text: title[language] })) },
        { kind: 'paragraph', quiet: true, text: say.note },
      ],
    },
  })
}
