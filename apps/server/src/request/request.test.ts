import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishLines } from '../../../../scripts/testing/published-lines.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { attendRequests } from './stand.ts'

let server: TestServer
let owner: Person
let now = new Date('2026-01-31T09:00:00.000Z')

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await publishLines(server, 'alpha', 3)
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  await good('incident.configure', { authority: 'de-be', contact: 'privacy@provider.example', formIsOpen: false })
  await good('request.configure', { formIsOpen: true })
})
afterAll(() => server.stop())

async function good<T = object>(operation: string, input: object): Promise<T> {
  const response = await owner.post(at(operation), input)
  const answer = (await response.json()) as T
  expect([operation, response.status, response.status === 200 ? null : answer]).toEqual([operation, 200, null])
  return answer
}
async function refused(operation: string, input: object): Promise<string | undefined> {
  return ((await (await owner.post(at(operation), input)).json()) as { code?: string }).code
}
interface Shown {
  request: {
    state: string
    clock: { dueOn: string; strictOn: string; waitedDays: number; months: number }
    isOverdue: boolean
    isInTime: boolean | null
  }
  places: { place: string; own: number | null; named: number | null; notLooked: { column: string; reason: string }[] }[]
  items: { itemId: string; kind: string; name: string; state: string }[]
  letters: { kind: string; state: string; text: string }[]
  entries: { kind: string; text: string }[]
  package: { taken: number; endsAt: string } | null
}
const show = async (id: string) => (await (await owner.get(`${at('request.show')}?requestId=${id}`)).json()) as Shown
const see = (path: string) => fetch(`${server.local}${path}`, { redirect: 'manual' })
const send = (path: string, form: [string, string][]) =>
  fetch(`${server.local}${path}`, {
    method: 'POST',
    headers: { origin: server.url },
    body: new URLSearchParams(form),
    redirect: 'manual',
  })
const attend = async () => await Promise.all([1, 2].map(() => server.tenants.asSystem('alpha', attendRequests)))
const leaves = async (type: string) =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) =>
      (
        await sql.query<{ code: string | null }>(
          `select convert_from(leaf, 'UTF8')::json ->> 'code' as code from log_entry where type = $1 order by idx`,
          [type],
        )
      ).rows.map(({ code }) => code),
    { settled: true },
  )
const said = { subject: 'Your request', text: 'This is what we say.\n\nAlpha', way: 'link' }
const record = async (more: object = {}) =>
  await good<{ requestId: string; url: string }>('request.record', {
    kinds: ['access'],
    source: 'letter',
    text: 'Which data about me do you hold?',
    receivedOn: now.toISOString().slice(0, 10),
    ...more,
  })

describe('a request of a data subject', () => {
  let id = ''
  let page = ''

  it('comes by the public form, and gives its sender the one link to it', async () => {
    expect((await see('/trust/alpha/request?language=de')).status).toBe(200)
    expect(await (await see('/trust/alpha?language=en')).text()).toContain('/trust/alpha/request')
    const sent = await send('/trust/alpha/request?language=en', [
      ['kind', 'access'],
      ['kind', 'portability'],
      ['text', 'Which data about me do you hold?'],
      ['name', 'Ada Example'],
      ['email', 'ada@example.com'],
    ])
    expect(sent.status).toBe(303)
    page = sent.headers.get('location') ?? ''
    expect(page).toMatch(/^\/trust\/alpha\/request\/[0-9a-f]{64}\?language=en$/)
    const text = await (await see(page)).text()
    // 31 January: there is no 31 February, and the 28th is a Saturday.
    expect(text).toContain('2 March 2026')
    const { requests } = (await (await owner.get(at('request.list'))).json()) as {
      requests: { requestId: string; dueOn: string }[]
    }
    expect(requests.map(({ dueOn }) => dueOn)).toEqual(['2026-03-02'])
    id = requests[0]?.requestId ?? ''
  })

  it('waits for who the person is, and shows both days', async () => {
    await good('request.ask_identity', {
      requestId: id,
      ...said,
      asked: 'The customer number',
      reason: 'Two of a name',
    })
    now = new Date('2026-02-10T09:00:00.000Z')
    expect((await show(id)).request).toMatchObject({
      state: 'identity',
      clock: { strictOn: '2026-03-02', waitedDays: 10, dueOn: '2026-03-10' },
    })
    const added = await send(page, [['text', 'My number is 4711 since spring.']])
    expect([added.status, (await added.text()).includes('4711')]).toEqual([200, true])
    await good('request.confirm_identity', { requestId: id, how: 'The number was right.' })
    now = new Date('2026-02-20T09:00:00.000Z')
    expect((await show(id)).request).toMatchObject({ state: 'open', clock: { waitedDays: 10, dueOn: '2026-03-10' } })
  })

  it('is looked for in every store of the tenant, and never says nothing where nobody could look', async () => {
    await good('person.add', { name: 'Ada Example', email: 'ada@example.com', kind: 'employee' })
    const lost = { title: 'A list was lost', description: 'It named ADA@example.com.' }
    const { incidentId } = await good<{ incidentId: string }>('incident.report', lost)
    await good('incident.describe', { incidentId, facts: { nature: 'Ada Müller stood on it.' } })
    // What was changed lies beside the ledger, too.
    await leaves('incident.changed')
    expect(await refused('request.answer', { requestId: id, ...said, handsOut: true })).toBe('request.role_needed')
    await good('request.triage', { requestId: id, kinds: ['access', 'portability'], role: 'controller' })
    expect(await refused('request.answer', { requestId: id, ...said, handsOut: true })).toBe('request.not_looked')
    await good('request.look', { requestId: id, mails: ['ada@example.com'], names: ['Ada Müller'] })
    const { places } = await show(id)
    const of = (name: string) => places.find(({ place }) => place === name)
    expect(places.length).toBeGreaterThan(40)
    expect(of('person')).toMatchObject({ own: 1 })
    expect(of('incident')).toMatchObject({ own: 0, named: 1 })
    expect(of('opening')?.named).toBeGreaterThan(0)
    expect(of('evidence_content') ?? of('disclosed_document')).toMatchObject({
      notLooked: [{ column: 'content', reason: 'sealed' }],
    })
    expect(places.filter(({ notLooked }) => notLooked.some(({ reason }) => reason === 'failed'))).toEqual([])
    expect(of('request')).toBeUndefined()
  })

  it('lists what lies elsewhere, with what came of looking there', async () => {
    const { itemId } = await good<{ itemId: string }>('request.add_item', { requestId: id, name: 'The paper archive' })
    await good('request.settle_item', { itemId, state: 'not-reached', note: 'The cellar is locked.' })
    expect((await show(id)).items.filter(({ kind }) => kind === 'other')).toMatchObject([{ state: 'not-reached' }])
  })

  it('is answered with the data behind the link, counted and until it ends', async () => {
    const { text } = (await (await owner.get(`${at('request.propose')}?requestId=${id}&letter=answer`)).json()) as {
      text: string
    }
    expect(text).toContain('(a) Purposes of the processing')
    expect(await refused('request.answer', { requestId: id, ...said, text })).toBe('request.unfinished')
    await good('request.answer', { requestId: id, ...said, handsOut: true })
    expect((await show(id)).request).toMatchObject({ state: 'answered', isInTime: true })
    const taken = await see(page.replace('?', '/data.zip?'))
    expect(taken.status).toBe(200)
    const parts = unzipSync(new Uint8Array(await taken.arrayBuffer()))
    expect(Object.keys(parts)).toEqual(
      expect.arrayContaining(['README.txt', 'data.json', 'looked.csv', 'letter.txt', 'data/person.csv']),
    )
    expect(new TextDecoder().decode(parts['data/person.csv'])).toContain('ada@example.com')
    expect((await show(id)).package?.taken).toBe(1)
    expect(await leaves('export.created')).toContain('link')
    expect(
      await refused('request.refuse', { requestId: id, ...said, ground: 'other', reason: 'Too late for that.' }),
    ).toBe('request.closed')
    now = new Date('2026-04-01T09:00:00.000Z')
    expect((await see(page.replace('?', '/data.zip?'))).status).toBe(404)
  })
})

describe('the period', () => {
  it('is extended once, and only within the first month', async () => {
    const { requestId } = await record()
    expect((await show(requestId)).request.clock.dueOn).toBe('2026-05-04')
    now = new Date('2026-04-30T09:00:00.000Z')
    const reason = 'Four archives have to be looked through.'
    expect(await good('request.extend', { requestId, ...said, reason })).toEqual({ dueOn: '2026-07-01' })
    expect(await refused('request.extend', { requestId, ...said, reason })).toBe('request.extended')
    const late = await record({ receivedOn: '2026-03-01' })
    expect(await refused('request.extend', { requestId: late.requestId, ...said, reason })).toBe('request.too_late')
  })

  it('reminds once at each of its points, and an overdue request fails the measure until it is decided', async () => {
    await attend()
    expect(await leaves('request.reminded')).toEqual(['overdue'])
    await attend()
    expect(await leaves('request.reminded')).toHaveLength(1)
    const list = async () =>
      (await (await owner.get(at('request.list'))).json()) as {
        onTime: number
        counted: number
        overdue: number
        requests: { requestId: string; isOverdue: boolean }[]
      }
    expect(await list()).toMatchObject({ onTime: 1, counted: 2, overdue: 1 })
    const attested = async () =>
      await server.tenants.asSystem(
        'alpha',
        async ({ sql }) =>
          (
            await sql.query<{ late: boolean; on_time: number; counted: number }>(
              `select overdue_since is not null as late, on_time, counted from attestation where source = 'request'`,
            )
          ).rows,
      )
    expect(await attested()).toEqual([{ late: true, on_time: 1, counted: 2 }])
    const late = (await list()).requests.find((one) => one.isOverdue)?.requestId
    await good('request.triage', { requestId: late, kinds: ['erasure'], role: 'controller' })
    const drafted = await owner.get(`${at('request.propose')}?requestId=${late ?? ''}&letter=refusal&ground=legal-duty`)
    expect(((await drafted.json()) as { text: string }).text).toMatch(/Art\. 17\(3\)\(b\)[\s\S]*Art\. 77, 79/)
    await good('request.refuse', { requestId: late, ...said, ground: 'legal-duty', reason: 'Invoices, for ten years.' })
    expect(await attested()).toEqual([{ late: false, on_time: 1, counted: 2 }])
  })

  it('hands out the register without the people behind it', async () => {
    const taken = await owner.get(`${at('request.register')}?format=csv&language=de`)
    const text = await taken.text()
    expect(text).toContain('Auskunft über die Daten (Art. 15)')
    expect(text).toContain('Art. 17 Abs. 3 lit. b')
    expect(text).not.toMatch(/ada@example|Ada/)
  })
})
