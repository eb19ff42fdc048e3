import { z } from 'zod'
import { account, branchesOf } from './client.ts'
import type { Repository, Workspace } from './client.ts'
import type { BitbucketFacts } from './facts.ts'

const restriction = z.object({
  kind: z.string(),
  branch_match_kind: z.enum(['glob', 'branching_model']),
  pattern: z.string().optional(),
  branch_type: z.string().optional(),
  value: z.int().nullish(),
  users: z.array(account).default([]),
  groups: z.array(z.object({ slug: z.string() })).default([]),
})

const place = z.object({ name: z.string().nullish(), use_mainbranch: z.boolean().optional() })
const model = z.object({
  development: place,
  // Not there where the model has no production branch.
  production: place.nullish(),
  branch_types: z.array(z.object({ kind: z.string(), prefix: z.string() })).default([]),
})

/** The rules that match each production branch. */
export async function readRestrictions(
  workspace: Workspace,
  repositories: readonly Repository[],
): Promise<BitbucketFacts['restrictions']> {
  const found: BitbucketFacts['restrictions'] = []
  for (const { slug, branch, mainBranch } of branchesOf(repositories)) {
    const params = { repo_slug: slug }
    const all = await workspace.all(
      { path: '/repositories/{workspace}/{repo_slug}/branch-restrictions', params },
      restriction,
    )
    const kinds = await readKinds(workspace, slug, branch, mainBranch)
    const matching = all.filter((one) =>
      one.branch_match_kind === 'glob'
        ? matchesGlob(one.pattern ?? '', branch)
        : one.branch_type !== undefined && kinds.has(one.branch_type),
    )
    found.push({
      repository: slug,
      branch,
      rules: matching.map(({ kind, value, users, groups }) => ({
        kind,
        value: value ?? null,
        exempt: users.length + groups.length,
      })),
    })
  }
  return found
}

/** What the branching model calls a branch. */
async function readKinds(
  workspace: Workspace,
  slug: string,
  branch: string,
  mainBranch: string | null,
): Promise<ReadonlySet<string>> {
  const { development, production, branch_types } = await workspace.api.get({
    path: '/repositories/{workspace}/{repo_slug}/branching-model',
    params: { workspace: workspace.name, repo_slug: slug },
    schema: model,
  })
  const isPlace = (one: z.output<typeof place> | null | undefined) =>
    one != null && (one.use_mainbranch === true ? mainBranch === branch : one.name === branch)
  return new Set([
    ...(isPlace(development) ? ['development'] : []),
    ...(isPlace(production) ? ['production'] : []),
    ...branch_types.filter(({ prefix }) => prefix !== '' && branch.startsWith(prefix)).map(({ kind }) => kind),
  ])
}

/** Whether a pattern of Bitbucket names a branch: `*` stands for anything within a part, `**` for anything. */
export function matchesGlob(pattern: string, branch: string): boolean {
  if (pattern === '*') return true
  // Stars are counted off one by one, since a pattern made into a regular expression could take for ever.
  const parts = pattern.split(/(\*+)/)
  let places = new Set([0])
  for (const part of parts) {
    const next = new Set<number>()
    for (const at of places) {
      if (!part.startsWith('*')) {
        if (branch.startsWith(part, at)) next.add(at + part.length)
        continue
      }
      for (let end = at; end <= branch.length; end += 1) {
        next.add(end)
        if (part.length === 1 && branch[end] === '/') break
      }
    }
    places = next
  }
  return places.has(branch.length)
}
