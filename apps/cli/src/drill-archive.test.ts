import { execFileSync } from 'node:child_process'
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDrillPlace, type DrillPlace } from './testing/drill.ts'

const clusters = '/usr/lib/postgresql'
const binaries = (existsSync(clusters) ? readdirSync(clusters) : [])
  .map((version) => join(clusters, version, 'bin'))
  .find((one) => ['initdb', 'pg_dump', 'pg_restore', 'psql'].every((name) => existsSync(join(one, name))))
const isPossible = binaries !== undefined && process.getuid?.() === 0 && existsSync('/usr/bin/setpriv')

describe.skipIf(!isPossible)(
  'archives of a real pg_dump (skipped without root, setpriv and PostgreSQL of Debian)',
  () => {
    const bin = binaries ?? ''
    let place: DrillPlace
    let source = ''
    const call = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore', cwd: source })
    const asNobody = (name: string, ...args: string[]) =>
      call('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', join(bin, name), ...args)
    const dumped = (name: string) => join(source, name)

    beforeAll(async () => {
      source = mkdtempSync(join(tmpdir(), 'art32-cli-archive-'))
      chownSync(source, 65_534, 65_534)
      const data = dumped('data')
      asNobody('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync')
      const given = `-c listen_addresses= -c unix_socket_directories=${source} -c fsync=off`
      asNobody('pg_ctl', '-D', data, '-w', '-o', given, '-l', dumped('log'), 'start')
      const sql = `create role shopkeeper; create schema shop; create table shop.orders (id int primary key, placed_at timestamptz, note text);
      alter table shop.orders owner to shopkeeper; insert into shop.orders select n, now(), md5(n::text) from generate_series(1, 5000) n;
      create function shop.one() returns int language sql begin atomic select case when true then 1 end; end;`
      call(join(bin, 'psql'), '-h', source, '-U', 'postgres', '-qc', sql)
      for (const form of ['c', 'd', 't', 'p'])
        call(
          join(bin, 'pg_dump'),
          '-h',
          source,
          '-U',
          'postgres',
          `-F${form}`,
          '-f',
          dumped(`dump.${form}`),
          'postgres',
        )
      asNobody('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      place = await openDrillPlace()
    })
    afterAll(async () => {
      await place.stop()
      rmSync(source, { recursive: true, force: true })
    })

    const expected = {
      tables: [{ table: 'shop.orders', rows: 5_000 }],
      queries: [{ name: 'a function works', query: 'select shop.one()', equals: 1 }],
      newest: [{ table: 'shop.orders', column: 'placed_at', atMost: 'PT1H' }],
    }
    const run = (name: string) => place.run({ backup: { kind: 'postgres-dump', path: dumped(name) }, expect: expected })

    it.each(['dump.c', 'dump.d', 'dump.t', 'dump.p'])('come back whole (%s)', async (name) => {
      const { exit, out } = await run(name)
      expect([exit, out]).toEqual([0, expect.stringContaining('1 tables with 5000 rows')])
      expect(await place.left()).toEqual([])
    })

    it('that are cut off, damaged or have lost a file fail, and say so', async () => {
      for (const form of ['c', 't', 'p']) {
        copyFileSync(dumped(`dump.${form}`), dumped(`cut.${form}`))
        truncateSync(dumped(`cut.${form}`), Math.floor(statSync(dumped(`cut.${form}`)).size / 2))
      }
      mkdirSync(dumped('cut.d'))
      copyFileSync(join(dumped('dump.d'), 'toc.dat'), join(dumped('cut.d'), 'toc.dat'))
      for (const name of ['cut.c', 'cut.t', 'cut.p', 'cut.d']) {
        const { exit, out } = await run(name)
        expect([name, exit, out]).toEqual([name, 1, expect.stringMatching(/The backup (?:ends too early|is damaged)/)])
      }
      expect(await place.left()).toEqual([])
    })
  },
)
