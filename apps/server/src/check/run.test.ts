import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from './index.ts'

const home = 'this-installation'
const document = new TextEncoder().encode(
  '# Measures\n\nVersion 1, 2 May 2026\n\n## Web\n\n- The web application sends security headers and a content security policy.\n',
)

let server: TestServer
let owner: Person
let other: Person
let site: HttpServer
let headers: Record<string, string> = {}
let target: string

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  await server.registry.create({ name: 'Other', slug: 'other', language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  other = await server.addPerson('other@example.com', 'other', 'owner')
  site = createServer((_, response) => response.writeHead(200, headers).end('<!doctype html><title>x</title>'))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  target = `http://localhost:${(site.address() as AddressInfo).port}/`
})
afterAll(async () => {
  site.close()
  await server.stop()
})

async function get<T>(person: Person, path: string, tenant = home): Promise<T> {
  const response = await person.get(`/api/tenants/${tenant}/${path}`)
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

async function runNow(slug: string): Promise<string> {
  const runId = await server.tenants.asSystem(slug, (tx) => requestRun(tx, []))
  await server.runNow(slug, runId)
  return runId
}

type Outcomes = { outcomes: { id: string; check: string; state: string; reason: string | null; at: string }[] }
const outcome = async (check: string) =>
  (await get<Outcomes>(owner, 'outcome/list')).outcomes.find((one) => one.check === check)
type Register = {
  document: { id: string }
  statements: {
    text: string
    measure: { id: string; revision: number; assurance: string; checkedAt: string | null } | null
  }[]
}
const line = async () => (await get<Register>(owner, 'register/show')).statements.find((one) => one.measure)?.measure

describe('a run', () => {
  it('keeps outcomes, facts and findings, and raises a measure only once its meaning is confirmed', async () => {
    headers = {
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    }
    const read = (await (
      await owner.upload(`/api/tenants/${home}/document/read?name=tom.md`, document)
    ).json()) as Register
    await owner.post(`/api/tenants/${home}/document/adopt`, { documentId: read.document.id })
    await owner.post(`/api/tenants/${home}/connection/add`, { target, name: 'Site' })
    await runNow(home)
    expect(await outcome('http.headers')).toMatchObject({ state: 'pass' })
    expect(await line()).toMatchObject({ assurance: 'stated' })

    const measure = await line()
    await owner.post(`/api/tenants/${home}/measure/change`, {
      measureId: measure?.id,
      revision: measure?.revision,
      catalogueIds: ['web-app-hardening'],
    })
    await owner.post(`/api/tenants/${home}/measure/confirm`, {
      measureId: measure?.id,
      revision: (measure?.revision ?? 0) + 1,
    })
    const { facts, index } = await get<{ facts: { read: string }; index: number | null }>(
      owner,
      `outcome/facts?outcomeId=${(await outcome('http.headers'))?.id}`,
    )
    expect(facts.read).toBe('ok')
    expect(index).toBeGreaterThan(0)
  })

  it('opens a finding for a fail and closes it once it is mended', async () => {
    const findings = async () =>
      (await get<{ findings: { check: string; key: string }[] }>(owner, 'finding/list')).findings.filter(
        (one) => one.check === 'http.headers',
      )
    headers = { 'x-powered-by': 'Example/1.2.3' }
    await runNow(home)
    expect(await outcome('http.headers')).toMatchObject({ state: 'fail' })
    const first = await findings()
    expect(first.length).toBeGreaterThan(0)
    await runNow(home)
    expect((await findings()).map((one) => one.key)).toEqual(first.map((one) => one.key))
    headers = {
      'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    }
    await runNow(home)
    expect(await findings()).toEqual([])
  })

  it('says not-evaluated where it cannot look, and leaves the last verdict and its findings as they were', async () => {
    const { port } = site.address() as AddressInfo
    await new Promise((resolve) => {
      site.close(resolve)
      site.closeAllConnections()
    })
    await runNow(home)
    expect(await outcome('http.headers')).toMatchObject({ state: 'not-evaluated', reason: 'unreachable' })
    const rows = await server.tenants.asSystem(
      home,
      async ({ sql }) =>
        (
          await sql.query<{ state: string; at: Date; looked_at: Date }>(
            `select state, at, looked_at from backing where check_id = 'http.headers'`,
          )
        ).rows,
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.state).toBe('pass')
    expect(rows[0]?.looked_at.getTime()).toBeGreaterThan(rows[0]?.at.getTime() ?? 0)
    site = createServer((_, response) => response.writeHead(200, headers).end())
    await new Promise<void>((resolve) => site.listen(port, '127.0.0.1', resolve))
  })

  it('is taken once, however often its job comes', async () => {
    const runId = await runNow(home)
    const count = async () =>
      (await server.tenants.asSystem(home, ({ sql }) => sql.query('select 1 from reading where run_id = $1', [runId])))
        .rows.length
    const before = await count()
    await server.runNow(home, runId)
    expect(await count()).toBe(before)
  })
})

describe('another tenant', () => {
  it('cannot look at the machine that art32 runs on, by name or by address', async () => {
    for (const local of ['host', 'self', 'git:/etc']) {
      const response = await other.post('/api/tenants/other/connection/add', { target: local })
      expect([local, ((await response.json()) as { code: string }).code]).toEqual([local, 'connection.local_only'])
    }
    await other.post('/api/tenants/other/connection/add', { target })
    await runNow('other')
    const { outcomes } = await get<Outcomes>(other, 'outcome/list', 'other')
    expect(outcomes.length).toBeGreaterThan(0)
    for (const one of outcomes)
      expect([one.check, one.state, one.reason]).toEqual([one.check, 'not-evaluated', 'not-configured'])
  })
})
