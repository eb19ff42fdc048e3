import type { Description } from '../testing/vendor.ts'

const repository = '/repositories/{workspace}/{repo_slug}'
const pages = ['pagelen', 'page']

/** The calls that the connector makes, as Bitbucket describes them, with the granular scope of each. */
export const bitbucketDescription: Description = {
  'GET /repositories/{workspace}': { query: pages, rights: ['read:repository:bitbucket'] },
  [`GET ${repository}/pullrequests`]: {
    query: [...pages, 'state', 'q', 'sort', 'fields'],
    rights: ['read:pullrequest:bitbucket'],
  },
  [`GET ${repository}/pullrequests/{pull_request_id}/activity`]: {
    query: pages,
    rights: ['read:pullrequest:bitbucket'],
  },
  [`GET ${repository}/pullrequests/{pull_request_id}/commits`]: {
    query: pages,
    rights: ['read:pullrequest:bitbucket'],
  },
  [`GET ${repository}/commits/{revision}`]: { query: pages, rights: ['read:repository:bitbucket'] },
  [`GET ${repository}/branch-restrictions`]: { query: pages, rights: ['admin:repository:bitbucket'] },
  [`GET ${repository}/branching-model`]: { rights: ['read:repository:bitbucket'] },
  [`GET ${repository}/effective-default-reviewers`]: { query: pages, rights: ['read:pullrequest:bitbucket'] },
  'GET /workspaces/{workspace}/permissions': {
    query: pages,
    rights: ['read:workspace:bitbucket', 'read:user:bitbucket'],
  },
  'GET /workspaces/{workspace}/permissions/repositories': {
    query: pages,
    rights: ['read:repository:bitbucket', 'read:user:bitbucket'],
  },
  [`GET ${repository}/permissions-config/users`]: {
    query: pages,
    rights: ['read:repository:bitbucket', 'read:user:bitbucket'],
  },
  [`GET ${repository}/environments`]: { query: pages, rights: ['read:pipeline:bitbucket'] },
  [`GET ${repository}/deployments`]: { query: [...pages, 'sort'], rights: ['read:pipeline:bitbucket'] },
  [`GET ${repository}/pipelines`]: { query: [...pages, 'sort'], rights: ['read:pipeline:bitbucket'] },
  [`GET ${repository}/pipelines/{pipeline_uuid}/steps`]: { query: pages, rights: ['read:pipeline:bitbucket'] },
  [`GET ${repository}/refs/tags`]: { query: pages, rights: ['read:repository:bitbucket'] },
  [`GET ${repository}/src/{commit}/{path}`]: { query: ['format'], rights: ['read:repository:bitbucket'] },
}
