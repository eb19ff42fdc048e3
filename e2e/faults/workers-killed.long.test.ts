import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openLog } from '../../apps/server/src/platform/log.ts'
import { openQueue } from '../../apps/server/src/platform/queue.ts'
import type { Queue } from '../../apps/server/src/platform/queue.ts'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { rounds, tried } from './tried.ts'

const jobs = rounds(12, 1_000)
const kills = rounds(2, 30)
const workers = rounds(1, 3)
const program = fileURLToPath(new URL('worker.process.ts', import.meta.url))

describe('workers that are killed in the middle of their jobs', () => {
  let server: TestServer
  let queue: Queue
  let effects: Client
  const running = new Set<ChildProcess>()
  beforeAll(async () => {
    server = await startTestServer()
    const log = openLog(
      'error',
      () => new Date(),
      () => undefined,
    )
    queue = await openQueue(server.databases.controlUrl, log)
    effects = new Client({ connectionString: inject('databaseUrl') })
    await effects.connect()
    await effects.query('create table effect_of_job (id uuid, at timestamptz default now(), begun boolean not null)')
    await effects.query('create unique index on effect_of_job (id) where not begun')
  }, 120_000)
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await queue.stop()
    await effects.query('drop table effect_of_job')
    await effects.end()
    await server.stop()
  })

  function start(): ChildProcess {
    const child = fork(program, [server.databases.controlUrl, inject('databaseUrl')], { silent: true })
    running.add(child)
    child.once('exit', () => running.delete(child))
    return child
  }

  it('leave no job undone and none with two effects', { timeout: 900_000 }, async (context) => {
    // The queue is made by whoever works on it.
    await once(start(), 'message')
    const ids = Array.from({ length: jobs }, () => randomUUID())
    for (const id of ids) await queue.add('test.killed', { id, payload: { id }, startAfter: null })
    for (let n = 1; n < workers; n++) start()
    for (let n = 0; n < kills; n++) {
      const before = await count('begun')
      await expect.poll(() => count('begun'), { timeout: 60_000, interval: 20 }).toBeGreaterThan(before)
      const [victim] = running
      victim?.kill('SIGKILL')
      await sleep(Math.random() * 100)
      start()
      if ((await count('not begun')) === jobs) break
    }
    await expect.poll(() => count('not begun'), { timeout: 600_000, interval: 200 }).toBe(jobs)
    const { rows } = await effects.query<{ id: string }>('select id from effect_of_job where not begun')
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    // Some were begun more than once: a kill met them.
    expect(await count('begun')).toBeGreaterThan(jobs)
    tried(context, jobs)
  })

  async function count(which: 'begun' | 'not begun'): Promise<number> {
    const { rows } = await effects.query<{ n: number }>(`select count(*)::int as n from effect_of_job where ${which}`)
    return rows[0]?.n ?? 0
  }
})
