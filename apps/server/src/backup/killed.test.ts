import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { readConfig, newBackupKey, restore, startServer } from '../main.ts'
import { connectExternal, openEmptyServer } from '../platform/index.ts'
import { cloneControl, dropInstallation, templatePrefix } from '../platform/postgres/testing/control.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-killed-'))
const place = join(folder, 'place')
const prefix = `k${process.pid}b${Date.now().toString(36)}`
const other = `${prefix}r`
const masterKey = randomBytes(32).toString('base64')
const doomed = fileURLToPath(new URL('../../../../scripts/testing/doomed-backup.ts', import.meta.url))
const passwordCost = { memoryKiB: 64, passes: 1 }
let identity: string
let environment: Record<string, string>
const onServer = async (name: string) => ({
  postgres: await connectExternal(inject('databaseUrl')),
  prefix: name,
  templatePrefix,
})

/** Starts the task in a process of its own, and kills it so long after it began. */
async function killed(task: 'backup' | 'restore', name: string, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [doomed, task, inject('databaseUrl'), name, templatePrefix, place, identity], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  await sleep(afterMs)
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

beforeAll(async () => {
  mkdirSync(place)
  const key = await newBackupKey()
  identity = key.identity
  environment = {
    ART32_DATA: join(folder, 'data'),
    ART32_PORT: '0',
    ART32_LOG: 'error',
    ART32_MASTER_KEY: masterKey,
    ART32_BACKUP_RECIPIENTS: key.recipient,
    ART32_BACKUP_TARGET: place,
  }
  await cloneControl(await connectExternal(inject('databaseUrl')), prefix)
  const server = await startServer(readConfig(environment), { ...(await onServer(prefix)), passwordCost })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.backups.make()
  await server.stop()
})
afterAll(async () => {
  for (const name of [prefix, other]) await dropInstallation(await connectExternal(inject('databaseUrl')), name)
  rmSync(folder, { recursive: true, force: true })
})

const files = (below: string) => readdirSync(below, { recursive: true, encoding: 'utf8' }).toSorted()

it('a kill in the middle of a backup leaves the old one whole, and no half one that is taken for one', async () => {
  for (const afterMs of [60, 400]) {
    await killed('backup', prefix, afterMs)
    expect(files(place).filter((name) => name.endsWith('manifest')).length).toBeGreaterThan(0)
  }
  const server = await startServer(readConfig(environment), { ...(await onServer(prefix)), passwordCost })
  try {
    // Each that has a manifest is restored; what has none is no backup.
    const [result] = await server.backups.drill()
    expect(result?.findings).toEqual([])
    await server.backups.make()
    const { runs } = await server.backups.state()
    expect(runs[0]).toMatchObject({ problem: null, databases: 2 })
    expect(runs.filter(({ ended_at: ended }) => ended === null)).toEqual([])
    expect(files(join(folder, 'data', 'backup')).filter((name) => /\.(age|part)$|manifest$/.test(name))).toEqual([])
  } finally {
    await server.stop()
  }
}, 120_000)

it('a kill in the middle of a restore leaves no installation, and the next one is whole', async () => {
  await dropInstallation(await connectExternal(inject('databaseUrl')), prefix)
  await killed('restore', other, 500)
  const { postgres, ...names } = await onServer(other)
  const there = openEmptyServer(postgres, { controlMigrations: [], tenantMigrations: [], ...names })
  expect(await there.isEmpty()).toBe(true)
  const wish = { from: place, key: { id: null, secret: null }, identities: [identity] }
  const done = await restore(
    readConfig({ ...environment, ART32_DATA: join(folder, 'new') }),
    wish,
    await onServer(other),
  )
  expect(done).toMatchObject({ databases: 2, missed: [] })
}, 120_000)
