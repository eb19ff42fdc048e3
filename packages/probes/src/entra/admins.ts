import { z } from 'zod'
import { Unreadable, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import type { Account, Accounts } from './accounts.ts'
import type { EntraFacts } from './facts.ts'
import { all } from './graph.ts'
import type { Graph } from './graph.ts'

/** The global administrator, the same in every tenant. */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

const group = '#microsoft.graph.group'
const filter = { $filter: `roleDefinitionId eq '${globalAdministrator}'` }

const holder = z.object({
  principalId: z.string(),
  principal: z.object({ '@odata.type': z.string() }).nullable(),
})
const member = z.object({ id: z.string(), '@odata.type': z.string() })

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
      ({ principalId, principal }): Holder => ({ id: principalId, type: principal?.['@odata.type'] ?? '', standing }),
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
    const within = one.type === group ? await membersOf(graph, one) : undefined
    if (within) complete &&= within.complete
    for (const admin of (within?.items ?? [one]).flatMap((each) => asAdmin(each, known)))
      if (!admins.has(admin.id)) admins.set(admin.id, admin)
  }
  return seen([...admins.values()], complete)
}

/** Without Privileged Identity Management nobody can be eligible: that is known, not unseen. */
function unlessUnlicensed(error: unknown): { items: readonly Holder[]; complete: boolean } {
  if (error instanceof Unreadable && error.reason.why === 'unlicensed') return { items: [], complete: true }
  throw error
}

/** Whoever is in a group or in one within it; the groups themselves are left out. */
function membersOf({ api }: Graph, { id: of, standing }: Holder) {
  return all(
    api,
    {
      path: '/groups/{id}/transitiveMembers',
      params: { id: of },
      query: { $select: 'id', $top: '999' },
      item: member,
    },
    ({ id, '@odata.type': type }): Holder | undefined => (type === group ? undefined : { id, type, standing }),
  )
}

/** Nothing for a device, which cannot act as an administrator. */
function asAdmin({ id, type, standing }: Holder, known: Accounts): Admin[] {
  const account: Account | undefined = known.items.get(id)
  if (account) {
    const { enabled, synced, guest, generic } = account
    return [{ id, kind: 'user', standing, enabled, synced, guest, generic }]
  }
  if (type === '#microsoft.graph.servicePrincipal')
    return [{ id, kind: 'application', standing, enabled: true, synced: false, guest: false, generic: false }]
  if (type === '#microsoft.graph.device') return []
  throw new Unreadable('incomplete', 'an administrator is not among the accounts that were read')
}
