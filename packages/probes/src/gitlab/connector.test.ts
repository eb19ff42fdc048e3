import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { judge, rollUp } from '../engine/judge.ts'
import type { Seen } from '../engine/reading.ts'
import { checks } from '../registry.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { gitlab } from './connector.ts'
import type { GitlabFacts } from './facts.ts'
import { calls, commit, daysAgo, deliveryCalls, hashOf, level, merged, settings, startGitlab, user } from './vendor.ts'

examineConnector(gitlab, {
  start: () => startGitlab(),
  settings,
  secrets: ['token-of-the-tests'],
  hurts: {
    [calls.project]: ['*'],
    [calls.requests]: ['merges', 'pushes'],
    [calls.approvals]: ['merges'],
    [calls.versions]: ['merges'],
    [calls.notes]: ['merges'],
    [calls.commits]: ['pushes'],
    [calls.brought]: ['pushes'],
    [calls.branches]: ['branches'],
    [calls.settings]: ['approvalRules'],
    [calls.rules]: ['approvalRules'],
    [calls.everybody]: ['access'],
    [calls.members]: ['access'],
  },
  elsewhere: deliveryCalls,
})

describe('a look at projects on GitLab', () => {
  let vendor: VendorServer
  afterEach(async () => await vendor.close())

  type Replaced = Readonly<Record<string, (asked: Asked) => Said>>
  async function read(replaced: Replaced = {}, given: Record<string, unknown> = {}) {
    vendor = await startGitlab(replaced)
    const context = testContext({ budgets: openBudgets() })
    const reading = await collect(gitlab, { ...settings(vendor.base), ...given }, context)
    expect(vendor.mistakes).toEqual([])
    expect(JSON.stringify(reading)).not.toMatch(/not.to.be.kept|not\.kept|not-kept|example\.com/i)
    if (reading.read === 'no') throw new Error(`${reading.why}: ${reading.detail}`)
    return reading
  }
  const look = async (...how: Parameters<typeof read>) =>
    (await read(...how)).facts as { [K in keyof GitlabFacts]: Seen<GitlabFacts[K]> }
  const factsOf = <T>(group: Seen<T>): T => {
    if (group.read === 'no') throw new Error(group.detail)
    return group.facts
  }
  const whyOf = (group: Seen<unknown>) => (group.read === 'no' ? group.why : 'seen')
  const says = (status: number, json: object) => (): Said => ({ status, json })

  it('tells approvals, their times on old and new servers, and on which state they were given', async () => {
    const { merges } = await look()
    expect(factsOf(merges)).toEqual([
      {
        repository: 'example/shop',
        branch: 'main',
        changes: [
          {
            id: 2,
            author: '1',
            mergedAt: daysAgo(2),
            approvals: [{ by: '2', at: daysAgo(2.5), current: true, program: false }],
          },
          {
            id: 1,
            author: '1',
            mergedAt: daysAgo(3),
            approvals: [{ by: '2', at: daysAgo(3.5), current: true, program: false }],
          },
        ],
      },
    ])
    await vendor.close()
    const late = await look({
      [calls.versions]: () => [{ created_at: daysAgo(6) }, { created_at: daysAgo(1) }],
      [calls.approvals]: () => ({ approved_by: [{ user: user(7, 'group_3_bot_ff'), approved_at: daysAgo(2.5) }] }),
    })
    expect(factsOf(late.merges)[0]?.changes[0]?.approvals).toMatchObject([{ by: '7', current: false, program: true }])
  })

  it('does not guess when an approval was given', async () => {
    expect(whyOf((await look({ [calls.notes]: () => [] })).merges)).toBe('contract')
  })

  it('asks about commits that are no merges, and names those that no merge request brought', async () => {
    expect(factsOf((await look()).pushes)).toMatchObject([{ commits: 3, direct: [] }])
    expect(vendor.calls.filter((call) => call === calls.brought)).toHaveLength(1)
    await vendor.close()
    const facts = await look(
      {
        [calls.commits]: () => [commit('e'), commit('d'), commit('b', 'Release.Bot@example.com')],
        [calls.brought]: ({ params }) =>
          params['sha'] === hashOf('d') ? [{ state: 'opened', target_branch: 'main' }] : [],
      },
      { programs: ['release.bot@example.com'] },
    )
    expect(factsOf(facts.pushes)[0]?.direct).toEqual([
      { commit: 'd'.repeat(12), author: null },
      { commit: 'b'.repeat(12), author: 'declared program' },
    ])
  })

  it('puts together every pattern that fits the branch', async () => {
    expect(factsOf((await look()).branches)).toMatchObject([
      { protected: true, pushers: [], forcePush: false, pipelineMustSucceed: true, skippedCounts: false },
    ])
    await vendor.close()
    const both = await look({
      [calls.branches]: () => [
        { name: 'main', push_access_levels: [level(0)], allow_force_push: false },
        {
          name: 'm*n',
          push_access_levels: [level(40), level(40, { deploy_key_id: 9 }), level(null, { user_id: 7 })],
          allow_force_push: true,
        },
        { name: 'm.in', push_access_levels: [level(30)], allow_force_push: false },
      ],
    })
    expect(factsOf(both.branches)).toMatchObject([{ pushers: ['key 9', 'level 40', 'user 7'], forcePush: true }])
    await vendor.close()
    expect(factsOf((await look({ [calls.branches]: () => [] })).branches)).toMatchObject([{ protected: false }])
  })

  it('takes a rule that is not shown for one that it may not see', async () => {
    const project = () => ({ path_with_namespace: 'example/shop', default_branch: 'main', visibility: 'internal' })
    const facts = await look({ [calls.project]: project })
    expect(whyOf(facts.branches)).toBe('denied')
    expect(factsOf(facts.repositories)).toMatchObject([{ private: false }])
  })

  it('tells a plan without approval rules from a token that may not look', async () => {
    const rules = factsOf((await look()).approvalRules)
    expect(rules).toMatchObject([
      { needed: 1, authorsMayApprove: false, committersMayApprove: false, keptOnPush: false },
    ])
    await vendor.close()
    const free = await look({ [calls.rules]: says(404, { error: '404 Not Found' }) })
    expect(whyOf(free.approvalRules)).toBe('unlicensed')
    await vendor.close()
    const scope = says(403, { error: 'insufficient_scope', scope: 'api' })
    expect((await look({ [calls.rules]: scope })).approvalRules).toMatchObject({ why: 'denied', needs: 'read_api' })
  })

  it('ends where a project is not there or hidden', async () => {
    const missing = says(404, { message: '404 Project Not Found' })
    await expect(look({ [calls.project]: missing })).rejects.toThrow('denied')
  })

  it('counts people, not programs, and nobody who is blocked', async () => {
    expect(factsOf((await look()).access)).toEqual([{ repository: 'example/shop', admins: ['2', '3'], direct: [] }])
  })

  it('joins deployments with their environments, runs, jobs and tags', async () => {
    const facts = await look()
    expect(factsOf(facts.deployments)).toMatchObject([
      { environment: 'production', kind: 'Production', commit: 'e'.repeat(12), builtAt: daysAgo(2) },
      { commit: 'c'.repeat(12), at: daysAgo(2), builtAt: daysAgo(2.2) },
    ])
    expect(factsOf(facts.pipelines).repositories[0]?.runs.map(({ number, succeeded }) => [number, succeeded])).toEqual([
      [12, true],
      [11, true],
    ])
    expect(factsOf(facts.releases)).toEqual([
      {
        repository: 'example/shop',
        changelog: true,
        deployed: [
          { commit: 'e'.repeat(12), tags: ['v2'] },
          { commit: 'c'.repeat(12), tags: ['v1'] },
        ],
      },
    ])
    await vendor.close()
    const none = await look({ [calls.releases]: () => [], [calls.file]: says(404, { message: '404 File Not Found' }) })
    expect(factsOf(none.releases)).toMatchObject([{ changelog: false }])
  })

  it('follows pages by their number', async () => {
    const facts = await look({
      [calls.requests]: ({ query }) => {
        const second = query.get('page') === '2'
        return {
          status: 200,
          headers: { 'x-next-page': second ? '' : '2', link: '<https://inside.example.net/?page=2>; rel="next"' },
          json: second ? [merged(1, 'c', 3)] : [merged(2, 'e', 2)],
        }
      },
    })
    expect(factsOf(facts.merges)[0]?.changes.map(({ id }) => id)).toEqual([2, 1])
  })

  it('passes every check that belongs to it where all is well', async () => {
    const reading = await read()
    const own = checks.filter(({ connector }) => connector === 'gitlab')
    const states = own.map((check) => [check.id, rollUp(judge(check, reading, { system: 'test', now: new Date() }))])
    expect(Object.fromEntries(states)).toEqual(
      Object.fromEntries(
        [
          'gl.approval-rules',
          'gl.mr.merged-approved',
          'gl.mr.no-direct-push',
          'gl.permissions',
          'gl.pipeline-on-main',
          'gl.pipeline-scans',
          'gl.project-private',
          'gl.protected-branch',
          'gl.release-tags',
        ].map((id) => [id, 'pass']),
      ),
    )
  })
})
