import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { judge } from '../engine/judge.ts'
import { testContext } from '../testing/servers.ts'
import { backupRepoMirror } from './checks/mirror.ts'
import { git } from './connector.ts'
import { isElsewhere } from './repository.ts'

let folder = ''
const now = new Date('2026-11-22T12:00:00Z')
const at = (name: string) => join(folder, name)
const run = (date: string, name: string, ...args: string[]) =>
  execFileSync('git', ['-C', at(name), '-c', 'user.name=Example', '-c', 'user.email=dev@example.com', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  })
const commit = (date: string, name = 'first') => run(date, name, 'commit', '--quiet', '--allow-empty', '-m', date)
const copy = () => run('', 'first', 'push', '--quiet', '--mirror', at('second'))

let template = ''
beforeAll(() => {
  template = mkdtempSync(join(tmpdir(), 'art32-test-mirror-'))
  folder = template
  run('', '.', 'init', '--quiet', '--initial-branch=main', at('first'))
  run('', '.', 'init', '--quiet', '--bare', '--initial-branch=main', at('second'))
  commit('2026-11-01T12:00:00Z')
  run('2026-11-01T12:00:00Z', 'first', 'tag', '-a', 'v1', '-m', 'v1')
  run('', 'first', 'branch', 'side')
  copy()
})
afterAll(() => rmSync(template, { recursive: true, force: true }))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-test-mirror-'))
  cpSync(template, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function look(mirror: string | undefined = at('second')) {
  const settings = { repository: at('first'), ...(mirror === undefined ? {} : { mirror }) }
  const reading = await collect(git, settings, testContext({ now: () => now }))
  if (reading.read === 'no') throw new Error(reading.detail)
  const outcomes = judge(backupRepoMirror, reading, { system: 'test', now, parameters: { otherHost: false } })
  return { mirrors: reading.facts['mirrors'], says: outcomes.map(({ state, say }) => `${state} ${say.key}`) }
}

describe('a second copy', () => {
  it('that holds every branch and tag passes, also where it holds more', async () => {
    run('', 'first', 'branch', '-D', 'side')
    const { mirrors, says } = await look()
    expect(mirrors).toMatchObject({ facts: [{ refs: 2, differing: 0, intact: true, elsewhere: false }] })
    expect(says).toEqual(['pass equal'])
  })

  it('may lag for a day, counted from the oldest commit that did not arrive', async () => {
    commit('2026-11-22T02:00:00Z')
    expect((await look()).says).toEqual(['pass following'])
    run('', 'first', 'reset', '--quiet', '--hard', 'side')
    commit('2026-11-20T02:00:00Z')
    commit('2026-11-22T02:00:00Z')
    expect((await look()).mirrors).toMatchObject({
      facts: [{ behind: [{ ref: 'refs/heads/main', how: 'late', since: '2026-11-20T02:00:00.000Z' }] }],
    })
    expect((await look()).says).toEqual(['fail late'])
  })

  it('that lacks a tag or went another way fails', async () => {
    run('2026-11-02T12:00:00Z', 'first', 'tag', 'v2')
    expect((await look()).says).toEqual(['fail missing'])
    copy()
    run('', 'first', 'checkout', '--quiet', '--orphan', 'new')
    commit('2026-11-22T02:00:00Z')
    run('', 'first', 'branch', '-f', 'side', 'new')
    expect((await look()).says).toContain('fail different')
  })

  it('with a damaged object fails though its branches are equal', async () => {
    writeFileSync(join(at('first'), 'data.txt'), 'data '.repeat(2_000))
    run('', 'first', 'add', '.')
    commit('2026-11-02T12:00:00Z')
    copy()
    const blob = run('', 'first', 'rev-parse', 'HEAD:data.txt').trim()
    const file = join(at('second'), 'objects', blob.slice(0, 2), blob.slice(2))
    chmodSync(file, 0o600)
    truncateSync(file, 20)
    expect((await look()).says).toContain('fail damaged')
  })

  it('that is not there is not seen, and the first is', async () => {
    expect((await look(at('nowhere'))).mirrors).toMatchObject({ read: 'no', why: 'not-configured' })
  })

  it('that nobody declared is not asked for', async () => {
    const settings = { repository: at('first') }
    const reading = await collect(git, settings, testContext())
    expect(reading.read === 'ok' && reading.facts['mirrors']).toMatchObject({ facts: [] })
  })

  it('is on the same host only where both are', () => {
    const hosts = [
      ['https://git.example.com/a.git', 'ssh://git@git.example.com/b.git', false],
      ['https://git.example.com/a.git', 'git@other.example.com:b.git', true],
      ['/srv/a', 'https://git.example.com/a.git', true],
      ['/srv/a', 'file:///srv/b', false],
    ] as const
    for (const [first, second, elsewhere] of hosts) expect(isElsewhere(first, second), second).toBe(elsewhere)
  })
})
