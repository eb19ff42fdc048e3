import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishLines } from '../../../../scripts/testing/published-lines.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { mostWaiting } from './ask.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await publishLines(server, 'alpha', 3)
})
afterAll(() => server.stop())

it('keeps no more than can be read of a thousand requests, and answers each', async () => {
  const ask = (n: number) =>
    fetch(`${server.local}/trust/alpha/documents/request`, {
      method: 'POST',
      headers: { origin: server.url },
      body: new URLSearchParams({ name: 'N', organisation: 'O', email: `flood${n}@example.com`, reason: 'R' }),
    })
  const statuses = new Set<number>()
  for (let n = 0; n < 1_000; n += 100)
    for (const { status } of await Promise.all(Array.from({ length: 100 }, (_, k) => ask(n + k)))) statuses.add(status)
  expect([...statuses]).toEqual([200])
  const kept = await server.tenants.asSystem(
    'alpha',
    async ({ sql }) => (await sql.query<{ n: number }>('select count(*)::int as n from disclosure')).rows,
  )
  expect(kept).toEqual([{ n: mostWaiting }])
})

it('takes from one address no more than from any other that changes something', async () => {
  const strict = await startTestServer({}, { limits: { caller: 1_000, token: 1_000, change: 5 } })
  const headers = { origin: strict.url }
  const ask = () =>
    fetch(`${strict.local}/trust/nobody/documents/request`, { method: 'POST', headers, body: new URLSearchParams() })
  const answers = await Promise.all(Array.from({ length: 8 }, ask))
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(3)
  await strict.stop()
})
