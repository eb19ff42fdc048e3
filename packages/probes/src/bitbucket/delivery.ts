import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { branchesOf } from './client.ts'
import type { Repository, Workspace } from './client.ts'
import type { BitbucketFacts } from './facts.ts'

const kind = z.enum(['Test', 'Staging', 'Production'])

const environment = z.object({
  uuid: z.string(),
  name: z.string(),
  environment_type: z.object({ name: kind }),
  restrictions: z.object({ admin_only: z.boolean() }).nullish(),
})

/** Where a repository can be deployed to, by the id of the environment. */
export type Places = ReadonlyMap<string, BitbucketFacts['environments'][number]>

/** The environments of each repository. */
export async function readPlaces(workspace: Workspace, repositories: readonly Repository[]): Promise<Places> {
  const places = new Map<string, BitbucketFacts['environments'][number]>()
  for (const { slug } of branchesOf(repositories)) {
    const all = await workspace.all(
      { path: '/repositories/{workspace}/{repo_slug}/environments', params: { repo_slug: slug } },
      environment,
    )
    for (const { uuid, name, environment_type, restrictions } of all)
      places.set(`${slug} ${uuid}`, {
        repository: slug,
        name,
        kind: environment_type.name,
        restricted: restrictions?.admin_only ?? false,
      })
  }
  return places
}

const deployment = z.object({
  environment: z.object({ uuid: z.string() }),
  release: z.object({ commit: z.object({ hash: z.string() }), created_on: z.string() }),
  state: z.object({
    name: z.string(),
    status: z.object({ name: z.string() }).optional(),
    started_on: z.string().optional(),
    completed_on: z.string().optional(),
  }),
})

/** Longer than any deployment takes: one that began before the window may have ended within it. */
const marginMs = 86_400_000

/** What was deployed with success within the window. */
export async function readDeployments(
  workspace: Workspace,
  repositories: readonly Repository[],
  places: Places,
): Promise<BitbucketFacts['deployments']> {
  const found: BitbucketFacts['deployments'] = []
  for (const { slug } of branchesOf(repositories)) {
    const all = await workspace.all(
      {
        path: '/repositories/{workspace}/{repo_slug}/deployments',
        params: { repo_slug: slug },
        query: { sort: '-state.started_on' },
      },
      deployment,
      ({ state }) =>
        state.started_on !== undefined && Date.parse(state.started_on) < workspace.since.getTime() - marginMs,
    )
    requireNewestFirst(all)
    for (const { environment: where, release, state } of all) {
      const at = state.completed_on
      const place = places.get(`${slug} ${where.uuid}`)
      // An environment that was deleted since is not known any more.
      if (place === undefined || at === undefined || state.status?.name !== 'SUCCESSFUL') continue
      if (Date.parse(at) < workspace.since.getTime()) continue
      found.push({
        repository: slug,
        environment: place.name,
        kind: place.kind,
        at,
        commit: release.commit.hash.slice(0, 12),
        builtAt: release.created_on,
      })
    }
  }
  return found
}

/** The order is not in the description. Were it another one, reading would have ended before the newest. */
function requireNewestFirst(deployments: readonly z.output<typeof deployment>[]): void {
  const starts = deployments.flatMap(({ state }) =>
    state.started_on === undefined ? [] : [Date.parse(state.started_on)],
  )
  if (starts.some((start, index) => index > 0 && start > (starts[index - 1] ?? start)))
    throw new Unreadable('contract', 'deployments do not come newest first')
}

const run = z.object({
  uuid: z.string(),
  build_number: z.int(),
  created_on: z.string(),
  state: z.object({ name: z.string(), result: z.object({ name: z.string() }).optional() }),
  target: z.object({ ref_name: z.string().optional(), commit: z.object({ hash: z.string() }).optional() }),
})

const step = z.object({
  name: z.string().optional(),
  state: z.object({ name: z.string(), result: z.object({ name: z.string() }).optional() }),
})

/** The steps of more runs than these are not read: the window has to be shorter then. */
const mostRuns = 100

/** Finished runs on the branch and of what was deployed, with their steps. */
export async function readPipelines(
  workspace: Workspace,
  repositories: readonly Repository[],
  deployed: readonly { repository: string; commit: string }[],
): Promise<BitbucketFacts['pipelines']> {
  let left = mostRuns
  const found: BitbucketFacts['pipelines']['repositories'] = []
  for (const { slug, branch } of branchesOf(repositories)) {
    const commits = new Set(deployed.filter(({ repository }) => repository === slug).map(({ commit }) => commit))
    const isOld = ({ created_on }: z.output<typeof run>) => Date.parse(created_on) < workspace.since.getTime()
    const all = await workspace.all(
      {
        path: '/repositories/{workspace}/{repo_slug}/pipelines',
        params: { repo_slug: slug },
        query: { sort: '-created_on' },
      },
      run,
      isOld,
    )
    const runs: BitbucketFacts['pipelines']['repositories'][number]['runs'] = []
    for (const one of all) {
      const commit = one.target.commit?.hash.slice(0, 12) ?? ''
      const main = one.target.ref_name === branch
      if (isOld(one) || one.state.name !== 'COMPLETED' || !(main || commits.has(commit))) continue
      left -= 1
      if (left < 0) throw new Unreadable('incomplete', `more than ${mostRuns} runs of pipelines are in the window`)
      runs.push({
        number: one.build_number,
        commit,
        at: one.created_on,
        main,
        succeeded: one.state.result?.name === 'SUCCESSFUL',
        steps: await readSteps(workspace, slug, one.uuid),
      })
    }
    found.push({ repository: slug, runs })
  }
  return { since: workspace.since.toISOString(), repositories: found }
}

async function readSteps(
  workspace: Workspace,
  slug: string,
  uuid: string,
): Promise<{ name: string; succeeded: boolean }[]> {
  const steps = await workspace.all(
    {
      path: '/repositories/{workspace}/{repo_slug}/pipelines/{pipeline_uuid}/steps',
      params: { repo_slug: slug, pipeline_uuid: uuid },
    },
    step,
  )
  return steps.map(({ name, state }) => ({
    name: (name ?? '').slice(0, 100),
    succeeded: state.result?.name === 'SUCCESSFUL',
  }))
}

/** The tags of what was deployed to production, and whether the repository keeps a list of changes. */
export async function readReleases(
  workspace: Workspace,
  repositories: readonly Repository[],
  deployments: BitbucketFacts['deployments'],
  changelog: string,
): Promise<BitbucketFacts['releases']> {
  const found: BitbucketFacts['releases'] = []
  for (const { slug, branch } of branchesOf(repositories)) {
    const productive = deployments.filter((one) => one.repository === slug && one.kind === 'Production')
    const commits = [...new Set(productive.map(({ commit }) => commit))]
    if (commits.length === 0) continue
    const tags = await workspace.all(
      { path: '/repositories/{workspace}/{repo_slug}/refs/tags', params: { repo_slug: slug } },
      z.object({ name: z.string(), target: z.object({ hash: z.string() }) }),
    )
    const file = await workspace.api.find({
      path: '/repositories/{workspace}/{repo_slug}/src/{commit}/{path}',
      params: { workspace: workspace.name, repo_slug: slug, commit: branch, path: changelog },
      query: { format: 'meta' },
      schema: z.object({ type: z.string() }),
    })
    found.push({
      repository: slug,
      changelog: file?.type === 'commit_file',
      deployed: commits.map((commit) => ({
        commit,
        tags: tags.filter(({ target }) => target.hash.startsWith(commit)).map(({ name }) => name),
      })),
    })
  }
  return found
}
