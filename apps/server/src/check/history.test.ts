import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from './index.ts'

const home = 'this-installation'
let server: TestServer
let owner: Person
let site: HttpServer
let headers: Record<string, string> = { server: 'one' }
let nonce = 0

interface Change {
  id: string
  systemId: string
  systemName: string
  part: string
  state: string
  size: number
  earlierAt: string | null
  lines: { kind: string; say: { en: string; de: string } }[] | null
  approval: object | null
}
interface Changes {
  changes: Change[]
  open: { systemId: string; count: number }[]
  next: string | null
}

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  site = createServer((_, response) => {
    nonce++
    response.writeHead(200, { ...headers, 'content-security-policy': `script-src 'nonce-${nonce}'` })
    response.end('<!doctype html><title>x</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  await connect(`http://localhost:${(site.address() as AddressInfo).port}/`, 'Site')
  await look('Site')
}, 30_000)
afterAll(async () => {
  site?.close()
  await server?.stop()
})

const connections = new Map<string, string>()

async function connect(target: string, name: string): Promise<void> {
  const response = await owner.post(`/api/tenants/${home}/connection/add`, { target, name })
  const { connections: ids } = (await response.json()) as { connections: string[] }
  expect(ids).toHaveLength(1)
  connections.set(name, ids[0] ?? '')
}

async function look(name: string): Promise<void> {
  const runId = await server.tenants.asSystem(home, (tx) => requestRun(tx, [connections.get(name) ?? '']))
  await server.runNow(home, runId)
}

async function changes(query = '', person = owner): Promise<Changes> {
  const response = await person.get(`/api/tenants/${home}/fact/changes?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as Changes
}

const of = async (name: string) => (await changes()).changes.filter(({ systemName }) => systemName === name)
const english = ({ lines }: Change) => lines?.map(({ say }) => say.en)
const count = async (table: string) =>
  await server.tenants.asSystem(home, async ({ sql }) => {
    const { rows } = await sql.query<{ n: number }>(`select count(*)::int as n from ${table}`)
    return rows[0]?.n ?? 0
  })

describe('what two looks saw', () => {
  it('is kept once while it is the same, and numbers that are used once are no change', async () => {
    const before = await count('fact_content')
    expect(before).toBeGreaterThan(2)
    await look('Site')
    expect(await count('fact_content')).toBe(before)
    expect(await of('Site')).toEqual([])
  })

  it('is told in lines where it differs, and back again it is undone', async () => {
    headers = { server: 'two', 'x-powered-by': 'Example' }
    await look('Site')
    const [change] = await of('Site')
    expect(change).toMatchObject({ part: 'page', state: 'open', size: 2, approval: null })
    expect(change && english(change)).toEqual([
      'page: headers server: one → two',
      'page: headers x-powered-by added: Example',
    ])
    expect((await changes()).open.find(({ systemId }) => systemId === change?.systemId)?.count).toBe(1)
    headers = { server: 'one' }
    await look('Site')
    expect((await of('Site')).map(({ state }) => state)).toEqual(['undone', 'undone'])
    expect((await changes('open=true')).changes.some(({ systemName }) => systemName === 'Site')).toBe(false)
  })

  it('says nothing of what could not be seen', async () => {
    const { port } = site.address() as AddressInfo
    const before = (await of('Site')).length
    await new Promise((resolve) => {
      site.close(resolve)
      site.closeAllConnections()
    })
    await look('Site')
    expect(await of('Site')).toHaveLength(before)
    site = createServer((_, response) => response.writeHead(200, headers).end('<!doctype html><title>x</title>'))
    await new Promise<void>((resolve) => site.listen(port, '127.0.0.1', resolve))
  })
})

describe('changes', () => {
  it('are listed page by page, and a mark that is none finds nothing', async () => {
    await server.tenants.asSystem(home, async ({ sql, newId, now }) => {
      const { rows } = await sql.query<{ hash: string; id: string }>(
        'select f.hash, s.id from fact_content f, system s limit 1',
      )
      for (let n = 0; n < 70; n++)
        await sql.query(
          `insert into fact_change (id, system_id, connection_id, connector, part, after_hash, at, size)
           values ($1, $2, $3, 'tls', 'protocols', $4, $5, 0)`,
          [newId(), rows[0]?.id, newId(), rows[0]?.hash, now],
        )
    })
    const seen = new Set<string>()
    for (let next: string | null = ''; next !== null;) {
      const page: Changes = await changes(next === '' ? '' : `before=${encodeURIComponent(next)}`)
      for (const { id } of page.changes) seen.add(id)
      next = page.next
    }
    expect(seen.size).toBe(await count('fact_change'))
    expect((await changes(`before=${encodeURIComponent("' or 1=1 --")}`)).changes).toEqual([])
  })
})
