import { z } from 'zod'
import { unlessOff } from './client.ts'
import type { Owner, Repository } from './client.ts'
import type { GithubFacts } from './facts.ts'

type Rules = GithubFacts['rules'][number]

/** Both mechanisms for each branch: one that is silent says nothing about the other. */
export async function readRules(owner: Owner, repositories: readonly Repository[]): Promise<GithubFacts['rules']> {
  const found: GithubFacts['rules'] = []
  for (const { name, branch } of repositories)
    found.push({
      repository: name,
      branch,
      classic: await readClassic(owner, name, branch),
      rulesets: await readRulesets(owner, name, branch),
    })
  return found
}

const enabled = z.object({ enabled: z.boolean() }).optional()
const names = z.array(z.unknown()).default([])

const protection = z.object({
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.int().default(0),
      bypass_pull_request_allowances: z.object({ users: names, teams: names, apps: names }).optional(),
    })
    .optional(),
  required_status_checks: z.object({ contexts: names, checks: names }).nullish(),
  enforce_admins: enabled,
  allow_force_pushes: enabled,
  allow_deletions: enabled,
  // Always there: an answer of another form must not be taken for a protection that protects from nothing.
  url: z.string(),
})

async function readClassic({ api, name: owner }: Owner, repo: string, branch: string): Promise<Rules['classic']> {
  const said = await unlessOff(
    api.get({
      path: '/repos/{owner}/{repo}/branches/{branch}/protection',
      params: { owner, repo, branch },
      schema: protection,
    }),
  )
  if (said === null) return null
  const reviews = said.required_pull_request_reviews
  const { users = [], teams = [], apps = [] } = reviews?.bypass_pull_request_allowances ?? {}
  const checks = said.required_status_checks
  return {
    approvals: reviews?.required_approving_review_count ?? 0,
    statusChecks: Math.max(checks?.contexts.length ?? 0, checks?.checks.length ?? 0),
    noForcePush: said.allow_force_pushes?.enabled !== true,
    noDeletion: said.allow_deletions?.enabled !== true,
    bindsAdmins: said.enforce_admins?.enabled === true,
    exempt: users.length + teams.length + apps.length,
  }
}

const rule = z.object({
  type: z.string(),
  ruleset_id: z.int(),
  parameters: z
    .object({ required_approving_review_count: z.int().optional(), required_status_checks: names.optional() })
    .optional(),
})

const ruleset = z.object({
  id: z.int(),
  bypass_actors: z.array(z.object({ actor_id: z.int().nullish(), actor_type: z.string() })).optional(),
})

async function readRulesets(owner: Owner, repo: string, branch: string): Promise<Rules['rulesets']> {
  const rules = await owner.all(
    { path: '/repos/{owner}/{repo}/rules/branches/{branch}', params: { repo, branch } },
    rule,
  )
  const bypass = new Set<string>()
  let hidden = 0
  for (const id of new Set(rules.map(({ ruleset_id }) => ruleset_id))) {
    const { bypass_actors } = await owner.api.get({
      path: '/repos/{owner}/{repo}/rulesets/{ruleset_id}',
      params: { owner: owner.name, repo, ruleset_id: String(id) },
      schema: ruleset,
    })
    if (bypass_actors === undefined) hidden += 1
    for (const { actor_type, actor_id } of bypass_actors ?? []) bypass.add(`${actor_type} ${actor_id ?? ''}`.trim())
  }
  const has = (type: string) => rules.some((one) => one.type === type)
  const highest = (values: readonly number[]) => Math.max(0, ...values)
  return {
    approvals: highest(rules.map(({ parameters }) => parameters?.required_approving_review_count ?? 0)),
    statusChecks: highest(rules.map(({ parameters }) => parameters?.required_status_checks?.length ?? 0)),
    noForcePush: has('non_fast_forward'),
    noDeletion: has('deletion'),
    bypass: [...bypass],
    hidden,
  }
}
