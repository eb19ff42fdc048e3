import { AppError } from '../../kernel/index.ts'
import type { TenantContext, Tenants } from '../../evidence/index.ts'
import { isValidToken } from '../token.ts'
import {
  getGroup,
  groupFilters,
  listGroups,
  makeGroup,
  patchGroup,
  peopleOf,
  removeGroup,
  replaceGroup,
} from './groups.ts'
import type { GroupRow } from './groups.ts'
import { bring, correct, descriptionOf, forget, getPerson, listPeople, personFilters } from './people.ts'
import type { PeopleDependencies, PersonRow } from './people.ts'
import { describe, patched } from './person.ts'
import { listQueryOf } from './query.ts'
import { ScimRefusal, notFound } from './refusal.ts'
import { resourceTypes, schemas, serviceProviderConfig, urn } from './schema.ts'

/** What the directory's door needs of the rest of the server. */
export interface ScimDependencies extends PeopleDependencies {
  readonly tenants: Tenants
  readonly baseUrl: string
}

/** A request of a directory, its body read up to a limit. */
export interface ScimRequest {
  readonly method: string
  /** Behind `/scim/v2/`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string | null
  readonly body: string
}

/** What it is answered. */
export interface ScimAnswer {
  readonly status: number
  readonly body: object | null
}

/** Answers directories. */
export type Scim = (request: ScimRequest) => Promise<ScimAnswer>

/**
 * SCIM 2.0 for one tenant at a time: its address names the tenant, its token opens that tenant's directory only. Each
 * request is one transaction of the tenant's database.
 *
 * @source RFC 7643, RFC 7644
 */
export function openScim(dependencies: ScimDependencies): Scim {
  const { tenants, baseUrl } = dependencies
  return async (request) => {
    try {
      const [publicId = '', kind = '', id = '', ...rest] = request.path.split('/')
      if (rest.length > 0) throw notFound()
      return await within(publicId, request, (context) => {
        const base = `${baseUrl}/scim/v2/${publicId}`
        return answer({ context, request, kind, id, base, needs: dependencies })
      })
    } catch (error) {
      if (error instanceof ScimRefusal) return refused(error)
      throw error
    }
  }

  async function within(
    publicId: string,
    { authorization }: ScimRequest,
    work: (context: TenantContext) => Promise<ScimAnswer>,
  ) {
    // Whatever is wrong with tenant or token is answered alike.
    const refusal = new ScimRefusal(401, 'The token is not valid for this tenant.')
    const token = /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(authorization ?? '')?.[1]
    if (token === undefined || !/^[a-z2-7]{12}$/.test(publicId)) throw refusal
    try {
      return await tenants.asSystem(publicId, async (context) => {
        if (!(await isValidToken(context, token))) throw refusal
        return await work(context)
      })
    } catch (error) {
      if (error instanceof AppError && ['tenant.not_found', 'tenant.suspended'].includes(error.code)) throw refusal
      throw error
    }
  }
}

interface Call {
  readonly context: TenantContext
  readonly request: ScimRequest
  readonly kind: string
  readonly id: string
  readonly base: string
  readonly needs: PeopleDependencies
}

async function answer(call: Call): Promise<ScimAnswer> {
  const { kind, id, request, base } = call
  if (kind === 'Users') return await answerUsers(call)
  if (kind === 'Groups') return await answerGroups(call)
  if (request.method !== 'GET') throw notFound()
  if (kind === 'ServiceProviderConfig' && id === '') return ok(serviceProviderConfig)
  const fixed = { ResourceTypes: resourceTypes, Schemas: schemas }[kind]
  if (!fixed) throw notFound()
  if (id === '') return ok(listOf([...fixed], fixed.length, 0))
  const one = fixed.find((item) => [item.id, encodeURIComponent(item.id)].includes(id))
  if (!one) throw notFound()
  return ok({ ...one, meta: { resourceType: kind.slice(0, -1), location: `${base}/${kind}/${id}` } })
}

async function answerUsers({ context, request, id, base, needs }: Call): Promise<ScimAnswer> {
  const show = (row: PersonRow) => userOf(row, base)
  if (id === '') {
    if (request.method === 'POST')
      return { status: 201, body: show(await bring(context, describe(json(request)), needs)) }
    if (request.method !== 'GET') throw notAllowed()
    const query = listQueryOf(request.query, personFilters)
    const { rows, total } = await listPeople(context, query)
    return ok(listOf(rows.map(show), total, query.offset))
  }
  const person = await getPerson(context, id)
  switch (request.method) {
    case 'GET':
      return ok(show(person))
    case 'PUT':
      return ok(show(await correct(context, person, describe(json(request)), needs)))
    case 'PATCH':
      return ok(show(await correct(context, person, patched(descriptionOf(person), json(request)), needs)))
    case 'DELETE':
      await forget(context, person, needs)
      return { status: 204, body: null }
    default:
      throw notAllowed()
  }
}

async function answerGroups({ context, request, id, base }: Call): Promise<ScimAnswer> {
  const isBare = request.query.get('excludedAttributes')?.split(',').includes('members') ?? false
  const show = async (row: GroupRow) => groupOf(row, isBare ? null : await peopleOf(context, row.id), base)
  if (id === '') {
    if (request.method === 'POST') return { status: 201, body: await show(await makeGroup(context, json(request))) }
    if (request.method !== 'GET') throw notAllowed()
    const query = listQueryOf(request.query, groupFilters)
    const { rows, total } = await listGroups(context, query)
    const shown = []
    for (const row of rows) shown.push(await show(row))
    return ok(listOf(shown, total, query.offset))
  }
  const group = await getGroup(context, id)
  switch (request.method) {
    case 'GET':
      return ok(await show(group))
    case 'PUT':
      return ok(await show(await replaceGroup(context, group, json(request))))
    case 'PATCH':
      return ok(await show(await patchGroup(context, group, json(request))))
    case 'DELETE':
      await removeGroup(context, group)
      return { status: 204, body: null }
    default:
      throw notAllowed()
  }
}

function userOf(row: PersonRow, base: string): object {
  return {
    schemas: [urn.user],
    id: row.id,
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    userName: row.user_name,
    displayName: row.name,
    name: { formatted: row.name },
    emails: [{ value: row.email, type: 'work', primary: true }],
    active: row.is_active,
    meta: metaOf('User', row, `${base}/Users/${row.id}`),
  }
}

function groupOf(row: GroupRow, people: readonly string[] | null, base: string): object {
  return {
    schemas: [urn.group],
    id: row.id,
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    displayName: row.name,
    ...(people ? { members: people.map((value) => ({ value, $ref: `${base}/Users/${value}` })) } : {}),
    meta: metaOf('Group', row, `${base}/Groups/${row.id}`),
  }
}

function metaOf(
  resourceType: string,
  { since, changed_at: changedAt }: { since: Date; changed_at: Date },
  location: string,
) {
  return { resourceType, created: since.toISOString(), lastModified: changedAt.toISOString(), location }
}

function listOf(items: object[], total: number, offset: number): object {
  return {
    schemas: [urn.list],
    totalResults: total,
    startIndex: offset + 1,
    itemsPerPage: items.length,
    Resources: items,
  }
}

function ok(body: object): ScimAnswer {
  return { status: 200, body }
}

function refused({ status, type, message }: ScimRefusal): ScimAnswer {
  return {
    status,
    body: {
      schemas: [urn.error],
      status: String(status),
      ...(type === null ? {} : { scimType: type }),
      detail: message,
    },
  }
}

function notAllowed(): ScimRefusal {
  return new ScimRefusal(405, 'This method is not known here.')
}

function json({ body }: ScimRequest): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new ScimRefusal(400, 'The body is not JSON.', 'invalidSyntax')
  }
}
