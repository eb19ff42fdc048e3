import { z } from 'zod'
import type { TenantContext } from '../../evidence/index.ts'
import { unique, updateRole } from './people.ts'
import { Patch } from './person.ts'
import type { PatchOperation } from './person.ts'
import type { ListQuery } from './query.ts'
import { ScimRefusal, invalid, notFound, taken } from './refusal.ts'

/** A group of the directory as kept. */
export interface GroupRow {
  readonly id: string
  readonly name: string
  readonly external_id: string | null
  readonly since: Date
  readonly changed_at: Date
}

const columns = 'id, name, external_id, since, changed_at'
const filters: Readonly<Record<string, string>> = {
  displayName: 'lower(name) = lower($1)',
  externalId: 'external_id = $1',
  id: 'id::text = $1',
}

/** Attributes by which groups are found. */
export const groupFilters = Object.keys(filters)

const text = z
  .string()
  .min(1)
  .max(256)
  .refine((one) => !one.includes('\0') && one.isWellFormed())
const Members = z.array(z.looseObject({ value: z.string().max(64) })).max(1_000)
const Group = z.looseObject({ displayName: text, externalId: text.nullish(), members: Members.nullish() })

export async function listGroups(
  { sql }: TenantContext,
  { filter, offset, count }: ListQuery,
): Promise<{ rows: GroupRow[]; total: number }> {
  const where = filter ? `where ${filters[filter.attribute] ?? 'false'}` : ''
  const values = filter ? [filter.value] : []
  const { rows } = await sql.query<GroupRow>(
    `select ${columns} from directory_group ${where} order by since, id offset ${offset} limit ${count}`,
    values,
  )
  const totals = await sql.query<{ n: number }>(`select count(*)::int as n from directory_group ${where}`, values)
  return { rows, total: totals.rows[0]?.n ?? 0 }
}

/** A group by id, held until the transaction ends. */
export async function getGroup({ sql }: TenantContext, id: string): Promise<GroupRow> {
  const { rows } = await sql.query<GroupRow>(`select ${columns} from directory_group where id::text = $1 for update`, [
    id,
  ])
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** Ids of the people in a group. */
export async function peopleOf({ sql }: TenantContext, groupId: string): Promise<string[]> {
  const { rows } = await sql.query<{ person_id: string }>(
    'select person_id from directory_group_person where group_id = $1 order by person_id',
    [groupId],
  )
  return rows.map((row) => row.person_id)
}

export async function makeGroup(context: TenantContext, body: unknown): Promise<GroupRow> {
  const { sql, newId, now, append } = context
  const { displayName, externalId, members } = read(body)
  const id = newId()
  const { rows } = await unique(
    sql.query<GroupRow>(
      `insert into directory_group (id, name, external_id, since, changed_at) values ($1, $2, $3, $4, $4) returning ${columns}`,
      [id, displayName, externalId ?? null, now],
    ),
  )
  if (!rows[0]) throw taken()
  await append({ type: 'access.changed', about: { kind: 'group', id }, code: 'created' })
  await setPeople(context, id, [], idsOf(members))
  return rows[0]
}

export async function replaceGroup(context: TenantContext, before: GroupRow, body: unknown): Promise<GroupRow> {
  const { displayName, externalId, members } = read(body)
  return await save(context, before, {
    name: displayName,
    externalId: externalId ?? null,
    people: new Set(idsOf(members)),
  })
}

export async function patchGroup(context: TenantContext, before: GroupRow, body: unknown): Promise<GroupRow> {
  const parsed = Patch.safeParse(body)
  if (!parsed.success) throw new ScimRefusal(400, 'The body is not a PatchOp.', 'invalidSyntax')
  const start: Draft = {
    name: before.name,
    externalId: before.external_id,
    people: new Set(await peopleOf(context, before.id)),
  }
  return await save(context, before, parsed.data.Operations.reduce(applied, start))
}

export async function removeGroup(context: TenantContext, { id }: GroupRow): Promise<void> {
  const people = await peopleOf(context, id)
  await context.sql.query('delete from directory_group where id = $1', [id])
  await context.append({ type: 'access.changed', about: { kind: 'group', id }, code: 'deleted' })
  for (const person of people) await updateRole(context, person)
}

interface Draft {
  readonly name: string
  readonly externalId: string | null
  readonly people: ReadonlySet<string>
}

function applied(draft: Draft, { op, path, value }: PatchOperation): Draft {
  if (!['add', 'replace', 'remove'].includes(op))
    throw new ScimRefusal(400, 'The operation is unknown.', 'invalidSyntax')
  if (path === undefined) {
    const parsed = Group.partial().safeParse(value)
    if (!parsed.success) throw invalid('The value of the operation is not valid.')
    const { displayName, externalId, members } = parsed.data
    const next = { ...draft, name: displayName ?? draft.name, externalId: externalId ?? draft.externalId }
    return members ? withPeople(next, op, idsOf(members)) : next
  }
  const one = /^members\[value eq "([^"]{1,64})"\]$/i.exec(path)
  if (one?.[1] !== undefined) return withPeople(draft, op, [one[1]])
  if (path.toLowerCase() === 'members') {
    if (op === 'remove' && value === undefined) return { ...draft, people: new Set() }
    const members = Members.safeParse(Array.isArray(value) ? value : [value])
    if (!members.success) throw invalid('The members are not valid.')
    return withPeople(draft, op, idsOf(members.data))
  }
  const parsed = text.safeParse(value)
  if (path.toLowerCase() === 'displayname' && op !== 'remove' && parsed.success) return { ...draft, name: parsed.data }
  if (path.toLowerCase() === 'externalid' && op !== 'remove' && parsed.success)
    return { ...draft, externalId: parsed.data }
  throw new ScimRefusal(400, 'This attribute of a group cannot be changed so.', 'invalidPath')
}

function withPeople(draft: Draft, op: string, ids: readonly string[]): Draft {
  if (op === 'replace') return { ...draft, people: new Set(ids) }
  const people = new Set(draft.people)
  for (const id of ids)
    if (op === 'add') people.add(id)
    else people.delete(id)
  return { ...draft, people }
}

async function save(context: TenantContext, before: GroupRow, draft: Draft): Promise<GroupRow> {
  const { sql, now, append } = context
  const { rows } = await unique(
    sql.query<GroupRow>(
      `update directory_group set name = $2, external_id = $3, changed_at = $4 where id = $1 returning ${columns}`,
      [before.id, draft.name, draft.externalId, now],
    ),
  )
  if (!rows[0]) throw notFound()
  await append({ type: 'access.changed', about: { kind: 'group', id: before.id }, code: 'changed' })
  await setPeople(context, before.id, await peopleOf(context, before.id), [...draft.people])
  return rows[0]
}

/** Only people of this tenant's directory are in its groups; an id of another's is nobody here. */
async function setPeople(context: TenantContext, id: string, before: readonly string[], after: readonly string[]) {
  const { sql } = context
  const known = await sql.query<{ id: string }>('select id from directory_person where id::text = any ($1)', [after])
  if (known.rows.length !== new Set(after).size) throw invalid('A member is not known in this tenant.')
  await sql.query('delete from directory_group_person where group_id = $1', [id])
  await sql.query(
    'insert into directory_group_person (group_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing',
    [id, after],
  )
  // Also who stayed: the group may have got another name, and with it another role.
  for (const person of new Set([...before, ...after])) await updateRole(context, person)
}

function idsOf(members: z.output<typeof Members> | null | undefined): string[] {
  return (members ?? []).map(({ value }) => value)
}

function read(body: unknown): z.output<typeof Group> {
  const parsed = Group.safeParse(body)
  if (!parsed.success) throw invalid('The group is not valid: it needs a displayName.')
  return parsed.data
}
