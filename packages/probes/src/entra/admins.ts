import { z } from 'zod'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { Account, Accounts } from './accounts.ts'
import type { EntraFacts } from './facts.ts'
import { all } from './graph.ts'
import type { Graph } from './graph.ts'

/** The global administrator, the same in every tenant. */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

const filter = { $filter: `roleDefinitionId eq '${globalAdministrator}'` }

const holder = z.object({ principalId: z.string(), principal: z.object({ '@odata.type': z.string() }) })
const member = z.object({ id: z.string() })

type Holder = { readonly id: string; readonly type: string; readonly standing: boolean }
type Admin = EntraFacts['admins'][number]

/**
 * Who is global administrator, or may become it. Members of a group are resolved; one group that cannot be resolved
 * leaves the number unknown.
 */
export async function readAdmins(graph: Graph, accounts: Promise<Accounts>): Promise<Seen<EntraFacts['admins']>> {
  const ask = (path: string, standing: boolean) =>
    all(
      graph.api,
      // No selection here: an expanded principal comes whole or not at all.
      { path, query: { ...filter, $expand: 'principal' }, item: holder },
      ({ principalId, principal }): Holder => ({ id: principalId, type: principal['@odata.type'], standing }),
    )
  const [standing, eligible, known] = await Promise.all([
    ask('/roleManagement/directory/roleAssignments', true),
    ask('/roleManagement/directory/roleEligibilityScheduleInstances', false).catch(unlessUnlicensed),
    accounts,
  ])
  const admins = new Map<string, Admin>()
  let complete = standing.complete && eligible.complete && known.complete
  // Standing ones first: whoever holds the role for good is not only eligible.
  for (const one of [...standing.items, ...eligible.items]) {
    const people = one.type === '#microsoft.graph.group' ? await membersOf(graph, one.id) : undefined
    if (people) complete &&= people.complete
    for (const id of people?.items ?? [one.id])
      if (!admins.has(id)) admins.set(id, asAdmin(id, one, people !== undefined, known))
  }
  return seen([...admins.values()], complete)
}

/** Without Privileged Identity Management nobody can be eligible: that is known, not unseen. */
function unlessUnlicensed(error: unknown): { items: readonly Holder[]; complete: boolean } {
  if (error instanceof Unreadable && error.reason.why === 'unlicensed') return { items: [], complete: true }
  throw error
}

function membersOf({ api }: Graph, group: string): Promise<{ items: readonly string[]; complete: boolean }> {
  return all(
    api,
    {
      path: '/groups/{id}/transitiveMembers/microsoft.graph.user',
      params: { id: group },
      query: { $select: 'id', $top: '999' },
      item: member,
    },
    ({ id }) => id,
  )
}

function asAdmin(id: string, { type, standing }: Holder, isMember: boolean, known: Accounts): Admin {
  const account: Account | undefined = known.items.get(id)
  if (account) {
    const { enabled, synced, guest, generic } = account
    return { id, kind: 'user', standing, enabled, synced, guest, generic }
  }
  if (!isMember && type === '#microsoft.graph.servicePrincipal')
    return { id, kind: 'application', standing, enabled: true, synced: false, guest: false, generic: false }
  throw new Unreadable('incomplete', 'an administrator is not among the accounts that were read')
}
