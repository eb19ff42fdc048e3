import type { SignedIn } from '../account/index.ts'
import type { Tenants } from '../evidence/index.ts'
import { permissionsOf } from '../kernel/index.ts'
import type { AnyOperation } from '../kernel/index.ts'
import type { Attempt, Way } from '@art32/probes'
import type { Taking, Turn } from './turns.ts'

/** The API as it is served, asked from inside in the name of somebody. */
export interface Api {
  readonly operations: () => readonly AnyOperation[]
  readonly ask: (path: string, as: SignedIn) => Promise<Response>
}

/** Shows, by an answer that a member must get, that what is refused elsewhere is not refused to everybody. */
const control = '/ledger/show'

/** Any id: what it is tried with is known by its form alone. */
const someId = '00000000-0000-4000-8000-000000000000'

/**
 * Tries the API with the account of a member of one tenant, limited to it as a token is: every reading operation of another
 * tenant, and the ids of the other's records in the own addresses. Nothing that is answered is kept.
 */
export async function crossByApi(turn: Turn, { tenants, api }: { tenants: Tenants; api: Api }): Promise<Attempt[]> {
  const { own, other } = turn
  const member = await findMember(tenants, own)
  // Whom nobody lets in has no answers that could go astray.
  if (!member) return []
  const as = signedIn(own.id, member)
  const answer = async (slug: string, path: string) => {
    const response = await api.ask(`/api/tenants/${slug}${path}`, as)
    await response.body?.cancel()
    return response
  }
  const first = await answer(own.slug, control)
  if (first.status !== 200) return (['api', 'ids', 'cache'] as const).map((way) => ({ way, outcome: 'unseen' }))
  const attempts: Attempt[] = [{ way: 'cache', outcome: isStorable(first) ? 'reached' : 'refused' }]
  if (!other) return attempts
  const attempt = async (way: Way, slug: string, path: string) => {
    attempts.push({ way, outcome: outcomeOf(await answer(slug, path)) })
  }
  const readers = readersOf(api, turn)
  for (const { id, input } of readers)
    if (input.safeParse({}).success) await attempt('api', other.slug, `/${id.replace('.', '/')}`)
  const ids = await findIds(tenants, other)
  for (const { id, input } of readers)
    for (const name of Object.keys(input.shape))
      if (!input.safeParse({}).success && input.safeParse({ [name]: someId }).success)
        for (const theirs of ids) await attempt('ids', own.slug, `/${id.replace('.', '/')}?${name}=${theirs}`)
  return attempts
}

/** Who refuses is the same for all tenants: in a look at many, five of them together ask everything. */
const shares = 5
const few = 25

function readersOf({ operations }: Api, { place, places }: Turn): AnyOperation[] {
  return operations()
    .filter(({ scope, kind, changes }) => scope === 'tenant' && kind === 'json' && !changes)
    .filter((_operation, i) => places <= few || (i + place) % shares === 0)
}

function signedIn(tenantId: string, id: string): SignedIn {
  return {
    account: { id, name: '', email: '', factors: 'two' },
    means: { kind: 'token', tokenId: someId, tenantId, permissions: permissionsOf('owner') },
  }
}

/** Not found is the only refusal: everything else that is no answer says nothing about the tenant. */
function outcomeOf({ status }: Response): Attempt['outcome'] {
  return status === 404 ? 'refused' : status === 200 ? 'reached' : 'unseen'
}

/** Whether something between server and browser may keep the answer (RFC 9111 section 5.2.2.5). */
function isStorable({ headers }: Response): boolean {
  return !/\bno-store\b/.test(headers.get('cache-control') ?? '') || headers.has('etag')
}

async function findMember(tenants: Tenants, { id }: Taking): Promise<string | null> {
  return await tenants.asSystem(
    id,
    async ({ sql, tenant }) => {
      if (tenant.isSuspended) return null
      const { rows } = await sql.query<{ id: string }>(
        'select account_id as id from membership order by since, account_id limit 1',
      )
      return rows[0]?.id ?? null
    },
    { evenSuspended: true },
  )
}

async function findIds(tenants: Tenants, { id }: Taking): Promise<string[]> {
  return await tenants.asSystem(
    id,
    async ({ sql }) => {
      const { rows } = await sql.query<{ id: string }>(
        '(select id from measure limit 1) union all (select id from edition limit 1)',
      )
      return rows.map((row) => row.id)
    },
    { evenSuspended: true },
  )
}
