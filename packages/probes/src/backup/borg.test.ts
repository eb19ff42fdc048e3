import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { call, installed } from '../testing/programs.ts'
import { look, shown } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-borg-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = (...parts: string[]) => join(folder, ...parts)

const secret = 'swordfish-1871'
const content = path('content')
mkdirSync(join(content, 'etc'), { recursive: true })
writeFileSync(join(content, 'etc', 'app.conf'), 'x'.repeat(2000))

describe.skipIf(!installed('borg'))('looking at a real borg repository (skipped without borg)', () => {
  const repository = path('borg')
  const home = path('borg-home')
  const env = { BORG_REPO: repository, BORG_PASSPHRASE: secret, BORG_BASE_DIR: home, TZ: 'UTC' }
  const borg = (...args: string[]) => call('borg', args, { env })

  it('sees archives with sizes and comments, the encryption and append-only', async () => {
    borg('init', '--encryption', 'repokey-blake2')
    borg('create', '--comment', 'source:db1 tenant:t1', '::first', content)
    const began = Date.now()
    const settings = {
      kind: 'borg',
      repository,
      password: secret,
      configuration: [join(content, 'etc', 'app.conf'), '/no'],
    }
    const first = shown(await look(settings))
    expect(first).toMatchObject({
      snapshots: [{ source: 'db1', tenant: 't1' }],
      sizes: [{ source: 'db1', tenant: 't1', bytes: [expect.any(Number)] }],
      encryption: { encrypted: true, mode: 'repokey-blake2' },
      immutability: { by: 'none', seen: true },
      location: { sameMachine: true },
      configuration: [{ newest: expect.any(String) }, { path: '/no', newest: null }],
    })
    const at = /"newest":"([^"]+)"/.exec(JSON.stringify(first['snapshots']))?.[1] ?? ''
    expect(Math.abs(Date.parse(at) - began)).toBeLessThan(60_000)
    borg('config', repository, 'append_only', '1')
    const reading = await look(settings)
    expect(shown(reading)).toMatchObject({ immutability: { by: 'append-only', seen: true } })
    expect(JSON.stringify(reading)).not.toContain(secret)
    expect(shown(await look({ ...settings, password: 'wrong' }))).toMatchObject({ snapshots: 'denied' })
  })

  it('sees that an archive is plain', async () => {
    const plain = path('borg-plain')
    call('borg', ['init', '--encryption', 'authenticated'], { env: { ...env, BORG_REPO: plain } })
    expect(shown(await look({ kind: 'borg', repository: plain, password: secret }))).toMatchObject({
      encryption: { encrypted: false, mode: 'authenticated' },
      snapshots: [],
    })
    expect(shown(await look({ kind: 'borg', repository: path('nothing') }))).toMatchObject({
      snapshots: 'not-configured',
    })
  })
})
