import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import { testContext } from '../testing/servers.ts'
import { git } from './connector.ts'

let folder = ''
const look = (repository: string) => collect(git, { repository }, testContext())
// Put together here, so that no scanner takes this file for the real thing.
const token = ['gh', 'p_', 'a1B2'.repeat(9)].join('')
const key = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ')

const call = (...args: string[]) =>
  execFileSync(
    'git',
    [
      '-C',
      folder,
      '-c',
      'user.name=Example',
      '-c',
      'user.email=dev@example.com',
      '-c',
      'commit.gpgsign=false',
      ...args,
    ],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_DATE: '2026-10-01T12:00:00Z',
        GIT_COMMITTER_DATE: '2026-10-01T12:00:00Z',
      },
    },
  )
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-test-git-'))
  call('init', '--quiet', '--initial-branch=main')
  write('package.json', '{}')
  write('package-lock.json', '{}')
  write('packages/a/package.json', '{}')
  write('tools/go.mod', 'module example.com/tools')
  write('node_modules/b/package.json', '{}')
  write('.env', `TOKEN=${token}\n`)
  call('add', '.', '--force')
  call('commit', '--quiet', '-m', 'first')
  call('rm', '--quiet', '.env')
  write('SECURITY.md', '# Security')
  write('CHANGELOG.md', '# Changes')
  write(
    'sbom/app.cdx.json',
    JSON.stringify({ bomFormat: 'CycloneDX', components: [{}, {}], metadata: { timestamp: '2026-09-01T00:00:00Z' } }),
  )
  write(
    'manifest.yml',
    'app:\n  id: ari:cloud:ecosystem::app/1\n  runtime:\n    name: nodejs24.x\nmodules: {}\npermissions:\n  scopes:\n    - write:jira-work\n    - read:jira-work\n  external:\n    fetch:\n      backend:\n        - address: https://api.example.com\n          inScopeEUD: true\n      client:\n        - "*.example.net"\n  content:\n    styles:\n      - unsafe-inline\nremotes:\n  - key: remote\n    baseUrl: https://remote.example.com\n',
  )
  call('add', '.')
  call('commit', '--quiet', '-m', 'second')
  call('tag', 'v1.0.0')
  call('tag', 'nightly')
  call('checkout', '--quiet', '-b', 'side')
  write('deploy.pem', `${key}\nabc\n`)
  call('add', '.')
  call('commit', '--quiet', '-m', 'third')
  call('checkout', '--quiet', 'main')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('looking into a git repository', () => {
  it('pairs manifests with lockfiles, here and above, and leaves copies of others out', async () => {
    expect(await look(folder)).toMatchObject({
      facts: {
        dependencies: {
          facts: [
            { manifest: 'package.json', lockfile: 'package-lock.json' },
            { manifest: 'packages/a/package.json', lockfile: 'package-lock.json' },
            { manifest: 'tools/go.mod', lockfile: null },
          ],
        },
      },
    })
  })

  it('finds secrets that were deleted since, and on other branches, and never shows them', async () => {
    const reading = await look(folder)
    expect(reading).toMatchObject({
      facts: {
        secrets: {
          facts: {
            commits: 3,
            scannedAll: true,
            found: [
              { rule: 'github-token', path: '.env' },
              { rule: 'private-key', path: 'deploy.pem' },
            ],
          },
        },
      },
    })
    expect(JSON.stringify(reading)).not.toContain(token)
  })

  it('reads the Forge manifest, bills of materials, versions and policies', async () => {
    expect(await look(folder)).toMatchObject({
      read: 'ok',
      complete: true,
      facts: {
        forge: {
          facts: {
            present: true,
            scopes: ['read:jira-work', 'write:jira-work'],
            egress: [
              { address: 'https://api.example.com', inScopeEndUserData: true },
              { address: '*.example.net', inScopeEndUserData: false },
              { address: 'https://remote.example.com', inScopeEndUserData: false },
            ],
            content: ['unsafe-inline'],
            runtime: 'nodejs24.x',
            lifecycle: { cycle: '24' },
          },
        },
        sboms: {
          facts: [{ path: 'sbom/app.cdx.json', format: 'CycloneDX', components: 2, at: '2026-09-01T00:00:00Z' }],
        },
        releases: {
          facts: { tags: [{ name: 'v1.0.0', at: '2026-10-01T12:00:00.000Z' }], changelog: true, securityPolicy: true },
        },
      },
    })
  })

  it('copies an address, sees the same, and leaves nothing behind', async () => {
    const far = await look(pathToFileURL(folder).href)
    const near = await look(folder)
    expect(far.read === 'ok' && far.facts).toEqual(near.read === 'ok' && near.facts)
  })

  it('could not look at what is no repository, is empty, or cannot be reached', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'art32-test-git-'))
    expect(await look(empty)).toMatchObject({ read: 'no', why: 'not-configured' })
    execFileSync('git', ['init', '--quiet', empty])
    expect(await look(empty)).toMatchObject({
      read: 'no',
      why: 'not-configured',
      detail: 'the repository has no commit',
    })
    rmSync(empty, { recursive: true })
    expect(await look('http://user:swordfish@127.0.0.1:1/a.git')).toMatchObject({ read: 'no', why: 'unreachable' })
  })

  it('runs no program that a repository names in its configuration', async () => {
    const trap = join(folder, '.git', 'trap')
    writeFileSync(trap, `#!/bin/sh\ntouch "${trap}.sprung"\n`, { mode: 0o755 })
    const settings = {
      'log.showSignature': 'true',
      'gpg.program': trap,
      'core.fsmonitor': trap,
      'diff.external': trap,
      'core.pager': trap,
    }
    for (const [name, value] of Object.entries(settings)) call('config', name, value)
    const tree = call('rev-parse', 'HEAD^{tree}').trim()
    const who = 'Example <dev@example.com> 1800000000 +0000'
    const signed = `tree ${tree}\nauthor ${who}\ncommitter ${who}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\nsigned\n`
    const commit = execFileSync('git', ['-C', folder, 'hash-object', '-t', 'commit', '-w', '--stdin'], {
      input: signed,
      encoding: 'utf8',
    }).trim()
    call('update-ref', 'refs/heads/signed', commit)
    expect(await look(folder)).toMatchObject({ read: 'ok', complete: true })
    expect(existsSync(`${trap}.sprung`)).toBe(false)
    call('log', '-1', 'refs/heads/signed')
    expect(existsSync(`${trap}.sprung`)).toBe(true)
    for (const name of Object.keys(settings)) call('config', '--unset', name)
    call('update-ref', '-d', 'refs/heads/signed')
  })

  it('does not let an address choose an odd transport', async () => {
    expect(await look('ext::sh -c "touch /tmp/never" %S')).toMatchObject({ read: 'no' })
    expect(await look('ext://example.com/a')).toMatchObject({ read: 'no' })
  })
})
