import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { forge } from './connector.ts'
import { account, app, startForge, token, version } from './vendor.ts'
import type { Operations } from './vendor.ts'

let folder = ''
/** Time enough for a busy machine: nothing here is about silence. */
const patient = () => testContext({ budgets: openBudgets(), limits: { silenceMs: 10_000, answerBytes: 1_048_576 } })
const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=Example', '-c', 'user.email=dev@example.com', ...args], {
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  })
const release = (tag: string, at: string, manifest: string) => {
  writeFileSync(join(folder, 'manifest.yml'), manifest)
  git('add', '.')
  execFileSync(
    'git',
    ['-C', folder, '-c', 'user.name=Example', '-c', 'user.email=dev@example.com', 'commit', '-qm', tag],
    {
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at },
    },
  )
  git('tag', tag)
}
const manifest = (scope: string) => `app:
  id: ${app}
modules:
  jira:issuePanel:
    - key: panel
  function:
    - key: main
      handler: index.run
    - handler: without-key
  rovo:agent: none
permissions:
  scopes:
    - ${scope}
  external:
    fetch:
      backend:
        - address: https://api.example.com
          inScopeEUD: true
        - remote: backend
remotes:
  - key: backend
    baseUrl: https://remote.example.com
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'art32-test-forge-'))
  git('init', '--quiet', '--initial-branch=main')
  release('v3.1.0', '2026-10-01T10:00:00Z', manifest('read:jira-work'))
  release('v3.2.0', '2026-11-02T10:20:00Z', manifest('write:jira-work'))
  release('v3.3.0', '2026-11-20T10:00:00Z', manifest('manage:jira-configuration'))
  release('nothing', '2026-11-21T10:00:00Z', 'a: b')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const settingsOf = (baseUrl: string) => ({ app, account, token, baseUrl, repository: folder })

examineConnector(forge, {
  start: () => startForge(),
  settings: settingsOf,
  secrets: [account, token],
  hurts: { 'POST /graphql': ['environments', 'installations', 'deployed'] },
})

describe('a deployed Forge app', () => {
  let vendor: VendorServer | undefined
  afterEach(async () => {
    await vendor?.close()
    vendor = undefined
  })
  const look = async (instead: Operations = {}, more: Record<string, unknown> = {}) => {
    vendor = await startForge(instead)
    return await collect(forge, { ...settingsOf(vendor.base), ...more }, patient())
  }
  const groupsOf = async (instead: Operations, more: Record<string, unknown> = {}) => {
    const reading = await look(instead, more)
    return reading.read === 'ok' ? reading.facts : {}
  }

  it('is read over all pages', async () => {
    expect(await look()).toMatchObject({
      complete: true,
      facts: {
        environments: {
          facts: [
            { key: 'default', type: 'DEVELOPMENT' },
            { key: 'staging', deployments: [{ version: '4.1.0', at: '2026-10-31T10:00:00.000Z' }] },
            { key: 'production', deployments: [{ version: '3.2.0', at: '2026-11-02T10:00:00.000Z' }] },
          ],
        },
        installations: {
          facts: [
            { context: 'ari:cloud:jira::site/a', type: 'PRODUCTION', version: '3.2.0' },
            { context: 'ari:cloud:jira::site/b' },
            { context: 'ari:cloud:jira::site/c', version: null },
            { context: 'ari:cloud:jira::site/own', type: 'STAGING' },
          ],
        },
        deployed: {
          facts: {
            scopes: ['read:jira-work', 'write:jira-work'],
            egress: [
              { address: 'https://api.example.com', inScopeEndUserData: true },
              { address: 'https://remote.example.com', inScopeEndUserData: true },
            ],
            content: ['https://cdn.example.com', 'unsafe-inline'],
            modules: [
              { type: 'jira:issuePanel', key: 'panel' },
              { type: 'function', key: 'main' },
            ],
            storage: {
              hosted: { locations: ['EU'] },
              remotes: [{ key: 'backend', baseUrl: 'https://remote.example.com', locations: [] }],
            },
          },
        },
      },
    })
  })

  it('is compared with the manifest at the tag from before the deployment, or a little after, or at the one named', async () => {
    expect(await groupsOf({})).toMatchObject({
      manifest: {
        facts: {
          tag: 'v3.2.0',
          scopes: ['write:jira-work'],
          egress: [{ address: 'https://api.example.com' }, { address: 'https://remote.example.com' }],
          modules: [
            { type: 'jira:issuePanel', key: 'panel' },
            { type: 'function', key: 'main' },
          ],
        },
      },
    })
    expect(await groupsOf({}, { release: 'v3.1.0' })).toMatchObject({ manifest: { facts: { tag: 'v3.1.0' } } })
  })

  it('has a manifest with its own reason where there is none', async () => {
    const why = async (more: Record<string, unknown>) => (await groupsOf({}, more))['manifest']
    expect(await why({ repository: undefined })).toMatchObject({ why: 'not-configured', needs: 'repository' })
    expect(await why({ release: 'v9.9.9' })).toMatchObject({ why: 'not-configured' })
    expect(await why({ release: 'nothing' })).toMatchObject({ why: 'not-configured' })
    expect(await why({ repository: 'https://user:swordfish@127.0.0.1:1/a.git' })).toMatchObject({ why: 'unreachable' })
    const old = () => ({
      data: {
        app: {
          environmentByKey: { versions: { nodes: [{ ...version(), createdAt: '2020-01-01T00:00:00Z' }] } },
        },
      },
    })
    expect((await groupsOf({ art32_deployed: old }))['manifest']).toMatchObject({ why: 'not-configured' })
  })

  it.each([
    ['a permission is missing', { extensions: { errorType: 'PERMISSION_DENIED', statusCode: 403 } }, 'denied'],
    ['a scope is missing', { message: 'This request does not contain the right authorisation scopes' }, 'denied'],
    ['too much was asked', { extensions: { errorType: 'TOO_MANY_REQUESTS' } }, 'throttled'],
    ['a service behind it fails', { extensions: { errorType: 'x', statusCode: 503 } }, 'unreachable'],
    ['the field is gone', { extensions: { classification: 'ValidationError' } }, 'contract'],
    ['nothing is explained', {}, 'contract'],
  ])('is not seen, whatever data come along, when %s', async (_name, error, why) => {
    const half = { data: { app: { environmentByKey: { versions: { nodes: [version()] } } } }, errors: [error] }
    const groups = await groupsOf({ art32_deployed: () => half })
    expect(groups['deployed']).toMatchObject({ read: 'no', why })
    expect(groups['environments']).toMatchObject({ read: 'ok' })
    expect(groups['installations']).toMatchObject({ read: 'ok' })
  })

  it('is not seen where Atlassian shows null instead of an error', async () => {
    const groups = await groupsOf({
      art32_deployed: () => ({ data: { app: { environmentByKey: null } } }),
      art32_environments: () => ({ data: { app: null } }),
      art32_installations: () => ({ data: { ecosystem: { appInstallationsByApp: null } } }),
    })
    expect(groups).toMatchObject({
      deployed: { why: 'not-configured' },
      environments: { why: 'denied' },
      installations: { why: 'denied' },
    })
  })

  it('is not seen completely where an installation is hidden, nor at all where pages repeat or lead nowhere', async () => {
    const page = (nodes: unknown[], endCursor: string | null) => ({
      data: {
        ecosystem: { appInstallationsByApp: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } },
      },
    })
    expect((await groupsOf({ art32_installations: () => page([null], null) }))['installations']).toMatchObject({
      read: 'ok',
      complete: false,
    })
    expect((await groupsOf({ art32_installations: () => page([], 'again') }))['installations']).toMatchObject({
      why: 'contract',
    })
    const nowhere = {
      data: {
        ecosystem: { appInstallationsByApp: { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } } },
      },
    }
    expect((await groupsOf({ art32_installations: () => nowhere }))['installations']).toMatchObject({ why: 'contract' })
  })

  it('names no credential in its address', () => {
    const parsed = forge.settings.parse(settingsOf('https://api.atlassian.com'))
    expect(forge.address(parsed)).toBe('11111111-2222-4333-8444-555555555555 production')
    expect(forge.ownMachine(parsed)).toBe(true)
    expect(forge.ownMachine({ ...parsed, repository: 'https://git.example.com/a.git' })).toBe(false)
  })
})
