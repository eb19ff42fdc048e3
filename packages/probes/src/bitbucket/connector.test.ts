import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { judge, rollUp } from '../engine/judge.ts'
import type { Seen } from '../engine/reading.ts'
import { checks } from '../registry.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { bitbucket } from './connector.ts'
import type { BitbucketFacts } from './facts.ts'
import { matchesGlob } from './restrictions.ts'
import { accounts, bitbucketAnswers, bitbucketSettings, daysAgo, deliveryCalls, startBitbucket } from './vendor.ts'

const repository = '/repositories/{workspace}/{repo_slug}'
examineConnector(bitbucket, {
  start: () => startBitbucket(),
  settings: bitbucketSettings,
  secrets: ['token-of-the-tests'],
  hurts: {
    'GET /repositories/{workspace}': ['*'],
    [`GET ${repository}/pullrequests`]: ['merges', 'pushes'],
    [`GET ${repository}/pullrequests/{pull_request_id}/activity`]: ['merges'],
    [`GET ${repository}/pullrequests/{pull_request_id}/commits`]: ['pushes'],
    [`GET ${repository}/commits/{revision}`]: ['pushes'],
    [`GET ${repository}/branch-restrictions`]: ['restrictions'],
    [`GET ${repository}/branching-model`]: ['restrictions'],
    [`GET ${repository}/effective-default-reviewers`]: ['reviewers'],
    'GET /workspaces/{workspace}/permissions': ['access', 'roster'],
    'GET /workspaces/{workspace}/permissions/repositories': ['access', 'roster'],
    [`GET ${repository}/permissions-config/users`]: ['access', 'roster'],
  },
  elsewhere: deliveryCalls,
})

describe('a look at a workspace', () => {
  let vendor: VendorServer
  afterEach(async () => await vendor.close())

  async function look(
    replaced: Readonly<Record<string, (asked: Asked) => Said>> = {},
    more: object = {},
  ): Promise<{ [K in keyof BitbucketFacts]: Seen<BitbucketFacts[K]> }> {
    vendor = await startBitbucket(replaced)
    const context = testContext({ budgets: openBudgets() })
    const reading = await collect(bitbucket, { ...bitbucketSettings(vendor.base), ...more }, context)
    if (reading.read === 'no') throw new Error(reading.detail)
    return reading.facts as { [K in keyof BitbucketFacts]: Seen<BitbucketFacts[K]> }
  }
  const factsOf = <T>(group: Seen<T>): T => {
    if (group.read === 'no') throw new Error(group.detail)
    return group.facts
  }
  const whyOf = (group: Seen<unknown>) => (group.read === 'no' ? [group.why, group.needs] : 'seen')

  it('says who approved what, on which state, and when it was merged', async () => {
    const [merged] = factsOf((await look()).merges)
    expect(merged).toMatchObject({ repository: 'shop', branch: 'main' })
    expect(merged?.changes).toEqual([
      {
        id: 2,
        author: accounts.author,
        mergedAt: expect.any(String),
        approvals: [{ by: accounts.reviewer, at: expect.any(String), current: true, program: false }],
      },
      expect.objectContaining({ id: 1 }),
    ])
  })

  it('counts an approval before the last push as not current, and none that was withdrawn', async () => {
    const update = (days: number, state: string, hash: string) => ({
      update: { date: daysAgo(days), state, source: { commit: { hash } } },
    })
    const facts = await look({
      [`GET ${repository}/pullrequests/{pull_request_id}/activity`]: () => ({
        values: [
          update(1, 'MERGED', 'd2'),
          update(2, 'OPEN', 'd2'),
          { approval: { date: daysAgo(3), user: { uuid: accounts.reviewer } } },
          { approval: { date: daysAgo(1.5), user: { uuid: accounts.author } } },
          update(4, 'OPEN', 'd1'),
        ],
      }),
    })
    const [merged] = factsOf(facts.merges)
    expect(merged?.changes[0]?.approvals).toEqual([expect.objectContaining({ by: accounts.reviewer, current: false })])
  })

  it('accounts for merges and for branches that were moved forward, and names what came directly', async () => {
    expect(factsOf((await look()).pushes)).toEqual([{ repository: 'shop', branch: 'main', commits: 3, direct: [] }])
    await vendor.close()
    const facts = await look({
      [`GET ${repository}/commits/{revision}`]: (asked) => {
        const said = bitbucketAnswers[`GET ${repository}/commits/{revision}`]?.(asked)
        const values = said !== undefined && 'values' in said && Array.isArray(said.values) ? said.values : []
        // Dated before the window, so that it would not be looked at.
        const pushed = { hash: '7'.repeat(40), date: daysAgo(300), author: null, parents: [{ hash: 'e'.repeat(40) }] }
        const next = { hash: '8'.repeat(40), date: daysAgo(1), author: null, parents: [{ hash: pushed.hash }] }
        return { values: [next, pushed, ...values] }
      },
    })
    expect(factsOf(facts.pushes)[0]?.direct).toEqual([
      { commit: '888888888888', author: null },
      { commit: '777777777777', author: null },
    ])
  })

  it('resolves patterns and the branching model to the production branch', async () => {
    expect(factsOf((await look()).restrictions)).toEqual([
      {
        repository: 'shop',
        branch: 'main',
        rules: [
          { kind: 'push', value: null, exempt: 0 },
          { kind: 'delete', value: null, exempt: 0 },
          { kind: 'require_approvals_to_merge', value: 2, exempt: 0 },
        ],
      },
    ])
  })

  it('tells administrators, rights of single people and people from outside', async () => {
    expect(factsOf((await look()).access)).toEqual({
      owners: [accounts.owner],
      repositories: [
        {
          repository: 'shop',
          admins: [accounts.owner],
          direct: [accounts.outsider],
          strangers: [accounts.outsider],
        },
      ],
    })
  })

  it('reads lists that name no next page to their end, and leaves out what failed or is old', async () => {
    const facts = await look()
    expect(vendor.calls.filter((call) => call === `GET ${repository}/pipelines`)).toHaveLength(2)
    expect(factsOf(facts.deployments).map(({ kind, commit }) => [kind, commit])).toEqual([
      ['Test', 'eeeeeeeeeeee'],
      ['Staging', 'eeeeeeeeeeee'],
      ['Production', 'eeeeeeeeeeee'],
    ])
    expect(factsOf(facts.pipelines).repositories[0]?.runs).toEqual([
      {
        number: 11,
        commit: 'eeeeeeeeeeee',
        at: expect.any(String),
        main: true,
        succeeded: true,
        steps: [
          { name: 'Unit tests', succeeded: true },
          { name: 'Deploy', succeeded: false },
        ],
      },
    ])
    expect(factsOf(facts.releases)).toEqual([
      { repository: 'shop', changelog: true, deployed: [{ commit: 'eeeeeeeeeeee', tags: ['v1.2.0'] }] },
    ])
  })

  it('follows links over several pages, and never asks for restrictions unless it is allowed to', async () => {
    const facts = await look(
      {
        'GET /repositories/{workspace}': ({ query, base }) =>
          query.get('page') === '2'
            ? { values: [{ full_name: 'example/empty', is_private: false, mainbranch: null }] }
            : {
                values: [{ full_name: 'example/shop', is_private: true, mainbranch: { name: 'main' } }],
                next: `${base}/repositories/example?pagelen=100&page=2`,
              },
      },
      { readRestrictions: false },
    )
    expect(factsOf(facts.repositories)).toEqual([
      { repository: 'shop', private: true, branch: 'main' },
      { repository: 'empty', private: false, branch: null },
    ])
    expect(whyOf(facts.restrictions)).toEqual(['not-configured', 'admin:repository:bitbucket'])
    expect(vendor.calls).not.toContain(`GET ${repository}/branch-restrictions`)
    expect(vendor.mistakes).toEqual([])
  })

  it('names the scope that is missing, and takes "not found" in the words of Bitbucket as a refusal', async () => {
    const error = (status: number, detail?: object) => (): Said => ({
      status,
      json: { type: 'error', error: { message: 'no', ...(detail === undefined ? {} : { detail }) } },
    })
    const facts = await look({
      [`GET ${repository}/environments`]: error(403, { required: ['read:pipeline:bitbucket'], granted: [] }),
      [`GET ${repository}/pullrequests`]: error(404),
      'GET /workspaces/{workspace}/permissions': error(410),
      [`GET ${repository}/branch-restrictions`]: error(402),
    })
    expect(whyOf(facts.environments)).toEqual(['denied', 'read:pipeline:bitbucket'])
    expect(whyOf(facts.merges)).toEqual(['denied', undefined])
    expect(whyOf(facts.access)).toEqual(['contract', undefined])
    expect(whyOf(facts.restrictions)).toEqual(['unlicensed', undefined])
  })

  it('does not take deployments in another order for all that there are', async () => {
    const facts = await look({
      [`GET ${repository}/deployments`]: (asked) => {
        const said = bitbucketAnswers[`GET ${repository}/deployments`]?.(asked)
        const values = said !== undefined && 'values' in said && Array.isArray(said.values) ? said.values : []
        return { values: values.toReversed() }
      },
    })
    expect(whyOf(facts.deployments)).toEqual(['contract', undefined])
  })

  it('takes an API token with its mail address, and lets neither out', async () => {
    const facts = await look({}, { email: 'looks@example.com' })
    expect(factsOf(facts.repositories)).toHaveLength(1)
    expect(JSON.stringify(facts)).not.toMatch(/looks@|token-of-the-tests/)
    expect(bitbucket.address(bitbucket.settings.parse({ workspace: 'example', token: 't' }))).toBe('example')
  })

  it('says that a named repository cannot be seen, instead of judging the others only', async () => {
    await expect(look({}, { repositories: ['shop', 'hidden'] })).rejects.toThrow('1 of the named repositories')
  })

  it('is judged by every check that belongs to it', async () => {
    vendor = await startBitbucket()
    const context = testContext({ budgets: openBudgets() })
    const reading = await collect(bitbucket, bitbucketSettings(vendor.base), context)
    const own = checks.filter(({ connector }) => connector === 'bitbucket')
    const states = own.map((check) => [check.id, rollUp(judge(check, reading, { system: 'test', now: new Date() }))])
    expect(Object.fromEntries(states)).toEqual({
      'bb.branch-restrictions': 'fail',
      'bb.default-reviewers': 'pass',
      'bb.environments': 'pass',
      'bb.permissions': 'fail',
      'bb.pipeline-on-main': 'pass',
      'bb.pipeline-scans': 'fail',
      'bb.pr.merged-approved': 'pass',
      'bb.pr.no-direct-push': 'pass',
      'bb.release-tags': 'pass',
      'bb.repo-private': 'pass',
    })
  })

  it('keeps neither names nor mail addresses nor messages', async () => {
    expect(JSON.stringify(await look())).not.toMatch(/not to be kept|not\.kept|example\.com/i)
  })
})

describe('a pattern of a branch', () => {
  it.each([
    ['main', 'main', true],
    ['main', 'main2', false],
    ['*', 'release/1', true],
    ['release/*', 'release/1', true],
    ['release/*', 'release/1/2', false],
    ['release/**', 'release/1/2', true],
    ['rel*e/1', 'release/1', true],
    ['(a+)+$', 'aaaa', false],
  ])('%s on %s: %s', (pattern, branch, matches) => {
    expect(matchesGlob(pattern, branch)).toBe(matches)
  })

  it('is understood in bounded time, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (pattern, branch) => {
        expect(typeof matchesGlob(pattern, branch)).toBe('boolean')
        expect(matchesGlob(branch.replaceAll('*', ''), branch.replaceAll('*', ''))).toBe(true)
      }),
    )
  })
})
