import type { Call, Description } from '../testing/vendor.ts'

const project = '/api/v4/projects/{id}'
const request = `${project}/merge_requests/{merge_request_iid}`
const paged = ['page', 'per_page']
const list = (...query: string[]): Call => ({ query: [...paged, ...query], rights: ['read_api'] })

/** The calls that are made, as the published REST reference of GitLab describes them. */
export const gitlabDescription = {
  [`GET ${project}`]: { rights: ['read_api'] },
  [`GET ${project}/merge_requests`]: list('state', 'target_branch', 'updated_after', 'order_by', 'sort'),
  [`GET ${request}/approvals`]: { rights: ['read_api'] },
  [`GET ${request}/versions`]: list(),
  [`GET ${request}/notes`]: list('order_by', 'sort'),
  [`GET ${project}/repository/commits`]: list('ref_name', 'first_parent', 'since'),
  [`GET ${project}/repository/commits/{sha}/merge_requests`]: list(),
  [`GET ${project}/protected_branches`]: list(),
  [`GET ${project}/approvals`]: { rights: ['read_api'] },
  [`GET ${project}/approval_rules`]: list(),
  [`GET ${project}/members/all`]: list(),
  [`GET ${project}/members`]: list(),
  [`GET ${project}/environments`]: list(),
  [`GET ${project}/deployments`]: list('status', 'updated_after', 'order_by', 'sort'),
  [`GET ${project}/pipelines`]: list('updated_after', 'order_by', 'sort'),
  [`GET ${project}/pipelines/{pipeline_id}/jobs`]: list(),
  [`GET ${project}/repository/tags`]: list(),
  [`GET ${project}/repository/files/{file_path}`]: { query: ['ref'], required: ['ref'], rights: ['read_api'] },
  [`GET ${project}/releases`]: list(),
} satisfies Description
