import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../../scripts/testing/server.ts'
import { newBackupKey } from '../../main.ts'
import { openStaging } from '../../platform/index.ts'
import { setNameOf } from '../manifest.ts'
import { logUntil, noteLogEnd, noteLogGoesOn } from './ended.ts'
import { baseFile, partFile } from './names.ts'

/** The parts of a log that was written until it was switched off, in two folders. */
describe('the log of the database after it was switched off', () => {
  const home = mkdtempSync(join(tmpdir(), 'art32-log-ended-'))
  const places = [join(home, 'one'), join(home, 'two')] as const
  const stagingFolder = join(home, 'data', 'backup')
  const day = (n: number, hour = 0) => new Date(Date.UTC(2026, 0, 1 + n, hour))
  const part = (number: number) => `0000000100000000000000${number.toString(16).toUpperCase().padStart(2, '0')}`
  let at = day(10)
  let server: TestServer
  let installation: string

  beforeAll(async () => {
    for (const place of places) mkdirSync(place)
    const { recipient } = await newBackupKey()
    server = await startTestServer(
      {
        ART32_DATA: join(home, 'data'),
        ART32_BACKUP_RECIPIENTS: recipient,
        ART32_BACKUP_TARGET: places[0],
        ART32_BACKUP_SECOND_TARGET: places[1],
        ART32_BACKUP_KEEP: '7d,1w,1m',
      },
      { clock: { now: () => at } },
    )
    installation = server.registry.installationId
  })
  afterAll(async () => {
    await server.stop()
    rmSync(home, { recursive: true, force: true })
  })

  const put = (place: string, name: string, of = installation) => {
    const path = join(place, of, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, 'sealed')
  }
  /** A line with a base and a part on each of the days from one to another. */
  const putLine = (place: string, from: number, to: number, of?: string) => {
    const line = setNameOf(day(from))
    for (let n = from; n <= to; n++) {
      const base = setNameOf(day(n, 1))
      for (const what of ['age', 'manifest'] as const) put(place, baseFile(line, base, what), of)
      put(place, partFile(line, part(n), day(n, 2)), of)
    }
    return line
  }
  const filesIn = (place: string, of = installation) =>
    existsSync(join(place, of))
      ? readdirSync(join(place, of), { recursive: true, encoding: 'utf8' }).filter(
          (name) => name.startsWith('archive') && /\.(age|manifest|part)$/.test(name),
        )
      : []
  const noteEnd = () =>
    noteLogEnd(server.databases.control, openStaging(stagingFolder), { places: 2, days: 7, now: at })
  const switchedOff = async () => {
    put(home, 'archive/line', join('data', 'backup'))
    await noteEnd()
  }
  const ended = async () => (await server.backups.state()).logEnds
  const alerts = async () => (await server.backups.state()).alerts.filter(({ code }) => code === 'log-not-gone')
  const leaves = async () => {
    const { rows } = await server.databases.control.query<{ n: number }>(
      `select count(*)::int as n from log_pending where event ->> 'type' = 'backup.deleted'
       union all select count(*)::int from log_entry where type = 'backup.deleted'`,
    )
    return rows.reduce((sum, { n }) => sum + n, 0)
  }

  beforeEach(async () => {
    at = day(10, 3)
    await noteLogGoesOn(server.databases.control)
    for (const place of places) rmSync(join(place, installation), { recursive: true, force: true })
  })

  it('goes day by day, and all of it when its last moment is older than the days that are kept', async () => {
    for (const place of places) putLine(place, 1, 10)
    await switchedOff()
    expect(existsSync(join(stagingFolder, 'archive', 'line'))).toBe(false)
    const before = await leaves()
    await server.backups.send()
    // The bases behind the one that the first of the seven days needs.
    expect(filesIn(places[0]).filter((name) => name.endsWith('.manifest'))).toHaveLength(8)
    expect(await ended()).toMatchObject([
      { place: 1, ended_at: day(10, 3), due_at: day(17, 2), gone_at: null },
      { place: 2, due_at: day(17, 2), gone_at: null },
    ])
    expect(await logUntil(server.databases.control, at)).toEqual(day(18, 2))
    at = day(17, 1)
    await server.backups.send()
    expect(filesIn(places[0]).length).toBeGreaterThan(0)
    at = day(17, 3)
    await server.backups.send()
    for (const place of places) expect(existsSync(join(place, installation, 'archive'))).toBe(false)
    expect(await ended()).toMatchObject([{ gone_at: at, problem: null }, { gone_at: at }])
    expect(await logUntil(server.databases.control, at)).toBeNull()
    // What was over at each look that found something, in each place.
    expect((await leaves()) - before).toBe(6)
    await server.backups.send()
    expect((await leaves()) - before).toBe(6)
  })

  it('is found in a place also where this machine never wrote it, and a half sent file goes with it', async () => {
    const line = putLine(places[0], 1, 3)
    put(places[0], `${baseFile(line, setNameOf(day(4)), 'age')}.part`)
    await server.backups.make()
    expect(filesIn(places[0])).toEqual([])
    expect(await ended()).toMatchObject([{ place: 1, gone_at: at }])
  })

  it('leaves what another installation has in the same place, and what no log is', async () => {
    putLine(places[0], 1, 2)
    putLine(places[0], 1, 2, 'bbbbbbbbbbbb')
    put(places[0], 'archive/README')
    const others = filesIn(places[0], 'bbbbbbbbbbbb')
    await server.backups.make()
    expect(filesIn(places[0])).toEqual([])
    expect(filesIn(places[0], 'bbbbbbbbbbbb')).toEqual(others)
    expect(existsSync(join(places[0], installation, 'archive', 'README'))).toBe(true)
    expect(readdirSync(join(places[0], installation))).toContain('sets')
  })

  it('leaves a line to which somebody still adds, and says so', async () => {
    putLine(places[0], 1, 2)
    const line = putLine(places[0], 3, 10)
    await switchedOff()
    put(places[0], partFile(line, part(11), day(11)))
    at = day(30)
    await server.backups.send()
    expect(filesIn(places[0]).every((name) => name.includes(line))).toBe(true)
    expect(filesIn(places[0])).toHaveLength(25)
    expect(await ended()).toMatchObject([{ gone_at: null, problem: 'log-goes-on' }, { gone_at: at }])
    expect(await alerts()).toEqual([{ code: 'log-not-gone', tenant: null, place: 1 }])
  })

  it('is tried again in a place that is away, told when it is late, and gone when the place is back', async () => {
    for (const place of places) putLine(place, 8, 10)
    await switchedOff()
    renameSync(places[1], `${places[1]} away`)
    at = day(18)
    await server.backups.send()
    expect(filesIn(places[0])).toEqual([])
    expect(await ended()).toMatchObject([{ gone_at: at }, { gone_at: null, problem: 'target.no_folder' }])
    expect(await alerts()).toEqual([])
    at = day(20)
    expect(await alerts()).toEqual([{ code: 'log-not-gone', tenant: null, place: 2 }])
    expect(await logUntil(server.databases.control, at)).toBe('overdue')
    renameSync(`${places[1]} away`, places[1])
    await server.backups.send()
    expect(filesIn(places[1])).toEqual([])
    expect(await alerts()).toEqual([])
  })

  it('goes on after a kill in the middle, and one that was noted twice is noted once', async () => {
    putLine(places[0], 1, 3)
    await switchedOff()
    const [first] = await ended()
    // As after a kill between the note in the database and the end of the one on the disk.
    at = day(12)
    put(home, 'archive/line', join('data', 'backup'))
    await noteEnd()
    expect((await ended())[0]).toEqual(first)
    // As after a kill in the middle of the removal: manifests went first.
    for (const name of filesIn(places[0]).filter((one) => one.endsWith('.manifest')))
      rmSync(join(places[0], installation, name))
    await server.backups.send()
    expect(filesIn(places[0])).toEqual([])
    expect((await ended())[0]).toMatchObject({ gone_at: at })
  })

  it('keeps what waited here for a place until each was asked, and not longer', async () => {
    const line = putLine(places[0], 8, 10)
    put(home, partFile(line, part(11), day(10, 3)), join('data', 'backup'))
    put(places[0], `${partFile(line, part(11), day(10, 3))}.part`)
    await switchedOff()
    renameSync(places[1], `${places[1]} away`)
    await server.backups.send()
    expect(filesIn(places[0]).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(existsSync(join(stagingFolder, partFile(line, part(11), day(10, 3))))).toBe(true)
    renameSync(`${places[1]} away`, places[1])
    await server.backups.send()
    expect(existsSync(join(stagingFolder, 'archive', line))).toBe(false)
  })

  it('is kept again where it is switched on again', async () => {
    putLine(places[0], 1, 10)
    await switchedOff()
    await noteLogGoesOn(server.databases.control)
    expect(await ended()).toEqual([])
    expect(await logUntil(server.databases.control, at)).toBeNull()
  })
})
