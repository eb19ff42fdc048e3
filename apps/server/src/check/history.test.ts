import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { connectExternal, withClient } from '../platform/postgres/index.ts'
import { requestRun } from './index.ts'

const home = 'this-installation'
let server: TestServer
let owner: Person
let dpo: Person
let site: HttpServer
let headers: Record<string, string> = { server: 'one' }
let nonce = 0
let database: Client

interface Change {
  id: string
  systemId: string
  systemName: string
  part: string
  state: string
  size: number
  earlierAt: string | null
  lines: { kind: string; say: { en: string; de: string } }[] | null
  approval: { by: string | null; note: string; ticket: string | null } | null
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
  dpo = await server.addPerson('dpo@example.com', home, 'dpo')
  site = createServer((_, response) => {
    nonce++
    response.writeHead(200, { ...headers, 'content-security-policy': `script-src 'nonce-${nonce}'` })
    response.end('<!doctype html><title>x</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  await connect(`http://localhost:${(site.address() as AddressInfo).port}/`, 'Site')
  const postgres = await connectExternal(inject('databaseUrl'))
  const { username } = new URL(server.databases.controlUrl)
  await withClient(postgres.url('postgres'), (client) =>
    client.query(`grant pg_monitor to ${escapeIdentifier(decodeURIComponent(username))}`),
  )
  const name = new URL(server.databases.controlUrl).pathname.slice(1)
  database = new Client({ connectionString: postgres.url(name) })
  await database.connect()
  await connect(server.databases.controlUrl, 'Database')
  await look('Site')
  await look('Database')
}, 30_000)
afterAll(async () => {
  await database?.end()
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
const approve = async (changeIds: string[], more: object = {}) => {
  const response = await owner.post(`/api/tenants/${home}/fact/approve`, { changeIds, note: 'As planned', ...more })
  const { code = 'ok' } = (await response.json()) as { code?: string }
  return code
}
const stateOf = async (check: string) => {
  const { outcomes } = (await (await owner.get(`/api/tenants/${home}/outcome/list?checkId=${check}`)).json()) as {
    outcomes: { state: string; subjects: { say: { en: string } }[] }[]
  }
  return outcomes.map(({ state }) => state)
}
const count = async (table: string) =>
  await server.tenants.asSystem(home, async ({ sql }) => {
    const { rows } = await sql.query<{ n: number }>(`select count(*)::int as n from ${table}`)
    return rows[0]?.n ?? 0
  })

describe('what two looks saw', () => {
  it('is kept once while it is the same, and numbers that are used once are no change', async () => {
    const before = await count('fact_content')
    expect(before).toBeGreaterThan(5)
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

describe('an approved state', () => {
  it('is what the checks of drift compare with', async () => {
    expect(await stateOf('pg.schema-drift')).toEqual(['info'])
    const first = (await of('Database')).filter(({ earlierAt }) => earlierAt === null)
    expect(first.map(({ part }) => part).toSorted()).toEqual(['configuration', 'schema'])
    expect(
      await approve(
        first.map(({ id }) => id),
        { ticket: 'OPS-1' },
      ),
    ).toBe('ok')
    // Judged at once, from what is stored.
    expect([await stateOf('pg.schema-drift'), await stateOf('pg.config-drift')]).toEqual([['pass'], ['pass']])

    await database.query('create table drift_example (id int primary key)')
    await look('Database')
    expect(await stateOf('pg.schema-drift')).toEqual(['fail'])
    await database.query('alter table drift_example add column email text')
    await look('Database')
    const [newest, older] = (await changes('open=true')).changes.filter(({ part }) => part === 'schema')
    expect(newest && english(newest)).toEqual(['Column email added to table public.drift_example: text'])
    expect(older && english(older)).toContain('Column id added to table public.drift_example: integer not null')

    // With the newest the one before it is approved: the state holds both.
    expect(await approve([newest?.id ?? ''], { ticket: 'OPS-2' })).toBe('ok')
    const approved = (await of('Database')).filter(({ approval }) => approval?.ticket === 'OPS-2')
    expect(approved.map(({ state }) => state)).toEqual(['approved', 'approved'])
    expect(approved[0]?.approval).toMatchObject({ by: 'owner', note: 'As planned' })
    expect(await stateOf('pg.schema-drift')).toEqual(['pass'])
    await look('Database')
    expect(await stateOf('pg.schema-drift')).toEqual(['pass'])
  })

  it('stands in the ledger with who approved it, and not its note', async () => {
    await server.ledgers.settle(await server.registry.open(home))
    const { events } = (await (await owner.get(`/api/tenants/${home}/history/list?limit=200`)).json()) as {
      events: { type: string; who: { name: string | null }; reason: string | null; after: object | null }[]
    }
    const approval = events.find(({ type }) => type === 'facts.approved')
    expect(approval).toMatchObject({
      who: { name: 'owner' },
      reason: 'As planned',
      after: { part: 'schema', ticket: 'OPS-2' },
    })
    const leaves = await server.tenants.asSystem(home, async ({ sql }) => {
      const { rows } = await sql.query<{ leaf: string }>(
        `select convert_from(leaf, 'UTF8') as leaf from log_entry where type = 'facts.approved'`,
      )
      return rows.map(({ leaf }) => leaf).join('\n')
    })
    expect(leaves).not.toContain('planned')
    expect(leaves).not.toContain('OPS-2')
  })

  it('is not approved twice, by nobody without the right, and not with a change of nothing', async () => {
    const [done] = (await of('Database')).filter(({ state }) => state === 'approved')
    expect(await approve([done?.id ?? ''])).toBe('check.change_settled')
    expect(await approve(['11111111-1111-4111-8111-111111111111'])).toBe('check.change_not_found')
    const refused = await dpo.post(`/api/tenants/${home}/fact/approve`, { changeIds: [done?.id], note: 'mine' })
    expect(refused.status).toBe(403)
    expect(await approve([done?.id ?? ''], { note: ' ' })).toBe('http.invalid')
  })
})

describe('the states themselves', () => {
  it('lie sealed, and a change stays with its hashes when their time is over', async () => {
    const rows = await server.tenants.asSystem(home, async ({ sql }) => {
      const found = await sql.query<{ facts: Buffer }>('select facts from fact_content')
      await sql.query('update fact_content set facts = null')
      return found.rows
    })
    for (const { facts } of rows) expect(facts.toString('latin1')).not.toContain('public.')
    const shown = await of('Database')
    expect(shown.length).toBeGreaterThan(2)
    for (const { lines, earlierAt } of shown) expect(lines).toEqual(earlierAt === null ? [] : null)
    await look('Database')
    // What is there now is kept again.
    expect(await count('fact_content where facts is not null')).toBeGreaterThan(0)
  })

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
