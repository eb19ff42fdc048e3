import type { Description } from '../testing/vendor.ts'

const repository = '/repos/{owner}/{repo}'
const pages = ['per_page', 'page']

/** The calls that the connector makes, as GitHub describes them, with the permission of a fine-grained token. */
export const githubDescription: Description = {
  'GET /orgs/{org}': { rights: ['Organization administration: read'] },
  'GET /orgs/{org}/members': { query: [...pages, 'role'], rights: ['Members: read'] },
  [`GET ${repository}/collaborators`]: { query: [...pages, 'affiliation'], rights: ['Metadata: read'] },
  [`GET ${repository}`]: { rights: ['Metadata: read'] },
  [`GET ${repository}/branches/{branch}/protection`]: { rights: ['Administration: read'] },
  [`GET ${repository}/rules/branches/{branch}`]: { query: pages, rights: ['Metadata: read'] },
  [`GET ${repository}/rulesets/{ruleset_id}`]: { rights: ['Metadata: read'] },
  [`GET ${repository}/pulls`]: {
    query: [...pages, 'state', 'base', 'sort', 'direction'],
    rights: ['Pull requests: read'],
  },
  [`GET ${repository}/pulls/{pull_number}/reviews`]: { query: pages, rights: ['Pull requests: read'] },
  [`GET ${repository}/commits`]: { query: [...pages, 'sha'], rights: ['Contents: read'] },
  [`GET ${repository}/commits/{commit_sha}/pulls`]: { query: pages, rights: ['Pull requests: read'] },
  // By a mark of the last item, not by number.
  [`GET ${repository}/dependabot/alerts`]: {
    query: ['per_page', 'after', 'state'],
    rights: ['Dependabot alerts: read'],
  },
  [`GET ${repository}/secret-scanning/alerts`]: {
    query: [...pages, 'state', 'hide_secret'],
    rights: ['Secret scanning alerts: read'],
  },
  [`GET ${repository}/code-scanning/analyses`]: { query: [...pages, 'ref'], rights: ['Code scanning alerts: read'] },
}
