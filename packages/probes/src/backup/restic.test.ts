import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { call, installed } from '../testing/programs.ts'
import { testContext } from '../testing/servers.ts'
import { backup } from './connector.ts'
import { look, shown } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-restic-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const path = (...parts: string[]) => join(folder, ...parts)

const secret = 'swordfish-1871'
const content = path('content')
mkdirSync(join(content, 'etc'), { recursive: true })
writeFileSync(join(content, 'etc', 'app.conf'), 'x'.repeat(2000))

describe.skipIf(!installed('restic'))('looking at a real restic repository (skipped without restic)', () => {
  const repository = path('restic')
  const restic = (...args: string[]) =>
    call('restic', ['--quiet', ...args], { env: { RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: secret } })
  const settings = { kind: 'restic', repository, password: secret }

  it('sees backups, encryption, place and configuration, and writes nothing', async () => {
    restic('init')
    restic('backup', content, '--host', 'db1', '--tag', 'tenant:t1')
    restic('backup', content, '--host', 'db1', '--tag', 'tenant:t2', '--time', '2026-01-02 03:04:05')
    const before = new Set(readdirSync(repository, { recursive: true, encoding: 'utf8' }))
    const reading = await look({
      ...settings,
      configuration: [join(content, 'etc'), join(content, 'missing')],
      sourcePlace: 'A',
      repositoryPlace: 'B',
      separateCredentials: true,
      immutability: 'offline',
    })
    const facts = shown(reading)
    expect(facts).toMatchObject({
      encryption: { encrypted: true },
      immutability: { by: 'offline', seen: false },
      location: { sameMachine: false, sourcePlace: 'A', repositoryPlace: 'B', separateCredentials: true },
      configuration: [{ path: join(content, 'etc'), newest: expect.any(String) }, { newest: null }],
      jobs: 'not-configured',
      verified: 'not-configured',
    })
    expect(facts['snapshots']).toMatchObject([{ source: 'db1' }, { source: 'db1' }])
    expect(JSON.stringify(facts['snapshots'])).toContain('2026-01-02T')
    expect(JSON.stringify(reading)).not.toContain(secret)
    expect(new Set(readdirSync(repository, { recursive: true, encoding: 'utf8' }))).toEqual(before)
  })

  it('says that the password is wrong, missing, or that there is no repository', async () => {
    expect(shown(await look({ ...settings, password: 'wrong' }))).toMatchObject({
      snapshots: 'denied',
      encryption: 'denied',
    })
    expect(shown(await look({ kind: 'restic', repository }))).toMatchObject({ snapshots: 'denied' })
    expect(shown(await look({ ...settings, repository: path('nothing') }))).toMatchObject({
      snapshots: 'not-configured',
    })
  })

  it('goes nowhere that this installation must not reach', async () => {
    const context = testContext({ mayReach: () => false })
    const far = { ...settings, sources: ['db1'], repository: 'rest:http://127.0.0.1:1/' }
    expect(shown(await collect(backup, far, context))).toMatchObject({ snapshots: 'not-configured' })
  })
})
