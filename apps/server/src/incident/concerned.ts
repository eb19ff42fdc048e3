import { findDay } from '../duty/index.ts'
import type { TenantContext } from '../evidence/index.ts'
import { listRoles } from './store-case.ts'

/** From these points on more people are told than whoever leads the case. */
const late = ['last-hour', 'due', 'outer'] as const

/**
 * Who is told of a clock: whoever leads the case; the deputy while that person is absent, or where nobody leads; from the
 * last hour on everybody on the case and the tenant's owners. Where nobody of them is there, all owners are told.
 *
 * @param code the point of the clock
 */
export async function listConcerned(tx: TenantContext, incidentId: string, code: string | null): Promise<string[]> {
  const { members, absent } = await findDay(tx)
  const known = new Set(members.map(({ account_id: id }) => id))
  const roles = (await listRoles(tx, incidentId)).filter(({ account_id: id }) => known.has(id))
  const owners = members.filter(({ role }) => role === 'owner').map(({ account_id: id }) => id)
  const present = (ids: readonly string[]) => ids.filter((id) => !absent.has(id))
  const withRole = (role: string) => roles.filter((one) => one.role === role).map(({ account_id: id }) => id)
  const isLate = late.some((one) => one === code)
  const wanted = isLate ? [...roles.map(({ account_id: id }) => id), ...owners] : withRole('lead')
  const acting = present(wanted).length > 0 ? present(wanted) : present(withRole('deputy'))
  const told = acting.length > 0 ? acting : present(owners)
  return [...new Set(told.length > 0 ? told : owners)]
}
