import { z } from 'zod'
import { account, slugOf } from './client.ts'
import type { Repository, Workspace } from './client.ts'
import type { BitbucketFacts } from './facts.ts'

const permission = z.object({ permission: z.string(), user: account })

/** Members of the workspace, as it lists them. */
export type Members = readonly z.output<typeof permission>[]

/** Everybody who is a member of the workspace. */
export async function readMembers(workspace: Workspace): Promise<Members> {
  return await workspace.all({ path: '/workspaces/{workspace}/permissions' }, permission)
}

/** Who may administer what, who has rights of their own, and who has rights without being a member. */
export async function readAccess(
  workspace: Workspace,
  repositories: readonly Repository[],
  members: Members,
): Promise<BitbucketFacts['access']> {
  const ids = (wanted: (one: z.output<typeof permission>) => boolean) =>
    members.flatMap((one) => (one.user && wanted(one) ? [one.user.uuid] : []))
  const known = new Set(ids(() => true))
  const rights = await workspace.all(
    { path: '/workspaces/{workspace}/permissions/repositories' },
    permission.extend({ repository: z.object({ full_name: z.string() }) }),
  )
  const found: BitbucketFacts['access']['repositories'] = []
  for (const { slug } of repositories) {
    const own = await workspace.all(
      { path: '/repositories/{workspace}/{repo_slug}/permissions-config/users', params: { repo_slug: slug } },
      permission,
    )
    const here = rights.filter((one) => slugOf(one.repository.full_name) === slug)
    found.push({
      repository: slug,
      admins: usersOf(here.filter((one) => one.permission === 'admin')),
      direct: usersOf(own.filter((one) => one.permission !== 'none')),
      strangers: usersOf(here).filter((uuid) => !known.has(uuid)),
    })
  }
  return { owners: ids((one) => one.permission === 'owner'), repositories: found }
}

/** Everybody with a right: members by their role, others by their right on a repository of the look. */
export function rosterOf(
  members: Members,
  { owners, repositories }: BitbucketFacts['access'],
): BitbucketFacts['roster'] {
  const roles = new Map(members.flatMap(({ user, permission: role }) => (user ? [[user.uuid, role] as const] : [])))
  const ids = new Set([
    ...roles.keys(),
    ...repositories.flatMap(({ admins, direct, strangers }) => [...admins, ...direct, ...strangers]),
  ])
  return [...ids].map((id) => {
    const own = repositories.filter(({ admins }) => admins.includes(id)).map((one) => `admin of ${one.repository}`)
    const role = roles.get(id) ?? 'no member'
    // The workspace names people by a number alone; mail addresses are not shown.
    return { id, person: null, active: true, admin: owners.includes(id) || own.length > 0, rights: [role, ...own] }
  })
}

function usersOf(permissions: readonly z.output<typeof permission>[]): string[] {
  return [...new Set(permissions.flatMap(({ user }) => (user ? [user.uuid] : [])))]
}

/** How many people are asked to review each change by themselves. */
export async function readReviewers(
  workspace: Workspace,
  repositories: readonly Repository[],
): Promise<BitbucketFacts['reviewers']> {
  const found: BitbucketFacts['reviewers'] = []
  for (const { slug } of repositories) {
    const reviewers = await workspace.all(
      { path: '/repositories/{workspace}/{repo_slug}/effective-default-reviewers', params: { repo_slug: slug } },
      z.object({ user: account }),
    )
    found.push({
      repository: slug,
      reviewers: new Set(reviewers.flatMap(({ user }) => (user ? [user.uuid] : []))).size,
    })
  }
  return found
}
