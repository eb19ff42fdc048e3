import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linesOf } from '@art32/press'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from '../check/index.ts'
import { buildEdition } from '../edition/edition.ts'
import { attendExceptions } from './exception.ts'
import { dayAfter } from './finding.ts'

const home = 'this-installation'
const until = dayAfter(new Date(), 40)
const terms = { reason: 'The old page is switched off in spring.', owner: 'Web team', until }
const shown = { ...terms, exceptionId: expect.any(String) as string }
const good = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

interface Finding {
  readonly key: string
  readonly check: string
  readonly state: string
  readonly subject: string
  readonly hints: readonly { readonly en: string; readonly de: string }[]
  readonly closedAt: string | null
  readonly comments: number
  readonly exception: { readonly exceptionId: string; readonly until: string; readonly reason: string } | null
}

let server: TestServer
let owner: Person
let site: HttpServer
let headers: Record<string, string> = {}

const at = (path: string) => `/api/tenants/${home}/${path}`
async function ask<T>(path: string, body?: object, person = owner): Promise<T> {
  const response = body ? await person.post(at(path), body) : await person.get(at(path))
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as T
}
async function look(): Promise<void> {
  const runId = await server.tenants.asSystem(home, (tx) => requestRun(tx, []))
  await server.runNow(home, runId)
}
const allFindings = async (state: string) =>
  (await ask<{ findings: Finding[] }>(`finding/list?state=${state}`)).findings
const findings = async (state = 'open') => (await allFindings(state)).filter(({ check }) => check === 'http.headers')
const declare = (key: string, more: object = {}) =>
  ask<{ exceptionId: string }>('exception/declare', { key, ...terms, ...more })
type Line = { id: string; revision: number; assurance: string; exception: object | null }
const line = async () => {
  const { statements } = await ask<{ statements: { measure: Line | null }[] }>('register/show')
  return statements.flatMap(({ measure }) => measure ?? [])[0]
}
const event = (type: string, code?: string) =>
  expect.objectContaining({ type, ...(code === undefined ? {} : { code }) })
const historyOf = async (key: string) => {
  await server.ledgers.settle(await server.registry.open(home))
  return await ask<{ events: { type: string; code: string | null }[] }>(
    `finding/history?key=${encodeURIComponent(key)}`,
  )
}

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  site = createServer((_, response) => response.writeHead(200, headers).end('<!doctype html><title>x</title>'))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const text = new TextEncoder().encode('# Measures\n\n## Web\n\n- The web application sends security headers.\n')
  const read = await (await owner.upload(at('document/read?name=tom.md'), text)).json()
  await ask('document/adopt', { documentId: (read as { document: { id: string } }).document.id })
  const { id: measureId, revision } = (await line()) ?? { id: '', revision: 0 }
  await ask('measure/change', { measureId, revision, catalogueIds: ['web-app-hardening'] })
  await ask('measure/confirm', { measureId, revision: revision + 1 })
  const { port } = site.address() as AddressInfo
  await ask('connection/add', { target: `http://localhost:${port}/`, name: 'Site' })
  await look()
})
afterAll(async () => {
  site.close()
  await server.stop()
})

describe('an exception', () => {
  it('covers one subject: the rest of what fails stays failing, and says what was declared nearby', async () => {
    const [first, second, ...rest] = await findings()
    expect(rest.length).toBeGreaterThan(0)
    expect(await line()).toMatchObject({ assurance: 'failing', exception: null })
    await declare(first?.key ?? '')
    expect(await line()).toMatchObject({ assurance: 'failing', exception: { until, reason: terms.reason } })
    expect(await findings('excepted')).toMatchObject([{ key: first?.key, state: 'excepted', exception: shown }])
    const near = (await findings()).find(({ key }) => key === second?.key)
    expect(near?.hints.map(({ en }) => en)).toEqual([expect.stringContaining(`“${first?.subject}” on Site`)])
    expect(near?.hints.map(({ de }) => de)).toEqual([expect.stringContaining('Eine Ausnahme bis')])
  })

  it('of another system is named by that system, wherever the list stands', async () => {
    const [{ key, subject } = { key: '', subject: '' }] = await findings('excepted')
    await server.tenants.asSystem(home, async ({ sql, newId, now }) => {
      const id = newId()
      await sql.query(
        `insert into system (id, name, kind, environment, created_at) values ($1, 'Old site', 'http', 'production', $2)`,
        [id, now],
      )
      await sql.query(
        `insert into finding (id, key, check_id, system_id, subject, severity, say, opened_at, seen_at)
         values ($1::uuid, $1::uuid::text, 'http.headers', $1, $2, 'high', '{"en": "x", "de": "x"}', $3, $3)`,
        [id, subject, now],
      )
    })
    const there = (await findings()).filter((one) => one.subject === subject && one.key !== key)
    expect(there.map(({ hints }) => hints.map(({ en }) => en))).toEqual([[expect.stringContaining('on Site, not')]])
    await server.tenants.asSystem(home, ({ sql }) =>
      sql.query(`delete from finding where check_id = 'http.headers' and subject = $1 and key <> $2`, [subject, key]),
    )
  })

  it('takes a line from failing to stated once all that fails is covered, and stands in the edition', async () => {
    for (const { key } of await allFindings('open'))
      await declare(key, { reason: 'The same.', until: dayAfter(new Date(), 90) })
    expect(await allFindings('open')).toEqual([])
    const reason = `${terms.reason} · The same.`
    expect(await line()).toMatchObject({ assurance: 'stated', exception: { until, reason } })
    const edition = await server.tenants.asSystem(
      home,
      (tx) => buildEdition(tx, { state: 'draft', number: null, review: null }),
      { settled: true },
    )
    expect(linesOf(edition.sections)).toMatchObject([
      { assurance: 'stated', publicState: 'stated', exception: { until, reason } },
    ])
  })

  it('is not edited, and needs a finding that fails and a day within twelve months', async () => {
    const [one] = await findings('excepted')
    const refused = async (body: object) => {
      const response = await owner.post(at('exception/declare'), { key: one?.key, ...terms, ...body })
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    expect(await refused({})).toEqual([409, 'exception.already'])
    expect(await refused({ until: dayAfter(new Date(), -1) })).toEqual([400, 'exception.bad_end'])
    expect(await refused({ until: dayAfter(new Date(), 367) })).toEqual([400, 'exception.bad_end'])
    for (const body of [{ reason: '  ' }, { owner: '' }, { until: 'soon' }, { until: '' }])
      expect((await refused(body))[0]).toBe(400)
  })

  it('is withdrawn by a record with a reason: the line fails again, and the history tells both', async () => {
    const [one] = await findings('excepted')
    const exceptionId = one?.exception?.exceptionId ?? ''
    await ask('exception/withdraw', { exceptionId, reason: 'It is needed no more.' })
    expect(await line()).toMatchObject({ assurance: 'failing' })
    expect(await findings()).toMatchObject([{ key: one?.key, state: 'open', exception: null }])
    expect((await owner.post(at('exception/withdraw'), { exceptionId, reason: 'Again.' })).status).toBe(404)
    const { exceptions } = await ask<{ exceptions: { exceptionId: string }[] }>('exception/list')
    expect(exceptions.find((each) => each.exceptionId === exceptionId)).toMatchObject({
      state: 'withdrawn',
      declaredBy: 'owner',
      reason: terms.reason,
    })
    const { events } = await historyOf(one?.key ?? '')
    expect(events).toEqual([
      expect.objectContaining({ type: 'exception.withdrawn', reason: 'It is needed no more.' }),
      expect.objectContaining({ type: 'exception.declared', reason: terms.reason }),
      event('finding.opened'),
    ])
  })

  it('ends by itself on the day after its last, told fourteen days before and on the last one, each once', async () => {
    const [one] = await findings()
    await declare(one?.key ?? '')
    const attend = (day: string) =>
      server.tenants.asSystem(home, (tx) => attendExceptions({ ...tx, now: new Date(`${day}T04:00:00Z`) }))
    const last = new Date(`${until}T00:00:00Z`)
    for (const day of [dayAfter(last, -20), dayAfter(last, -14), dayAfter(last, -14), until, dayAfter(last, 1)])
      await attend(day)
    await attend(dayAfter(last, 2))
    const { events } = await historyOf(one?.key ?? '')
    expect(events.slice(0, 4)).toEqual([
      event('exception.expired'),
      event('exception.reminded', 'today'),
      event('exception.reminded', 'soon'),
      event('exception.declared'),
    ])
    expect(['critical', 'high', 'medium', 'low']).toContain(events[0]?.code)
    expect(await findings()).toMatchObject([{ key: one?.key, state: 'open' }])
  })

  it('waits for its days in the queue', async () => {
    const { rows } = await server.databases.control.query<{ at: Date }>(
      `select start_after as at from pgboss.job where name = 'finding.exception' order by start_after`,
    )
    const days = rows.map(({ at }) => at.toISOString().slice(0, 10))
    const last = new Date(`${until}T00:00:00Z`)
    expect(days).toContain(dayAfter(last, -14))
    expect(days).toContain(until)
    expect(days).toContain(dayAfter(last, 1))
  })

  it('holds a line below verified also when nothing fails any more, and says that it may go', async () => {
    headers = good
    await look()
    const mended = await findings('excepted')
    expect(await findings('open')).toEqual([])
    expect(mended.length).toBeGreaterThan(0)
    for (const { closedAt } of mended) expect(closedAt).not.toBeNull()
    expect(await line()).toMatchObject({ assurance: 'stated', exception: { reason: 'The same.' } })
    const [one] = mended
    const response = await owner.post(at('exception/declare'), { key: (await findings('closed'))[0]?.key, ...terms })
    expect(await response.json()).toMatchObject({ code: 'exception.nothing_fails' })
    expect(one?.state).toBe('excepted')
  })
})
