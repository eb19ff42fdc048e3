import { describe, expect, it } from 'vitest'
import { findPublished } from '../testing/contract.ts'
import { githubDescription } from './description.ts'

const published = findPublished('github.subset.json')
const repository = '/repos/{owner}/{repo}'

/** Calls that the published subset leaves out; described from GitHub's own pages. */
const selfDescribed = [
  `GET ${repository}/rulesets/{ruleset_id}`,
  `GET ${repository}/commits`,
  `GET ${repository}/commits/{commit_sha}/pulls`,
  `GET ${repository}/code-scanning/analyses`,
]

const fields: Readonly<Record<string, readonly string[]>> = {
  'GET /orgs/{org}': ['login', 'two_factor_requirement_enabled', 'default_repository_permission'],
  'GET /orgs/{org}/members': ['[].id', '[].login'],
  [`GET ${repository}/collaborators`]: ['[].id', '[].login', '[].role_name'],
  [`GET ${repository}`]: ['default_branch'],
  [`GET ${repository}/branches/{branch}/protection`]: [
    'url',
    'required_pull_request_reviews.required_approving_review_count',
    'required_pull_request_reviews.bypass_pull_request_allowances.users',
    'required_pull_request_reviews.bypass_pull_request_allowances.teams',
    'required_pull_request_reviews.bypass_pull_request_allowances.apps',
    'required_status_checks.contexts',
    'required_status_checks.checks',
    'enforce_admins.enabled',
    'allow_force_pushes.enabled',
    'allow_deletions.enabled',
  ],
  [`GET ${repository}/rules/branches/{branch}`]: [
    '[].type',
    '[].ruleset_id',
    '[].parameters.required_approving_review_count',
    '[].parameters.required_status_checks',
  ],
  // The list of rulesets shares the form of one ruleset, whose call is left out.
  [`GET ${repository}/rulesets`]: ['[].id', '[].bypass_actors[].actor_id', '[].bypass_actors[].actor_type'],
  [`GET ${repository}/pulls`]: [
    '[].number',
    '[].user.id',
    '[].user.type',
    '[].updated_at',
    '[].merged_at',
    '[].merge_commit_sha',
    '[].head.sha',
    '[].base.ref',
  ],
  [`GET ${repository}/pulls/{pull_number}/reviews`]: [
    '[].user.id',
    '[].user.type',
    '[].state',
    '[].submitted_at',
    '[].commit_id',
  ],
  [`GET ${repository}/dependabot/alerts`]: ['[].number', '[].created_at', '[].security_vulnerability.severity'],
  [`GET ${repository}/secret-scanning/alerts`]: ['[].number', '[].created_at', '[].secret_type'],
}

describe.skipIf(published === undefined)('the published description of GitHub (skipped without ../shared)', () => {
  const calls = Object.entries(githubDescription).filter(([call]) => !selfDescribed.includes(call))

  it.each(calls)('has %s with its parameters', (call, { query = [] }) => {
    expect(published?.has(call)).toBe(true)
    expect(published?.parameters(call)).toEqual(expect.arrayContaining([...query]))
  })

  it.each(Object.entries(fields))('says what is read from %s', (call, paths) => {
    expect(paths.filter((path) => !published?.hasField(call, path))).toEqual([])
  })

  it('still leaves out the calls that are described here', () => {
    expect(selfDescribed.filter((call) => published?.has(call))).toEqual([])
  })
})
