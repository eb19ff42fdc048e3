import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from './index.ts'

const home = 'this-installation'
const document = new TextEncoder().encode(
  '# Measures\n\nVersion 1, 2 May 2026\n\n## Hosts\n\n- All servers have full disk encryption.\n',
)
let server: TestServer
let owner: Person
let vendor: HttpServer
let mayListServers = true
let connectionId: string

const location = { name: 'fsn1', country: 'DE', network_zone: 'eu-central' }
const protection = { delete: true }
const machine = (id: number, name: string) => ({
  id,
  name,
  created: '2025-09-01T08:00:00Z',
  location,
  labels: {},
  public_net: { ipv4: null, ipv6: null, floating_ips: [], firewalls: [] },
  private_net: [],
  backup_window: null,
  protection,
  image: null,
})
const box = {
  id: 91,
  name: 'backups',
  location,
  labels: {},
  status: 'active',
  access_settings: { reachable_externally: false, samba_enabled: false, webdav_enabled: false, ssh_enabled: true },
  snapshot_plan: null,
  protection,
}
/** What Hetzner Cloud answers, by the name of the list; the vendor's own test server lies in another workspace. */
const lists: Readonly<Record<string, readonly object[]>> = {
  servers: [machine(11, 'web-1'), machine(12, 'db-1')],
  storage_boxes: [box],
}

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  vendor = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://vendor.example').pathname.slice(1)
    const status = name === 'servers' && !mayListServers ? 403 : 200
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ [name]: lists[name] ?? [], meta: { pagination: { next_page: null } } }))
  })
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve))
  const base = `http://localhost:${(vendor.address() as AddressInfo).port}`
  const settings = { project: 'shop', token: 'swordfish', baseUrl: base, storageUrl: base }
  const response = await owner.post(`/api/tenants/${home}/connection/add`, {
    connector: 'hetzner',
    settings,
    name: 'Cloud',
  })
  const { connections } = (await response.json()) as { connections: string[] }
  connectionId = connections[0] ?? ''
  await look()
})
afterAll(async () => {
  vendor?.close()
  await server?.stop()
})

async function look(): Promise<void> {
  const runId = await server.tenants.asSystem(home, (tx) => requestRun(tx, [connectionId]))
  await server.runNow(home, runId)
}

interface Scope {
  say: { en: string; de: string }
  open: number
  discovered: {
    id: string
    kind: string
    name: string
    state: string
    systemName: string | null
    by: string | null
    reason: string | null
  }[]
}
const get = async <T>(path: string) => (await (await owner.get(`/api/tenants/${home}/${path}`)).json()) as T
const scope = async () => await get<Scope>('scope/list')
const found = async (name: string) => (await scope()).discovered.find((one) => one.name === name)
const post = async (operation: string, input: object) => {
  const response = await owner.post(`/api/tenants/${home}/${operation.replace('.', '/')}`, input)
  const { code = 'ok' } = (await response.json()) as { code?: string }
  return code
}
const findings = async () => {
  const { findings: all } = await get<{
    findings: { check: string; subject: string; title: { en: string }; remedy: { en: string } }[]
  }>('finding/list')
  return all.filter(({ check }) => check === 'scope.undeclared')
}

describe('what a connector discovers', () => {
  it('and nobody declared is a finding', async () => {
    const { say, open, discovered } = await scope()
    expect(discovered.map(({ name, kind }) => `${kind} ${name}`)).toEqual(
      expect.arrayContaining(['server web-1', 'server db-1', 'storage backups']),
    )
    expect(open).toBe(discovered.length)
    expect(say.en).toMatch(/^0 of \d+ discovered servers; 0 of 1 discovered storage$/)
    expect(await findings()).toHaveLength(open)
    expect((await findings())[0]?.title.en).toBe('Every discovered system is declared')
    expect((await findings())[0]?.remedy.en).toBe(
      'Declare it as a system and connect it, or say why it is not in scope.',
    )
  })

  it('is declared as a new system or one that is known, and its finding closes', async () => {
    const web = await found('web-1')
    expect(await post('scope.declare', { discoveredId: web?.id })).toBe('ok')
    expect(await found('web-1')).toMatchObject({ state: 'declared', systemName: 'web-1', by: 'owner' })
    expect((await findings()).some(({ subject }) => subject.includes('11'))).toBe(false)
    const { systems } = await get<{ systems: { id: string; name: string; kind: string }[] }>('system/list')
    expect(systems.find(({ name }) => name === 'web-1')).toMatchObject({ kind: 'host' })
    const db = await found('db-1')
    expect(
      await post('scope.declare', { discoveredId: db?.id, systemId: '11111111-1111-4111-8111-111111111111' }),
    ).toBe('system.not_found')
    expect(
      await post('scope.declare', { discoveredId: db?.id, systemId: systems.find(({ name }) => name === 'web-1')?.id }),
    ).toBe('ok')
  })

  it('is out of scope with a reason, and in again', async () => {
    const box = await found('backups')
    expect(await post('scope.exclude', { discoveredId: box?.id, reason: ' ' })).toBe('http.invalid')
    expect(await post('scope.exclude', { discoveredId: box?.id, reason: 'Belongs to the parent company' })).toBe('ok')
    expect(await found('backups')).toMatchObject({ state: 'out-of-scope', reason: 'Belongs to the parent company' })
    expect((await scope()).say.en).toContain('1 discovered storage not in scope')
    await look()
    expect(await found('backups')).toMatchObject({ state: 'out-of-scope' })
    const before = (await findings()).length
    expect(await post('scope.reopen', { discoveredId: box?.id })).toBe('ok')
    expect(await findings()).toHaveLength(before + 1)
  })

  it('stands with the measure that is about it, in words', async () => {
    const read = (await (await owner.upload(`/api/tenants/${home}/document/read?name=tom.md`, document)).json()) as {
      document: { id: string }
    }
    await owner.post(`/api/tenants/${home}/document/adopt`, { documentId: read.document.id })
    const { statements } = await get<{
      statements: { measure: { id: string; revision: number; discovered: { en: string } | null } | null }[]
    }>('register/show')
    const measure = statements.find((one) => one.measure)?.measure
    expect(measure?.discovered?.en).toMatch(/^2 of \d+ discovered servers$/)
  })

  it('and is gone stays in no list; what could not be seen does not go', async () => {
    const before = (await scope()).discovered.length
    mayListServers = false
    await look()
    expect((await scope()).discovered).toHaveLength(before)
  })
})
