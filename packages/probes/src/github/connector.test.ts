import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { judge, rollUp } from '../engine/judge.ts'
import type { Seen } from '../engine/reading.ts'
import { checks } from '../registry.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { github } from './connector.ts'
import type { GithubFacts } from './facts.ts'
import { commits, daysAgo, startGithub } from './vendor.ts'

const repository = '/repos/{owner}/{repo}'
const settings = (base: string) => ({
  baseUrl: base,
  owner: 'example',
  repositories: ['shop'],
  token: 'token-of-the-tests',
})

examineConnector(github, {
  start: () => startGithub(),
  settings,
  secrets: ['token-of-the-tests'],
  hurts: {
    'GET /orgs/{org}': ['twoFactor', 'defaults'],
    'GET /orgs/{org}/members': ['roster'],
    [`GET ${repository}/collaborators`]: ['roster'],
    [`GET ${repository}`]: ['*'],
    [`GET ${repository}/branches/{branch}/protection`]: ['rules'],
    [`GET ${repository}/rules/branches/{branch}`]: ['rules'],
    [`GET ${repository}/rulesets/{ruleset_id}`]: ['rules'],
    [`GET ${repository}/pulls`]: ['merges', 'pushes'],
    [`GET ${repository}/pulls/{pull_number}/reviews`]: ['merges'],
    [`GET ${repository}/commits`]: ['pushes'],
    [`GET ${repository}/commits/{commit_sha}/pulls`]: ['pushes'],
    [`GET ${repository}/dependabot/alerts`]: ['dependencies'],
    [`GET ${repository}/secret-scanning/alerts`]: ['secrets'],
    [`GET ${repository}/code-scanning/analyses`]: ['analyses'],
  },
})

describe('a look at repositories', () => {
  let vendor: VendorServer
  afterEach(async () => await vendor.close())

  async function look(
    replaced: Readonly<Record<string, (asked: Asked) => Said>> = {},
  ): Promise<{ [K in keyof GithubFacts]: Seen<GithubFacts[K]> }> {
    vendor = await startGithub(replaced)
    const reading = await collect(github, settings(vendor.base), testContext({ budgets: openBudgets() }))
    if (reading.read === 'no') throw new Error(`${reading.why}: ${reading.detail}`)
    return reading.facts as { [K in keyof GithubFacts]: Seen<GithubFacts[K]> }
  }
  const factsOf = <T>(group: Seen<T>): T => {
    if (group.read === 'no') throw new Error(group.detail)
    return group.facts
  }
  const whyOf = (group: Seen<unknown>) => (group.read === 'no' ? group.why : 'seen')
  const says = (status: number, message: string) => (): Said => ({ status, json: { message } })

  it('reads classic protection and rulesets, and who may go past them', async () => {
    expect(factsOf((await look()).rules)).toEqual([
      {
        repository: 'shop',
        branch: 'main',
        classic: {
          approvals: 2,
          statusChecks: 1,
          noForcePush: true,
          noDeletion: false,
          bindsAdmins: false,
          exempt: 1,
        },
        rulesets: {
          approvals: 1,
          statusChecks: 1,
          noForcePush: true,
          noDeletion: true,
          bypass: ['Team 12'],
          hidden: 1,
        },
      },
    ])
  })

  it('takes "Branch not protected" for an answer, and a plain "Not Found" for a refusal', async () => {
    const call = `GET ${repository}/branches/{branch}/protection`
    const open = await look({ [call]: says(404, 'Branch not protected') })
    expect(factsOf(open.rules)[0]?.classic).toBeNull()
    await vendor.close()
    expect(whyOf((await look({ [call]: says(404, 'Not Found') })).rules)).toBe('denied')
    await vendor.close()
    const plan = 'Upgrade to GitHub Pro or make this repository public to enable this feature.'
    expect(whyOf((await look({ [call]: says(403, plan) })).rules)).toBe('unlicensed')
  })

  it('takes what is switched off for a fact, and what the token may not see for a refusal', async () => {
    const alerts = `GET ${repository}/dependabot/alerts`
    const secrets = `GET ${repository}/secret-scanning/alerts`
    const analyses = `GET ${repository}/code-scanning/analyses`
    const off = await look({
      [alerts]: says(403, 'Dependabot alerts are disabled for this repository.'),
      [secrets]: says(404, 'Secret scanning is disabled on this repository.'),
      [analyses]: says(403, 'Code scanning is not enabled for this repository. Please enable code scanning.'),
    })
    expect(factsOf(off.dependencies)).toEqual([{ repository: 'shop', on: false, alerts: [] }])
    expect(factsOf(off.secrets)).toEqual([{ repository: 'shop', on: false, alerts: [] }])
    expect(factsOf(off.analyses)).toEqual([{ repository: 'shop', branch: 'main', on: false, newest: null }])
    await vendor.close()
    const hidden = await look({
      [alerts]: says(403, 'Resource not accessible by personal access token'),
      [secrets]: says(404, 'Not Found'),
      [analyses]: says(403, 'Resource protected by organization SAML enforcement.'),
      [`GET ${repository}/pulls`]: says(403, 'API rate limit exceeded for user ID 1.'),
    })
    expect([hidden.dependencies, hidden.secrets, hidden.analyses, hidden.merges].map(whyOf)).toEqual([
      'denied',
      'denied',
      'denied',
      'throttled',
    ])
  })

  it('takes a setting that is left out for one that it may not see', async () => {
    const facts = await look({ 'GET /orgs/{org}': () => ({ login: 'example', two_factor_requirement_enabled: null }) })
    expect([facts.twoFactor, facts.defaults].map(whyOf)).toEqual(['denied', 'denied'])
  })

  it('ends the look where a repository is not there or hidden', async () => {
    await expect(look({ [`GET ${repository}`]: says(404, 'Not Found') })).rejects.toThrow('denied')
  })

  it('tells approvals that stand, on which state, and by whom', async () => {
    const facts = await look({
      [`GET ${repository}/pulls/{pull_number}/reviews`]: ({ params }) =>
        params['pull_number'] === '1'
          ? []
          : [
              review(2, 'APPROVED', 4, 'd'),
              review(4, 'APPROVED', 4, 'd'),
              review(4, 'CHANGES_REQUESTED', 3, 'd'),
              review(5, 'APPROVED', 4, '1'),
              review(6, 'DISMISSED', 4, 'd'),
              { ...review(7, 'APPROVED', 3, 'd'), user: { id: 7, type: 'Bot' } },
              { ...review(8, 'APPROVED', 3, 'd'), user: null },
              { ...review(9, 'PENDING', 3, 'd'), submitted_at: undefined },
            ],
    })
    const [merged] = factsOf(facts.merges)
    expect(merged?.changes.map(({ id, author }) => [id, author])).toEqual([
      [2, '1'],
      [1, '1'],
    ])
    expect(merged?.changes[0]?.approvals.map(({ by, current, program }) => [by, current, program])).toEqual([
      ['2', true, false],
      ['5', false, false],
      ['7', true, true],
    ])
  })

  it('asks about commits that are no merges, and names those that no pull request brought', async () => {
    expect(factsOf((await look()).pushes)).toEqual([{ repository: 'shop', branch: 'main', commits: 3, direct: [] }])
    expect(vendor.calls.filter((call) => call.endsWith('{commit_sha}/pulls'))).toHaveLength(1)
    await vendor.close()
    const facts = await look({
      [`GET ${repository}/commits/{commit_sha}/pulls`]: ({ params }) =>
        params['commit_sha']?.startsWith('b')
          ? [
              { merged_at: daysAgo(3), base: { ref: 'develop' } },
              { merged_at: null, base: { ref: 'main' } },
            ]
          : [],
    })
    expect(factsOf(facts.pushes)[0]?.direct).toEqual([{ commit: 'bbbbbbbbbbbb', author: '1' }])
  })

  it('follows pages to their end and no further than needed', async () => {
    const page = (asked: Asked, path: string, items: readonly object[], more: boolean): Said => ({
      status: 200,
      json: items,
      headers: more
        ? { link: `<${asked.base}${path}?per_page=100&page=1>; rel="first", <${asked.base}${path}?page=2>; rel="next"` }
        : {},
    })
    const facts = await look({
      [`GET ${repository}/commits`]: (asked) =>
        asked.query.get('page') === '2'
          ? page(asked, '/repos/example/shop/commits', commits.slice(2), true)
          : page(asked, '/repos/example/shop/commits', commits.slice(0, 2), true),
      [`GET ${repository}/pulls`]: (asked) =>
        page(asked, '/repos/example/shop/pulls', [{ ...oldPull, updated_at: daysAgo(100) }], true),
      [`GET ${repository}/commits/{commit_sha}/pulls`]: () => [],
    }).catch((error: unknown) => error)
    // The second page names itself as the next one.
    expect(facts).toMatchObject({ pushes: { read: 'no', why: 'contract' }, merges: { read: 'ok' } })
    expect(vendor.calls.filter((call) => call === `GET ${repository}/pulls`)).toHaveLength(1)
    expect(vendor.mistakes).toEqual([])
  })

  it('is judged by every check that belongs to it', async () => {
    vendor = await startGithub()
    const context = testContext({ budgets: openBudgets() })
    const reading = await collect(github, settings(vendor.base), context)
    const own = checks.filter(({ connector }) => connector === 'github')
    const states = own.map((check) => [check.id, rollUp(judge(check, reading, { system: 'test', now: new Date() }))])
    expect(Object.fromEntries(states)).toEqual({
      'gh.branch-rules': 'fail',
      'gh.code-scanning': 'pass',
      'gh.default-permission': 'pass',
      'gh.dependabot-open': 'pass',
      'gh.org-2fa': 'pass',
      'gh.pr.merged-approved': 'pass',
      'gh.pr.no-direct-push': 'pass',
      'gh.secret-scanning': 'fail',
    })
  })

  it('keeps neither names nor mail addresses nor what was found', async () => {
    expect(JSON.stringify(await look())).not.toMatch(/not.to.be.kept|not\.kept|example\.com/i)
  })
})

const oldPull = {
  number: 1,
  user: null,
  merged_at: daysAgo(100),
  merge_commit_sha: null,
  head: { sha: 'f'.repeat(40) },
}

function review(id: number, state: string, days: number, letter: string) {
  return { user: { id, type: 'User' }, state, submitted_at: daysAgo(days), commit_id: letter.repeat(40) }
}
