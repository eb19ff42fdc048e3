import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import { account, hidden, isProgram } from './client.ts'
import type { Gitlab, Project } from './client.ts'
import type { GitlabFacts } from './facts.ts'

const level = z.object({
  access_level: z.int().nullable(),
  user_id: z.int().nullish(),
  group_id: z.int().nullish(),
  deploy_key_id: z.int().nullish(),
})
const protectedBranch = z.object({
  name: z.string(),
  push_access_levels: z.array(level),
  allow_force_push: z.boolean(),
})

/** What protects each branch. Where several patterns fit, GitLab lets in whom the most permissive one lets in. */
export async function readBranches(gitlab: Gitlab, projects: readonly Project[]): Promise<GitlabFacts['branches']> {
  const found: GitlabFacts['branches'] = []
  for (const { name, branch, pipelineMustSucceed, skippedCounts } of projects) {
    if (pipelineMustSucceed === undefined || skippedCounts === undefined)
      throw new Unreadable('denied', 'the rules of a project are not shown to the token', { needs: 'Maintainer' })
    const all = await gitlab.all(name, { path: '/projects/{id}/protected_branches' }, protectedBranch)
    const own = all.filter((one) => matches(one.name, branch))
    found.push({
      repository: name,
      branch,
      protected: own.length > 0,
      pushers: [...new Set(own.flatMap((one) => one.push_access_levels.flatMap(pusherOf)))].sort(),
      forcePush: own.some((one) => one.allow_force_push),
      pipelineMustSucceed: pipelineMustSucceed ?? false,
      skippedCounts: skippedCounts ?? false,
    })
  }
  return found
}

function pusherOf({ access_level: least, user_id, group_id, deploy_key_id }: z.output<typeof level>): string[] {
  if (deploy_key_id) return [`key ${deploy_key_id}`]
  if (user_id) return [`user ${user_id}`]
  if (group_id) return [`group ${group_id}`]
  // Level 0 is nobody.
  return least === null || least === 0 ? [] : [`level ${least}`]
}

/** Patterns of GitLab know one sign: `*` stands for any characters. */
function matches(pattern: string, branch: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')
  return new RegExp(`^${escaped}$`).test(branch)
}

const settings = z.object({
  merge_requests_author_approval: z.boolean().nullable(),
  merge_requests_disable_committers_approval: z.boolean().nullable(),
  reset_approvals_on_push: z.boolean().nullable(),
})
const rule = z.object({ approvals_required: z.int(), protected_branches: z.array(z.object({ name: z.string() })) })

/** What approvals are asked for. A plan without them answers as if there were no such thing. */
export async function readApprovalRules(
  gitlab: Gitlab,
  projects: readonly Project[],
): Promise<GitlabFacts['approvalRules']> {
  const found: GitlabFacts['approvalRules'] = []
  for (const { name, branch } of projects) {
    const [how, rules] = await Promise.all([
      gitlab.api.get({ path: '/projects/{id}/approvals', params: { id: name }, schema: settings }),
      gitlab.all(name, { path: '/projects/{id}/approval_rules' }, rule),
    ]).catch((error: unknown) => {
      if (error instanceof Unreadable && error.reason.detail === hidden.detail)
        throw new Unreadable('unlicensed', 'the plan has no approval rules, or the token may not see them', {
          needs: 'Premium',
        })
      throw error
    })
    const own = rules.filter(
      ({ protected_branches: only }) => only.length === 0 || only.some((one) => matches(one.name, branch)),
    )
    found.push({
      repository: name,
      branch,
      needed: Math.max(0, ...own.map((one) => one.approvals_required)),
      authorsMayApprove: how.merge_requests_author_approval ?? false,
      committersMayApprove: !(how.merge_requests_disable_committers_approval ?? false),
      keptOnPush: !(how.reset_approvals_on_push ?? false),
    })
  }
  return found
}

const member = account.extend({ access_level: z.int(), state: z.string() })

/** From this level on, members change settings and protected branches: maintainers, and owners. */
const maintainer = 40

/** Who may do what. People who are blocked can do nothing; programs are looked after by who made their tokens. */
export async function readAccess(gitlab: Gitlab, projects: readonly Project[]): Promise<GitlabFacts['access']> {
  const found: GitlabFacts['access'] = []
  for (const { name } of projects) {
    const [all, own] = await Promise.all([
      gitlab.all(name, { path: '/projects/{id}/members/all' }, member),
      gitlab.all(name, { path: '/projects/{id}/members' }, member),
    ])
    const people = (members: readonly z.output<typeof member>[]) => [
      ...new Set(members.filter((one) => one.state === 'active' && !isProgram(one)).map(({ id }) => String(id))),
    ]
    found.push({
      repository: name,
      admins: people(all.filter((one) => one.access_level >= maintainer)),
      direct: people(own),
    })
  }
  return found
}
