import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newBackupKey, readConfig, restoreTo, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { grow } from '../../scripts/testing/logs.ts'

/** An installation with its own PostgreSQL whose log is kept, destroyed, and put back as it was at a moment. */
describe.skipIf(process.platform !== 'linux')('an installation whose log is kept', () => {
  let home: string
  let place: string
  let identity: string
  let environment: Record<string, string>
  let moment: Date
  let end: Date
  let origins: Map<string, string>
  let installationOrigin: string

  const start = (data: string) =>
    startServer(readConfig({ ...environment, ART32_DATA: join(home, data) }), {
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
  const restored = (data: string, to: Date | 'latest', more: { key?: string; identity?: string } = {}) =>
    restoreTo(
      readConfig({
        ART32_LOG: 'error',
        ART32_DATA: join(home, data),
        ART32_MASTER_KEY: more.key ?? environment['ART32_MASTER_KEY'],
      }),
      { from: place, key: { id: null, secret: null }, identities: [more.identity ?? identity], to },
    )
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => ({ code: 'restored', params: {} as Record<string, unknown> }),
      (error: { code?: string; params?: Record<string, unknown> }) => ({
        code: error.code,
        params: error.params ?? {},
      }),
    )
  const slugs = async ({ registry }: Server) => (await registry.list()).map(({ slug }) => slug).toSorted()
  const originsOf = async ({ registry }: Server) =>
    new Map(
      await Promise.all(
        (await registry.list()).map(async ({ id, slug }) => [slug, (await registry.open(id)).tenant.origin] as const),
      ),
    )
  /** What the first line has; another installation that was put back writes lines of its own. */
  const filesOf = (folder: 'base' | 'log') => {
    const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).toSorted()
    const line = names.find((name) => name.includes('/archive/'))?.split('/')[2]
    return names.filter((name) => name.includes(`/${line}/${folder}/`)).map((name) => join(place, name))
  }
  /** From the first that the base needs. */
  const parts = () => {
    const [manifest] = readFileSync(
      filesOf('base').findLast((name) => name.endsWith('.manifest'))!,
      'utf8',
    ).split('\n')
    const { from } = JSON.parse(manifest!) as { from: string }
    return filesOf('log').filter((name) => name.slice(name.lastIndexOf('/') + 1) >= from)
  }
  const isEmpty = (data: string) =>
    readdirSync(join(home, data)).filter((name) => name.startsWith('postgres')).length === 0

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-moment-')))
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
      ART32_BACKUP_RECIPIENTS: pair.recipient,
      ART32_BACKUP_TARGET: place,
      ART32_BACKUP_CONTINUOUS: 'on',
    }
    const server = await start('data')
    try {
      await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
      await server.backups.continuous?.makeBase()
      await server.backups.continuous?.makeBase()
      await server.registry.create({ name: 'Beta', slug: 'beta', language: 'de' })
      await grow(server, 2)
      origins = await originsOf(server)
      installationOrigin = server.registry.instance.name
      await server.backups.continuous?.keepNow()
      const { rows } = await server.databases.control.query<{ at: Date }>('select clock_timestamp() as at')
      moment = rows[0]!.at
      await sleep(20)
      await server.registry.create({ name: 'Gamma', slug: 'gamma', language: 'de' })
      await server.backups.continuous?.keepNow()
      end = (await server.backups.state()).continuous!.places[0]!.until!
    } finally {
      await server.stop()
    }
    rmSync(join(home, 'data'), { recursive: true })
  }, 120_000)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('comes back as it was then: what was written before is there, what came after is not, and every ledger goes on under a new name', async () => {
    const done = await restored('then', moment)
    expect(done).toMatchObject({ databases: 3, missed: [], at: moment })
    const server = await start('then')
    try {
      expect(await slugs(server)).toEqual(['alpha', 'beta'])
      expect((await originsOf(server)).get('alpha')).toBe(`${origins.get('alpha')}/2`)
      expect(server.registry.instance.name).toBe(`${installationOrigin}/2`)
      // Its log begins a line of its own.
      await server.backups.continuous?.makeBase()
      expect((await server.backups.state()).continuous?.places[0]?.problem).toBeNull()
    } finally {
      await server.stop()
    }
  }, 120_000)

  it('is refused where an installation is', async () => {
    expect(await refusal(restored('then', moment))).toMatchObject({ code: 'backup.not_empty' })
  })

  it('says what is possible where nothing is kept of a time', async () => {
    const before = await refusal(restored('other', new Date(moment.getTime() - 86_400_000)))
    expect(before.code).toBe('backup.point_before')
    expect(Date.parse(String(before.params['earliest']))).toBeLessThan(moment.getTime())
    expect(await refusal(restored('other', new Date(Date.now() + 86_400_000)))).toMatchObject({
      code: 'backup.point_after',
    })
    expect(await refusal(restored('other', new Date(end.getTime() + 60_000)))).not.toMatchObject({ code: 'restored' })
    expect(isEmpty('other')).toBe(true)
  })

  it('opens with no other key', async () => {
    const { identity: other } = await newBackupKey()
    expect(await refusal(restored('other', moment, { identity: other }))).toMatchObject({ code: 'backup.wrong_key' })
    const key = randomBytes(32).toString('base64')
    expect(await refusal(restored('other', moment, { key }))).toMatchObject({ code: 'backup.wrong_master_key' })
    expect(isEmpty('other')).toBe(true)
  })

  it('names the part of the log that is missing, cut off, of another number or made by somebody else', async () => {
    const [first, second, third] = parts()
    const name = /([0-9A-F]{24})/.exec(second ?? '')?.[1]
    const whole = readFileSync(second!)
    renameSync(second!, join(home, 'part'))
    expect(await refusal(restored('other', moment))).toMatchObject({
      code: 'backup.point_part_missing',
      params: { part: name },
    })
    renameSync(join(home, 'part'), second!)
    for (const forged of [whole.subarray(0, -20), readFileSync(first!), readFileSync(third!), Buffer.alloc(500)]) {
      writeFileSync(second!, forged)
      expect(await refusal(restored('other', moment))).toMatchObject({
        code: 'backup.point_part_damaged',
        params: { part: name },
      })
    }
    writeFileSync(second!, whole)
    expect(isEmpty('other')).toBe(true)
  })

  it('takes no base that was cut off, changed or vouched for by somebody else', async () => {
    const wholes = new Map(filesOf('base').map((file) => [file, readFileSync(file)]))
    const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))
    const changed = (bytes: Buffer) => {
      const copy = Buffer.from(bytes)
      copy[Math.floor(bytes.length / 2)]! ^= 1
      return copy
    }
    for (const end of ['.age', '.manifest'])
      for (const harm of [cut, changed]) {
        for (const [file, whole] of wholes) if (file.endsWith(end)) writeFileSync(file, harm(whole))
        expect((await refusal(restored('other', moment))).code).toMatch(/^backup\.(damaged|wrong_master_key)$/)
        for (const [file, whole] of wholes) writeFileSync(file, whole)
      }
    expect(isEmpty('other')).toBe(true)
  }, 120_000)

  it('comes back by an earlier base where the newest is not what was kept, and says so', async () => {
    const newest = filesOf('base').findLast((name) => name.endsWith('.age'))!
    const whole = readFileSync(newest)
    writeFileSync(newest, whole.subarray(0, 1_000))
    const { passedOver, databases } = await restored('earlier', moment)
    writeFileSync(newest, whole)
    expect(databases).toBe(3)
    expect(passedOver.map((base) => newest.includes(base))).toEqual([true])
  }, 120_000)

  it('comes back as it was last, too', async () => {
    await restored('last', 'latest')
    const server = await start('last')
    try {
      // The line of the installation that was put back is the newest.
      expect(await slugs(server)).toEqual(['alpha', 'beta'])
    } finally {
      await server.stop()
    }
  }, 120_000)
})
