import { checkOf } from '@art32/probes'
import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRejudge, requestRun } from './index.ts'

/** Of the check that these tests look through. */
const version = checkOf('http.headers')?.version ?? 0

const home = 'this-installation'
let server: TestServer
let owner: Person
let site: HttpServer
let asked = 0

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  site = createServer((_, response) => {
    asked++
    response.writeHead(200, { 'x-powered-by': 'Example/1' }).end('<!doctype html><title>x</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const target = `http://localhost:${(site.address() as AddressInfo).port}/`
  expect((await owner.post(`/api/tenants/${home}/connection/add`, { target, name: 'Site' })).status).toBe(200)
  const runId = await server.tenants.asSystem(home, (tx) => requestRun(tx, []))
  await server.runNow(home, runId)
})
afterAll(async () => {
  site?.close()
  await server?.stop()
})

async function get<T>(path: string): Promise<T> {
  const response = await owner.get(`/api/tenants/${home}/${path}`)
  return (await response.json()) as T
}
const query = async (sql: string) =>
  await server.tenants.asSystem(home, (tx) => tx.sql.query<Record<string, unknown>>(sql))
const outcome = async () => {
  const { outcomes } = await get<{
    outcomes: { id: string; check: string; state: string; version: number; at: string }[]
  }>('outcome/list?checkId=http.headers')
  return outcomes
}
interface Recomputed {
  by: string
  same: boolean | null
  holds: boolean
  state: string | null
  release: string | null
  running: number | null
  code?: string
}
const recompute = async (id: string) => await get<Recomputed>(`outcome/recompute?outcomeId=${id}`)
const outdated = async () => (await get<{ connections: number }>('check/outdated')).connections

describe('a verdict', () => {
  it('is computed again from what was kept, and comes out the same', async () => {
    const [one] = await outcome()
    expect(await recompute(one?.id ?? '')).toMatchObject({
      by: 'computed',
      same: true,
      holds: true,
      state: 'fail',
      running: version,
    })
  })

  it('that somebody changed in the database does not come out the same', async () => {
    await query(`update outcome set state = 'pass' where check_id = 'http.headers'`)
    const [one] = await outcome()
    expect(await recompute(one?.id ?? '')).toMatchObject({ by: 'computed', same: false, state: 'fail' })
    await query(`update outcome set state = 'fail' where check_id = 'http.headers'`)
  })

  it('of another version is not computed by this one; the release is named where it is known', async () => {
    const [one] = await outcome()
    await query(`update outcome set check_version = 7 where check_id = 'http.headers'`)
    expect(await recompute(one?.id ?? '')).toMatchObject({
      by: 'other-version',
      same: null,
      state: null,
      release: null,
    })
    await query(`update outcome set check_version = ${version}, check_digest = 'other' where check_id = 'http.headers'`)
    expect(await recompute(one?.id ?? '')).toMatchObject({ by: 'other-code', same: true, release: '0.1.0' })
  })
})

describe('a release with another version of a check', () => {
  it('judges stored facts anew without asking anybody, and each outcome says by which version', async () => {
    expect(await outdated()).toBe(1)
    const before = asked
    const [first] = await outcome()
    // As another version of the check would have said.
    await query(`update outcome set state = 'pass', check_version = 0 where check_id = 'http.headers'`)
    const answer = await owner.post(`/api/tenants/${home}/check/rejudge`, {})
    expect(await answer.json()).toEqual({ connections: 1 })
    await expect.poll(outdated, { timeout: 8_000 }).toBe(0)
    const now = await outcome()
    expect(now).toMatchObject([{ state: 'fail', version, at: first?.at }])
    expect(now[0]?.id).not.toBe(first?.id)
    expect(asked).toBe(before)
    // The one of before stays, and counts no more.
    const { rows } = await query(
      `select superseded, check_version from outcome where check_id = 'http.headers' order by check_version`,
    )
    expect(rows).toEqual([
      { superseded: true, check_version: 0 },
      { superseded: false, check_version: version },
    ])
    const { findings } = await get<{ findings: { check: string }[] }>('finding/list')
    expect(findings.some(({ check }) => check === 'http.headers')).toBe(true)
  })

  it('has nothing to do where all was judged by it', async () => {
    expect(await server.tenants.asSystem(home, (tx) => requestRejudge(tx))).toEqual([])
  })

  it('leaves a verdict as it is where the kept facts lack what it reads', async () => {
    await query(`update outcome set check_version = 0 where check_id = 'http.headers' and not superseded`)
    // As a release would have kept it that did not read this part.
    const tampered = await server.tenants.asSystem(home, async (tx) => {
      const { factsOf, factsPlace } = await import('./judging.ts')
      const { seal } = await import('../platform/index.ts')
      const { rows } = await tx.sql.query<{ id: string; facts: Buffer }>('select id, facts from reading')
      const [row] = rows
      if (!row) throw new Error('nothing was read')
      const reading = factsOf(tx, row) as { facts: { page: { facts: { headers?: object } } } }
      delete reading.facts.page.facts.headers
      await tx.sql.query('update reading set facts = $1', [
        seal(tx.dataKey, factsPlace(tx, row.id), Buffer.from(JSON.stringify(reading))),
      ])
      return row.id
    })
    expect(tampered).not.toBe('')
    const before = await outcome()
    await owner.post(`/api/tenants/${home}/check/rejudge`, {})
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await outcome()).toEqual(before)
    // Its hash gives it away.
    expect(await recompute(before[0]?.id ?? '')).toMatchObject({ holds: false })
  })

  it('says that the facts are gone when their time is over', async () => {
    await query('update reading set facts = null')
    const [one] = await outcome()
    expect((await recompute(one?.id ?? '')).code).toBe('check.facts_gone')
    expect(await outdated()).toBe(0)
  })
})
