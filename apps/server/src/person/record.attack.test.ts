import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { dataProtection } from './courses/data-protection.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import { addDays } from '../calendar/index.ts'
import { attendPeople } from './remind.ts'

let server: TestServer
let owner: Person
let signatory: Person
let editor: Person
let member: Person
let other: Person
let adviser: Person
let stranger: Person

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  signatory = await server.addPerson('signatory@example.com', 'alpha', 'signatory')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  member = await server.addPerson('kim@example.com', 'alpha', 'member')
  other = await server.addPerson('lee@example.com', 'alpha', 'member')
  adviser = await server.addPerson('adviser@example.com', 'alpha', 'dpo')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const today = todayOfTenants()
const at = (operation: string, slug = 'alpha') => `/api/tenants/${slug}/${operation.replace('.', '/')}`
const ask = async (operation: string, body: object, person = owner, slug = 'alpha') =>
  await person.post(at(operation, slug), body)
const did = async <T = object>(operation: string, body: object, person = owner): Promise<T> => {
  const answer = await ask(operation, body, person)
  if (!answer.ok) throw new Error(`${operation}: ${await answer.text()}`)
  return (await answer.json()) as T
}
const refused = async (operation: string, body: object, person = owner, slug = 'alpha') => {
  const answer = await ask(operation, body, person, slug)
  return [answer.status, ((await answer.json()) as { code?: string }).code]
}
const read = async <T>(operation: string, query = '', person = owner): Promise<T> =>
  (await (await person.get(`${at(operation)}${query}`)).json()) as T
const add = async (body: object) => (await did<{ personId: string }>('person.add', body)).personId

interface Standings {
  readonly standings: readonly {
    measure: string
    covered: number
    of: number
    missing: number
    signed: { role: string } | null
  }[]
}
const standing = async (measure: string, person = owner) =>
  (await read<Standings>('staff.show', '', person)).standings.find((one) => one.measure === measure)
const attested = async () =>
  (
    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ catalogue_id: string; title: string; overdue: boolean; fresh_until: Date; role: string }>(
        `select catalogue_id, title, overdue_since is not null as overdue, fresh_until, role from attestation where source = 'person' order by 1`,
      ),
    )
  ).rows
const attendOn = async (day: string) =>
  await server.tenants.asSystem('alpha', (tx) => attendPeople({ ...tx, now: new Date(`${day}T03:23:00.000Z`) }))

interface Attempt {
  readonly attemptId: string
  readonly questions: readonly { readonly questionId: string; readonly answers: readonly string[] }[]
}
const right = new Map(dataProtection.questions.map(({ id, answers }) => [id, answers[0]?.en]))
const answersTo = ({ questions }: Attempt, wrong = 0) =>
  questions.map(({ questionId, answers }, index) => {
    const place = answers.indexOf(right.get(questionId) ?? '')
    return { questionId, answer: index < wrong ? (place + 1) % answers.length : place }
  })

let [kim, lee, courseId] = ['', '', '']

describe('records of people', () => {
  it('stand behind confidentiality once a signatory signed off that nobody is missing', async () => {
    kim = await add({ name: 'Kim Sample', email: 'kim@example.com', area: 'Development', joinedOn: '2026-01-01' })
    lee = await add({ name: 'Lee Sample', email: 'lee@example.com', kind: 'freelancer', joinedOn: '2026-01-01' })
    await did('leaving.start', {
      personId: await add({ name: 'Gone Before', joinedOn: '2020-01-01' }),
      on: '2021-01-01',
    })
    await add({ name: 'Yet To Come', joinedOn: addDays(today, 30) })
    await did('confidentiality.add', { personId: kim, signedOn: '2026-01-01' }, signatory)
    expect(await refused('staff.sign', { measure: 'confidentiality-agreements' })).toEqual([409, 'person.not_kept'])
    expect(await attested()).toEqual([])
    const { agreementId } = await did<{ agreementId: string }>('confidentiality.add', {
      personId: lee,
      signedOn: '2026-01-02',
    })
    expect(await standing('confidentiality-agreements')).toMatchObject({ covered: 2, of: 2, signed: null })
    await did('staff.sign', { measure: 'confidentiality-agreements' }, signatory)
    expect(await attested()).toMatchObject([
      { title: 'Bound to confidentiality: 2 of 2 people', overdue: false, role: 'signatory' },
    ])
    // What is taken back unmakes it at once; recorded again, it holds again without another signature.
    await did('confidentiality.withdraw', { agreementId, reason: 'Another person signed it.' })
    expect(await attested()).toMatchObject([{ title: 'Bound to confidentiality: 1 of 2 people', overdue: true }])
    await did('confidentiality.add', { personId: lee, signedOn: '2026-01-02' })
    expect(await attested()).toMatchObject([{ overdue: false }])
  })

  it('let somebody who joins sign within two weeks, and fail the measure after that', async () => {
    const personId = await add({ name: 'New Sample', joinedOn: today })
    await attendOn(addDays(today, 14))
    expect(await attested()).toMatchObject([{ title: 'Bound to confidentiality: 2 of 3 people', overdue: false }])
    await attendOn(addDays(today, 15))
    expect(await attested()).toMatchObject([{ overdue: true }])
    await did('person.remove', { personId })
    expect(await attested()).toMatchObject([{ title: 'Bound to confidentiality: 2 of 2 people', overdue: false }])
  })

  it('refuse days that cannot be, and what is another tenant’s', async () => {
    const signedOn = addDays(today, 1)
    expect(await refused('confidentiality.add', { personId: kim, signedOn })).toEqual([400, 'person.day_to_come'])
    expect(await refused('leaving.start', { personId: kim, on: '2025-01-01' })).toEqual([400, 'person.bad_days'])
    const foreign = [
      ['record.move', { personId: kim, movedOn: today, area: 'Sales' }],
      ['confidentiality.add', { personId: kim, signedOn: today }],
      ['checklist.start', { personId: kim, kind: 'joiner', fromOn: today }],
    ] as const
    for (const [operation, body] of foreign)
      expect(await refused(operation, body, stranger, 'beta')).toEqual([404, 'person.not_found'])
    expect(await refused('leaving.start', { personId: kim, on: today }, stranger, 'beta')).toEqual([
      404,
      'person.not_found',
    ])
  })

  it('are read by owners, signatories and the data protection officer, and kept by the first two', async () => {
    for (const person of [owner, signatory, adviser])
      expect((await person.get(`${at('record.show')}?personId=${kim}`)).status).toBe(200)
    for (const person of [editor, member]) {
      for (const operation of ['record.list', 'checklist.list', 'item.list', 'staff.export', 'item.export'])
        expect((await person.get(at(operation))).status).toBe(403)
      expect((await person.get(`${at('record.show')}?personId=${kim}`)).status).toBe(403)
    }
    for (const person of [editor, member, adviser])
      expect((await ask('confidentiality.add', { personId: kim, signedOn: today }, person)).status).toBe(403)
    // Counts are for everybody: no name among them.
    expect(JSON.stringify(await read('staff.show', '', member))).not.toContain('Sample')
  })

  it('show whoever is linked all of their own, and nobody else’s', async () => {
    expect(await read('record.mine', '', member)).toEqual({ record: null })
    const shown = await read<{ couldBe: { accountId: string } | null }>('record.show', `?personId=${kim}`)
    expect(shown.couldBe?.accountId).toBe(member.accountId)
    await did('record.link', { personId: kim, accountId: member.accountId })
    expect(await refused('record.link', { personId: lee, accountId: member.accountId })).toEqual([
      409,
      'person.link_taken',
    ])
    expect(await refused('record.link', { personId: lee, accountId: stranger.accountId })).toEqual([
      404,
      'person.member_not_found',
    ])
    expect((await ask('record.link', { personId: lee, accountId: other.accountId }, other)).status).toBe(403)
    const copy = await (await member.get(at('record.copy'))).text()
    expect(copy).toContain('Kim Sample')
    expect(copy).not.toContain('Lee Sample')
    expect((await other.get(at('record.copy'))).status).toBe(404)
  })
})

describe('a quiz', () => {
  it('is judged by the server: forged, repeated and foreign answers complete nothing', async () => {
    ;({ courseId } = await did<{ courseId: string }>('course.add', {
      shipped: 'data-protection',
      title: 'Data protection',
      areas: ['development'],
    }))
    expect(await refused('quiz.start', { courseId }, other)).toEqual([404, 'person.no_record'])
    const attempt = await did<Attempt>('quiz.start', { courseId }, member)
    // Nothing of what is sent says which answer is right.
    expect(Object.keys(attempt.questions[0] ?? {}).toSorted()).toEqual(['answers', 'ask', 'questionId'])
    const { attemptId } = attempt
    const answers = answersTo(attempt)
    const first = answers[0] ?? { questionId: '', answer: 0 }
    for (const forged of [
      [],
      answers.slice(1),
      [...answers, first],
      answers.map((one) => ({ ...one, questionId: first.questionId })),
      answers.map((one) => ({ ...one, answer: 9 })),
      answers.map((one, index) => (index === 0 ? { ...one, questionId: 'sc-1' } : one)),
    ])
      expect(await refused('quiz.answer', { attemptId, answers: forged }, member)).toEqual([
        400,
        'training.bad_answers',
      ])
    expect((await ask('quiz.answer', { attemptId, answers, correct: 10 }, member)).status).toBe(400)
    await did('record.link', { personId: lee, accountId: other.accountId })
    expect(await refused('quiz.answer', { attemptId, answers }, other)).toEqual([404, 'training.attempt_not_found'])
    // Seven of ten are not enough, and the try is over.
    const failed = await did<{ passed: boolean; wrong: string[]; why: unknown[] }>(
      'quiz.answer',
      { attemptId, answers: answersTo(attempt, 3) },
      member,
    )
    expect(failed).toMatchObject({ passed: false, correct: 7, why: [] })
    expect(failed.wrong).toHaveLength(3)
    expect(await refused('quiz.answer', { attemptId, answers }, member)).toEqual([409, 'training.attempt_over'])
    expect((await standing('employee-training'))?.covered).toBe(0)
  })

  it('is passed with eight of ten, for the time that the course says, with a certificate for the person alone', async () => {
    const attempt = await did<Attempt>('quiz.start', { courseId }, member)
    const done = await did<{ passed: boolean; trainingId: string; expiresOn: string }>(
      'quiz.answer',
      { attemptId: attempt.attemptId, answers: answersTo(attempt, 2) },
      member,
    )
    expect(done).toMatchObject({ passed: true, correct: 8 })
    expect(done.expiresOn.slice(5)).toBe(today.slice(5))
    const take = `${at('training.certificate')}?trainingId=${done.trainingId}&format=docx`
    const certificate = await member.get(take)
    const files = unzipSync(new Uint8Array(await certificate.arrayBuffer()))
    const text = strFromU8(files['word/document.xml'] ?? new Uint8Array())
    expect(text).toContain('Kim Sample')
    expect(text).toContain('8 of 10')
    expect((await other.get(take)).status).toBe(404)
    const pdf = await owner.get(take.replace('docx', 'pdf'))
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    // The leaf tells of area and course, of no name.
    const { entries } = await read<{ entries: { type: string; content: object }[] }>('ledger.entries', '?limit=20')
    const leaf = entries.find(({ type }) => type === 'training.completed')
    expect(JSON.stringify(leaf)).toContain('"course":"data-protection"')
    expect(JSON.stringify(leaf)).toContain('"area":"Development"')
    expect(JSON.stringify(entries)).not.toMatch(/Kim|Sample|example\.com/)
    // Lee works elsewhere: the course is asked of one person only.
    expect(await standing('employee-training')).toMatchObject({ covered: 1, of: 1 })
  })

  it('can be tried five times a day', async () => {
    for (let n = 2; n < 5; n++) await did('quiz.start', { courseId }, member)
    expect(await refused('quiz.start', { courseId }, member)).toEqual([429, 'training.too_often'])
    // Who keeps records sees what was passed and no tries.
    const shown = await read<{ tries: unknown[] }>('record.show', `?personId=${kim}`)
    expect(shown.tries).toEqual([])
    const own = await read<{ record: { tries: unknown[] } }>('record.mine', '', member)
    expect(own.record.tries).toHaveLength(5)
  })

  it('lapses when it expires, fails the measure 30 days later, and reminds in time', async () => {
    await did('staff.sign', { measure: 'employee-training' })
    const [expiry = ''] = (
      await server.tenants.asSystem('alpha', ({ sql }) =>
        sql.query<{ day: string }>(`select expires_on::text as day from training`),
      )
    ).rows.map(({ day }) => day)
    const training = async () => (await attested()).find((row) => row.catalogue_id === 'employee-training')
    expect(await training()).toMatchObject({ title: 'Trained, each course in force: 1 of 1 people', overdue: false })
    const reminders = async () =>
      (
        await server.tenants.asSystem('alpha', ({ sql }) =>
          sql.query<{ day: string }>(
            `select day::text as day from person_reminder where kind = 'training' and about_id = $1 order by 1`,
            [kim],
          ),
        )
      ).rows.map(({ day }) => day)
    await attendOn(addDays(expiry, -31))
    expect(await reminders()).toEqual([])
    await attendOn(addDays(expiry, -30))
    await attendOn(addDays(expiry, -30))
    expect(await reminders()).toEqual([addDays(expiry, -30)])
    await attendOn(addDays(expiry, 1))
    const lapsed = await training()
    expect(lapsed).toMatchObject({ title: 'Trained, each course in force: 0 of 1 people', overdue: false })
    expect(todayOfTenants(lapsed?.fresh_until)).toBe(addDays(expiry, 1))
    await attendOn(addDays(expiry, 31))
    expect(await training()).toMatchObject({ overdue: true })
    await attendOn(today)
    expect(await training()).toMatchObject({ overdue: false })
  })

  it('can be taken elsewhere: a certificate counts through its last day', async () => {
    const given = { personId: lee, courseId, provider: 'A provider', completedOn: '2026-01-31' }
    for (const expiresOn of ['2026-01-31', '2046-01-31'])
      expect(await refused('training.add', { ...given, expiresOn })).toEqual([400, 'training.bad_days'])
    const { trainingId } = await did<{ trainingId: string }>('training.add', {
      ...given,
      expiresOn: addDays(today, 10),
    })
    // It is no certificate of ours to hand out.
    expect((await owner.get(`${at('training.certificate')}?trainingId=${trainingId}`)).status).toBe(404)
    await did('training.withdraw', { trainingId, reason: 'Of another person.' })
    expect(await refused('training.withdraw', { trainingId, reason: 'Twice.' })).toEqual([404, 'training.not_found'])
  })
})
