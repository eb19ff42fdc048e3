import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import type { Gitlab, Project } from './client.ts'
import type { GitlabFacts } from './facts.ts'

type Deployment = GitlabFacts['deployments'][number]
type Run = GitlabFacts['pipelines']['repositories'][number]['runs'][number]

/** What the tiers of GitLab are among the kinds of environments; others are none. */
const kinds: Readonly<Record<string, Deployment['kind']>> = {
  production: 'Production',
  staging: 'Staging',
  testing: 'Test',
  development: 'Test',
}

const environment = z.object({ id: z.int(), name: z.string(), tier: z.string() })
const deployment = z.object({
  sha: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  environment: z.object({ id: z.int() }),
  deployable: z
    .object({
      finished_at: z.string().nullish(),
      pipeline: z.object({ created_at: z.string() }).nullish(),
    })
    .nullable(),
})

/** What was deployed with success within the window. */
export async function readDeployments(
  gitlab: Gitlab,
  projects: readonly Project[],
): Promise<GitlabFacts['deployments']> {
  const found: Deployment[] = []
  for (const { name } of projects) {
    const places = await gitlab.all(name, { path: '/projects/{id}/environments' }, environment)
    const byId = new Map(places.map((one) => [one.id, one]))
    const query = {
      status: 'success',
      updated_after: gitlab.since.toISOString(),
      order_by: 'updated_at',
      sort: 'desc',
    }
    for (const one of await gitlab.all(name, { path: '/projects/{id}/deployments', query }, deployment)) {
      // An environment that was deleted since is not known any more.
      const place = byId.get(one.environment.id)
      const kind = kinds[place?.tier ?? '']
      if (place === undefined || kind === undefined) continue
      found.push({
        repository: name,
        environment: place.name.slice(0, 100),
        kind,
        at: one.deployable?.finished_at ?? one.updated_at,
        commit: one.sha.slice(0, 12),
        builtAt: one.deployable?.pipeline?.created_at ?? one.created_at,
      })
    }
  }
  return found
}

const pipeline = z.object({
  id: z.int(),
  sha: z.string(),
  ref: z.string().nullable(),
  status: z.string(),
  created_at: z.string(),
})
const job = z.object({ name: z.string(), status: z.string() })

/** The jobs of more runs than these are not read: the window has to be shorter then. */
const mostRuns = 100

/** `manual`: all that ran succeeded, and a job waits for somebody to start it. */
const ended: Readonly<Record<string, boolean>> = {
  success: true,
  manual: true,
  failed: false,
  canceled: false,
  skipped: false,
}

/** Ended runs on the branch and of what was deployed, with their jobs. */
export async function readPipelines(
  gitlab: Gitlab,
  projects: readonly Project[],
  deployed: readonly Deployment[],
): Promise<GitlabFacts['pipelines']> {
  let left = mostRuns
  const repositories: GitlabFacts['pipelines']['repositories'] = []
  for (const { name, branch } of projects) {
    const commits = new Set(deployed.filter((one) => one.repository === name).map(({ commit }) => commit))
    const query = { updated_after: gitlab.since.toISOString(), order_by: 'updated_at', sort: 'desc' }
    const runs: Run[] = []
    for (const one of await gitlab.all(name, { path: '/projects/{id}/pipelines', query }, pipeline)) {
      const commit = one.sha.slice(0, 12)
      const succeeded = ended[one.status]
      const main = one.ref === branch
      if (succeeded === undefined || !(main || commits.has(commit))) continue
      left -= 1
      if (left < 0) throw new Unreadable('incomplete', `more than ${mostRuns} runs of pipelines are in the window`)
      const jobs = await gitlab.all(
        name,
        { path: '/projects/{id}/pipelines/{pipeline_id}/jobs', params: { pipeline_id: String(one.id) } },
        job,
      )
      const steps = jobs.map((each) => ({ name: each.name.slice(0, 100), succeeded: each.status === 'success' }))
      runs.push({ number: one.id, commit, at: one.created_at, main, succeeded, steps })
    }
    repositories.push({ repository: name, runs })
  }
  return { since: gitlab.since.toISOString(), repositories }
}

const tag = z.object({ name: z.string(), commit: z.object({ id: z.string() }) })
const release = z.object({ description: z.string().nullish() })

/** The tags of what was deployed to production, and whether changes are listed: in a file, or in the notes of releases. */
export async function readReleases(
  gitlab: Gitlab,
  projects: readonly Project[],
  deployments: readonly Deployment[],
  changelog: string,
): Promise<GitlabFacts['releases']> {
  const found: GitlabFacts['releases'] = []
  for (const { name, branch } of projects) {
    const productive = deployments.filter((one) => one.repository === name && one.kind === 'Production')
    const commits = [...new Set(productive.map(({ commit }) => commit))]
    if (commits.length === 0) continue
    const tags = await gitlab.all(name, { path: '/projects/{id}/repository/tags' }, tag)
    const file = await gitlab.api.find({
      path: '/projects/{id}/repository/files/{file_path}',
      params: { id: name, file_path: changelog },
      query: { ref: branch },
      schema: z.object({ size: z.int() }),
    })
    const releases = await gitlab.all(name, { path: '/projects/{id}/releases' }, release)
    found.push({
      repository: name,
      changelog: (file?.size ?? 0) > 0 || releases.some(({ description }) => description?.trim()),
      deployed: commits.map((commit) => ({
        commit,
        tags: tags.filter((one) => one.commit.id.startsWith(commit)).map((one) => one.name),
      })),
    })
  }
  return found
}
