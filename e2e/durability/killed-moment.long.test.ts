import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newBackupKey, readConfig, restoreTo, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { orphansOf } from './doomed.ts'

const doomed = fileURLToPath(new URL('../../scripts/testing/doomed-moment.ts', import.meta.url))

describe.skipIf(process.platform !== 'linux')('a restore to a moment that is killed', () => {
  let home: string
  let place: string
  let identity: string
  let environment: Record<string, string>
  let origins: readonly string[]

  const folderOf = (data: string) => join(home, data)
  const settings = (data: string) => ({ ...environment, ART32_DATA: folderOf(data) })
  const start = (data: string) =>
    startServer(readConfig(settings(data)), { passwordCost: { memoryKiB: 64, passes: 1 } })
  const restore = (data: string) =>
    restoreTo(readConfig(settings(data)), {
      from: place,
      key: { id: null, secret: null },
      identities: [identity],
      to: 'latest',
    })
  const originsOf = async ({ registry }: Server) => {
    return [registry.instance.name, (await registry.open('alpha')).tenant.origin]
  }
  const draftOf = (data: string) => {
    const name = existsSync(folderOf(data))
      ? readdirSync(folderOf(data)).find((one) => one.startsWith('postgres.restoring-'))
      : undefined
    return name === undefined ? null : join(folderOf(data), name)
  }
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')

  /** Runs the task in a process of its own and kills it as soon as it has come so far. @returns whether it had ended by then */
  async function killed(task: 'restore' | 'start', data: string, isReached: () => boolean): Promise<boolean> {
    mkdirSync(folderOf(data), { recursive: true })
    const child = spawn(process.execPath, [doomed, task, place, identity], {
      env: { ...process.env, ...settings(data) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (text) => (said += String(text)))
    const closed = once(child, 'close')
    const hasEnded = () => child.exitCode !== null || said !== ''
    while (!hasEnded() && !isReached()) await sleep(1)
    const isOver = said !== ''
    child.kill('SIGKILL')
    await closed
    return isOver
  }

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-moment-killed-')))
    // PostgreSQL has an account of its own where root runs this.
    chmodSync(home, 0o711)
    place = join(home, 'place')
    mkdirSync(place)
    const pair = await newBackupKey()
    identity = pair.identity
    environment = {
      ART32_PORT: '0',
      ART32_LOG: 'error',
      ART32_MASTER_KEY: randomBytes(32).toString('base64'),
    }
    const server = await startServer(
      readConfig({
        ...settings('data'),
        ART32_BACKUP_RECIPIENTS: pair.recipient,
        ART32_BACKUP_TARGET: place,
        ART32_BACKUP_CONTINUOUS: 'on',
      }),
      { passwordCost: { memoryKiB: 64, passes: 1 } },
    )
    try {
      for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
      await server.backups.continuous?.makeBase()
      origins = await originsOf(server)
    } finally {
      await server.stop()
    }
  }, 120_000)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it.each<[string, (draft: string) => boolean]>([
    ['the log is fetched', (draft) => existsSync(join(draft, 'log'))],
    ['a base is fetched', (draft) => existsSync(join(draft, 'data', 'base'))],
    ['the log is replayed', (draft) => read(join(draft, 'postgres.log')).includes('starting point-in-time recovery')],
    ['the ledgers are computed', (draft) => /\nready\s*\n/.test(read(join(draft, 'data', 'postmaster.pid')))],
  ])(
    'leaves nothing that starts, and the next one is whole: while %s',
    async (name, isReached) => {
      const data = name.replaceAll(' ', '-')
      const isOver = await killed('restore', data, () => {
        const draft = draftOf(data)
        return draft !== null && isReached(draft)
      })
      expect(isOver).toBe(false)
      expect(existsSync(join(folderOf(data), 'postgres', 'data'))).toBe(false)
      // A new installation in its place would be taken for the one that was to come back.
      await expect(start(data)).rejects.toMatchObject({ code: 'postgres.half_restored' })
      expect(existsSync(join(folderOf(data), 'postgres', 'data'))).toBe(false)
      expect(await restore(data)).toMatchObject({ databases: 3, missed: [] })
      expect(draftOf(data)).toBeNull()
      expect(await orphansOf(folderOf(data))).toEqual([])
    },
    120_000,
  )

  it('is whole when it was begun anew, and every ledger goes on under a new name', async () => {
    const server = await start('the-ledgers-are-computed')
    try {
      expect(await originsOf(server)).toEqual(origins.map((origin) => `${origin}/2`))
    } finally {
      await server.stop()
    }
  }, 120_000)

  it('is begun by one alone, and no installation is begun where one is under way', async () => {
    const first = restore('twice')
    for (let tries = 0; draftOf('twice') === null && tries < 10_000; tries++) await sleep(1)
    await expect(start('twice')).rejects.toMatchObject({ code: 'postgres.half_restored' })
    await expect(restore('twice')).rejects.toMatchObject({ code: 'postgres.in_use' })
    expect(await first).toMatchObject({ databases: 3 })
  }, 120_000)

  it('lets every ledger go on once more where the first start after it is killed in the middle', async () => {
    await restore('start')
    const log = join(folderOf('start'), 'signed-heads')
    await killed('start', 'start', () => existsSync(log))
    const server = await start('start')
    try {
      const present = await originsOf(server)
      expect(present.map((origin) => origin.replace(/\/[23]$/, ''))).toEqual(origins)
      expect(await server.registry.restoredAt()).toBeNull()
    } finally {
      await server.stop()
    }
  }, 120_000)
})
