import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { fillFacts, liveThrough } from '../../../../scripts/testing/nights.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { newBackupKey } from '../main.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-nights-'))
const places: [string, string] = [join(folder, 'one'), join(folder, 'two')]
let at = new Date('2026-01-01T00:00:00Z')
let server: TestServer

const ask = async (url: string, statement: string) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  for (const place of places) mkdirSync(place)
  const { recipient } = await newBackupKey()
  server = await startTestServer(
    {
      ART32_DATA: join(folder, 'data'),
      ART32_LOG: 'error',
      ART32_BACKUP_RECIPIENTS: recipient,
      ART32_BACKUP_TARGET: places[0],
      ART32_BACKUP_SECOND_TARGET: places[1],
    },
    { clock: { now: () => at } },
  )
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('tells of every failure of its nights, and of nothing else', async () => {
  const { tenant } = await server.registry.open('alpha')
  const { user } = await server.registry.loginOf(tenant.id)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${user}`
  const inTenant = (statement: string) => ask(new URL(url).href, statement)
  await inTenant(fillFacts)
  const result = await liveThrough({
    server,
    places,
    staging: join(folder, 'data', 'backup'),
    setTime: (time) => (at = time),
    administer: (statement) => ask(inject('databaseUrl'), statement),
    inTenant,
    database: user,
    count: 9,
    each: 1,
    drills: false,
  })
  expect(result.injected.filter(({ told }) => !told)).toEqual([])
  expect(result.injected).toHaveLength(6)
  expect(result.unasked).toEqual([])
})
