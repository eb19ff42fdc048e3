import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linesOf } from '@art32/press'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { buildEdition } from '../edition/edition.ts'
import { attendDuties } from './attend.ts'

const home = 'this-installation'
const at = (path: string) => `/api/tenants/${home}/${path}`

let server: TestServer
let owner: Person
let member: Person
let deputy: Person
let now = new Date()

interface Occurrence {
  readonly occurrenceId: string
  readonly dueOn: string
  readonly state: string
  readonly isOnTime: boolean
}
interface Shown {
  readonly duty: { readonly figure: { onTime: number; counted: number; recordedLater: number } }
  readonly occurrences: readonly Occurrence[]
  readonly signOffs: readonly { readonly signOffId: string; readonly kind: string; readonly effectiveOn: string }[]
}
interface Listed {
  readonly people: readonly { readonly accountId: string; readonly role: string }[]
}

async function ask<T>(path: string, body?: object, person = owner, expected = 200): Promise<T> {
  const response = body ? await person.post(at(path), body) : await person.get(at(path))
  const answer = (await response.json()) as T
  expect([path, response.status, expected === 200 ? null : answer]).toEqual([
    path,
    expected,
    expected === 200 ? null : answer,
  ])
  return answer
}
const code = async (path: string, body: object, person: Person) =>
  ((await (await person.post(at(path), body)).json()) as { code?: string }).code
const show = (dutyId: string) => ask<Shown>(`duty/show?dutyId=${dutyId}`)
const attend = () => server.tenants.asSystem(home, attendDuties)
/** Two processes at the same time, as two machines would. */
async function goTo(instant: string): Promise<void> {
  now = new Date(instant)
  await Promise.all([attend(), attend()])
}
const leaves = async (type: string) =>
  await server.tenants.asSystem(
    home,
    async ({ sql }) =>
      (
        await sql.query<{ code: string | null }>(
          `select convert_from(leaf, 'UTF8')::json ->> 'code' as code from log_entry where type = $1 order by idx`,
          [type],
        )
      ).rows,
    { settled: true },
  )
const line = async () => {
  const edition = await server.tenants.asSystem(
    home,
    (tx) => buildEdition(tx, { state: 'draft', number: null, review: null }),
    { settled: true },
  )
  return linesOf(edition.sections)[0]
}
async function openOf(dutyId: string): Promise<Occurrence> {
  const found = (await show(dutyId)).occurrences.findLast((one) => one.state !== 'done')
  if (!found) throw new Error('nothing is open')
  return found
}

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } })
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  member = await server.addPerson('member@example.com', home, 'member')
  deputy = await server.addPerson('deputy@example.com', home, 'editor')
  // Sessions begin by the machine's clock, which is years before this one; the server's own deletes what expired.
  await staySignedIn(server)
  now = new Date('2027-12-01T08:00:00.000Z')
  const text = new TextEncoder().encode('# Measures\n\n## Office\n\n- A list of keys is kept and checked monthly.\n')
  const read = await (await owner.upload(at('document/read?name=tom.md'), text)).json()
  await ask('document/adopt', { documentId: (read as { document: { id: string } }).document.id })
  const { statements } = await ask<{ statements: { measure: { id: string; revision: number } | null }[] }>(
    'register/show',
  )
  const { id: measureId, revision } = statements.flatMap(({ measure }) => measure ?? [])[0] ?? { id: '', revision: 0 }
  await ask('measure/change', { measureId, revision, catalogueIds: ['physical-key-register'] })
  await ask('measure/confirm', { measureId, revision: revision + 1 })
})
afterAll(() => server.stop())

describe('a year of a monthly duty, of which one month is forgotten', () => {
  let dutyId = ''
  const people = new Map<string, string>()

  it('is proposed from the document, with the rhythm that it promises', async () => {
    const { proposals } = await ask<{ proposals: { catalogueId: string; isPromised: boolean; rhythm: object }[] }>(
      'duty/propose',
    )
    expect(proposals).toMatchObject([
      {
        catalogueId: 'physical-key-register',
        isPromised: true,
        rhythm: { kind: 'every', duration: 'P1M', from: '2028-01-01' },
      },
    ])
    for (const { accountId, role } of (await ask<Listed>('duty/list')).people) people.set(role, accountId)
    const added = await ask<{ dutyId: string }>('duty/add', {
      title: 'Review the key list',
      catalogueId: 'physical-key-register',
      rhythm: { kind: 'last-working-day' },
      ownerAccount: people.get('member'),
      deputyAccount: people.get('editor'),
      leadDays: 10,
      graceDays: 5,
      form: [{ id: 'missing', label: 'Missing keys', kind: 'number', required: true }],
    })
    dutyId = added.dutyId
    expect((await show(dutyId)).occurrences).toEqual([])
    expect(await line()).toMatchObject({ assurance: 'stated' })
  })

  it('refuses who it is not for, a day to come, and a form that is not filled in', async () => {
    await goTo('2027-12-22T08:00:00.000Z')
    const { occurrenceId, dueOn } = await openOf(dutyId)
    expect(dueOn).toBe('2027-12-31')
    const form = { missing: 0 }
    expect(await code('duty/sign', { occurrenceId, effectiveOn: '2027-12-22', form }, deputy)).toBe('duty.not_yours')
    expect(await code('duty/sign', { occurrenceId, effectiveOn: '2027-12-23', form }, member)).toBe('duty.bad_day')
    expect(await code('duty/sign', { occurrenceId, effectiveOn: '2027-12-01', form }, member)).toBe('duty.bad_day')
    expect(await code('duty/sign', { occurrenceId, effectiveOn: '2027-12-22' }, member)).toBe('duty.bad_form')
    const bad = { occurrenceId, effectiveOn: '2027-12-22', form: { missing: 'none' } }
    expect(await code('duty/sign', bad, member)).toBe('duty.bad_form')
    await ask('duty/sign', { occurrenceId, effectiveOn: '2027-12-22', form }, member)
    expect(await code('duty/sign', { occurrenceId, effectiveOn: '2027-12-22', form }, member)).toBe('duty.already_done')
    expect(await line()).toMatchObject({
      assurance: 'attested',
      parts: [{ backing: [{ kind: 'sign-off', by: 'member', performed: { onTime: 1, of: 1 } }] }],
    })
  })

  // Done on the due day but for: February, by the deputy of somebody away; May, forgotten; August, within the grace; October,
  // in time but written down later.
  const year: readonly (readonly [due: string, done: string | null, noted: string, who: 'member' | 'deputy'])[] = [
    ['2028-01-31', '2028-01-31', '2028-01-31', 'member'],
    ['2028-02-29', '2028-02-28', '2028-02-28', 'deputy'],
    ['2028-03-31', '2028-03-31', '2028-03-31', 'member'],
    ['2028-04-28', '2028-04-28', '2028-04-28', 'member'],
    ['2028-05-31', null, '', 'member'],
    ['2028-06-30', '2028-06-30', '2028-06-30', 'member'],
    ['2028-07-31', '2028-07-31', '2028-07-31', 'member'],
    ['2028-08-31', '2028-09-04', '2028-09-04', 'member'],
    ['2028-09-29', '2028-09-29', '2028-09-29', 'member'],
    ['2028-10-31', '2028-11-02', '2028-11-09', 'member'],
    ['2028-11-30', '2028-11-30', '2028-11-30', 'member'],
  ]

  it('comes due once each month, whatever the clock does', async () => {
    await ask('absence/add', { accountId: people.get('member'), from: '2028-02-20', until: '2028-03-05' })
    let step = 0
    for (let day = new Date('2027-12-23T21:30:00.000Z'); day < new Date('2028-12-10T00:00:00.000Z');) {
      await goTo(day.toISOString())
      const [due, done, noted, who] = year[step] ?? ['', null, '', 'member']
      const today = day.toISOString().slice(0, 10)
      if (done === null && today > '2028-06-10' && due === '2028-05-31') step += 1
      if (done !== null && today === noted) {
        const { occurrences } = await show(dutyId)
        const occurrenceId = occurrences.find((one) => one.dueOn === due)?.occurrenceId
        const person = who === 'deputy' ? deputy : member
        await ask('duty/sign', { occurrenceId, effectiveOn: done, form: { missing: 0 } }, person)
        step += 1
      }
      if (today === '2028-06-05') expect(await line()).toMatchObject({ assurance: 'attested' })
      if (today === '2028-06-08')
        expect(await line()).toMatchObject({ assurance: 'failing', overdue: ['Review the key list'] })
      if (today === '2028-07-01') expect(await line()).toMatchObject({ assurance: 'attested' })
      // A clock that goes back for a moment makes and tells nothing twice.
      if (today === '2028-04-15') await goTo('2028-01-15T09:00:00.000Z')
      day = new Date(day.getTime() + 86_400_000)
    }
    expect(step).toBe(year.length)
    const { occurrences, duty } = await show(dutyId)
    expect(occurrences.map(({ dueOn }) => dueOn).toReversed()).toEqual(['2027-12-31', ...year.map(([due]) => due)])
    expect(duty.figure).toEqual({ onTime: 11, counted: 12, recordedLater: 1 })
    expect(occurrences.filter(({ isOnTime }) => !isOnTime).map(({ dueOn, state }) => [dueOn, state])).toEqual([
      ['2028-05-31', 'missed'],
    ])
  }, 60_000)

  it('told each stage once', async () => {
    const told = (await leaves('duty.reminded')).map((row) => row.code)
    const count = (wanted: string) => told.filter((one) => one === wanted).length
    // December was done before it was near; February and the one done early before its day.
    expect({ soon: count('soon'), due: count('due'), overdue: count('overdue') }).toEqual({
      soon: 11,
      due: 10,
      overdue: 3,
    })
    expect(await leaves('duty.missed')).toHaveLength(2)
  })

  it('takes a sign-off back by another record, and is open again', async () => {
    const before = await show(dutyId)
    const last = before.signOffs.findLast(({ kind }) => kind === 'given')
    await ask('duty/withdraw', { signOffId: last?.signOffId, reason: 'It was last month’s list.' }, member)
    expect(await code('duty/withdraw', { signOffId: last?.signOffId, reason: 'Once more.' }, member)).toBe(
      'duty.sign_off_not_found',
    )
    const after = await show(dutyId)
    expect(after.signOffs).toHaveLength(before.signOffs.length + 1)
    expect(after.signOffs.find(({ signOffId }) => signOffId === last?.signOffId)).toEqual(last)
    expect(after.occurrences[0]).toMatchObject({ dueOn: '2028-11-30', state: 'missed' })
    expect(after.duty.figure).toEqual({ onTime: 10, counted: 12, recordedLater: 1 })
  })

  it('keeps records as they are, whoever tries', async () => {
    const tamper = (sql: string) => server.tenants.asSystem(home, (tx) => tx.sql.query(sql))
    await expect(tamper(`update sign_off set effective_on = '2028-01-01'`)).rejects.toThrow(/permission denied/)
    await expect(tamper('delete from sign_off')).rejects.toThrow(/permission denied/)
  })

  it('hands out a calendar under a secret link, until it is revoked', async () => {
    const { url } = await ask<{ url: string }>('calendar/link', {}, member)
    const read = async () => await fetch(url.replace(/^https?:\/\/[^/]+/, server.local))
    const answer = await read()
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/)
    expect(text).toContain(
      'DTSTART;VALUE=DATE:20281130\r\nDTEND;VALUE=DATE:20281201\r\nSUMMARY:Review the key list\r\n',
    )
    await ask('calendar/unlink', {}, member)
    expect((await read()).status).toBe(404)
  })
})

describe('four eyes', () => {
  it('counts once somebody else confirmed', async () => {
    const today = now.toISOString().slice(0, 10)
    const rhythm = { kind: 'every', duration: 'P1Y', from: today }
    const { dutyId } = await ask<{ dutyId: string }>('duty/add', { title: 'Assess risks', rhythm, fourEyes: true })
    const { occurrenceId } = await openOf(dutyId)
    expect(await ask('duty/sign', { occurrenceId, effectiveOn: today })).toMatchObject({ isWaiting: true })
    expect(await code('duty/confirm', { occurrenceId }, owner)).toBe('duty.needs_other')
    expect(await code('duty/confirm', { occurrenceId }, member)).toBe('duty.not_yours')
    expect((await show(dutyId)).occurrences[0]).toMatchObject({ state: 'waiting' })
    const second = await server.addPerson('second@example.com', home, 'signatory')
    await staySignedIn(server)
    await ask('duty/confirm', { occurrenceId }, second)
    expect((await show(dutyId)).occurrences[0]).toMatchObject({ state: 'done', isOnTime: true })
  })

  it('makes one due day of a release that is said twice', async () => {
    const rhythm = { kind: 'release', days: 7 }
    const { dutyId } = await ask<{ dutyId: string }>('duty/add', { title: 'Check the release', rhythm })
    await ask('duty/release', { version: '2.0' })
    await ask('duty/release', { version: '2.0' })
    expect((await show(dutyId)).occurrences).toMatchObject([{ label: '2.0', state: 'coming' }])
  })
})
