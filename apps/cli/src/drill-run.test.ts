import { readFileSync } from 'node:fs'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { DrillPush } from '@art32/probes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDrillPlace, shopDump, type DrillPlace } from './testing/drill.ts'

let place: DrillPlace
beforeAll(async () => {
  place = await openDrillPlace()
})
afterAll(() => place.stop())

const dumpOf = (content: string | Buffer, name = 'shop.sql') => ({
  backup: { kind: 'postgres-dump', path: place.write(name, content) },
})
const whole = {
  tables: [{ table: 'shop.orders', rows: 2 }],
  queries: [
    { name: 'the highest number', query: 'select max(id) from shop.orders', equals: 2 },
    { name: 'a function works', query: 'select shop.half(8)', atLeast: 4, atMost: 4 },
    { name: 'a text', query: 'select note from shop.orders where id = 1', equals: "a; b 'c" },
  ],
  newest: [{ table: 'shop.orders', column: 'placed_at', atMost: 'PT1H' }],
}

describe('a plain dump', () => {
  it('is restored, compared and removed', async () => {
    const file = place.path('result.json')
    const { exit, out } = await place.run({ ...dumpOf(shopDump()), expect: whole }, ['--output', file])
    expect([exit, out]).toEqual([0, expect.stringContaining('drill shop-db: passed')])
    const { groups } = DrillPush.parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(groups.drill).toMatchObject({
      read: 'ok',
      facts: { restored: { tables: 1, rows: 2, files: 1 }, problems: [], isRemoved: true, rpoBy: 'rows', origin: null },
    })
    // Of a text that the plan asks for, nothing leaves but whether it was right.
    expect(readFileSync(file, 'utf8')).not.toContain("b 'c")
    expect(await place.left()).toEqual([])
  })

  it.each([
    ['gzip', gzipSync],
    ['Zstandard', zstdCompressSync],
  ])('is unpacked (%s); the newest that fits is taken', async (_name, pack) => {
    place.write('many-old.sql.packed', 'select 1;')
    place.write('many-z.sql.packed', pack(Buffer.from(shopDump())))
    const backup = { kind: 'postgres-dump', path: place.path('many-z*.packed') }
    expect((await place.run({ backup, expect: whole })).exit).toBe(0)
  })

  it('says where it ran', async () => {
    const environment = {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'example/shop',
      GITHUB_SHA: 'a1'.repeat(20),
      GITHUB_RUN_ID: '77',
    }
    const { out } = await place.run(dumpOf(shopDump()), ['--json'], environment)
    expect(DrillPush.parse(JSON.parse(out)).groups.drill).toMatchObject({
      facts: { origin: { pipeline: 'github-actions', repository: 'example/shop', commit: 'a1'.repeat(20), run: '77' } },
    })
  })
})

describe('a drill fails, says why and where, and leaves nothing behind', () => {
  const cut = (text: string, mark: string) => text.slice(0, text.indexOf(mark))
  it.each([
    [
      'where the dump ends in the rows of a table',
      () => dumpOf(cut(shopDump(), '\n\\.\n')),
      'The backup ends too early: line 16',
    ],
    [
      'where it ends between two statements',
      () => dumpOf(cut(shopDump(), 'GRANT')),
      'does not say that it is complete',
    ],
    [
      'where it is packed and cut off',
      () => dumpOf(gzipSync(shopDump()).subarray(0, -20)),
      'the packed file ends too early',
    ],
    ['where it has no bytes', () => dumpOf(''), 'The backup is empty: the file has no bytes'],
    ['where nothing is in it', () => dumpOf('-- nothing\n'), 'The backup is empty: no statement in it'],
    [
      'where it is there no more',
      () => ({ backup: { kind: 'postgres-dump', path: place.path('gone-*.sql') } }),
      'There is no backup: gone-*.sql',
    ],
    [
      'where a table is missing',
      () => ({ ...dumpOf(shopDump()), expect: { tables: [{ table: 'shop.customers' }] } }),
      'table:shop.customers: Expected at least 1 rows, found –',
    ],
    [
      'where rows are missing',
      () => ({ ...dumpOf(shopDump()), expect: { tables: [{ table: 'shop.orders', rows: 3 }] } }),
      'Expected at least 3 rows, found 2 rows',
    ],
    [
      'where a row does not fit its table',
      () => dumpOf(shopDump().replace('1\t2026-01-02', 'one\t2026-01-02')),
      'line 14, SQLSTATE 22P02',
    ],
    [
      'where the newest row is old',
      () => ({ ...dumpOf(shopDump('', new Date(Date.now() - 90_000_000))), expect: whole }),
      'newest:shop.orders.placed_at: Expected',
    ],
    [
      'where the newest row is of tomorrow',
      () => ({ ...dumpOf(shopDump('', new Date(Date.now() + 90_000_000))), expect: whole }),
      'bear a time to come',
    ],
    [
      'where it is older than allowed',
      () => ({
        ...dumpOf(shopDump('', new Date(Date.now() - 90_000_000))),
        expect: { newest: [{ table: 'shop.orders', column: 'placed_at', atMost: 'P9D' }] },
      }),
      '86400 s are allowed',
    ],
    [
      'where it takes longer than the plan allows',
      () => ({ ...dumpOf(shopDump('SELECT pg_sleep(20);')), limits: { minutes: 0.02 } }),
      'did not end in the time that the plan allows: restore (dump)',
    ],
    [
      'where more comes back than the plan allows',
      () => ({
        ...dumpOf(
          shopDump('CREATE TABLE big AS SELECT repeat(md5(n::text), 50) AS t FROM generate_series(1, 20000) n;'),
        ),
        limits: { gigabytes: 0.01 },
      }),
      'larger than the plan allows',
    ],
  ] as [string, () => object, string][])('%s', async (_where, change, says) => {
    const { exit, out } = await place.run(change() as Record<string, unknown>)
    expect([exit, out.replaceAll(/\n\s*/g, ' ')]).toEqual([1, expect.stringContaining(says)])
    expect(await place.left()).toEqual([])
  })
})

describe('a drill that cannot look is neither passed nor failed', () => {
  it('because the scratch server does not answer', async () => {
    const scratch = { database: 'postgres://nobody@127.0.0.1:9/postgres', folder: place.base }
    const { exit, out } = await place.run({ ...dumpOf(shopDump()), scratch })
    expect([exit, out]).toEqual([3, expect.stringContaining('could not look')])
  })

  it('because a role of the scratch server may make no database', async () => {
    await place.query(`create role weak login password 'weak'`)
    const url = new URL(place.url)
    url.username = 'weak'
    url.password = 'weak'
    const { exit, out } = await place.run({
      ...dumpOf(shopDump()),
      scratch: { database: url.href, folder: place.base },
    })
    await place.query('drop role weak')
    expect([exit, out.replaceAll(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('may not make databases and roles'),
    ])
    expect(await place.left()).toEqual([])
  })

  it('because an extension is not there', async () => {
    const dump = dumpOf(shopDump('CREATE EXTENSION IF NOT EXISTS nowhere_to_be_found;'))
    const { exit, out } = await place.run(dump)
    expect([exit, out]).toEqual([3, expect.stringContaining('lacks an extension')])
    expect(await place.left()).toEqual([])
  })
})

describe('a plan is refused before anything is touched', () => {
  it('where it cannot be read, with the line', async () => {
    const { exit, err } = await place.run({ allowed: { rto: 'soon', rpo: 'P1D' } })
    expect([exit, err]).toEqual([2, expect.stringMatching(/Line 1\d: allowed\.rto takes a duration/)])
  })

  it('where the scratch server holds a database of somebody', async () => {
    await place.query('create database precious')
    const { exit, err } = await place.run(dumpOf(shopDump()))
    expect([exit, err]).toEqual([2, expect.stringContaining('1 other databases are on this server')])
    await place.query('drop database precious')
  })

  it('where the scratch database is not empty', async () => {
    await place.query('create table precious (a int)')
    const { exit, err } = await place.run(dumpOf(shopDump()))
    expect([exit, err]).toEqual([2, expect.stringContaining('the database is not empty')])
    await place.query('drop table precious')
  })

  it.each(['localhost', '127.0.0.1', 'LOCALHOST'])(
    'where the scratch server is production by the plan (%s)',
    async (name) => {
      const scratch = { database: 'postgres://postgres@localhost:5432/postgres', folder: place.base }
      const { exit, err } = await place.run({ ...dumpOf(shopDump()), scratch, production: [name] })
      expect([exit, err]).toEqual([2, expect.stringContaining('one of production in the plan')])
    },
  )

  it('where nobody says into which tenant', async () => {
    const { exit, err } = await place.run(dumpOf(shopDump()), ['--push', 'https://art32.example'])
    expect([exit, err]).toEqual([2, expect.stringContaining('name it, --tenant')])
  })
})
