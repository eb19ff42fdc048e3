import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import { addDays } from '../calendar/index.ts'
import { attendPeople } from './remind.ts'

let server: TestServer
let owner: Person
let member: Person
let stranger: Person

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const today = todayOfTenants()
const at = (operation: string, slug = 'alpha') => `/api/tenants/${slug}/${operation.replace('.', '/')}`
const ask = async (operation: string, body: object, person = owner, slug = 'alpha') =>
  await person.post(at(operation, slug), body)
const did = async <T = object>(operation: string, body: object): Promise<T> => {
  const answer = await ask(operation, body)
  if (!answer.ok) throw new Error(`${operation}: ${await answer.text()}`)
  return (await answer.json()) as T
}
const refused = async (operation: string, body: object, person = owner, slug = 'alpha') => {
  const answer = await ask(operation, body, person, slug)
  return [answer.status, ((await answer.json()) as { code?: string }).code]
}
const read = async <T>(operation: string, query = ''): Promise<T> =>
  (await (await owner.get(`${at(operation)}${query}`)).json()) as T

interface Plan {
  readonly adds: number
  readonly changes: number
  readonly same: number
  readonly refused: number
  readonly lines: readonly { line: number; action: string; problems: string[]; name: string }[]
}
interface Listed {
  readonly counts: { all: number }
  readonly people: readonly { id: string; name: string; area: string | null; overduePoints: number; held: number }[]
}

describe('a list that is read in', () => {
  const head = 'Name;E-Mail;Rolle;Bereich;Art;Von;Bis'

  it('says first what it would do, with each line that cannot be read', async () => {
    const csv = [
      head,
      'Kim Sample;kim@example.com;Engineer;Development;;01.02.2024;',
      '"Sample; Lee";lee@example.com;"Two\nlines";;freelancer;2024-02-30;',
      '=HYPERLINK("https://example.com");a@example.com;;;;;',
      ';nobody@example.com;;;;;',
      'Bad Mail;not an address;;;;;',
      'Bad Kind;b@example.com;;;robot;;',
      'Bad Order;c@example.com;;;;2025-01-02;2025-01-01',
      'Kim Again;KIM@example.com;;;;;',
      `${'x'.repeat(201)};d@example.com;;;;;`,
      'Turned \u202ename;e@example.com;;;;;',
      'Too;f@example.com;;;;;;many',
      "'@SUM(A1);g@example.com;;;;;",
    ].join('\r\n')
    const plan = await did<Plan>('staff.preview', { csv })
    expect(plan).toMatchObject({ adds: 1, changes: 0, refused: 11 })
    expect(plan.lines.map(({ line, problems }) => [line, problems.join()])).toEqual([
      [3, 'bad-name,bad-day'],
      [5, 'formula'],
      [6, 'no-name'],
      [7, 'bad-mail'],
      [8, 'bad-kind'],
      [9, 'bad-order'],
      [10, 'twice'],
      [11, 'too-long'],
      [12, 'bad-name'],
      [13, 'columns'],
      [14, 'formula'],
      [2, ''],
    ])
    expect((await read<Listed>('record.list')).counts.all).toBe(0)
    expect(await refused('staff.import', { csv })).toEqual([409, 'import.has_errors'])
    expect((await read<Listed>('record.list')).counts.all).toBe(0)
    await did('staff.import', { csv, skip: true })
    expect((await read<Listed>('record.list')).people).toMatchObject([{ name: 'Kim Sample', area: 'Development' }])
  })

  it('changes who is known, removes nobody, and leaves what it has no column for', async () => {
    const csv = 'name,email\nKim Example,Kim@example.com\n<b>Lee</b>,lee@example.com\n'
    expect(await did<Plan>('staff.preview', { csv })).toMatchObject({ adds: 1, changes: 1 })
    await did('staff.import', { csv })
    expect(await did<Plan>('staff.preview', { csv })).toMatchObject({ adds: 0, changes: 0, same: 2 })
    const { people } = await read<Listed>('record.list')
    expect(people.map(({ name, area }) => [name, area])).toEqual([
      ['<b>Lee</b>', null],
      ['Kim Example', 'Development'],
    ])
  })

  it('lets a leaving begin for whoever it says has left, also who is new, and ends it where they stay', async () => {
    const leavers = async () =>
      (await read<{ leaving: { name: string }[] }>('leaving.list')).leaving.map(({ name }) => name)
    await did('staff.import', {
      csv: 'name,email,until\nRay,ray@example.com,2026-01-31\nUma,uma@example.com,31.12.2099\n',
    })
    await did('staff.import', { csv: 'name,email,until\nOlga,olga@example.com,\n' })
    await did('staff.import', { csv: 'name,email,until\nOlga,olga@example.com,2026-02-28\n' })
    expect((await leavers()).toSorted()).toEqual(['Olga', 'Ray', 'Uma'])
    await did('staff.import', { csv: 'name,email,until\nUma,uma@example.com,\n' })
    expect((await leavers()).toSorted()).toEqual(['Olga', 'Ray'])
    const { people } = await read<Listed>('record.list', '?state=left')
    for (const { id } of [...people, ...(await read<Listed>('record.list', '?find=Uma')).people])
      await did('person.remove', { personId: id })
  })

  it('is refused as a whole where it is no list, or too long', async () => {
    expect(await refused('staff.preview', { csv: 'name\n' })).toEqual([400, 'import.empty'])
    expect(await refused('staff.preview', { csv: 'mail\na@example.com\n' })).toEqual([400, 'import.no_name'])
    expect(await refused('staff.preview', { csv: 'name\n"Kim' })).toEqual([400, 'import.quote'])
    const many = `name\n${Array.from({ length: 2_001 }, (_, n) => `P ${n}`).join('\n')}`
    expect(await refused('staff.import', { csv: many })).toEqual([400, 'import.too_many'])
    expect((await ask('staff.import', { csv: `name\n${'x'.repeat(1_100_000)}` })).status).toBe(400)
    expect((await ask('staff.import', { csv: `name\n${'x'.repeat(3_000_000)}` })).status).toBe(413)
    for (const operation of ['staff.import', 'staff.preview'])
      expect((await ask(operation, { csv: 'name\nTaken Over\n' }, member)).status).toBe(403)
  })

  it('goes out without names unless they are asked for, and comes in again as it was', async () => {
    const without = await (await owner.get(at('staff.export'))).text()
    expect(without).not.toMatch(/Kim|Lee|example\.com/)
    expect(without).toContain('Person 1')
    const csv = await (await owner.get(`${at('staff.export')}?names=yes`)).text()
    expect(csv).toContain('Kim Example')
    const plan = await did<Plan>('staff.preview', { csv })
    expect(plan).toMatchObject({ adds: 0, changes: 0, same: 2, refused: 0 })
    const german = await owner.get(`${at('staff.export')}?format=docx&language=de`)
    const word = strFromU8(
      unzipSync(new Uint8Array(await german.arrayBuffer()))['word/document.xml'] ?? new Uint8Array(),
    )
    expect(word).toContain('Auf Vertraulichkeit verpflichtet')
    expect(word).not.toMatch(/Kim|Lee|Confidentiality/)
  })
})

describe('what is handed out and worked off', () => {
  const person = async (find: string) =>
    (await read<Listed>('record.list', `?find=${find}`)).people[0] ?? { id: '', overduePoints: 0, held: 0 }

  it('is somebody’s until it comes back, and is told when they leave', async () => {
    const { id: personId } = await person('Kim')
    const key = { kind: 'key', label: 'Front door', number: 'A-7' }
    const { itemId } = await did<{ itemId: string }>('item.add', key)
    expect(await refused('item.add', { ...key, number: 'a-7' })).toEqual([409, 'item.number_taken'])
    expect(await refused('item.return', { itemId, returnedOn: today })).toEqual([409, 'item.not_held'])
    const issuedOn = addDays(today, -10)
    expect(await refused('item.issue', { itemId, personId, issuedOn: addDays(today, 1) })).toEqual([
      400,
      'item.bad_day',
    ])
    await did('item.issue', { itemId, personId, issuedOn })
    expect(await refused('item.issue', { itemId, personId, issuedOn })).toEqual([409, 'item.held'])
    await did('leaving.start', { personId, on: addDays(today, -1) })
    expect((await read<Listed>('record.list', '?gap=items')).people).toMatchObject([{ id: personId, held: 1 }])
    await server.tenants.asSystem('alpha', attendPeople)
    await server.tenants.asSystem('alpha', attendPeople)
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query(`select 1 from person_reminder where kind = 'return' and about_id = $1`, [personId]),
    )
    expect(rows).toHaveLength(1)
    expect(await refused('item.return', { itemId, returnedOn: addDays(issuedOn, -1) })).toEqual([400, 'item.bad_day'])
    await did('item.return', { itemId, returnedOn: today, note: 'Scratched.' })
    expect((await read<Listed>('record.list', '?gap=items')).people).toEqual([])
    expect(await refused('item.change', { ...key, itemId }, stranger, 'beta')).toEqual([404, 'item.not_found'])
  })

  it('is held once, however many hand it out at the same time', async () => {
    const { itemId } = await did<{ itemId: string }>('item.add', { kind: 'card', label: 'Card' })
    const { id: personId } = await person('Lee')
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ask('item.issue', { itemId, personId, issuedOn: today })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5)
  })

  it('says of each point who did it and when, and why it was not needed', async () => {
    const { id: personId } = await person('Lee')
    const fromOn = addDays(today, -3)
    await did('checklist.start', { personId, kind: 'leaver', fromOn, language: 'de' })
    interface Shown {
      readonly checklists: readonly {
        title: string
        points: { itemId: string; text: string; state: string; isOverdue: boolean; doneOn: string; by: string }[]
      }[]
    }
    const points = async () =>
      (await read<Shown>('record.show', `?personId=${personId}`)).checklists.at(-1)?.points ?? []
    const [first, second] = await points()
    expect(first).toMatchObject({ isOverdue: true, text: expect.stringContaining('übergeben') })
    const before = (await person('Lee')).overduePoints
    await did('checklist.tick', { itemId: first?.itemId, state: 'done', doneOn: fromOn })
    expect(await refused('checklist.tick', { itemId: second?.itemId, state: 'not-needed' })).toEqual([
      400,
      'checklist.needs_note',
    ])
    expect(
      await refused('checklist.tick', { itemId: second?.itemId, state: 'done', doneOn: addDays(today, 1) }),
    ).toEqual([400, 'checklist.day_to_come'])
    expect((await points())[0]).toMatchObject({ state: 'done', doneOn: fromOn, by: expect.any(String) })
    expect((await person('Lee')).overduePoints).toBe(before - 1)
    expect(await refused('checklist.tick', { itemId: second?.itemId, state: 'done' }, stranger, 'beta')).toEqual([
      404,
      'checklist.item_not_found',
    ])
    expect((await ask('checklist.tick', { itemId: second?.itemId, state: 'done' }, member)).status).toBe(403)
  })
})

describe('what a record holds', () => {
  it('goes with the person, and so do the papers', async () => {
    const { personId } = await did<{ personId: string }>('person.add', { name: 'Gone Sample' })
    const sent = await owner.upload(`${at('file.add')}?name=signed.txt`, new TextEncoder().encode('I keep silent.'))
    const { fileId } = (await sent.json()) as { fileId: string }
    await did('confidentiality.add', { personId, signedOn: today, fileIds: [fileId] })
    // Another tenant's file, and one that a member may not see.
    expect(await refused('confidentiality.add', { personId, signedOn: today, fileIds: [personId] })).toEqual([
      404,
      'file.not_found',
    ])
    expect((await member.get(`${at('file.read')}?fileId=${fileId}`)).status).toBe(404)
    expect((await owner.get(`${at('file.read')}?fileId=${fileId}`)).status).toBe(200)
    await did('person.remove', { personId })
    await server.tenants.asSystem('alpha', attendPeople)
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query('select 1 from evidence_use where file_id = $1', [fileId]),
    )
    expect(rows).toEqual([])
  })
})
