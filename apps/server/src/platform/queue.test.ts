import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { openLog } from './log.ts'
import { openQueue } from './queue.ts'
import type { Queue } from './queue.ts'

let server: TestServer
let queue: Queue
beforeAll(async () => {
  server = await startTestServer()
  queue = await openQueue(
    server.databases.controlUrl,
    openLog(
      'error',
      () => new Date(),
      () => undefined,
    ),
  )
})
afterAll(async () => {
  await queue.stop()
  await server.stop()
})

const add = (name: string, payload: object) => queue.add(name, { id: randomUUID(), payload, startAfter: null })

it("does one tenant's jobs while those of another hang", async () => {
  const begun: string[] = []
  let release = () => {}
  const hang = new Promise<void>((resolve) => (release = resolve))
  await queue.work<{ tenantId: string }>('test.fair', { expireSeconds: 30, atOnce: 4 }, async ({ tenantId }) => {
    begun.push(tenantId)
    if (tenantId === 'slow') await hang
  })
  for (let n = 0; n < 6; n++) await add('test.fair', { tenantId: 'slow' })
  await vi.waitFor(() => expect(begun).toEqual(['slow', 'slow']), { timeout: 5_000 })
  await add('test.fair', { tenantId: 'quick' })
  await vi.waitFor(() => expect(begun).toContain('quick'), { timeout: 5_000 })
  expect(begun.filter((tenant) => tenant === 'slow')).toHaveLength(2)
  release()
  await vi.waitFor(() => expect(begun).toHaveLength(7), { timeout: 8_000 })
})

it('tries a job again that failed, and one that was added twice only once', async () => {
  let tries = 0
  await queue.work('test.again', { expireSeconds: 30 }, async () => {
    tries += 1
    if (tries === 1) throw new Error('not yet')
  })
  const job = { id: randomUUID(), payload: {}, startAfter: null }
  await queue.add('test.again', job)
  await queue.add('test.again', job)
  await vi.waitFor(() => expect(tries).toBe(2), { timeout: 8_000 })
})
