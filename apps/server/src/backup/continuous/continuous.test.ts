import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomBytes } from 'node:crypto'
import { age, startPostgres, withClient } from '../../platform/index.ts'
import type { RunningPostgres } from '../../platform/index.ts'
import type { Continuous, ContinuousOptions } from './continuous.ts'
import { linesOf } from './names.ts'
import { openLogOf } from '../../../../../scripts/testing/log-of.ts'

/** A cluster, and its log in two places. */
describe.skipIf(process.platform !== 'linux')('the log of the database', () => {
  let home: string
  let postgres: RunningPostgres
  let recipient: string
  const master = randomBytes(32)
  const places = ['first', 'second'] as const

  const opened = (more: Partial<ContinuousOptions> = {}): Continuous =>
    openLogOf(postgres, { home, recipient, master }, more)
  const filesOf = (place: string) =>
    readdirSync(join(home, place), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(age|manifest)$/.test(name),
    )
  const lineNames = (place: string) => linesOf(filesOf(place)).map(({ name }) => name)
  const write = () => withClient(postgres.url('postgres'), (client) => client.query('create table if not exists t ()'))

  beforeAll(async () => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-log-')))
    for (const place of places) mkdirSync(join(home, place))
    recipient = await age.recipientOf(await age.newIdentity())
    postgres = await startPostgres({ folder: join(home, "it's a 100% folder"), durable: false, archives: true })
  })
  afterAll(async () => {
    await postgres.stop()
    rmSync(home, { recursive: true, force: true })
  })

  it('lies in both places with a base, nothing of it in the clear, and nothing waits here', async () => {
    const log = opened()
    await write()
    await log.makeBase()
    const { places: seen, waiting, gapAt } = await log.state()
    expect(waiting).toBe(0)
    expect(gapAt).toBeNull()
    for (const { from, until, problem } of seen) {
      expect(problem).toBeNull()
      expect(until!.getTime()).toBeGreaterThan(from!.getTime())
    }
    expect(filesOf('first').toSorted()).toEqual(filesOf('second').toSorted())
    expect(filesOf('first').filter((name) => name.endsWith('.manifest'))).toHaveLength(1)
    expect(filesOf('staging')).toEqual([])
    await log.stop()
  })

  it('goes on in the same line after a restart of both, without a gap', async () => {
    const [line] = lineNames('first')
    await postgres.stop()
    postgres = await startPostgres({ folder: join(home, "it's a 100% folder"), durable: false, archives: true })
    const log = opened()
    await write()
    await log.keepNow()
    expect(lineNames('first')).toEqual([line])
    const [kept] = linesOf(filesOf('first'))
    const parts = [...(kept?.parts.keys() ?? [])].toSorted()
    expect(parts.map((name) => Number.parseInt(name.slice(8), 16))).toEqual(
      parts.map((_, index) => Number.parseInt(parts[0]!.slice(8), 16) + index),
    )
    await log.stop()
  })

  it('waits for a place that is away, tells of it, and catches up; the other place has all meanwhile', async () => {
    const log = opened()
    await log.keepNow()
    renameSync(join(home, 'second'), join(home, 'away'))
    for (let times = 0; times < 3; times++) await log.keepNow()
    const behind = await log.state()
    expect(behind.places.map(({ problem }) => problem)).toEqual([null, 'target.no_folder'])
    expect(behind.waiting).toBeGreaterThan(0)
    renameSync(join(home, 'away'), join(home, 'second'))
    await log.keepNow()
    const { places: seen, waiting, gapAt } = await log.state()
    expect({ waiting, gapAt, problems: seen.map(({ problem }) => problem) }).toEqual({
      waiting: 0,
      gapAt: null,
      problems: [null, null],
    })
    expect(filesOf('first').toSorted()).toEqual(filesOf('second').toSorted())
    await log.stop()
  })

  it('lets go of what waits beyond the limit, says that there is a gap, and begins anew with a base', async () => {
    const [line] = lineNames('first')
    for (const place of places) renameSync(join(home, place), join(home, `${place} away`))
    const log = opened({ limit: 100 })
    await write()
    await log.keepNow()
    expect((await log.state()).gapAt).not.toBeNull()
    expect(postgres.archive && (await postgres.archive.spooled())).toEqual([])
    for (const place of places) renameSync(join(home, `${place} away`), join(home, place))
    await log.makeBase()
    expect(lineNames('first')).toEqual([line, expect.any(String)])
    expect((await log.state()).places.every(({ until }) => until !== null)).toBe(true)
    await log.stop()
  })

  it('begins a new line where the data folder was put back as it was before', async () => {
    const before = lineNames('first')
    const log = opened()
    await log.keepNow()
    await log.stop()
    await postgres.stop()
    const folder = join(home, "it's a 100% folder")
    // With its owners.
    execFileSync('cp', ['-a', folder, join(home, 'copy')])
    execFileSync('cp', ['-a', join(home, 'staging'), join(home, 'staging copy')])
    postgres = await startPostgres({ folder, durable: false, archives: true })
    const gone = opened()
    for (let times = 0; times < 3; times++) await gone.keepNow()
    await gone.stop()
    await postgres.stop()
    for (const [from, to] of [
      [join(home, 'copy'), folder],
      [join(home, 'staging copy'), join(home, 'staging')],
    ] as const) {
      rmSync(to, { recursive: true })
      renameSync(from, to)
    }
    postgres = await startPostgres({ folder, durable: false, archives: true })
    const again = opened()
    await again.keepNow()
    expect(lineNames('first')).toHaveLength(before.length + 1)
    await again.stop()
  })
})
