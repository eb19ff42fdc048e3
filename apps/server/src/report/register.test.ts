import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { attendReports } from './attend.ts'

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

let server: TestServer
let owner: Person
let now = new Date('2026-11-23T09:00:00.000Z')

async function ask<T>(operation: string, input: object): Promise<T> {
  const answer = await owner.post(at(operation), input)
  if (!answer.ok) throw new Error(`${operation} was answered with ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}
const add = async () =>
  await ask<{ reportId: string }>('report.add', {
    title: 'A weakness',
    product: 'App',
    description: 'How to see it.',
    email: 'finder@example.com',
    language: 'en',
  })
const codes = async () =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) =>
      (
        await sql.query<{ code: string }>(
          `select convert_from(leaf, 'UTF8')::json ->> 'code' as code from log_entry where type = 'report.reminded' order by idx`,
        )
      ).rows.map(({ code }) => code),
    { settled: true },
  )
/** Two processes at the same moment, as two machines would. */
async function goTo(instant: string): Promise<void> {
  now = new Date(instant)
  const attend = () => server.tenants.asSystem('alpha', attendReports)
  await Promise.all([attend(), attend()])
}
const backing = async () =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) =>
      (await sql.query(`select on_time, counted, overdue_since from attestation where source = 'report'`)).rows,
  )

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  // Sessions begin by the machine's clock, which is another one.
  await staySignedIn(server)
  await ask('report.set_up', {
    isOpen: true,
    acknowledgeDays: 5,
    discloseDays: 90,
    policy: '',
    cra: 'applies',
    craReason: '',
  })
})
afterAll(() => server.stop())

it('reminds of each deadline once, and counts what waits too long against the measure', async () => {
  const { reportId: kept } = await add()
  const { reportId: late } = await add()
  await goTo('2026-11-26T12:00:00.000Z')
  expect(await codes()).toEqual([])
  await goTo('2026-11-27T12:00:00.000Z')
  expect(await codes()).toEqual(['acknowledge', 'acknowledge'])
  await ask('report.move', { reportId: kept, to: 'confirmed', answer: '' })
  expect(await backing()).toEqual([{ on_time: 1, counted: 1, overdue_since: null }])
  // The fifth day counts whole, at home in Berlin.
  await goTo('2026-11-28T22:59:00.000Z')
  expect((await codes()).length).toBe(2)
  await goTo('2026-11-28T23:01:00.000Z')
  expect(await codes()).toEqual(['acknowledge', 'acknowledge', 'acknowledge-late'])
  expect(await backing()).toEqual([{ on_time: 1, counted: 2, overdue_since: new Date('2026-11-28T23:00:00.000Z') }])
  await ask('report.move', { reportId: late, to: 'acknowledged', answer: '' })
  expect(await backing()).toEqual([{ on_time: 1, counted: 2, overdue_since: null }])
  await goTo('2027-02-08T08:00:00.000Z')
  await goTo('2027-02-21T08:00:00.000Z')
  await goTo('2027-02-22T08:00:00.000Z')
  expect((await codes()).slice(3)).toEqual(['disclose-soon', 'disclose-due'])
})

it('reminds of the clock of the Cyber Resilience Act by the hour, and only of what was not sent', async () => {
  const { reportId } = await add()
  await ask('report.start_clock', { reportId, about: 'exploited', awareAt: '2027-02-22T07:00:00.000Z' })
  const before = (await codes()).length
  await goTo('2027-02-22T18:59:00.000Z')
  expect((await codes()).slice(before)).toEqual([])
  await goTo('2027-02-22T19:00:00.000Z')
  await ask('report.note_sent', { reportId, what: 'warning', at: '2027-02-22T18:00:00.000Z', reference: 'R-1' })
  await goTo('2027-02-25T07:00:00.000Z')
  expect((await codes()).slice(before)).toEqual(['cra-warning', 'cra-notification-late'])
})

it('is handed out in each form and in one language, without who reported', async () => {
  const csv = await (await owner.get(`${at('report.export')}?format=csv&language=de`)).text()
  expect(csv).toContain('Eingang bestätigt')
  expect(csv).not.toMatch(/finder@example\.com|acknowledged/)
  const begins = { pdf: '%PDF', docx: 'PK' } as const
  for (const [format, first] of Object.entries(begins)) {
    const answer = await owner.get(`${at('report.export')}?format=${format}&language=de`)
    expect(
      Buffer.from(await answer.arrayBuffer())
        .toString('latin1')
        .slice(0, first.length),
    ).toBe(first)
  }
})
