import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { reasonOf } from '../engine/reading.ts'
import { installed } from '../testing/programs.ts'
import { backup } from './connector.ts'
import { formOfStart } from './dump.ts'
import { placeOf, serverOf } from './place.ts'
import { parsePrinted } from './snapshot.ts'
import { look, shown } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-backup-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = (...parts: string[]) => join(folder, ...parts)

describe.skipIf(!installed('pgbackrest'))('asking the real pgBackRest (skipped without pgbackrest)', () => {
  it('runs it and understands that there is no stanza', async () => {
    const facts = shown(await look({ kind: 'pgbackrest', repository: '/var/lib/pgbackrest' }))
    expect(facts).toMatchObject({ snapshots: [], encryption: 'not-configured' })
  })
})

describe('looking at a report', () => {
  const report = path('report.json')
  const stanza = (more: object) => ({
    name: 'db1',
    cipher: 'aes-256-cbc',
    status: { code: 0, message: 'ok' },
    backup: [
      {
        label: '20261122-020000F',
        type: 'full',
        error: false,
        timestamp: { start: 1_795_312_800, stop: 1_795_313_400 },
        info: { size: 4000, delta: 10 },
        annotation: { tenant: 't1' },
      },
    ],
    ...more,
  })
  const pgbackrest = (json: unknown) => {
    writeFileSync(report, typeof json === 'string' ? json : JSON.stringify(json))
    return look({ kind: 'pgbackrest', repository: '/srv/pg', report })
  }

  it('sees backups, runs and encryption of pgBackRest', async () => {
    expect(shown(await pgbackrest([stanza({})]))).toMatchObject({
      snapshots: [{ source: 'db1', tenant: 't1', newest: '2026-11-22T02:10:00.000Z' }],
      sizes: [{ bytes: [4000] }],
      jobs: [{ source: 'db1', runs: [{ at: '2026-11-22T02:00:00.000Z', seconds: 600, exit: 0 }] }],
      encryption: { encrypted: true, mode: 'aes-256-cbc' },
      immutability: 'not-configured',
      configuration: 'not-configured',
    })
    expect(shown(await pgbackrest([stanza({}), stanza({ name: 'db2', cipher: 'none' })]))).toMatchObject({
      encryption: { encrypted: false },
    })
  })

  it('says when a stanza could not be read, or the report has another form', async () => {
    expect(shown(await pgbackrest([stanza({ status: { code: 99 } })]))).toMatchObject({ snapshots: 'incomplete' })
    expect(shown(await pgbackrest('ERROR: no'))).toMatchObject({ snapshots: 'contract', encryption: 'contract' })
    expect(shown(await pgbackrest([{ name: 'db1' }]))).toMatchObject({ snapshots: 'contract' })
    expect(shown(await pgbackrest([stanza({ backup: [] })]))).toMatchObject({ snapshots: [], sizes: [] })
  })

  it('reads a restic that tells sizes, and marks what has none', async () => {
    const snapshot = (time: string, more: object = {}) => ({
      id: time,
      time,
      hostname: 'db1',
      paths: ['/data'],
      tags: null,
      ...more,
    })
    const summary = {
      backup_start: '2026-11-22T02:00:00.123456789+01:00',
      backup_end: '2026-11-22T02:10:00.123456789+01:00',
      total_bytes_processed: 77,
    }
    const restic = (...snapshots: object[]) => {
      writeFileSync(report, JSON.stringify(snapshots))
      return look({ kind: 'restic', repository: 's3:https://s3.example.com/bucket', report })
    }
    const newest = '2026-11-22T02:00:00.123456789+01:00'
    expect(shown(await restic(snapshot(newest, { summary }), snapshot('2026-11-21T02:00:00Z')))).toMatchObject({
      snapshots: [{ newest: '2026-11-22T01:00:00.123Z' }],
      sizes: [{ source: 'db1', bytes: [77] }],
      location: 'not-configured',
    })
    expect(shown(await restic(snapshot(newest)))).toMatchObject({ sizes: 'not-configured' })
    const half = await restic(snapshot(newest, { summary }), { ...snapshot(newest), hostname: 'db2' })
    expect(half).toMatchObject({ facts: { sizes: { read: 'ok', complete: false } } })
    expect(shown(await restic(snapshot(newest, { summary: { ...summary, total_bytes_processed: 0 } })))).toMatchObject({
      snapshots: [],
      sizes: [{ bytes: [0] }],
    })
  })

  it('does not take an old report for the present, nor a missing one for no backup', async () => {
    writeFileSync(report, '[]')
    utimesSync(report, new Date('2026-01-01'), new Date('2026-01-01'))
    const settings = { kind: 'pgbackrest', repository: '/srv/pg', report }
    expect(shown(await look(settings))).toMatchObject({ snapshots: 'incomplete', jobs: 'incomplete' })
    expect(shown(await look({ ...settings, report: path('no.json') }))).toMatchObject({ snapshots: 'not-configured' })
  })
})

describe('looking at a folder of dumps', () => {
  const dumps = path('dumps')
  mkdirSync(dumps)
  const entry = (file: string, more: object = {}) => ({
    file,
    database: 'db1',
    startedAt: '2026-11-22T01:00:00Z',
    finishedAt: '2026-11-22T01:01:00Z',
    exit: 0,
    ...more,
  })
  const write = (...entries: object[]) =>
    writeFileSync(join(dumps, 'manifest.jsonl'), entries.map((one) => `${JSON.stringify(one)}\n`).join(''))
  writeFileSync(join(dumps, 'a.age'), 'age-encryption.org/v1\n…')
  writeFileSync(join(dumps, 'b.dump'), 'PGDMP…')
  writeFileSync(join(dumps, 'empty.age'), '')
  const settings = { kind: 'pg_dump', repository: dumps }

  it('believes the files and not the manifest', async () => {
    write(entry('a.age'), entry('gone.age', { database: 'db2' }), entry('empty.age', { database: 'db3' }))
    expect(shown(await look(settings))).toMatchObject({
      snapshots: [{ source: 'db1', tenant: null }],
      sizes: expect.arrayContaining([{ source: 'db3', tenant: null, bytes: [0] }]) as unknown,
      jobs: [{ runs: [{ seconds: 60, exit: 0 }] }, {}, {}],
      encryption: { encrypted: false, mode: 'plain' },
    })
    write(entry('a.age'), entry('b.dump', { exit: 1, startedAt: '2026-11-21T01:00:00Z' }))
    expect(shown(await look(settings))).toMatchObject({
      encryption: { encrypted: true, mode: 'age' },
      jobs: [{ runs: [{ exit: 0 }, { exit: 1 }] }],
    })
    write(entry('b.dump'))
    expect(shown(await look(settings))).toMatchObject({ encryption: { encrypted: false } })
  })

  it('leaves its folder for no file, and says that there is no manifest', async () => {
    write(entry('../../etc/passwd'))
    expect(shown(await look(settings))).toMatchObject({ snapshots: 'contract' })
    expect(shown(await look({ ...settings, repository: folder }))).toMatchObject({ snapshots: 'not-configured' })
  })

  it('knows encrypted files by how they begin', () => {
    const form = (...bytes: number[]) => formOfStart(Buffer.from(bytes))
    expect(form(0x84, 0x5e, 0x03)).toBe('OpenPGP')
    expect(form(0x85, 0x01, 0x0c, 0x03)).toBe('OpenPGP')
    expect(form(0x8c, 0x0d, 0x04)).toBe('OpenPGP')
    expect(form(0xc1, 0xc0, 0x4c, 0x03)).toBe('OpenPGP')
    expect(form(0x1f, 0x8b, 0x08)).toBe('plain')
    expect(form(0x28, 0xb5, 0x2f, 0xfd)).toBe('plain')
    expect(form(0xfd, 0x37, 0x7a, 0x58, 0x5a)).toBe('plain')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => typeof formOfStart(Buffer.from(bytes)) === 'string'),
    )
  })
})

describe('reading the log of runs', () => {
  const jobLog = path('runs.jsonl')
  const settings = { kind: 'pg_dump', repository: path('none'), jobLog }
  const run = { job: 'backup', at: '2026-11-22T01:00:00+01:00', exit: 0, source: 'db1', seconds: 5, bytes: 9 }

  it('sees runs and checks even where the repository cannot be read, and leaves a half line out', async () => {
    const check = { job: 'check', at: '2026-11-20T00:00:00Z', exit: 0 }
    writeFileSync(jobLog, `${JSON.stringify(run)}\n${JSON.stringify(check)}\n{"job":"ba`)
    expect(shown(await look(settings))).toMatchObject({
      snapshots: 'not-configured',
      jobs: [{ source: 'db1', runs: [{ at: '2026-11-22T00:00:00.000Z', seconds: 5, exit: 0 }] }],
      verified: [{ at: '2026-11-20T00:00:00.000Z', exit: 0 }],
    })
  })

  it('says that a line is broken, and that there is no log', async () => {
    for (const broken of ['no json', '{"job":"backup"}', JSON.stringify({ ...run, source: undefined })]) {
      writeFileSync(jobLog, `${broken}\n`)
      expect(shown(await look(settings))).toMatchObject({ jobs: 'contract', verified: 'contract' })
    }
    expect(shown(await look({ ...settings, jobLog: path('no-log') }))).toMatchObject({ jobs: 'not-configured' })
  })
})

describe('telling where a repository lies', () => {
  it.each([
    ['/srv/backup', null],
    ['local:/srv/backup', null],
    ['file:///srv/backup', null],
    ['sftp:backup@nas.example.com:/srv', 'nas.example.com'],
    ['sftp://backup@nas.example.com:2222/srv', 'nas.example.com'],
    ['rest:https://u@backup.example.com:8000/x', 'backup.example.com'],
    ['s3:https://s3.example.com/bucket', 's3.example.com'],
    ['s3:s3.example.com/bucket', 's3.example.com'],
    ['ssh://borg@[2001:db8::1]:22/./repo', '2001:db8::1'],
    ['borg@nas.example.com:repo', 'nas.example.com'],
    ['azure:container:/', 'azure'],
  ])('%s', (repository, expected) => {
    expect(placeOf(repository).host).toBe(expected)
  })

  it('looks behind mounted folders', () => {
    const mounts =
      '/dev/sda1 / ext4 rw 0 0\nnas.example.com:/export /net/nas nfs4 rw 0 0\n//box.example.com/share /net/box cifs rw 0 0\n'
    expect(serverOf(mounts, '/net/nas/repo')).toBe('nas.example.com')
    expect(serverOf(mounts, '/net/box')).toBe('box.example.com')
    expect(serverOf(mounts, '/net/nasty')).toBeNull()
  })

  it('refuses an address that holds a password', () => {
    const settings = { kind: 'restic', repository: 'rest:https://u:secret@backup.example.com', sources: ['a'] }
    expect(backup.settings.safeParse(settings).success).toBe(false)
  })
})

describe('what a program prints', () => {
  it('is understood or refused with a reason that repeats nothing of it, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parsePrinted(backup.facts.snapshots, text)
        } catch (error) {
          expect(reasonOf(error).why).toBe('contract')
        }
      }),
    )
  })
})
