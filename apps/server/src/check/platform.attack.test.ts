import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from './index.ts'

const home = 'this-installation'
const hourMs = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hourMs).toISOString()

interface Listed {
  unacknowledged: number
  pages: { seenAt: string | null; isBlind: boolean }[]
  incidents: {
    systemId: string
    incident: string
    title: string | null
    standing: string
    state: string | null
    acknowledgement: { role: string; note: string | null } | null
  }[]
}

let server: TestServer
let owner: Person
let member: Person
let stranger: Person
let page: HttpServer
let published: object[] = []
let isAway = false

const incident = (id: string, hours: number, more: object = {}) => ({
  id,
  name: `Incident ${id}`,
  status: 'investigating',
  created_at: ago(hours),
  components: [],
  ...more,
})

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of [home, 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  member = await server.addPerson('member@example.com', home, 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  page = createServer((_, response) =>
    response
      .writeHead(isAway ? 503 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ incidents: published })),
  )
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
  const feed = `http://localhost:${(page.address() as AddressInfo).port}/api/v2/incidents.json`
  const added = await post(owner, 'connection/add', { connector: 'status', settings: { feed } })
  expect(added.status).toBe(200)
  published = [incident('old', 50), incident('fresh', 2, { name: '<img src=x onerror=alert(1)>Slow\u202e' })]
  await look()
})
afterAll(async () => {
  page.close()
  await server.stop()
})

const at = (operation: string, slug = home) => `/api/tenants/${slug}/${operation}`
const post = async (person: Person, operation: string, body: object, slug = home) =>
  await person.post(at(operation, slug), body)
const listed = async (person = owner) => (await (await person.get(at('platform/list'))).json()) as Listed
const systemOf = async () => (await listed()).incidents[0]?.systemId ?? ''
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code
async function look(): Promise<void> {
  const runId = await server.tenants.asSystem(home, (tx) => requestRun(tx, []))
  await server.runNow(home, runId)
}
const findings = async () =>
  (
    (await (await owner.get(at('finding/list'))).json()) as { findings: { check: string; subject: string }[] }
  ).findings.flatMap(({ check, subject }) => (check === 'status.platforms' ? [subject] : []))
const told = async () => {
  await server.ledgers.settle(await server.registry.open(home))
  const { rows } = await server.tenants.asSystem(home, ({ sql }) =>
    sql.query<{ n: number }>(`select count(*)::int as n from log_entry where type = 'platform.reported'`),
  )
  return rows[0]?.n
}

describe('incidents of platforms', () => {
  it('are listed as they stand, worst first, without markup', async () => {
    const { unacknowledged, incidents, pages } = await listed(member)
    expect(unacknowledged).toBe(2)
    expect(pages).toMatchObject([{ isBlind: false }])
    expect(incidents).toMatchObject([
      { incident: 'old', standing: 'missed', title: 'Incident old', state: 'ongoing', acknowledgement: null },
      { incident: 'fresh', standing: 'due', title: 'Slow' },
    ])
    expect(await findings()).toEqual(['old'])
  })

  it('are told of once, and not those that the first look found', async () => {
    expect(await told()).toBe(0)
    published = [incident('next', 1), ...published]
    await look()
    await look()
    expect(await told()).toBe(1)
  })

  it('are acknowledged by whoever may, once, and only what is there', async () => {
    const systemId = await systemOf()
    const given = { systemId, incident: 'fresh' }
    expect((await post(member, 'platform/acknowledge', given)).status).toBe(403)
    expect(await codeOf(await post(stranger, 'platform/acknowledge', given))).toBe('tenant.not_found')
    expect(await codeOf(await post(stranger, 'platform/acknowledge', given, 'beta'))).toBe('platform.not_found')
    expect(await codeOf(await post(owner, 'platform/acknowledge', { systemId, incident: 'made up' }))).toBe(
      'platform.not_found',
    )
    const note = '=cmd|x <script>alert(1)</script>'
    expect((await post(owner, 'platform/acknowledge', { ...given, note })).status).toBe(200)
    expect(await codeOf(await post(owner, 'platform/acknowledge', given))).toBe('platform.acknowledged')
    const one = (await listed()).incidents.find(({ incident: id }) => id === 'fresh')
    expect(one).toMatchObject({ standing: 'acknowledged', acknowledgement: { role: 'owner', note } })
  })

  it('count as late where they are acknowledged late, at once and with the next look', async () => {
    const systemId = await systemOf()
    expect((await post(owner, 'platform/acknowledge', { systemId, incident: 'old' })).status).toBe(200)
    const late = async () => {
      const { outcomes } = (await (await owner.get(at('outcome/list?checkId=status.platforms'))).json()) as {
        outcomes: { declared: string[]; subjects: { subject: string; state: string; say: { en: string } }[] }[]
      }
      return outcomes.map(({ declared, subjects }) => ({
        declared,
        said: subjects.map(({ subject, state }) => `${subject} ${state}`),
      }))
    }
    const wanted = [{ declared: ['acknowledgements'], said: ['fresh pass', 'next info', 'old fail'] }]
    expect(await late()).toEqual(wanted)
    await look()
    expect(await late()).toEqual(wanted)
    expect((await listed()).incidents.find(({ incident: id }) => id === 'old')?.standing).toBe('late')
  })

  it('close the finding when somebody saw them in time after all by what was declared', async () => {
    const given = { checkId: 'status.platforms', given: { withinHours: 100 }, reason: 'We promise four days' }
    expect((await post(owner, 'parameter/set', given)).status).toBe(200)
    expect(await findings()).toEqual([])
    expect((await listed()).incidents.find(({ incident: id }) => id === 'old')?.standing).toBe('acknowledged')
    await post(owner, 'parameter/set', { ...given, given: {}, reason: 'taken back' })
    expect(await findings()).toEqual(['old'])
  })

  it('cannot be acknowledged before they begin', async () => {
    published = [incident('ahead', -5, { status: 'scheduled' })]
    await look()
    const given = { systemId: await systemOf(), incident: 'ahead' }
    expect(await codeOf(await post(owner, 'platform/acknowledge', given))).toBe('platform.planned')
    expect(await listed()).toMatchObject({ unacknowledged: 0, incidents: [{ standing: 'planned', state: null }] })
  })

  it('stay as they were seen while the page is away, and it is said', async () => {
    isAway = true
    await look()
    expect(await listed()).toMatchObject({ pages: [{ isBlind: true }], incidents: [{ incident: 'ahead' }] })
    isAway = false
  })
})
