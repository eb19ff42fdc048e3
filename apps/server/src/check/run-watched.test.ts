import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from './index.ts'

const home = 'this-installation'
const headers = {}

let server: TestServer
let owner: Person
let site: HttpServer

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  site = createServer((_, response) => response.writeHead(200, headers).end('<!doctype html><title>x</title>'))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const target = `http://localhost:${(site.address() as AddressInfo).port}/`
  expect((await owner.post(`/api/tenants/${home}/connection/add`, { target })).status).toBe(200)
  await runNow(home)
})
afterAll(async () => {
  site.close()
  await server.stop()
})

async function runNow(slug: string): Promise<string> {
  const runId = await server.tenants.asSystem(slug, (tx) => requestRun(tx, []))
  await server.runNow(slug, runId)
  return runId
}

describe('a run that takes its time', () => {
  it('says once that nothing is seen of a system any more, when a day has passed', async () => {
    const { port } = site.address() as AddressInfo
    await new Promise((resolve) => {
      site.close(resolve)
      site.closeAllConnections()
    })
    const said = async () => {
      await server.ledgers.settle(await server.registry.open(home))
      return await server.tenants.asSystem(home, async ({ sql }) => {
        const { rows } = await sql.query<{ type: string }>(
          `select type from log_entry where type = 'collection.failed'`,
        )
        return rows.length
      })
    }
    await runNow(home)
    await runNow(home)
    expect(await said()).toBe(0)
    await server.tenants.asSystem(home, ({ sql }) => sql.query(`update reading set at = at - interval '25 hours'`))
    await runNow(home)
    expect(await said()).toBe(1)
    await runNow(home)
    expect(await said()).toBe(1)
    site = createServer((_, response) => response.writeHead(200, headers).end())
    await new Promise<void>((resolve) => site.listen(port, '127.0.0.1', resolve))
  })

  it('can be followed until it is done', async () => {
    const { runId } = (await (await owner.post(`/api/tenants/${home}/check/run`, {})).json()) as { runId: string }
    const response = await owner.get(`/api/tenants/${home}/run/watch?runId=${runId}`)
    const events = (await response.text())
      .split('\n')
      .filter((one) => one.startsWith('data: '))
      .map((one) => JSON.parse(one.slice(6)) as { done: boolean; finished: number })
    expect(events.at(-1)).toMatchObject({ done: true, finished: 1 })
    expect(events.slice(0, -1).every((one) => !one.done)).toBe(true)
  })
})
