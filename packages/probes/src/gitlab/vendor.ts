import { startVendor } from '../testing/vendor.ts'
import type { Asked, Said, VendorServer } from '../testing/vendor.ts'
import { gitlabDescription } from './description.ts'

const project = 'GET /api/v4/projects/{id}'
const request = `${project}/merge_requests/{merge_request_iid}`

/** The calls by short names. */
export const calls = {
  project,
  requests: `${project}/merge_requests`,
  approvals: `${request}/approvals`,
  versions: `${request}/versions`,
  notes: `${request}/notes`,
  commits: `${project}/repository/commits`,
  brought: `${project}/repository/commits/{sha}/merge_requests`,
  branches: `${project}/protected_branches`,
  settings: `${project}/approvals`,
  rules: `${project}/approval_rules`,
  everybody: `${project}/members/all`,
  members: `${project}/members`,
  environments: `${project}/environments`,
  deployments: `${project}/deployments`,
  pipelines: `${project}/pipelines`,
  jobs: `${project}/pipelines/{pipeline_id}/jobs`,
  tags: `${project}/repository/tags`,
  file: `${project}/repository/files/{file_path}`,
  releases: `${project}/releases`,
} as const

/** The calls about deliveries; the others are examined in a file of their own. */
export const deliveryCalls: readonly string[] = [
  calls.environments,
  calls.deployments,
  calls.pipelines,
  calls.jobs,
  calls.tags,
  calls.file,
  calls.releases,
]

/** Settings that lead to the server. */
export const settings = (base: string) => ({
  baseUrl: base,
  projects: ['example/shop'],
  token: 'token-of-the-tests',
})

// Once, so that what is said to be of one time is.
const now = Date.now()
export const daysAgo = (days: number): string => new Date(now - days * 86_400_000).toISOString()
export const hashOf = (letter: string) => letter.repeat(40)

export const user = (id: number, username = `not.kept.${id}`) => ({
  id,
  username,
  name: 'Not Kept',
  state: 'active',
  avatar_url: 'https://not.kept.example.com/',
})
export const merged = (iid: number, letter: string, days: number) => ({
  iid,
  title: 'not to be kept',
  author: user(1),
  merged_at: daysAgo(days),
  sha: hashOf('0'),
  merge_commit_sha: hashOf(letter),
  squash_commit_sha: null,
  target_branch: 'main',
})
export const commit = (letter: string, mail = 'not.kept@example.com') => ({
  id: hashOf(letter),
  title: 'not to be kept',
  author_name: 'Not Kept',
  author_email: mail,
  committed_date: daysAgo(2),
})
const member = (id: number, access_level: number, username?: string) => ({ ...user(id, username), access_level })
export const level = (access_level: number | null, more: object = {}) => ({
  access_level,
  access_level_description: 'not to be kept',
  user_id: null,
  group_id: null,
  ...more,
})

/** A project in which all is well. */
export const gitlabAnswers: Readonly<Record<string, (asked: Asked) => Said>> = {
  [calls.project]: () => ({
    path_with_namespace: 'example/shop',
    default_branch: 'main',
    visibility: 'private',
    only_allow_merge_if_pipeline_succeeds: true,
    allow_merge_on_skipped_pipeline: null,
    runners_token: 'not to be kept',
  }),
  [calls.requests]: () => [merged(2, 'e', 2), merged(1, 'c', 3), merged(9, 'f', 300)],
  // The second server is of before approvals had a time.
  [calls.approvals]: ({ params }) => ({
    approved_by: [
      params['merge_request_iid'] === '2' ? { user: user(2), approved_at: daysAgo(2.5) } : { user: user(2) },
    ],
  }),
  [calls.versions]: () => [{ created_at: daysAgo(4) }, { created_at: daysAgo(6) }],
  [calls.notes]: () => [
    { system: true, body: 'approved this merge request', created_at: daysAgo(3.5), author: user(2) },
    { system: false, body: 'approved this merge request', created_at: daysAgo(3.1), author: user(3) },
    { system: true, body: 'added 1 commit', created_at: daysAgo(4), author: user(1) },
    { system: true, body: 'approved this merge request', created_at: daysAgo(5), author: user(2) },
  ],
  [calls.commits]: () => [commit('e'), commit('d'), commit('c')],
  [calls.brought]: () => [{ state: 'merged', target_branch: 'main' }],
  [calls.branches]: () => [
    { name: 'ma*', push_access_levels: [level(0)], allow_force_push: false },
    { name: 'release/*', push_access_levels: [level(40)], allow_force_push: true },
  ],
  [calls.settings]: () => ({
    merge_requests_author_approval: false,
    merge_requests_disable_committers_approval: true,
    reset_approvals_on_push: true,
  }),
  [calls.rules]: () => [
    { approvals_required: 1, protected_branches: [] },
    { approvals_required: 3, protected_branches: [{ name: 'release/*' }] },
  ],
  [calls.everybody]: () => [
    member(1, 30),
    member(2, 40),
    member(3, 50),
    { ...member(4, 50), state: 'blocked' },
    member(5, 40, 'project_12_bot_a1b2c3'),
  ],
  [calls.members]: () => [member(5, 40, 'project_12_bot_a1b2c3')],
  [calls.environments]: () => [
    { id: 1, name: 'production', tier: 'production' },
    { id: 2, name: 'review/not-kept', tier: 'other' },
  ],
  [calls.deployments]: () => [
    deployed(1, 'e', 1),
    deployed(2, 'd', 1),
    { ...deployed(1, 'c', 2), deployable: null },
    deployed(99, 'b', 2),
  ],
  [calls.pipelines]: () => [
    { id: 12, sha: hashOf('e'), ref: 'main', status: 'success', created_at: daysAgo(2) },
    { id: 11, sha: hashOf('c'), ref: 'main', status: 'manual', created_at: daysAgo(3) },
    { id: 13, sha: hashOf('e'), ref: 'main', status: 'running', created_at: daysAgo(1) },
    { id: 10, sha: hashOf('9'), ref: 'feature', status: 'failed', created_at: daysAgo(3) },
  ],
  [calls.jobs]: () => [
    { name: 'unit test', status: 'success' },
    { name: 'semgrep-sast', status: 'success' },
    { name: 'dependency_scanning', status: 'success' },
    { name: 'secret_detection', status: 'success' },
    { name: 'deploy', status: 'manual' },
  ],
  [calls.tags]: () => [
    { name: 'v2', message: 'not to be kept', commit: { id: hashOf('e') } },
    { name: 'v1', commit: { id: hashOf('c') } },
  ],
  [calls.file]: () => ({ size: 0, content: 'bm90IHRvIGJlIGtlcHQ=' }),
  [calls.releases]: () => [{ tag_name: 'v2', description: 'not to be kept' }],
}

function deployed(environment: number, letter: string, days: number) {
  return {
    sha: hashOf(letter),
    created_at: daysAgo(days + 0.2),
    updated_at: daysAgo(days),
    user: user(1),
    environment: { id: environment, name: 'not to be kept' },
    deployable: { finished_at: daysAgo(days), pipeline: { created_at: daysAgo(days + 1) }, commit: commit(letter) },
  }
}

/** A strict server with these answers, some of them replaced. */
export function startGitlab(replaced: Readonly<Record<string, (asked: Asked) => Said>> = {}): Promise<VendorServer> {
  return startVendor({
    description: gitlabDescription,
    answers: { ...gitlabAnswers, ...replaced },
    isAuthorised: (headers) => headers['private-token'] === 'token-of-the-tests',
  })
}
