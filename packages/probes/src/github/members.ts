import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import type { Roster } from '../roster/facts.ts'
import type { Owner, Repository } from './client.ts'

const member = z.object({ id: z.int(), login: z.string() })
const collaborator = member.extend({ role_name: z.string().optional() })

/**
 * Members of the organisation, and who works on a repository of the look without being one. GitHub shows no mail addresses:
 * what stands for the account's name is kept, so that whoever must act can be told it.
 */
export async function readRoster(
  owner: Owner,
  repositories: readonly Repository[],
  { pseudonym }: Context,
): Promise<Roster> {
  const found = new Map<number, Roster[number]>()
  const add = ({ id, login }: z.output<typeof member>, admin: boolean, right: string) => {
    const { rights = [], admin: wasAdmin = false } = found.get(id) ?? {}
    found.set(id, {
      id: String(id),
      person: pseudonym(login.toLowerCase()),
      active: true,
      admin: admin || wasAdmin,
      rights: [...new Set([...rights, right])],
    })
  }
  for (const role of ['admin', 'member'] as const)
    for (const one of await owner.all(
      { path: '/orgs/{org}/members', params: { org: owner.name }, query: { role } },
      member,
    ))
      add(one, role === 'admin', role === 'admin' ? 'owner' : 'member')
  for (const { name } of repositories)
    for (const one of await owner.all(
      { path: '/repos/{owner}/{repo}/collaborators', params: { repo: name }, query: { affiliation: 'outside' } },
      collaborator,
    ))
      add(one, one.role_name === 'admin', `${one.role_name ?? 'outside'} of ${name}`)
  return [...found.values()]
}
