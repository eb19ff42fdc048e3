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
  const postgres = await connectExternal(inject('databaseUrl'))
  const { username } = new URL(server.databases.controlUrl)
  await withClient(postgres.url('postgres'), (client) =>
    client.query(`grant pg_monitor to ${escapeIdentifier(decodeURIComponent(username))}`),
  )
  const name = new URL(server.databases.controlUrl).pathname.slice(1)
  database = new Client({ connectionString: postgres.url(name) })
  await database.connect()
  await connect(server.databases.controlUrl, 'Database')
  await look('Database')
}, 30_000)
afterAll(async () => {
  await database?.end()
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
})
