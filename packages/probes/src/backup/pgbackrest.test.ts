import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { call, installed, isRoot } from '../testing/programs.ts'
import { look, shown } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-pgbackrest-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = (...parts: string[]) => join(folder, ...parts)

const clusters = '/usr/lib/postgresql'
const initdb = (existsSync(clusters) ? readdirSync(clusters) : [])
  .map((version) => join(clusters, version, 'bin', 'initdb'))
  .find((one) => existsSync(one))
const isPossible = isRoot && initdb !== undefined && installed('pgbackrest', 'setpriv')

describe.skipIf(!isPossible)(
  'looking at a real pgBackRest repository (skipped without root, pgbackrest, setpriv and PostgreSQL of Debian)',
  () => {
    // PostgreSQL refuses to be root.
    const asNobody = (program: string, ...args: string[]) =>
      call('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', program, ...args])
    const secret = 'swordfish-1871'
    const configFile = path('pgbackrest.conf')
    const pgbackrest = (...args: string[]) =>
      asNobody('pgbackrest', `--config=${configFile}`, '--stanza=db1', '--log-level-file=off', ...args)

    it('sees an encrypted backup with its size, tenant and run', async () => {
      for (const name of ['data', 'repo', 'lock', 'spool']) mkdirSync(path(name))
      writeFileSync(
        configFile,
        `[global]\nrepo1-path=${path('repo')}\nlock-path=${path('lock')}\nspool-path=${path('spool')}\n` +
          `repo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass=${secret}\nrepo1-retention-full=1\n[db1]\npg1-path=${path('data')}\n`,
      )
      call('chown', ['-R', '65534:65534', folder])
      const settings = { kind: 'pgbackrest', repository: path('repo'), configFile }
      expect(shown(await look(settings))).toMatchObject({ snapshots: [], encryption: 'not-configured' })
      asNobody(initdb ?? '', '-D', path('data'), '-A', 'trust', '-U', 'postgres', '--no-sync')
      pgbackrest('--no-online', 'stanza-create')
      pgbackrest('--no-online', '--annotation=tenant=t1', '--compress-level=1', 'backup')
      const reading = await look(settings)
      const series = { source: 'db1', tenant: 't1' }
      expect(shown(reading)).toMatchObject({
        snapshots: [series],
        sizes: [{ ...series, bytes: [expect.any(Number)] }],
        jobs: [{ ...series, runs: [{ exit: 0, seconds: expect.any(Number) as unknown }] }],
        encryption: { encrypted: true, mode: 'aes-256-cbc' },
        location: { sameMachine: true },
        immutability: 'not-configured',
        configuration: 'not-configured',
      })
      expect(JSON.stringify(reading)).not.toContain(secret)
    })
  },
)
