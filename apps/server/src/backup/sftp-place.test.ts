import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { opensshProgram, startSftpServer } from '../../../../scripts/testing/sftp-server.ts'
import type { TestSftpServer } from '../../../../scripts/testing/sftp-server.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { drillElsewhere, newBackupKey, readConfig } from '../main.ts'
import { connectExternal } from '../platform/index.ts'
import { templatePrefix } from '../platform/postgres/testing/control.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-sftp-'))
const far = join(folder, 'far')
let place: TestSftpServer
let server: TestServer
let from: string
let identity: string

beforeAll(async () => {
  mkdirSync(far)
  place = await startSftpServer(folder)
  const key = await newBackupKey()
  identity = key.identity
  from = `sftp://${place.user}@127.0.0.1:${place.port}/~/far?host-key=SHA256:${place.hostKey}`
  server = await startTestServer({
    ART32_DATA: join(folder, 'home'),
    ART32_LOG: 'error',
    ART32_BACKUP_RECIPIENTS: key.recipient,
    ART32_BACKUP_TARGET: from,
    ART32_BACKUP_KEY_SECRET: place.password,
    ART32_BACKUP_KEEP: '1d,0w,0m',
  })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
})
afterAll(async () => {
  await server.stop()
  await place.close()
  rmSync(folder, { recursive: true, force: true })
})

const sets = () => readdirSync(join(far, server.registry.installationId, 'sets'))
const problems = async () => (await server.backups.state()).runs[0]?.copies.map(({ problem }) => problem)

it('keeps backups, takes away those whose time is over, and a drill restores the newest, also elsewhere', async () => {
  await server.backups.make()
  const [first] = sets()
  await server.backups.make()
  expect(sets()).toHaveLength(1)
  expect(sets()).not.toContain(first)
  expect(await server.backups.drill()).toMatchObject([{ findings: [], databases: 2 }])
  const elsewhere = await drillElsewhere(
    readConfig({ ART32_DATA: join(folder, 'home') }),
    { from, key: { id: null, secret: place.password }, identities: [identity] },
    { postgres: await connectExternal(inject('databaseUrl')), prefix: `t${process.pid}sftp`, templatePrefix },
  )
  expect(elsewhere).toMatchObject({ findings: [], databases: 2 })
})

it('a place that is cut off or full in the middle is told, keeps the older backup, and gets the newer one later', async () => {
  const before = sets()
  place.fail((verb) => (verb === 'RENAME' ? 'cut' : undefined))
  await server.backups.make()
  expect(await problems()).toEqual(['target.away'])
  place.fail((verb) => (verb === 'WRITE' ? { status: 4 } : undefined))
  await server.backups.send()
  expect(await problems()).toEqual(['target.full'])
  expect((await server.backups.state()).alerts.map(({ code }) => code)).toContain('not-sent')
  expect(sets()).toEqual(expect.arrayContaining(before))
  place.fail(null)
  await server.backups.send()
  expect(await problems()).toEqual([null])
  expect(await server.backups.drill()).toMatchObject([{ findings: [] }])
})

it('a place that shows another host key gets nothing', async () => {
  const before = place.written()
  place.changeHostKey()
  // The connection from before may still be there for a moment.
  await expect
    .poll(async () => server.backups.make().then(problems), { timeout: 20_000, interval: 2_500 })
    .toEqual(['target.other_host_key'])
  const seen = place.written()
  await server.backups.send()
  expect([await problems(), place.written()]).toEqual([['target.other_host_key'], seen])
  expect(seen).toBeGreaterThanOrEqual(before)
})

it.skipIf(opensshProgram === undefined)('the SFTP server of OpenSSH keeps backups that a drill restores', async () => {
  const real = await startSftpServer(folder, opensshProgram)
  mkdirSync(join(folder, 'real'))
  const { recipient } = await newBackupKey()
  const one = await startTestServer({
    ART32_DATA: join(folder, 'home-real'),
    ART32_BACKUP_RECIPIENTS: recipient,
    ART32_BACKUP_TARGET: `sftp://${real.user}@127.0.0.1:${real.port}${join(folder, 'real')}?host-key=SHA256:${real.hostKey}`,
    ART32_BACKUP_KEY_SECRET: real.privateKey,
  })
  try {
    await one.backups.make()
    expect(await one.backups.drill()).toMatchObject([{ findings: [], databases: 1 }])
  } finally {
    await one.stop()
    await real.close()
  }
})
