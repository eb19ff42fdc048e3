import type { ListenAt } from '../testing/servers.ts'
import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { githubDescription } from './description.ts'

const repository = '/repos/{owner}/{repo}'
const hashOf = (letter: string) => letter.repeat(40)

// Once, so that what is said to be of one time is.
const now = Date.now()

/** Days before now, as GitHub writes times. */
export const daysAgo = (days: number): string => new Date(now - days * 86_400_000).toISOString()

const user = (id: number, type = 'User') => ({ id, type, login: 'not-to-be-kept' })
const pull = (number: number, merge: string, head: string, days: number) => ({
  number,
  title: 'not to be kept',
  user: user(1),
  updated_at: daysAgo(days),
  merged_at: daysAgo(days),
  merge_commit_sha: hashOf(merge),
  head: { sha: hashOf(head) },
})
const commit = (letter: string, days: number, ...parents: string[]) => ({
  sha: hashOf(letter),
  commit: {
    message: 'not to be kept',
    committer: { name: 'Not Kept', email: 'not.kept@example.com', date: daysAgo(days) },
  },
  author: user(1),
  parents: parents.map((one) => ({ sha: hashOf(one) })),
})

/** The commits of the good answers, newest first: a merge, what it merged, a squashed one, a rebased one, an old one. */
export const commits = [
  commit('e', 2, 'c', 'd'),
  commit('d', 2.5, 'c'),
  commit('c', 3, 'b'),
  commit('b', 4, 'a'),
  commit('a', 400),
]

/** A repository and its organisation in which all is well. */
export const githubAnswers: Readonly<Record<string, (asked: Asked) => Said>> = {
  'GET /orgs/{org}': () => ({
    login: 'example',
    two_factor_requirement_enabled: true,
    default_repository_permission: 'read',
    billing_email: 'not.kept@example.com',
  }),
  'GET /orgs/{org}/members': ({ query }) =>
    query.get('role') === 'admin'
      ? [{ id: 1, type: 'User', login: 'first' }]
      : [{ id: 2, type: 'User', login: 'second' }],
  [`GET ${repository}/collaborators`]: () => [{ id: 9, type: 'User', login: 'outside', role_name: 'write' }],
  [`GET ${repository}`]: () => ({ name: 'shop', private: true, default_branch: 'main' }),
  [`GET ${repository}/branches/{branch}/protection`]: () => ({
    url: 'https://api.github.com/…',
    required_pull_request_reviews: {
      required_approving_review_count: 2,
      dismiss_stale_reviews: true,
      bypass_pull_request_allowances: { users: [user(7)], teams: [], apps: [] },
    },
    required_status_checks: { strict: true, contexts: ['test'], checks: [{ context: 'test' }] },
    enforce_admins: { enabled: false },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: true },
  }),
  [`GET ${repository}/rules/branches/{branch}`]: () => [
    { type: 'deletion', ruleset_id: 5, ruleset_source_type: 'Organization' },
    { type: 'non_fast_forward', ruleset_id: 5 },
    { type: 'pull_request', ruleset_id: 6, parameters: { required_approving_review_count: 1 } },
    { type: 'required_status_checks', ruleset_id: 6, parameters: { required_status_checks: [{ context: 'test' }] } },
  ],
  [`GET ${repository}/rulesets/{ruleset_id}`]: ({ params }) =>
    params['ruleset_id'] === '5'
      ? { id: 5, bypass_actors: [{ actor_id: 12, actor_type: 'Team', bypass_mode: 'always' }] }
      : { id: 6, current_user_can_bypass: 'never' },
  [`GET ${repository}/pulls`]: () => [
    pull(2, 'e', 'd', 2),
    pull(1, 'c', '9', 3),
    { ...pull(3, 'f', 'f', 1), merged_at: null },
    pull(0, '0', '0', 400),
  ],
  [`GET ${repository}/pulls/{pull_number}/reviews`]: ({ params }) => [
    {
      user: user(2),
      state: 'APPROVED',
      submitted_at: daysAgo(3.5),
      commit_id: hashOf(params['pull_number'] === '2' ? 'd' : '9'),
      body: 'not to be kept',
    },
    { user: user(3, 'Bot'), state: 'COMMENTED', submitted_at: daysAgo(3.6), commit_id: null },
  ],
  [`GET ${repository}/commits`]: () => commits,
  [`GET ${repository}/commits/{commit_sha}/pulls`]: () => [{ merged_at: daysAgo(3), base: { ref: 'main' } }],
  [`GET ${repository}/dependabot/alerts`]: () => [
    { number: 4, created_at: daysAgo(1), security_vulnerability: { severity: 'high' } },
    { number: 5, created_at: daysAgo(1), security_vulnerability: { severity: 'low' } },
  ],
  [`GET ${repository}/secret-scanning/alerts`]: () => [
    { number: 8, created_at: daysAgo(1), secret_type: 'example_token', secret: 'not to be kept' },
  ],
  [`GET ${repository}/code-scanning/analyses`]: () => [
    { created_at: daysAgo(1), error: 'out of memory', tool: { name: 'CodeQL' } },
    { created_at: daysAgo(2), error: '', tool: { name: 'CodeQL' } },
  ],
}

/** A strict server with these answers, some of them replaced. */
export function startGithub(
  replaced: Readonly<Record<string, (asked: Asked) => Said>> = {},
  at?: ListenAt,
): Promise<VendorServer> {
  return startVendor({
    description: githubDescription,
    answers: { ...githubAnswers, ...replaced },
    isAuthorised: ({ authorization, 'x-github-api-version': version }) =>
      authorization === 'Bearer token-of-the-tests' && version === '2022-11-28',
    at,
  })
}
