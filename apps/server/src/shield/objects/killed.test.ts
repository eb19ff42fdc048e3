import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, inject, it } from 'vitest'
import { startObjectStore } from '../../../../../scripts/testing/object-store.ts'
import { readConfig, startServer } from '../../main.ts'
import { connectExternal } from '../../platform/index.ts'
import * as plans from '../store.ts'
import { startJob } from './job.ts'
import { addStore } from './places.ts'
import * as store from './store.ts'

const program = fileURLToPath(new URL('../../../../../scripts/testing/serve.process.ts', import.meta.url))
const plan = `plan: art32.shield/1\nformat: { kind: csv, delimiter: ',' }\ncolumns: { id: { type: number, do: keep }, mail: { type: email, do: pseudonym, same: document } }\n`
const rows = 260_000
const table = `id,mail\n${Array.from({ length: rows }, (_, n) => `${n},someone@example.com`).join('\n')}\n`

it('a job that is killed in the middle of an object goes on where it was, with the same bytes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'art32-killed-'))
  const postgres = await connectExternal(inject('databaseUrl'))
  const prefix = `k${process.pid}x${Date.now().toString(36)}`
  const bucket = await startObjectStore()
  const start = () =>
    startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
      postgres,
      prefix,
      passwordCost: { memoryKiB: 64, passes: 1 },
      mayBeLocal: () => true,
    })
  try {
    bucket.put('in/a.csv', 'id,mail\n1,someone@example.com\n')
    bucket.put('in/b.csv', table)
    bucket.fail(() => 'silent')
    const first = await start()
    await first.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    const jobId = await first.tenants.asSystem('alpha', async (tx) => {
      const { id: planId } = await plans.savePlan(tx, { name: 'tables', plan, sha256: '0'.repeat(64) })
      const { accessKeyId, secretAccessKey, ...place } = bucket.settings
      const storeId = await addStore(
        tx,
        { name: 'bucket', ...place },
        { key: { accessKeyId, secretAccessKey }, mayBeLocal: true },
      )
      return await startJob(tx, { storeId, planId, input: 'in/', output: 'out/' })
    })
    while (bucket.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    // Also a server that ends in good order leaves the job to the next one.
    await first.stop()

    bucket.fail(({ query }) => (query.get('partNumber') === '2' ? 'silent' : undefined))
    const child = spawn(process.execPath, [program, inject('databaseUrl'), folder, prefix], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const isOver = once(child, 'exit')
    while (!bucket.asked.some((line) => line.includes('partNumber=2')))
      await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGKILL')
    await isOver
    expect(bucket.objects.has('out/a.csv')).toBe(true)
    expect(bucket.objects.has('out/b.csv')).toBe(false)
    expect(bucket.uploads.size).toBe(1)

    bucket.fail(null)
    bucket.asked.length = 0
    const third = await start()
    const job = async () => await third.tenants.asSystem('alpha', async (tx) => await store.findJob(tx, jobId))
    while ((await job())?.state !== 'done') await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await job()).toMatchObject({ done: 2, failed: 0, waiting: 0, report: { objects: 2, records: rows + 1 } })
    // The first part was there, and the first object was done.
    expect(bucket.asked.filter((line) => line.includes('partNumber=1'))).toEqual([])
    expect(bucket.asked.filter((line) => line.startsWith('PUT out/a.csv'))).toEqual([])
    const lines = (bucket.objects.get('out/b.csv')?.bytes.toString() ?? '').trimEnd().split('\n')
    expect(lines).toHaveLength(rows + 1)
    // One document, one pseudonym: parts of two runs would have two.
    expect(new Set(lines.slice(1).map((line) => line.split(',')[1])).size).toBe(1)
    expect([bucket.uploads.size, bucket.mistakes]).toEqual([0, []])
    await third.stop()
  } finally {
    await bucket.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
