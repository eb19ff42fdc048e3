import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mainFile } from './testing/child.ts'
import { openDrillPlace, shopDump, type DrillPlace } from './testing/drill.ts'

let place: DrillPlace
beforeAll(async () => {
  place = await openDrillPlace()
})
afterAll(() => place.stop())

const dumpOf = (content: string) => ({ backup: { kind: 'postgres-dump', path: place.write('shop.sql', content) } })

describe('a hostile dump', () => {
  it.each([
    [
      'starts no program of psql',
      () => `\\! touch ${place.path('touched')}`,
      'asks for a command of psql, which is never run: line 20: \\!',
    ],
    ['sends no rows to a program of psql', () => `SELECT 1 \\g |touch ${place.path('touched')}`, 'which is never run'],
    [
      'starts no program of the server',
      () => `COPY shop.orders TO PROGRAM 'touch ${place.path('touched')}';`,
      'SQLSTATE 42501',
    ],
    [
      'reads no program of the server',
      () => `COPY shop.orders FROM PROGRAM 'touch ${place.path('touched')}';`,
      'SQLSTATE 42501',
    ],
    ['writes no file of the server', () => `COPY shop.orders TO '${place.path('touched')}';`, 'SQLSTATE 42501'],
    ['reads no file of the server', () => `SELECT pg_read_file('/etc/passwd');`, 'SQLSTATE 42501'],
    ['becomes no administrator', () => "SELECT set_config('role', 'postgres', false);", 'SQLSTATE'],
    ['makes no role', () => 'CREATE ROLE thief SUPERUSER LOGIN;', 'SQLSTATE 42501'],
    ['makes no database', () => 'CREATE DATABASE thief;', 'SQLSTATE 42501'],
    [
      'changes no setting of the server',
      () => `ALTER SYSTEM SET archive_command = 'touch ${place.path('touched')}';`,
      'SQLSTATE 42501',
    ],
    ['loads no code', () => `LOAD '${place.path('touched')}';`, 'SQLSTATE 42501'],
    ['gets no rows that it did not bring', () => 'COPY shop.orders FROM stdin \n(FORMAT text);\n', 'ends too early'],
  ] as [string, () => string, string][])('%s', async (_what, statement, says) => {
    const { exit, out } = await place.run(dumpOf(shopDump(statement())))
    expect(existsSync(place.path('touched'))).toBe(false)
    expect([exit, out.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringContaining(says)])
    expect(await place.query(`select 1 from pg_roles where rolname = 'thief'`)).toEqual([])
    expect(await place.left()).toEqual([])
  })

  it('that gives rows without end takes no memory of the drill', async () => {
    const rows = 'SELECT repeat(md5(n::text), 8) FROM generate_series(1, 200000) n;'
    const before = process.memoryUsage().heapUsed
    expect((await place.run(dumpOf(shopDump(rows)))).exit).toBe(0)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(120_000_000)
  })

  it('that sets what later questions run by does not answer them', async () => {
    const more = `CREATE FUNCTION shop.count(text) RETURNS bigint LANGUAGE sql AS 'select 99::bigint';
      ALTER ROLE CURRENT_USER SET search_path = shop, pg_catalog;`
    const change = { ...dumpOf(shopDump(more)), expect: { tables: [{ table: 'shop.orders', rows: 3 }] } }
    expect((await place.run(change)).out).toContain('found 2 rows')
  })
})

describe('a hostile plan', () => {
  const touch = () => `$(touch ${place.path('touched')})`
  it.each([
    ['a table that is SQL', () => ({ tables: [{ table: 'shop.orders"; drop table orders; --' }] })],
    [
      'a column that is SQL',
      () => ({ newest: [{ table: 'shop.orders', column: 'id) from shop.orders; --', atMost: 'P1D' }] }),
    ],
    [
      'a query that is two',
      () => ({ queries: [{ name: 'two', query: 'select 1; drop table shop.orders', equals: 1 }] }),
    ],
    [
      'a query that writes',
      () => ({ queries: [{ name: 'writes', query: 'delete from shop.orders returning 1', equals: 1 }] }),
    ],
  ] as [string, () => object][])('with %s is only not met', async (_what, expected) => {
    const { exit, out } = await place.run({ ...dumpOf(shopDump()), expect: expected() })
    expect([exit, out]).toEqual([1, expect.stringContaining('✗')])
    expect(out).toContain('1 tables with 2 rows')
  })

  it('with a path that a shell would run is a path', async () => {
    const { exit, out } = await place.run({ backup: { kind: 'postgres-dump', path: place.path(touch()) } })
    expect([exit, out]).toEqual([1, expect.stringContaining('There is no backup')])
    const archive = { kind: 'folder', path: place.write('$(touch x);a.tar', 'no archive') }
    expect((await place.run({ backup: archive, expect: { files: [{ path: 'a' }] } })).out).toContain('damaged: tar')
    const host = { kind: 'folder', path: place.write('elsewhere:a.tar', '') }
    expect((await place.run({ backup: host, expect: { files: [{ path: 'a' }] } })).out).toContain('has no bytes')
    expect(existsSync(place.path('touched'))).toBe(false)
  })
})

describe('a drill that is killed', () => {
  it('leaves what the next one removes', async () => {
    const kept = join(place.base, 'art32-drill-of-somebody')
    mkdirSync(kept)
    const plan = place.plan(dumpOf(shopDump('SELECT pg_sleep(600);')))
    const child = spawn(process.execPath, [mainFile, 'drill', 'run', plan], {
      env: { ...process.env, SCRATCH: place.url },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const isSleeping = async () =>
      (
        await place.query(
          "select 1 from pg_stat_activity where query like '%pg_sleep(600)%' and state = 'active' and pid <> pg_backend_pid()",
        )
      ).length > 0
    while (!(await isSleeping())) await sleep(50)
    const during = await place.left()
    expect(during.filter((name) => name.startsWith('art32_drill_')).length).toBe(1)
    expect(readdirSync(place.base)).toHaveLength(2)
    // While it lives, another drill leaves it alone.
    expect((await place.run(dumpOf(shopDump()))).exit).toBe(0)
    expect(await place.left()).toEqual(during)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    // Its connections end with it; the server needs a moment to see that.
    while (
      (await place.query("select 1 from pg_stat_activity where application_name like 'art32\\_drill%'")).length > 0
    )
      await sleep(20)
    expect((await place.run(dumpOf(shopDump()))).exit).toBe(0)
    expect(await place.left()).toEqual(['art32-drill-of-somebody'])
    expect(await isSleeping()).toBe(false)
  })

  it('by a pipeline that ends it removes all of it by itself', async () => {
    const plan = place.plan(dumpOf(shopDump('SELECT pg_sleep(600);')))
    const child = spawn(process.execPath, [mainFile, 'drill', 'run', plan], {
      env: { ...process.env, SCRATCH: place.url },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const said: Buffer[] = []
    child.stderr.on('data', (part: Buffer) => said.push(part))
    const ended = new Promise((resolve) => child.once('close', resolve))
    while (!Buffer.concat(said).includes('restore (dump)')) await sleep(20)
    child.kill('SIGTERM')
    expect(await ended).toBe(2)
    expect(Buffer.concat(said).toString()).toContain('What it had restored is removed.')
    expect(await place.left()).toEqual(['art32-drill-of-somebody'])
  })
})
