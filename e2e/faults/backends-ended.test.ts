import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { testPassword, startTestServer } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { recompute } from '../durability/ledger.ts'
import { cookieOf } from './caller.ts'
import { tally, traffic } from './traffic.ts'
import { isWhole, rounds, tried } from './tried.ts'

const ended = rounds(30, 600)
const pauseMs = 100
const perSecond = isWhole ? 200 : 40

describe('the server while somebody ends its connections to the database', () => {
  let server: TestServer
  let superuser: Client
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    await server.addPerson('owner@example.com', 'alpha', 'owner')
    superuser = new Client({ connectionString: inject('databaseUrl') })
    await superuser.connect()
  }, 120_000)
  afterAll(async () => {
    await superuser.end()
    await server.stop()
  })

  it('loses a request with each at most, and nothing that it acknowledged', { timeout: 180_000 }, async (context) => {
    const cookie = await cookieOf(server.url, { email: 'owner@example.com', password: testPassword })
    const headers = { cookie, origin: server.url, 'content-type': 'application/json' }
    const at = `${server.local}/api/tenants/alpha`
    const names = await databases()
    const load = traffic(perSecond, (n) =>
      n % 5 === 0
        ? {
            url: `${at}/connection/add`,
            init: { method: 'POST', headers, body: JSON.stringify({ target: `dns:n${n}.example` }) },
            keeps: (text) => (JSON.parse(text) as { connections: string[] }).connections,
          }
        : { url: `${at}/connection/list`, init: { headers } },
    )
    let cut = 0
    while (cut < ended) {
      const { rowCount } = await superuser.query(
        `select pg_terminate_backend(pid) from (
           select pid from pg_stat_activity where datname = any($1) and pid <> pg_backend_pid() order by random() limit 1
         ) as one`,
        [names],
      )
      cut += rowCount ?? 0
      await sleep(pauseMs)
    }
    load.mark()
    await expect.poll(() => load.since(({ status }) => status === 200), { timeout: 60_000 }).toBeGreaterThan(perSecond)
    await load.end()
    const kinds = tally(load.answers)
    const wrong = load.answers.filter(({ status }) => status !== 200)
    console.log(`answers while ${cut} connections were ended:`, kinds)
    expect(Object.keys(kinds).filter((kind) => !/^(200|503 postgres\.away)$/.test(kind))).toEqual([])
    // One that was at work takes its request along; one that was idle takes none.
    expect(wrong.length).toBeLessThanOrEqual(cut)
    // Not one that was ended stays in a pool: what is asked now is answered, all at once.
    const afterwards = await Promise.all(Array.from({ length: 40 }, () => fetch(`${at}/connection/list`, { headers })))
    expect(afterwards.filter(({ status }) => status !== 200)).toEqual([])
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { leaves, faults } = await recompute(server, 'alpha')
    expect(faults).toEqual([])
    const created = new Set(leaves.filter(({ type }) => type === 'connection.created').map(({ subj }) => subj.id))
    expect(load.acknowledged.filter((id) => !created.has(id))).toEqual([])
    tried(context, cut)
  })

  async function databases(): Promise<string[]> {
    const name = 'select current_database() as name'
    const control = await server.databases.control.query<{ name: string }>(name)
    const tenant = await server.tenants.asSystem('alpha', ({ sql }) => sql.query<{ name: string }>(name))
    return [...control.rows, ...tenant.rows].map((row) => row.name)
  }
})
