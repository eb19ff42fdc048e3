import { z } from 'zod'
import { account, slugOf } from './client.ts'
import type { Repository, Workspace } from './client.ts'
import type { BitbucketFacts } from './facts.ts'

const permission = z.object({ permission: z.string(), user: account })

/** Who may administer what, who has rights of their own, and who has rights without being a member. */
export async function readAccess(
  workspace: Workspace,
  repositories: readonly Repository[],
): Promise<BitbucketFacts['access']> {
  const members = await workspace.all({ path: '/workspaces/{workspace}/permissions' }, permission)
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
