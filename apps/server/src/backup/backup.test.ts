import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grow } from '../../../../scripts/testing/logs.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { age } from '../platform/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-'))
let server: TestServer
let place: string
const target = join(folder, 'target')

beforeAll(async () => {
  const identity = await age.newIdentity()
  mkdirSync(target)
  server = await startTestServer({
    ART32_DATA: join(folder, 'home'),
    ART32_BACKUP_RECIPIENTS: await age.recipientOf(identity),
    ART32_BACKUP_TARGET: target,
  })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.registry.create({ name: 'Beta', slug: 'beta', language: 'de' })
  await grow(server, 3)
  place = join(target, server.registry.installationId, 'sets')
  await server.backups.make()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const files = (below: string) =>
  readdirSync(below, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const newest = () => join(place, readdirSync(place).toSorted().at(-1) ?? '')

describe('a backup', () => {
  it('has a file of each database, the keys, and a signed manifest, and nothing half', async () => {
    const names = files(newest()).map((path) => path.slice(newest().length + 1))
    expect(names.filter((name) => name.startsWith('tenant-'))).toHaveLength(2)
    expect(names).toEqual(expect.arrayContaining(['control.age', 'manifest']))
    expect(files(target).filter((path) => path.endsWith('.part'))).toEqual([])
    const { runs, alerts } = await server.backups.state()
    expect(runs).toMatchObject([{ problem: null, databases: 3, missed: 0 }])
    expect(alerts).toEqual([{ code: 'one-place', tenant: null, place: null }])
  })

  it('is restored by a drill, which reads every row and the ledgers back', async () => {
    const [result] = await server.backups.drill()
    expect(result).toMatchObject({ findings: [], databases: 3 })
    expect(result?.rows).toBeGreaterThan(10)
    const { drills, runs } = await server.backups.state()
    expect(drills[0]).toMatchObject({ passed: true, rows: runs[0]?.rows })
  })

  it('says nothing in the clear of who is in it', () => {
    const all = Buffer.concat(files(target).map((path) => readFileSync(path))).toString('latin1')
    for (const word of ['Alpha', 'alpha', 'Beta', 'AGE-SECRET']) expect(all).not.toContain(word)
  })
})

describe('a drill notices', () => {
  const cases: [string, (path: string) => void, (name: string) => boolean, string][] = [
    [
      'a file that was cut off',
      (path) => writeFileSync(path, readFileSync(path).subarray(0, -100)),
      (name) => name.startsWith('tenant-'),
      'opens-not',
    ],
    [
      'a byte that was changed',
      (path) => {
        const bytes = readFileSync(path)
        bytes[bytes.length - 50]! ^= 1
        writeFileSync(path, bytes)
      },
      (name) => name.startsWith('tenant-'),
      'opens-not',
    ],
    ['a file that is gone', (path) => rmSync(path), (name) => name.startsWith('tenant-'), 'target.missing'],
    [
      'a manifest that somebody wrote anew',
      (path) => writeFileSync(path, readFileSync(path, 'utf8').replace('"missed":[]', '"missed":[] ')),
      (name) => name === 'manifest',
      'not-signed',
    ],
    [
      'a file in the place of another',
      (path) => writeFileSync(path, ''),
      (name) => name === 'control.age',
      'opens-not',
    ],
  ]
  it.each(cases)('%s', async (_, harm, which, code) => {
    const path = files(newest()).find((one) => which(one.slice(newest().length + 1))) ?? ''
    const whole = readFileSync(path)
    harm(path)
    const [result] = await server.backups.drill()
    writeFileSync(path, whole)
    expect(result?.findings.map((finding) => finding.code)).toEqual([code])
    expect((await server.backups.state()).alerts.map((alert) => alert.code)).toContain('drill-failed')
  })
})
