import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun, resumeRuns } from './index.ts'

const home = 'this-installation'
let server: TestServer
let owner: Person
let dpo: Person
const sites: HttpServer[] = []
/** Whether the second site answers at all. */
let isSilent = false

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  dpo = await server.addPerson('dpo@example.com', home, 'dpo')
  for (const name of ['Quick', 'Slow']) {
    const site = createServer((_, response) => {
      if (name === 'Slow' && isSilent) return
      response.writeHead(200).end('<!doctype html><title>x</title>')
    })
    sites.push(site)
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    const target = `http://localhost:${(site.address() as AddressInfo).port}/`
    await owner.post(`/api/tenants/${home}/connection/add`, { target, name })
  }
})
afterAll(async () => {
  for (const site of sites) {
    site.close()
    site.closeAllConnections()
  }
  await server?.stop()
})

interface Run {
  state: string
  done: boolean
  canResume: boolean
  finished: number
  connections: number
  lines: { systemName: string; state: string; worst: string | null }[]
}
const send = async (operation: string, input: object, person = owner) => {
  const response = await person.post(`/api/tenants/${home}/${operation.replace('.', '/')}`, input)
  const { code = 'ok' } = (await response.json()) as { code?: string }
  return code
}
/** The first snapshot of the stream. */
async function seen(runId: string): Promise<Run> {
  const response = await owner.get(`/api/tenants/${home}/run/watch?runId=${runId}`)
  let text = ''
  // Leaving the loop ends the request.
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part
    if (text.includes('\n\n')) break
  }
  const line = text.split('\n').find((one) => one.startsWith('data: '))
  return JSON.parse(line?.slice(6) ?? '{}') as Run
}
const request = async () => await server.tenants.asSystem(home, (tx) => requestRun(tx, []))
const states = (run: Run) => Object.fromEntries(run.lines.map(({ systemName, state }) => [systemName, state]))

describe('a run that hangs', () => {
  let runId: string

  it('shows what is done and what is looked at right now', async () => {
    isSilent = true
    runId = await request()
    void server.runNow(home, runId)
    await expect
      .poll(async () => states(await seen(runId)), { timeout: 8_000 })
      .toEqual({ Quick: 'done', Slow: 'running' })
    expect(await seen(runId)).toMatchObject({ state: 'running', finished: 1, connections: 2, canResume: false })
  })

  it('is cancelled at once; what was collected stays, and nothing is said of the rest', async () => {
    const began = performance.now()
    expect(await send('run.cancel', { runId })).toBe('ok')
    await expect.poll(async () => (await seen(runId)).state).toBe('cancelled')
    expect(performance.now() - began).toBeLessThan(4_000)
    const run = await seen(runId)
    expect(run).toMatchObject({ done: true, canResume: true, finished: 1 })
    expect(states(run)).toEqual({ Quick: 'done', Slow: 'left' })
    const { rows } = await server.tenants.asSystem(home, ({ sql }) =>
      sql.query(`select 1 from outcome o join system s on s.id = o.system_id where s.name = 'Slow'`),
    )
    expect(rows).toEqual([])
  })

  it('goes on with what is left, and looks at nothing twice', async () => {
    isSilent = false
    expect(await send('run.cancel', { runId })).toBe('check.run_over')
    expect(await send('run.resume', { runId })).toBe('ok')
    await server.runNow(home, runId)
    expect(await seen(runId)).toMatchObject({ state: 'done', finished: 2, canResume: false })
    expect(await send('run.resume', { runId })).toBe('check.nothing_left')
    const { rows } = await server.tenants.asSystem(home, ({ sql }) =>
      sql.query('select connection_id from reading where run_id = $1', [runId]),
    )
    expect(rows).toHaveLength(2)
  })

  it('is neither cancelled nor resumed by who may not look', async () => {
    expect(await send('run.cancel', { runId }, dpo)).toBe('http.forbidden')
    expect(await send('run.resume', { runId }, dpo)).toBe('http.forbidden')
    expect(await send('run.cancel', { runId: '11111111-1111-4111-8111-111111111111' })).toBe('check.run_not_found')
  })

  it('stands in the list of runs, and in the ledger with each step', async () => {
    const { runs } = (await (await owner.get(`/api/tenants/${home}/run/list`)).json()) as { runs: { runId: string }[] }
    expect(runs[0]?.runId).toBe(runId)
    await server.ledgers.settle(await server.registry.open(home))
    const { rows } = await server.tenants.asSystem(home, ({ sql }) =>
      sql.query<{ code: string }>(
        `select convert_from(leaf, 'UTF8')::jsonb ->> 'code' as code from log_entry where type = 'check.run' order by idx`,
      ),
    )
    expect(rows.map(({ code }) => code)).toEqual(['requested', 'cancelled', 'resumed', 'done'])
  })
})

describe('a run that was at work when art32 was killed', () => {
  const set = async (runId: string, resumed: number) =>
    await server.tenants.asSystem(home, async (tx) => {
      await tx.sql.query(`update run set state = 'running', resumed = $2 where id = $1`, [runId, resumed])
      await tx.sql.query('delete from outbox')
      await resumeRuns(tx)
    })
  const parked = async () =>
    await server.tenants.asSystem(home, async ({ sql, newId, now }) => {
      const id = newId()
      const { rows } = await sql.query<{ id: string }>('select id from connection')
      await sql.query(`insert into run (id, connection_ids, state, requested_at) values ($1, $2, 'running', $3)`, [
        id,
        rows.map((row) => row.id),
        now,
      ])
      return id
    })

  it('goes on by itself', async () => {
    const runId = await parked()
    await set(runId, 0)
    await expect.poll(async () => (await seen(runId)).state, { timeout: 8_000 }).toBe('done')
  })

  it('is left to a person after the third time: it may be what kills', async () => {
    const runId = await parked()
    await set(runId, 3)
    expect(await seen(runId)).toMatchObject({ state: 'interrupted', canResume: true })
  })
})
