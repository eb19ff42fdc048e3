import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, installed, isRoot } from '../testing/programs.ts'
import { secret, tryDrill } from './testing.ts'

const home = mkdtempSync(join(tmpdir(), 'art32-drill-pgbackrest-'))
const at = (...parts: string[]) => join(home, ...parts)
const clusters = '/usr/lib/postgresql'
const binaries = (existsSync(clusters) ? readdirSync(clusters) : [])
  .map((version) => join(clusters, version, 'bin'))
  .find((one) => existsSync(join(one, 'initdb')))
const isPossible = isRoot && binaries !== undefined && installed('pgbackrest', 'setpriv', 'psql')

describe.skipIf(!isPossible)(
  'a real pgBackRest repository (skipped without root, pgbackrest, setpriv and PostgreSQL of Debian)',
  () => {
    const bin = binaries ?? dirname('')
    // PostgreSQL refuses to be root.
    const asNobody = (program: string, ...args: string[]) =>
      call('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', program, ...args])
    const config = at('pgbackrest.conf')
    const ctl = (...args: string[]) => asNobody(join(bin, 'pg_ctl'), '-D', at('data'), '-w', ...args)
    const backup = { kind: 'pgbackrest', stanza: 'db1', config, binaries: bin }
    const expected = {
      tables: [{ table: 'orders', rows: 1_000 }],
      newest: [{ table: 'orders', column: 'placed_at', atMost: 'PT1H' }],
    }

    beforeAll(() => {
      for (const name of ['data', 'repo', 'lock', 'spool', 'socket', 'scratch']) mkdirSync(at(name))
      const where = `repo1-path=${at('repo')}\nlock-path=${at('lock')}\nspool-path=${at('spool')}\nlog-level-file=off\n`
      writeFileSync(
        config,
        `[global]\n${where}repo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass=${secret}\nrepo1-retention-full=1\n[db1]\npg1-path=${at('data')}\npg1-socket-path=${at('socket')}\n`,
      )
      call('chown', ['-R', '65534:65534', home])
      asNobody(join(bin, 'initdb'), '-D', at('data'), '-A', 'trust', '-U', 'postgres', '--no-sync')
      const archive = `archive_mode = on\narchive_command = 'pgbackrest --config=${config} --stanza=db1 archive-push %p'\n`
      writeFileSync(
        at('data/postgresql.auto.conf'),
        `listen_addresses = ''\nunix_socket_directories = '${at('socket')}'\nfsync = off\n${archive}`,
      )
      ctl('-l', at('log'), 'start')
      const psql = (sql: string) => call('psql', ['-h', at('socket'), '-U', 'postgres', '-qc', sql, 'postgres'])
      const pgbackrest = (...args: string[]) =>
        asNobody('pgbackrest', `--config=${config}`, '--stanza=db1', '--pg1-user=postgres', ...args)
      psql(
        'create table orders (id int, placed_at timestamptz); insert into orders select n, now() from generate_series(1, 999) n',
      )
      pgbackrest('stanza-create')
      pgbackrest('backup', '--type=full', '--start-fast')
      // Behind the backup, in the archive only.
      psql('insert into orders values (1000, now())')
      psql('select pg_switch_wal()')
      ctl('-m', 'fast', 'stop')
    })
    afterAll(() => rmSync(home, { recursive: true, force: true }))

    it('is restored to its last archived change, started, asked and removed', async () => {
      const found = await tryDrill(backup, expected, at('scratch'))
      expect(found).toMatchObject({ problem: undefined, met: [true, true], restored: { tables: 1, rows: 1_000 } })
      expect(call('ps', ['-eo', 'args']).includes(at('scratch'))).toBe(false)
    })

    it('does not open with another key', async () => {
      writeFileSync(
        at('other.conf'),
        `[global]\nrepo1-path=${at('repo')}\nlock-path=${at('lock')}\nrepo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass=wrong\n[db1]\npg1-path=${at('data')}\n`,
      )
      const found = await tryDrill({ ...backup, config: at('other.conf') }, expected, at('scratch'))
      expect(found).toMatchObject({ problem: 'wrong-key' })
    })

    it('without a backup of the stanza is missing, and without PostgreSQL could not be looked at', async () => {
      expect(await tryDrill({ ...backup, stanza: 'db9' }, expected, at('scratch'))).toMatchObject({
        problem: 'missing',
      })
      expect(await tryDrill({ ...backup, binaries: at('repo') }, expected, at('scratch'))).toEqual({
        why: 'not-configured',
      })
    })
  },
)
