import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { bitbucketDescription } from './description.ts'

const repository = '/repositories/{workspace}/{repo_slug}'
const hashOf = (letter: string) => letter.repeat(40)

// Once, so that what is said to be of one time is.
const now = Date.now()

/** Days before now, as Bitbucket writes times. */
export const daysAgo = (days: number): string => new Date(now - days * 86_400_000).toISOString()

/** Accounts of the tests, by the ids that Bitbucket gives. */
export const accounts = { author: '{a1}', reviewer: '{b2}', owner: '{c3}', outsider: '{d4}' } as const

const user = (uuid: string) => ({ type: 'user', uuid, display_name: 'not to be kept' })
const commit = (letter: string, days: number, ...parents: string[]) => ({
  hash: hashOf(letter),
  date: daysAgo(days),
  message: 'not to be kept',
  author: { raw: 'Not Kept <not.kept@example.com>', user: user(accounts.author) },
  parents: parents.map((one) => ({ hash: hashOf(one) })),
})
const pullRequest = (id: number, merge: string, source: string, days: number) => ({
  id,
  title: 'not to be kept',
  updated_on: daysAgo(days),
  author: user(accounts.author),
  destination: { branch: { name: 'main' } },
  source: { commit: { hash: hashOf(source).slice(0, 12) } },
  merge_commit: { hash: hashOf(merge).slice(0, 12) },
  participants: [
    { approved: true, user: user(accounts.reviewer), participated_on: daysAgo(days) },
    { approved: false, user: user(accounts.author), participated_on: null },
  ],
})
const update = (days: number, state: string, letter: string) => ({
  update: { date: daysAgo(days), state, source: { commit: { hash: hashOf(letter).slice(0, 12) } } },
})

/**
 * A workspace in which all is well: one repository, three commits on its main branch (a merge, and a branch of two commits
 * that was only moved forward), all approved; three environments that were deployed to.
 */
export const bitbucketAnswers: Readonly<Record<string, (asked: Asked) => Said>> = {
  'GET /repositories/{workspace}': () => ({
    values: [{ full_name: 'example/shop', is_private: true, mainbranch: { name: 'main', type: 'branch' } }],
  }),
  [`GET ${repository}/pullrequests`]: () => ({
    values: [
      pullRequest(2, 'e', 'd', 2),
      pullRequest(1, 'c', 'c', 3),
      { ...pullRequest(3, 'f', 'f', 1), destination: { branch: { name: 'release/1' } } },
    ],
  }),
  [`GET ${repository}/pullrequests/{pull_request_id}/activity`]: ({ params }) => {
    const last = params['pull_request_id'] === '2' ? 'd' : 'c'
    return {
      values: [
        update(2, 'MERGED', last),
        { approval: { date: daysAgo(2.5), user: user(accounts.reviewer) } },
        { comment: { id: 7 } },
        update(3, 'OPEN', last),
        update(4, 'OPEN', '9'),
      ],
    }
  },
  [`GET ${repository}/pullrequests/{pull_request_id}/commits`]: () => ({
    values: [{ hash: hashOf('c') }, { hash: hashOf('b') }],
  }),
  [`GET ${repository}/commits/{revision}`]: () => ({
    values: [
      commit('e', 2, 'c', 'd'),
      commit('d', 2.5, 'c'),
      commit('c', 3, 'b'),
      commit('b', 4, 'a'),
      commit('a', 400),
    ],
  }),
  [`GET ${repository}/branch-restrictions`]: () => ({
    values: [
      { kind: 'push', branch_match_kind: 'glob', pattern: 'main', value: null, users: [], groups: [] },
      { kind: 'delete', branch_match_kind: 'branching_model', branch_type: 'production', value: null },
      { kind: 'force', branch_match_kind: 'branching_model', branch_type: 'feature', value: null },
      { kind: 'require_approvals_to_merge', branch_match_kind: 'glob', pattern: 'ma*', value: 2 },
      { kind: 'push', branch_match_kind: 'glob', pattern: 'release/*', users: [user(accounts.owner)], groups: [] },
    ],
  }),
  [`GET ${repository}/branching-model`]: () => ({
    development: { name: 'develop', use_mainbranch: false },
    production: { name: null, use_mainbranch: true },
    branch_types: [{ kind: 'feature', prefix: 'feature/' }],
  }),
  [`GET ${repository}/effective-default-reviewers`]: () => ({
    values: [
      { reviewer_type: 'project', user: user(accounts.reviewer) },
      { reviewer_type: 'repository', user: user(accounts.owner) },
    ],
  }),
  'GET /workspaces/{workspace}/permissions': () => ({
    values: [
      { permission: 'owner', user: user(accounts.owner) },
      { permission: 'member', user: user(accounts.author) },
      { permission: 'member', user: user(accounts.reviewer) },
    ],
  }),
  'GET /workspaces/{workspace}/permissions/repositories': () => ({
    values: [
      { permission: 'admin', user: user(accounts.owner), repository: { full_name: 'example/shop' } },
      { permission: 'write', user: user(accounts.author), repository: { full_name: 'example/shop' } },
      { permission: 'write', user: user(accounts.outsider), repository: { full_name: 'example/shop' } },
      { permission: 'write', user: user(accounts.outsider), repository: { full_name: 'example/other' } },
    ],
  }),
  [`GET ${repository}/permissions-config/users`]: () => ({
    values: [
      { permission: 'write', user: user(accounts.outsider) },
      { permission: 'none', user: user(accounts.author) },
    ],
  }),
  [`GET ${repository}/environments`]: () => ({
    page: 1,
    pagelen: 100,
    size: 3,
    values: ['Test', 'Staging', 'Production'].map((name) => ({
      uuid: `{${name}}`,
      name,
      environment_type: { name },
      ...(name === 'Production' ? { restrictions: { admin_only: true } } : {}),
    })),
  }),
  [`GET ${repository}/deployments`]: () => ({
    page: 1,
    pagelen: 100,
    size: 5,
    values: [
      ...['Test', 'Staging', 'Production'].map((name) => ({
        environment: { uuid: `{${name}}` },
        release: { commit: { hash: hashOf('e') }, created_on: daysAgo(2) },
        state: deployed('SUCCESSFUL', 1),
      })),
      {
        environment: { uuid: '{Production}' },
        release: { commit: { hash: hashOf('c') }, created_on: daysAgo(3) },
        state: deployed('FAILED', 2),
      },
      {
        environment: { uuid: '{Production}' },
        release: { commit: { hash: hashOf('a') }, created_on: daysAgo(400) },
        state: deployed('SUCCESSFUL', 399),
      },
    ],
  }),
  // No next page is named here, only how many there are.
  [`GET ${repository}/pipelines`]: ({ query }) => ({
    page: Number(query.get('page') ?? 1),
    pagelen: 2,
    size: 3,
    values:
      query.get('page') === '2'
        ? [{ ...pipeline(10, 'a', 400), state: { name: 'COMPLETED', result: { name: 'SUCCESSFUL' } } }]
        : [
            { ...pipeline(12, 'e', 1), state: { name: 'IN_PROGRESS' } },
            { ...pipeline(11, 'e', 2), state: { name: 'COMPLETED', result: { name: 'SUCCESSFUL' } } },
          ],
  }),
  [`GET ${repository}/pipelines/{pipeline_uuid}/steps`]: () => ({
    values: [
      { name: 'Unit tests', state: { name: 'COMPLETED', result: { name: 'SUCCESSFUL' } } },
      { name: 'Deploy', state: { name: 'COMPLETED', result: { name: 'FAILED' } } },
    ],
  }),
  [`GET ${repository}/refs/tags`]: () => ({
    values: [
      { name: 'v1.2.0', target: { hash: hashOf('e') } },
      { name: 'v1.1.0', target: { hash: hashOf('c') } },
    ],
  }),
  [`GET ${repository}/src/{commit}/{path}`]: () => ({ type: 'commit_file', path: 'CHANGELOG.md', size: 12 }),
}

function deployed(name: string, days: number) {
  return { name: 'COMPLETED', status: { name }, started_on: daysAgo(days + 0.1), completed_on: daysAgo(days) }
}

function pipeline(number: number, letter: string, days: number) {
  return {
    uuid: `{run-${number}}`,
    build_number: number,
    created_on: daysAgo(days),
    target: { ref_name: 'main', commit: { hash: hashOf(letter) } },
  }
}

const basic = `Basic ${Buffer.from('looks@example.com:token-of-the-tests').toString('base64')}`

/** A strict server with these answers, some of them replaced. */
export function startBitbucket(
  replaced: Readonly<Record<string, (asked: Asked) => Said>> = {},
  at?: ListenAt,
): Promise<VendorServer> {
  return startVendor({
    description: bitbucketDescription,
    answers: { ...bitbucketAnswers, ...replaced },
    isAuthorised: ({ authorization }) => authorization === 'Bearer token-of-the-tests' || authorization === basic,
    at,
  })
}

const deliveries = [
  'environments',
  'deployments',
  'pipelines',
  'pipelines/{pipeline_uuid}/steps',
  'refs/tags',
  'src/{commit}/{path}',
]

/** The calls about deliveries, and all others: each half is examined in a file of its own. */
export const deliveryCalls = Object.keys(bitbucketDescription).filter((call) =>
  deliveries.some((end) => call === `GET ${repository}/${end}`),
)
export const otherCalls = Object.keys(bitbucketDescription).filter((call) => !deliveryCalls.includes(call))

/** Settings that lead to the server. */
export const bitbucketSettings = (base: string): Record<string, unknown> => ({
  baseUrl: base,
  workspace: 'example',
  token: 'token-of-the-tests',
  readRestrictions: true,
})
