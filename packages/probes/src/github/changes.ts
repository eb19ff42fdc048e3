import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import type { Merges, Pushes } from '../review/facts.ts'
import { account } from './client.ts'
import type { Owner, Repository } from './client.ts'

const pull = z.object({
  number: z.int(),
  user: account,
  updated_at: z.string(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  head: z.object({ sha: z.string() }),
})

type Merged = Repository & {
  readonly pulls: readonly (z.output<typeof pull> & { readonly mergedAt: string })[]
}

/** More changes, or commits that have to be asked about, than these are not read: the window has to be shorter then. */
const most = 100

/** Pull requests that were merged into the branches within the window. */
export async function readMerged(owner: Owner, repositories: readonly Repository[]): Promise<readonly Merged[]> {
  const merged: Merged[] = []
  for (const { name, branch } of repositories) {
    const closed = await owner.all(
      {
        path: '/repos/{owner}/{repo}/pulls',
        params: { repo: name },
        query: { state: 'closed', base: branch, sort: 'updated', direction: 'desc' },
      },
      pull,
      ({ updated_at }) => Date.parse(updated_at) < owner.since.getTime(),
    )
    const pulls = closed.flatMap((one) =>
      one.merged_at !== null && Date.parse(one.merged_at) >= owner.since.getTime()
        ? [{ ...one, mergedAt: one.merged_at }]
        : [],
    )
    merged.push({ name, branch, pulls })
  }
  return merged
}

const review = z.object({
  user: account,
  state: z.string(),
  submitted_at: z.string().optional(),
  commit_id: z.string().nullable(),
})

/** Who approved what, when, and on which state. */
export async function readMerges(owner: Owner, merged: readonly Merged[]): Promise<Merges> {
  const count = merged.reduce((sum, { pulls }) => sum + pulls.length, 0)
  if (count > most)
    throw new Unreadable('incomplete', `${count} changes were merged in the window, ${most} are read at most`)
  const merges: Merges = []
  for (const { name, branch, pulls } of merged) {
    const changes: Merges[number]['changes'] = []
    for (const { number, user, mergedAt, head } of pulls) {
      const reviews = await owner.all(
        {
          path: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews',
          params: { repo: name, pull_number: String(number) },
        },
        review,
      )
      changes.push({
        id: number,
        author: user === null ? null : String(user.id),
        mergedAt,
        approvals: approvalsOf(reviews, mergedAt, head.sha),
      })
    }
    merges.push({ repository: name, branch, changes })
  }
  return merges
}

/** Approvals that were not taken back before the merge: somebody who later asks for changes approves no more. */
function approvalsOf(
  reviews: readonly z.output<typeof review>[],
  mergedAt: string,
  head: string,
): Merges[number]['changes'][number]['approvals'] {
  const isTakenBack = (id: number, at: string) =>
    reviews.some(
      ({ user, state, submitted_at: later = '' }) =>
        user?.id === id &&
        state === 'CHANGES_REQUESTED' &&
        Date.parse(later) > Date.parse(at) &&
        Date.parse(later) <= Date.parse(mergedAt),
    )
  return reviews.flatMap(({ user, state, submitted_at: at, commit_id }) =>
    state !== 'APPROVED' || user === null || at === undefined || isTakenBack(user.id, at)
      ? []
      : [{ by: String(user.id), at, current: commit_id === head, program: user.type === 'Bot' }],
  )
}

const commit = z.object({
  sha: z.string(),
  commit: z.object({ committer: z.object({ date: z.string() }).nullable() }),
  author: z.object({ id: z.int() }).nullable(),
  parents: z.array(z.object({ sha: z.string() })),
})

/** Commits on the first line of each branch that no pull request accounts for. */
export async function readPushes(owner: Owner, merged: readonly Merged[]): Promise<Pushes> {
  const pushes: Pushes = []
  for (const { name, branch, pulls } of merged) {
    const line = await readFirstLine(owner, name, branch)
    const known = new Set(pulls.map(({ merge_commit_sha: sha }) => sha))
    const unknown = line.filter(({ sha }) => !known.has(sha))
    if (unknown.length > most)
      throw new Unreadable('incomplete', `${unknown.length} commits would have to be asked about, ${most} are at most`)
    const direct: Pushes[number]['direct'] = []
    for (const { sha, author } of unknown)
      if (!(await cameByPull(owner, name, branch, sha)))
        direct.push({ commit: sha.slice(0, 12), author: author === null ? null : String(author.id) })
    pushes.push({ repository: name, branch, commits: line.length, direct })
  }
  return pushes
}

/** Whether a commit, as one of a rebased branch, belongs to a pull request that was merged into the branch. */
async function cameByPull(owner: Owner, repo: string, branch: string, sha: string): Promise<boolean> {
  const pulls = await owner.all(
    { path: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls', params: { repo, commit_sha: sha } },
    z.object({ merged_at: z.string().nullable(), base: z.object({ ref: z.string() }) }),
  )
  return pulls.some(({ merged_at, base }) => merged_at !== null && base.ref === branch)
}

/** From the tip back by first parents; a date before the window ends it only where no later one follows. */
async function readFirstLine(owner: Owner, repo: string, branch: string): Promise<readonly z.output<typeof commit>[]> {
  const isOld = (one: z.output<typeof commit>) =>
    one.commit.committer !== null && Date.parse(one.commit.committer.date) < owner.since.getTime()
  const commits = await owner.all(
    { path: '/repos/{owner}/{repo}/commits', params: { repo }, query: { sha: branch } },
    commit,
    isOld,
  )
  const byHash = new Map(commits.map((one) => [one.sha, one]))
  const line: z.output<typeof commit>[] = []
  for (let at = commits[0]; at !== undefined; at = byHash.get(at.parents[0]?.sha ?? '')) {
    // Each commit once, whatever an answer says about parents.
    byHash.delete(at.sha)
    line.push(at)
  }
  return line.slice(0, line.findLastIndex((one) => !isOld(one)) + 1)
}
