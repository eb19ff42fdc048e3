import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { grow, instanceLog, tenantLog } from '../../../../scripts/testing/logs.ts'
import { quiet } from '../../../../scripts/testing/quiet.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { readConfig, restore } from '../main.ts'
import type { RestoreWish } from '../main.ts'
import { age, connectExternal, openEmptyServer } from '../platform/index.ts'
import { openCopyOut } from '../platform/postgres/copy.ts'
import { inDatabase } from '../platform/postgres/layout.ts'
import { dropInstallation, templatePrefix } from '../platform/postgres/testing/control.ts'
import { tallying } from './archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-restore-'))
const place = join(folder, 'place')
const masterKey = randomBytes(32).toString('base64')
const prefix = `t${process.pid}restored`
let identity: string
let wish: RestoreWish
let before: Hashes
let databaseNames: string[]
let logs: { origin: string; size: number }[]

type Hashes = Readonly<Record<string, string>>

/**
 * Every row of every table, but for what no backup holds. In an order of their own: a restore gives each tenant its backup
 * key back, and PostgreSQL moves a row that is changed.
 */
async function hashesOf(database: string): Promise<Hashes> {
  const server = await connectExternal(inject('databaseUrl'))
  const copy = await openCopyOut(server.url(database), inDatabase(database))
  const withheld = ['backup_key', 'drill_key', 'restored_at']
  try {
    const hashes: Record<string, string> = {}
    for (const { name, columns } of copy.tables) {
      // What the backup itself notes while it runs is not in it; a summary is counted when there is time for it.
      if (name.startsWith('backup_') || name === 'tenant_summary') continue
      const tally = tallying()
      const shown = columns.filter((column) => !withheld.includes(column))
      const rows = (await buffer(copy.rows({ name, columns: shown }))).toString('latin1')
      tally.add(Buffer.from(rows.split('\n').toSorted().join('\n'), 'latin1'))
      hashes[name] = JSON.stringify(tally.end())
    }
    return hashes
  } finally {
    await copy.end()
  }
}

const environment = () => ({ ART32_MASTER_KEY: masterKey })
const configOf = (data: string, key = masterKey) =>
  readConfig({ ART32_DATA: data, ART32_LOG: 'error', ART32_MASTER_KEY: key })
const onServer = async (names = { prefix }) => ({
  postgres: await connectExternal(inject('databaseUrl')),
  templatePrefix,
  ...names,
})

beforeAll(async () => {
  mkdirSync(place)
  identity = await age.newIdentity()
  wish = { from: place, key: { id: null, secret: null }, identities: [identity] }
  const first = await startTestServer({
    ...environment(),
    ART32_DATA: join(folder, 'home'),
    ART32_BACKUP_RECIPIENTS: await age.recipientOf(identity),
    ART32_BACKUP_TARGET: place,
  })
  await first.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await first.registry.create({ name: 'Beta', slug: 'beta', language: 'de' })
  await first.addPerson('owner@example.com', 'alpha', 'owner')
  await grow(first, 3)
  await quiet(first)
  logs = [await instanceLog(first), await tenantLog(first)]
  const { rows } = await first.databases.control.query<{ name: string }>('select current_database() as name')
  databaseNames = [rows[0]?.name ?? '', ...(await first.registry.survey()).databases]
  before = await hashesOf(databaseNames[1] ?? '')
  // Before: afterwards its ledger has an entry on the backup.
  const control = await hashesOf(databaseNames[0] ?? '')
  await first.backups.make()
  before = {
    ...before,
    ...Object.fromEntries(Object.entries(control).map(([name, hash]) => [`control.${name}`, hash])),
  }
  await first.stop()
})
afterAll(async () => {
  await dropInstallation(await connectExternal(inject('databaseUrl')), prefix)
  rmSync(folder, { recursive: true, force: true })
})

const files = () =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const refusal = async (work: Promise<unknown>) =>
  await work.then(
    () => 'restored',
    (error: { code?: string; params?: { problem?: string } }) => `${error.code} ${error.params?.problem ?? ''}`.trim(),
  )

describe('a restore refuses, and leaves nothing in use', () => {
  it('another key, another master key, and a place without backups', async () => {
    const other = await age.newIdentity()
    const config = configOf(join(folder, 'refused'))
    expect(await refusal(restore(config, { ...wish, identities: [other] }, await onServer()))).toBe('backup.wrong_key')
    const wrong = configOf(join(folder, 'refused'), randomBytes(32).toString('base64'))
    expect(await refusal(restore(wrong, wish, await onServer()))).toBe('backup.wrong_master_key')
    expect(await refusal(restore(config, { ...wish, from: folder }, await onServer()))).toBe('backup.none')
    const without = readConfig({ ART32_DATA: join(folder, 'no-key') })
    expect(await refusal(restore(without, wish, await onServer()))).toBe('backup.no_master_key')
  })

  it.each([
    ['the last tenant cut off', /tenant-.*age$/, (bytes: Buffer) => bytes.subarray(0, -70_000), 'backup.damaged'],
    [
      'one byte of a tenant changed',
      /tenant-.*age$/,
      (bytes: Buffer) => bytes.fill(bytes[900]! ^ 1, 900, 901),
      'backup.damaged',
    ],
    ['the control database of nothing', /control\.age$/, () => Buffer.alloc(0), 'backup.damaged'],
    ['keys of nothing', /keys\//, () => Buffer.alloc(0), 'backup.damaged'],
    [
      'a manifest that lists another hash',
      /manifest$/,
      (bytes: Buffer) => Buffer.from(bytes.toString('utf8').replace(/"sha256":"./, '"sha256":"x')),
      'backup.damaged manifest-unreadable',
    ],
  ])('%s', async (_, which, harm, code) => {
    for (const path of files().filter((one) => which.test(one))) {
      const whole = readFileSync(path)
      writeFileSync(path, harm(Buffer.from(whole)))
      const said = await refusal(restore(configOf(join(folder, 'refused')), wish, await onServer()))
      writeFileSync(path, whole)
      expect(said).toContain(code)
      break
    }
    const { postgres, ...names } = await onServer()
    const there = openEmptyServer(postgres, { controlMigrations: [], tenantMigrations: [], ...names })
    expect(await there.isEmpty()).toBe(true)
  })
})

describe('a whole restore on an empty machine', () => {
  it('has equal hashes everywhere, and every ledger goes on under a new name', async () => {
    const data = join(folder, 'data')
    const done = await restore(configOf(data), wish, await onServer())
    expect(done).toMatchObject({ databases: 3, missed: [] })
    const control = await hashesOf(`${prefix}_control`)
    const tenant = await hashesOf(databaseNames[1] ?? '')
    expect({
      ...tenant,
      ...Object.fromEntries(Object.entries(control).map(([name, hash]) => [`control.${name}`, hash])),
    }).toEqual(before)

    const server = await startTestServer({ ...environment(), ART32_DATA: data }, { prefix })
    try {
      const owner = await server.signIn('owner@example.com')
      expect((await owner.get('/api/tenants/alpha/ledger/show')).status).toBe(200)
      const [instance, alpha] = [await instanceLog(server), await tenantLog(server)]
      expect([instance.origin, alpha.origin]).toEqual(logs.map(({ origin }) => `${origin}/2`))
      expect(alpha.earlier.map(({ origin, size }) => [origin, Number(size)])).toEqual([
        [logs[1]?.origin, logs[1]?.size],
      ])
      expect(await server.registry.restoredAt()).toBeNull()
    } finally {
      await server.stop()
    }
  })

  it('is refused where an installation is', async () => {
    expect(await refusal(restore(configOf(join(folder, 'data')), wish, await onServer()))).toBe('backup.not_empty')
  })
})
