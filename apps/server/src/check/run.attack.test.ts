import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { connect } from '../connection/index.ts'
import { connectExternal, withClient } from '../platform/postgres/index.ts'
import { requestRun } from './index.ts'

const home = 'this-installation'

let server: TestServer
const sites: HttpServer[] = []

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  for (const delay of [0, 400]) {
    const site = createServer(
      (_, response) => void sleep(delay).then(() => response.end('<!doctype html><title>x</title>')),
    )
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    sites.push(site)
    const target = `http://localhost:${(site.address() as AddressInfo).port}/`
    await server.tenants.asSystem(home, (tx) => connect(tx, { target }, true))
  }
})
afterAll(async () => {
  for (const site of sites) site.close()
  await server.stop()
})

const request = () => server.tenants.asSystem(home, (tx) => requestRun(tx, []))
const ask = async <T extends object>(query: string, values: unknown[] = []) =>
  (await server.tenants.asSystem(home, ({ sql }) => sql.query<T>(query, values))).rows
const stateOf = async (runId: string) =>
  (await ask<{ state: string }>('select state from run where id = $1', [runId]))[0]?.state

async function asSuperuser(statement: string): Promise<void> {
  const [row] = await ask<{ name: string }>('select current_database() as name')
  const postgres = await connectExternal(inject('databaseUrl'))
  await withClient(postgres.url(row?.name ?? ''), (client) => client.query(statement))
}

describe('a run', () => {
  it('that cannot keep what it sees ends as interrupted, and the server goes on', async () => {
    await asSuperuser('alter table reading rename to reading_gone')
    const runId = await request()
    // The first look fails to be kept while the second is still under way: nobody waits for it at that moment.
    await expect(server.runNow(home, runId)).rejects.toThrow('reading')
    await asSuperuser('alter table reading_gone rename to reading')
    expect(await stateOf(runId)).toBe('interrupted')
    const next = await request()
    await server.runNow(home, next)
    expect(await stateOf(next)).toBe('done')
  })

  it('ends as interrupted also when every connection to its database is cut in the middle', async () => {
    const [row] = await ask<{ name: string }>('select current_database() as name')
    const runId = await request()
    const running = server.runNow(home, runId).catch(() => undefined)
    await expect.poll(() => stateOf(runId)).toBe('running')
    const database = escapeIdentifier(row?.name ?? '')
    const url = inject('databaseUrl')
    await withClient(url, async (client) => {
      await client.query(`alter database ${database} allow_connections false`)
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [row?.name])
      await sleep(1_500)
      await client.query(`alter database ${database} allow_connections true`)
    })
    await running
    expect(['interrupted', 'done']).toContain(await stateOf(runId))
  })

  it('that several want to work off is worked off once', async () => {
    const runId = await request()
    await Promise.all([server.runNow(home, runId), server.runNow(home, runId), server.runNow(home, runId)])
    await expect.poll(() => stateOf(runId), { timeout: 10_000 }).toBe('done')
    const readings = await ask<{ connection_id: string }>('select connection_id from reading where run_id = $1', [
      runId,
    ])
    const connections = await ask('select id from connection')
    expect(readings).toHaveLength(connections.length)
    expect(new Set(readings.map((reading) => reading.connection_id)).size).toBe(connections.length)
  })
})
