import { changeRole, enter, leave } from '../../access/index.ts'
import type { LeaveDependencies } from '../../access/index.ts'
import type { Accounts } from '../../account/index.ts'
import type { TenantContext } from '../../evidence/index.ts'
import { AppError } from '../../kernel/index.ts'
import type { Role } from '../../kernel/index.ts'
import type { Registry } from '../../tenant/index.ts'
import type { Domains } from '../domain.ts'
import { findProvider, listGroupRoles, roleOf } from '../provider.ts'
import type { Description } from './person.ts'
import type { ListQuery } from './query.ts'
import { ScimRefusal, invalid, notFound, taken } from './refusal.ts'

/** A person of the directory as kept. */
export interface PersonRow {
  readonly id: string
  readonly account_id: string
  readonly user_name: string
  readonly external_id: string | null
  readonly name: string
  readonly email: string
  readonly made_here: boolean
  readonly is_active: boolean
  readonly since: Date
  readonly changed_at: Date
}

/** What bringing and removing people needs of the rest of the server. */
export interface PeopleDependencies extends LeaveDependencies {
  readonly accounts: Accounts
  readonly registry: Registry
  readonly domains: Domains
}

const columns = 'id, account_id, user_name, external_id, name, email, made_here, is_active, since, changed_at'
const filters: Readonly<Record<string, string>> = {
  userName: 'lower(user_name) = lower($1)',
  externalId: 'external_id = $1',
  id: 'id::text = $1',
}

/** Attributes by which people are found. */
export const personFilters = Object.keys(filters)

/** People of the directory, a page of them. */
export async function listPeople(
  { sql }: TenantContext,
  { filter, offset, count }: ListQuery,
): Promise<{ rows: PersonRow[]; total: number }> {
  const where = filter ? `where ${filters[filter.attribute] ?? 'false'}` : ''
  const values = filter ? [filter.value] : []
  const { rows } = await sql.query<PersonRow>(
    `select ${columns} from directory_person ${where} order by since, id offset ${offset} limit ${count}`,
    values,
  )
  const totals = await sql.query<{ n: number }>(`select count(*)::int as n from directory_person ${where}`, values)
  return { rows, total: totals.rows[0]?.n ?? 0 }
}

/** A person by id, held until the transaction ends. */
export async function getPerson({ sql }: TenantContext, id: string): Promise<PersonRow> {
  const { rows } = await sql.query<PersonRow>(
    `select ${columns} from directory_person where id::text = $1 for update`,
    [id],
  )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** What the directory said of a person, as it is kept. */
export function descriptionOf(row: PersonRow): Description {
  return {
    userName: row.user_name,
    externalId: row.external_id,
    name: row.name,
    email: row.email,
    isActive: row.is_active,
  }
}

/** Brings a person: an account without a password, or the one that is there, and a role. Its address must be of an allowed domain. */
export async function bring(
  context: TenantContext,
  person: Description,
  needs: PeopleDependencies,
): Promise<PersonRow> {
  const { accounts, domains, registry } = needs
  const { sql, tenant, now, newId, append } = context
  if (!(await domains.allows(tenant.id, person.email))) throw domainRefusal()
  const present = await accounts.findByEmail(person.email)
  const account = present ?? (await accounts.admit({ name: person.name, email: person.email }))
  const id = newId()
  const { rows } = await unique(
    sql.query<PersonRow>(
      `insert into directory_person (id, account_id, user_name, external_id, name, email, made_here, is_active, since, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) returning ${columns}`,
      [id, account.id, person.userName, person.externalId, person.name, person.email, !present, person.isActive, now],
    ),
  )
  if (!rows[0]) throw taken()
  await append({ type: 'person.joined', about: { kind: 'person', id }, code: 'directory' })
  if (person.isActive) await admit(context, rows[0], registry)
  return rows[0]
}

/** Makes the kept person what the directory says; becoming inactive ends everything at once. */
export async function correct(
  context: TenantContext,
  before: PersonRow,
  after: Description,
  needs: PeopleDependencies,
): Promise<PersonRow> {
  const { sql, tenant, now, append } = context
  const isSame =
    before.name === after.name &&
    before.email === after.email &&
    before.user_name === after.userName &&
    before.external_id === after.externalId &&
    before.is_active === after.isActive
  if (isSame) return before
  if (after.email !== before.email && !(await needs.domains.allows(tenant.id, after.email))) throw domainRefusal()
  const { rows } = await unique(
    sql.query<PersonRow>(
      `update directory_person set user_name = $2, external_id = $3, name = $4, email = $5, is_active = $6, changed_at = $7
       where id = $1 returning ${columns}`,
      [before.id, after.userName, after.externalId, after.name, after.email, after.isActive, now],
    ),
  )
  if (!rows[0]) throw notFound()
  await append({ type: 'person.changed', about: { kind: 'person', id: before.id }, code: 'directory' })
  const isRenamed = after.name !== before.name || after.email !== before.email
  if (isRenamed && (await governs(tenant.id, before, needs.registry))) await rename(before.account_id, after, needs)
  if (after.isActive) await admit(context, rows[0], needs.registry)
  else await dismiss(context, before, needs)
  return rows[0]
}

/** Ends everything that a person has here, and forgets them. */
export async function forget(context: TenantContext, person: PersonRow, needs: PeopleDependencies): Promise<void> {
  await dismiss(context, person, needs)
  await context.sql.query('delete from directory_person where id = $1', [person.id])
}

/** The role that the groups of a person give. */
export async function updateRole(context: TenantContext, personId: string): Promise<void> {
  const { rows } = await context.sql.query<PersonRow>(
    `select ${columns} from directory_person where id = $1 and is_active`,
    [personId],
  )
  const table = await listGroupRoles(context)
  if (!rows[0] || table.length === 0 || !(await isMember(context, rows[0].account_id))) return
  const role = roleOf(await groupsOf(context, personId), table) ?? (await otherwise(context))
  try {
    await changeRole(context, rows[0].account_id, role)
  } catch (error) {
    // Without its last owner nobody could set the groups right.
    if (!(error instanceof AppError && error.code === 'access.last_owner')) throw error
  }
}

async function admit(context: TenantContext, person: PersonRow, registry: Registry): Promise<void> {
  if (await isMember(context, person.account_id)) return
  const role = roleOf(await groupsOf(context, person.id), await listGroupRoles(context))
  const kept = await enter(context, person.account_id, role ?? (await otherwise(context)))
  // Before the commit: should that fail, the registry opens a tenant in which the account has no role, which is none.
  await registry.grant(context.tenant.id, person.account_id, kept)
}

async function dismiss(context: TenantContext, person: PersonRow, needs: PeopleDependencies): Promise<void> {
  const isIn = await isMember(context, person.account_id)
  // Whoever was switched off before, and has nothing here, left then.
  if (!isIn && !person.is_active) return
  try {
    if (isIn) await leave(context, person.account_id, needs)
  } catch (error) {
    if (error instanceof AppError && error.code === 'access.last_owner')
      throw new ScimRefusal(409, 'This is the last owner of the tenant. Make somebody else an owner first.')
    throw error
  }
  await context.append({ type: 'person.left', about: { kind: 'person', id: person.id }, code: 'directory' })
}

/** Name and address of an account are the directory's only where it made the account and no other tenant has it. */
async function governs(
  tenantId: string,
  { made_here: isMadeHere, account_id: accountId }: PersonRow,
  registry: Registry,
) {
  return isMadeHere && (await registry.isOnlyIn(tenantId, accountId))
}

async function rename(
  accountId: string,
  { name, email }: Description,
  { accounts }: PeopleDependencies,
): Promise<void> {
  try {
    await accounts.correct(accountId, { name, email })
  } catch (error) {
    if (error instanceof AppError && error.code === 'account.mail_taken') throw taken()
    throw error
  }
}

async function isMember({ sql }: TenantContext, accountId: string): Promise<boolean> {
  return (await sql.query('select 1 from membership where account_id = $1', [accountId])).rows.length > 0
}

/** A person's groups, by every name that the table of roles may call them. */
async function groupsOf({ sql }: TenantContext, personId: string): Promise<string[]> {
  const { rows } = await sql.query<{ name: string; external_id: string | null }>(
    `select name, external_id from directory_group g join directory_group_person p on p.group_id = g.id where p.person_id = $1`,
    [personId],
  )
  return rows.flatMap(({ name, external_id: externalId }) => (externalId === null ? [name] : [name, externalId]))
}

async function otherwise(context: TenantContext): Promise<Role> {
  return (await findProvider(context))?.join_role ?? 'member'
}

function domainRefusal(): ScimRefusal {
  return invalid(
    'The mail address is of a domain that the operator of this installation has not allowed for the tenant.',
  )
}

/** What two wanted at once, or is there already, is told in the directory's words. */
export async function unique<T>(query: Promise<T>): Promise<T> {
  try {
    return await query
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw taken()
    throw error
  }
}
