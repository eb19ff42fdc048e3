import { z } from 'zod'
import { Unreadable } from '../engine/reading.ts'
import type { Merges, Pushes } from '../review/facts.ts'
import { account, isProgram } from './client.ts'
import type { Gitlab, Project } from './client.ts'

const hash = z.string().nullish()

const request = z.object({
  iid: z.int(),
  author: account.nullable(),
  merged_at: z.string().nullable(),
  sha: hash,
  merge_commit_sha: hash,
  squash_commit_sha: hash,
})

type Merged = Project & { readonly requests: readonly (z.output<typeof request> & { readonly mergedAt: string })[] }

/** More changes, or commits that have to be asked about, than these are not read: the window has to be shorter then. */
const most = 100

/** Merge requests that were merged into the branches within the window. */
export async function readMerged(gitlab: Gitlab, projects: readonly Project[]): Promise<readonly Merged[]> {
  const merged: Merged[] = []
  for (const project of projects) {
    const all = await gitlab.all(
      project.name,
      {
        path: '/projects/{id}/merge_requests',
        query: {
          state: 'merged',
          target_branch: project.branch,
          updated_after: gitlab.since.toISOString(),
          order_by: 'updated_at',
          sort: 'desc',
        },
      },
      request,
    )
    const requests = all.flatMap((one) =>
      one.merged_at !== null && Date.parse(one.merged_at) >= gitlab.since.getTime()
        ? [{ ...one, mergedAt: one.merged_at }]
        : [],
    )
    merged.push({ ...project, requests })
  }
  return merged
}

/** Who approved what, and whether on the state that was merged. */
export async function readMerges(gitlab: Gitlab, merged: readonly Merged[]): Promise<Merges> {
  const count = merged.reduce((sum, { requests }) => sum + requests.length, 0)
  if (count > most)
    throw new Unreadable('incomplete', `${count} changes were merged in the window, ${most} are read at most`)
  const merges: Merges = []
  for (const { name, branch, requests } of merged) {
    const changes: Merges[number]['changes'] = []
    for (const { iid, author, mergedAt } of requests)
      changes.push({
        id: iid,
        author: author === null ? null : String(author.id),
        mergedAt,
        approvals: await readApprovals(gitlab, name, String(iid)),
      })
    merges.push({ repository: name, branch, changes })
  }
  return merges
}

const approvals = z.object({ approved_by: z.array(z.object({ user: account, approved_at: z.string().nullish() })) })
const version = z.object({ created_at: z.string() })

async function readApprovals(
  gitlab: Gitlab,
  id: string,
  iid: string,
): Promise<Merges[number]['changes'][number]['approvals']> {
  const params = { merge_request_iid: iid }
  const path = '/projects/{id}/merge_requests/{merge_request_iid}'
  const { approved_by: given } = await gitlab.api.get({
    path: `${path}/approvals`,
    params: { id, ...params },
    schema: approvals,
  })
  if (given.length === 0) return []
  const versions = await gitlab.all(id, { path: `${path}/versions`, params }, version)
  if (versions.length === 0) throw new Unreadable('contract', 'a merge request has no version')
  const pushedAt = Math.max(...versions.map(({ created_at: at }) => Date.parse(at)))
  // Servers before version 18 tell the time in the history only.
  const told = given.every(({ approved_at: at }) => at) ? [] : await readApprovalNotes(gitlab, id, params)
  return given.map(({ user, approved_at: own }) => {
    const at = own ?? told.find(({ by }) => by === user.id)?.at
    if (at === undefined) throw new Unreadable('contract', 'an approval has no time')
    return { by: String(user.id), at, current: Date.parse(at) >= pushedAt, program: isProgram(user) }
  })
}

const note = z.object({ system: z.boolean(), body: z.string(), created_at: z.string(), author: account.nullable() })

/** Approvals in the history of a merge request, newest first. What people write there is not kept. */
async function readApprovalNotes(gitlab: Gitlab, id: string, params: { merge_request_iid: string }) {
  const path = '/projects/{id}/merge_requests/{merge_request_iid}/notes'
  const notes = await gitlab.all(id, { path, params, query: { order_by: 'created_at', sort: 'desc' } }, note)
  return notes
    .filter(({ system, body }) => system && body === 'approved this merge request')
    .map(({ author, created_at: at }) => ({ by: author?.id, at }))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

const commit = z.object({ id: z.string(), author_email: z.string() })
const brought = z.object({ state: z.string(), target_branch: z.string() })

/** What stands for the account of a declared program in facts. */
export const declaredProgram = 'declared program'

/** Commits on the first line of each branch that no merge request accounts for. */
export async function readPushes(
  gitlab: Gitlab,
  merged: readonly Merged[],
  programs: readonly string[],
): Promise<Pushes> {
  const isDeclared = new Set(programs.map((mail) => mail.toLowerCase()))
  const pushes: Pushes = []
  for (const { name, branch, requests } of merged) {
    const line = await gitlab.all(
      name,
      {
        path: '/projects/{id}/repository/commits',
        query: { ref_name: branch, first_parent: 'true', since: gitlab.since.toISOString() },
      },
      commit,
    )
    const known = new Set(
      requests.flatMap((one) => [one.merge_commit_sha, one.squash_commit_sha, one.sha].filter((sha) => sha)),
    )
    const unknown = line.filter(({ id }) => !known.has(id))
    if (unknown.length > most)
      throw new Unreadable('incomplete', `${unknown.length} commits would have to be asked about, ${most} are at most`)
    const direct: Pushes[number]['direct'] = []
    for (const { id, author_email: mail } of unknown) {
      const found = await gitlab.all(
        name,
        { path: '/projects/{id}/repository/commits/{sha}/merge_requests', params: { sha: id } },
        brought,
      )
      if (!found.some((one) => one.state === 'merged' && one.target_branch === branch))
        direct.push({
          commit: id.slice(0, 12),
          author: isDeclared.has(mail.toLowerCase()) ? declaredProgram : null,
        })
    }
    pushes.push({ repository: name, branch, commits: line.length, direct })
  }
  return pushes
}
