import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import type { Merges, Pushes } from '../review/facts.ts'
import { account, branchesOf } from './client.ts'
import type { Repository, Workspace } from './client.ts'

const hash = z.object({ hash: z.string() })

const pullRequest = z.object({
  id: z.int(),
  updated_on: z.string(),
  author: account,
  destination: z.object({ branch: z.object({ name: z.string() }) }),
  source: z.object({ commit: hash.nullish() }),
  merge_commit: hash.nullish(),
  participants: z.array(z.object({ approved: z.boolean(), user: account })),
})

const event = z.object({
  approval: z.object({ date: z.string(), user: account }).optional(),
  update: z
    .object({
      date: z.string(),
      state: z.string(),
      source: z.object({ commit: hash.nullish() }),
    })
    .optional(),
})

/** More changes than these are not read one by one: the window has to be shorter then. */
const mostChanges = 100

type Merged = {
  readonly slug: string
  readonly branch: string
  readonly requests: readonly z.output<typeof pullRequest>[]
}

/** Pull requests that were merged into the production branches within the window. */
export async function readMerged(
  workspace: Workspace,
  repositories: readonly Repository[],
): Promise<readonly Merged[]> {
  const merged: Merged[] = []
  for (const { slug, branch } of branchesOf(repositories)) {
    const requests = await workspace.all(
      {
        path: '/repositories/{workspace}/{repo_slug}/pullrequests',
        params: { repo_slug: slug },
        query: {
          state: 'MERGED',
          q: `updated_on > ${workspace.since.toISOString()}`,
          sort: '-updated_on',
          fields: '+values.participants',
          pagelen: '50',
        },
      },
      pullRequest,
    )
    merged.push({ slug, branch, requests: requests.filter(({ destination }) => destination.branch.name === branch) })
  }
  return merged
}

/** Who approved what, and when, from the log of each pull request. */
export async function readMerges(workspace: Workspace, merged: readonly Merged[]): Promise<Merges> {
  const count = merged.reduce((sum, { requests }) => sum + requests.length, 0)
  if (count > mostChanges)
    throw new Unreadable('incomplete', `${count} changes were merged in the window, ${mostChanges} are read at most`)
  const merges: Merges = []
  for (const { slug, branch, requests } of merged) {
    const changes: Merges[number]['changes'] = []
    for (const request of requests) {
      const change = await readChange(workspace, slug, request)
      if (Date.parse(change.mergedAt) >= workspace.since.getTime()) changes.push(change)
    }
    merges.push({ repository: slug, branch, changes })
  }
  return merges
}

async function readChange(
  workspace: Workspace,
  slug: string,
  request: Merged['requests'][number],
): Promise<Merges[number]['changes'][number]> {
  const events = await workspace.all(
    {
      path: '/repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/activity',
      params: { repo_slug: slug, pull_request_id: String(request.id) },
      query: { pagelen: '50' },
    },
    event,
  )
  const updates = events
    .flatMap(({ update }) => (update === undefined ? [] : [update]))
    .sort((a, b) => Date.parse(a.date) - Date.parse(b.date))
  const mergedAt = updates.findLast(({ state }) => state === 'MERGED')?.date
  if (mergedAt === undefined)
    throw new Unreadable('contract', 'the log of a merged pull request does not say when it was merged')
  const pushedAt = Date.parse(lastPushAt(updates))
  // An approval that was withdrawn later leaves its trace in the log, but not among the participants.
  const standing = new Set(request.participants.flatMap(({ approved, user }) => (approved && user ? [user.uuid] : [])))
  const approvals = events.flatMap(({ approval }) =>
    approval?.user && standing.has(approval.user.uuid)
      ? [
          {
            by: approval.user.uuid,
            at: approval.date,
            current: Date.parse(approval.date) >= pushedAt,
            program: false,
          },
        ]
      : [],
  )
  return { id: request.id, author: request.author?.uuid ?? null, mergedAt, approvals }
}

/** When the source last moved before the merge: the first word of the last run of updates with the same commit. */
function lastPushAt(updates: readonly NonNullable<z.output<typeof event>['update']>[]): string {
  const open = updates.filter(({ state }) => state !== 'MERGED')
  let at = open[0]?.date ?? ''
  for (const [index, { source, date }] of open.entries())
    if (index > 0 && source.commit?.hash !== open[index - 1]?.source.commit?.hash) at = date
  return at
}

const commit = z.object({
  hash: z.string(),
  date: z.string(),
  author: z.object({ user: account }).nullish(),
  parents: z.array(hash),
})

/** Commits on the first line of each production branch that no pull request accounts for. */
export async function readPushes(workspace: Workspace, merged: readonly Merged[]): Promise<Pushes> {
  const pushes: Pushes = []
  for (const { slug, branch, requests } of merged) {
    const line = await readFirstLine(workspace, slug, branch)
    const direct: Pushes[number]['direct'] = []
    const forwarded = new Set<string>()
    for (const { hash: full, parents, author } of line) {
      const request = requests.find(({ merge_commit: merge }) => merge && full.startsWith(merge.hash))
      // A branch that was only moved forward shows each of its commits on the first line.
      if (request?.source.commit && parents.length === 1 && full.startsWith(request.source.commit.hash))
        for (const one of await readCommitsOf(workspace, slug, request.id)) forwarded.add(one)
      if (request === undefined && !forwarded.has(full))
        direct.push({ commit: full.slice(0, 12), author: author?.user?.uuid ?? null })
    }
    pushes.push({ repository: slug, branch, commits: line.length, direct })
  }
  return pushes
}

/** From the tip back by first parents; a date before the window ends it only where no later one follows. */
async function readFirstLine(
  workspace: Workspace,
  slug: string,
  branch: string,
): Promise<readonly z.output<typeof commit>[]> {
  const isOld = ({ date }: z.output<typeof commit>) => Date.parse(date) < workspace.since.getTime()
  const commits = await workspace.all(
    {
      path: '/repositories/{workspace}/{repo_slug}/commits/{revision}',
      params: { repo_slug: slug, revision: branch },
    },
    commit,
    isOld,
  )
  const byHash = new Map(commits.map((one) => [one.hash, one]))
  const line: z.output<typeof commit>[] = []
  for (let at = commits[0]; at !== undefined; at = byHash.get(at.parents[0]?.hash ?? '')) {
    // Each commit once, whatever an answer says about parents.
    byHash.delete(at.hash)
    line.push(at)
  }
  return line.slice(0, line.findLastIndex((one) => !isOld(one)) + 1)
}

async function readCommitsOf(workspace: Workspace, slug: string, id: number): Promise<readonly string[]> {
  const commits = await workspace.all(
    {
      path: '/repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/commits',
      params: { repo_slug: slug, pull_request_id: String(id) },
    },
    hash,
  )
  return commits.map((one) => one.hash)
}
