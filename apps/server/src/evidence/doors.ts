import { permissionsOf, permissionsOfGrant } from '../kernel/index.ts'
import type { GrantScope, Permission, Role, Standing } from '../kernel/index.ts'
import { mayEnter, tenantErrors } from '../tenant/index.ts'
import type { Tenant } from '../tenant/index.ts'
import type { Happening } from './append.ts'
import type { Queryable } from './store.ts'

/** A person who found a door into a tenant. */
interface Entered {
  readonly kind: 'user'
  readonly role: Standing
  readonly permissions: readonly Permission[]
  readonly accountId: string
}

/** Whoever enters; a program shows a member's token. */
interface Entering {
  readonly id: string
  /** The tenant whose provider opened the session; null: the person's own sign-in. */
  readonly through?: string | null
  readonly token?: { readonly permissions: readonly Permission[] }
}

/** Of whom the tenant demands that they sign in by its own provider. */
type Demand = 'nobody' | 'all-but-owners' | 'all' | null

/** How often an operator's visit is recorded: at least once in this time. */
const visitMinutes = 60

const memberQuery = {
  name: 'member',
  text: 'select role, demand, factor from membership left join sign_in_provider on true where account_id = $1',
}

/** A member, with what the role allows. @throws {tenant.not_found | tenant.own_sign_in | tenant.factor_needed} */
export async function findMember(
  sql: Queryable,
  { id, token, through }: Entering,
  tenant: Pick<Tenant, 'needsFactor'>,
): Promise<Entered & { role: Role; isFreeOfDemand: boolean }> {
  const { rows } = await sql.query<{ role: Role; demand: Demand; factor: string | null }>(memberQuery, [id])
  if (!rows[0]) throw tenantErrors.not_found()
  const { role, demand, factor } = rows[0]
  if (through === null && (demand === 'all' || (demand === 'all-but-owners' && role !== 'owner')))
    throw tenantErrors.own_sign_in()
  // What a provider said of a second factor counts only as long as the tenant believes it.
  if (through && factor === null && !mayEnter(tenant, 'one')) throw tenantErrors.factor_needed()
  // The role as it is now: a token never does more than its person could.
  const permissions = permissionsOf(role).filter((one) => token?.permissions.includes(one) ?? true)
  return { kind: 'user', role, permissions, accountId: id, isFreeOfDemand: demand === null || demand === 'nobody' }
}

/** An operator whom an owner let in and whose time is not over. @throws {tenant.not_found} */
export async function findGrant(sql: Queryable, accountId: string, now: Date): Promise<Entered> {
  const { rows } = await sql.query<{ scope: GrantScope }>(
    'select scope from access_grant where account_id = $1 and given_at is not null and ended_at is null and until > $2',
    [accountId, now],
  )
  const scope = rows[0]?.scope
  if (!scope) throw tenantErrors.not_found()
  return { kind: 'user', role: 'operator', permissions: permissionsOfGrant(scope), accountId }
}

/** A guest of some room; which one, the room decides. @throws {tenant.not_found | tenant.own_sign_in} */
export async function findGuest(sql: Queryable, { id, through }: Entering): Promise<Entered> {
  const { rows } = await sql.query<{ demand: Demand }>(
    'select demand from guest left join sign_in_provider on true where account_id = $1 limit 1',
    [id],
  )
  if (!rows[0]) throw tenantErrors.not_found()
  // A guest signs in as they like, unless the tenant demands its own of everybody.
  if (through === null && rows[0].demand === 'all') throw tenantErrors.own_sign_in()
  return { kind: 'user', role: 'guest', permissions: permissionsOf('guest'), accountId: id }
}

/** Records that an operator was here; of the requests of one hour only the first. */
export async function noteVisit({
  sql,
  caller,
  now,
  append,
}: {
  sql: Queryable
  caller: { accountId: string | null }
  now: Date
  append: (happening: Happening) => Promise<unknown>
}): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    `update access_grant set used_at = $2
     where account_id = $1 and ended_at is null and until > $2 and (used_at is null or used_at <= $3) returning id`,
    [caller.accountId, now, new Date(now.getTime() - visitMinutes * 60_000)],
  )
  for (const { id } of rows) await append({ type: 'access.used', about: { kind: 'grant', id } })
}
