import { describe, expect, it } from 'vitest'
import { findPublished } from '../testing/contract.ts'
import { bitbucketDescription } from './description.ts'

const published = findPublished('bitbucket.subset.json')
const repository = '/repositories/{workspace}/{repo_slug}'

/** Calls that the published subset leaves out; described from Bitbucket's own pages. */
const selfDescribed = [
  `GET ${repository}/pullrequests/{pull_request_id}/commits`,
  `GET ${repository}/commits/{revision}`,
  `GET ${repository}/pipelines`,
  `GET ${repository}/pipelines/{pipeline_uuid}/steps`,
  `GET ${repository}/refs/tags`,
  `GET ${repository}/src/{commit}/{path}`,
]

/** Described for all lists at once in the introduction of the API, so no call names them. */
const everywhere = ['pagelen', 'page', 'q', 'sort', 'fields']

const fields: Readonly<Record<string, readonly string[]>> = {
  'GET /repositories/{workspace}': ['values[].full_name', 'values[].is_private', 'values[].mainbranch.name', 'next'],
  [`GET ${repository}/pullrequests`]: [
    'values[].id',
    'values[].updated_on',
    'values[].author.uuid',
    'values[].destination.branch.name',
    'values[].source.commit.hash',
    'values[].merge_commit.hash',
    'values[].participants[].approved',
    'values[].participants[].user.uuid',
  ],
  [`GET ${repository}/branch-restrictions`]: ['values[].users[].uuid', 'values[].groups[].slug'],
  [`GET ${repository}/branching-model`]: [
    'development.name',
    'production.use_mainbranch',
    'branch_types[].kind',
    'branch_types[].prefix',
  ],
  [`GET ${repository}/effective-default-reviewers`]: ['values[].user.uuid'],
  'GET /workspaces/{workspace}/permissions': ['values[].user.uuid'],
  'GET /workspaces/{workspace}/permissions/repositories': [
    'values[].permission',
    'values[].user.uuid',
    'values[].repository.full_name',
  ],
  [`GET ${repository}/permissions-config/users`]: ['values[].permission', 'values[].user.uuid'],
  [`GET ${repository}/environments`]: ['values[].uuid', 'values[].name', 'page', 'pagelen', 'size'],
  [`GET ${repository}/deployments`]: [
    'values[].environment.uuid',
    'values[].release.commit.hash',
    'values[].release.created_on',
  ],
}

/** Fields that Bitbucket sends, though its description does not name them. */
const divergences: Readonly<Record<string, readonly string[]>> = {
  [`GET ${repository}/branch-restrictions`]: [
    'values[].kind',
    'values[].branch_match_kind',
    'values[].pattern',
    'values[].branch_type',
    'values[].value',
  ],
  [`GET ${repository}/pullrequests/{pull_request_id}/activity`]: ['values[].approval.date', 'values[].update.state'],
  'GET /workspaces/{workspace}/permissions': ['values[].permission'],
  [`GET ${repository}/environments`]: ['values[].environment_type.name', 'values[].restrictions.admin_only'],
  [`GET ${repository}/deployments`]: [
    'values[].state.name',
    'values[].state.status.name',
    'values[].state.completed_on',
  ],
}

describe.skipIf(published === undefined)('the published description of Bitbucket (skipped without ../shared)', () => {
  const calls = Object.entries(bitbucketDescription).filter(([call]) => !selfDescribed.includes(call))

  it.each(calls)('has %s with its parameters', (call, { query = [] }) => {
    expect(published?.has(call)).toBe(true)
    const own = query.filter((name) => !everywhere.includes(name))
    expect(published?.parameters(call)).toEqual(expect.arrayContaining(own))
  })

  it.each(Object.entries(fields))('says what is read from %s', (call, paths) => {
    expect(paths.filter((path) => !published?.hasField(call, path))).toEqual([])
  })

  it.each(Object.entries(divergences))('still leaves out what %s sends besides', (call, paths) => {
    expect(paths.filter((path) => published?.hasField(call, path))).toEqual([])
  })

  it('still leaves out the calls that are described here', () => {
    expect(selfDescribed.filter((call) => published?.has(call))).toEqual([])
  })
})
