import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { inject } from 'vitest'
import { methodOf, pathOf } from '../../../apps/server/src/http/index.ts'
import type { AnyOperation, Role } from '../../../apps/server/src/kernel/index.ts'
import { homeSlug } from '../../../apps/server/src/tenant/index.ts'
import type { Letter } from '../../../apps/server/src/platform/index.ts'
import { backupPlace } from '../backup-place.ts'
import { startTestServer, testPassword } from '../server.ts'
import type { TestServer } from '../server.ts'
import { newVisitor, password } from '../visitor.ts'
import type { Visitor } from '../visitor.ts'

/** A server with two tenants and the people in them: what every row of the table works in. */
export interface World {
  readonly server: TestServer
  /** What was sent by mail. */
  readonly letters: readonly Letter[]
  /** An owner of the installation and of nothing else. */
  readonly operator: Me
  /** Owners of one tenant each, who know nothing of each other. */
  readonly owners: { readonly alpha: Me; readonly beta: Me }
  /** Somebody new, signed in. */
  person(tenant: string, role?: Role): Promise<Me>
  /** The operation with this id, as the running server has it. */
  operation(id: string): AnyOperation
}

/** Somebody who is signed in, and where they work. */
export interface Me extends Visitor {
  readonly world: World
  readonly tenant: string
  readonly accountId: string
  readonly email: string
}

/** What an operation answered. */
export interface Answer {
  readonly status: number
  /** Of a refusal, `ok` of a success. */
  readonly code: string
  readonly retryAfter: number
  /** Of a success in JSON. */
  readonly body: string
}

/** The document that uploads send and registers are made of. */
export const document = new TextEncoder().encode(`# Technical and organisational measures

Version 3, 1 May 2026

## Confidentiality

- All network communication uses TLS 1.2 or newer.
- Multi-factor authentication is required for administrators.
- Visitors are escorted at all times.

## Availability

- Backups are made daily and restored every 3 months.
`)

/** Opens a world of its own for one test file. */
export async function openWorld(environment: Record<string, string> = {}): Promise<World> {
  const letters: Letter[] = []
  const mailer = {
    isSet: true,
    send(letter: Letter) {
      letters.push(letter)
      return Promise.resolve()
    },
  }
  const server = await startTestServer(
    {
      ...backupPlace.environment,
      ART32_DATABASE_SERVERS: `east=${inject('otherDatabaseUrl')}`,
      ...environment,
    },
    { mailer },
  )
  const slugs = [homeSlug, 'alpha', 'beta']
  await Promise.all(slugs.map((slug) => server.registry.create({ name: slug, slug, language: 'en' })))
  const known = new Map<string, AnyOperation>(server.operations.map((one) => [one.id, one]))
  const base = {
    server,
    letters,
    async person(tenant: string, role: Role = 'owner'): Promise<Me> {
      const email = `${randomBytes(8).toString('hex')}@example.com`
      const account = await server.accounts.create({ name: 'Somebody', email, password: testPassword })
      await server.tenants.join(tenant, account.id, role)
      const visitor = newVisitor(server)
      const response = await password(visitor, email)
      if (!response.ok) throw new Error(`signing in was answered with ${response.status}`)
      return { ...visitor, world, tenant, accountId: account.id, email }
    },
    operation(id: string): AnyOperation {
      const found = known.get(id)
      if (!found) throw new Error(`there is no operation ${id}`)
      return found
    },
  }
  // Its people know the world they are in.
  const people: { operator?: Me; alpha?: Me; beta?: Me } = {}
  const there = (me: Me | undefined): Me => {
    if (!me) throw new Error('the world is not open yet')
    return me
  }
  const world: World = {
    ...base,
    get operator() {
      return there(people.operator)
    },
    owners: {
      get alpha() {
        return there(people.alpha)
      },
      get beta() {
        return there(people.beta)
      },
    },
  }
  people.operator = await base.person(homeSlug)
  people.alpha = await base.person('alpha')
  people.beta = await base.person('beta')
  return world
}

/** What a browser sends of somebody. */
export const cookiesOf = (me: Me): Record<string, string> => ({
  origin: me.world.server.url,
  cookie: [...me.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
})

/**
 * Calls an operation and reads the answer.
 *
 * @param headers of whoever calls; none: somebody who is signed out
 * @throws where it refuses with a code that it does not declare
 */
export async function call(
  server: TestServer,
  operation: AnyOperation,
  {
    input,
    tenant,
    headers = {},
    file = document,
  }: { input: object; tenant: string; headers?: Record<string, string>; file?: Uint8Array | undefined },
): Promise<Answer> {
  const address = `${server.local}${pathOf(operation).replace('{tenant}', tenant)}`
  const query = new URLSearchParams(Object.entries(input).map(([key, value]) => [key, String(value)]))
  const response =
    operation.kind === 'upload'
      ? await fetch(`${address}?${query.toString()}`, { method: 'POST', headers, body: Buffer.from(file) })
      : methodOf(operation) === 'get'
        ? await fetch(`${address}?${query.toString()}`, { headers })
        : await fetch(address, {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(input),
          })
  const retryAfter = Number(response.headers.get('retry-after'))
  if (response.ok) {
    const body = operation.kind === 'json' ? await response.text() : ''
    // Of a file that is made while it is sent, something happens only as it is read.
    if (operation.kind !== 'json') await response.arrayBuffer()
    return { status: response.status, code: 'ok', retryAfter, body }
  }
  const { code } = (await response.json()) as { code: string }
  if (!mayRefuse(operation, code)) throw new Error(`${operation.id} refuses with ${code}, which it does not declare`)
  return { status: response.status, code, retryAfter, body: '' }
}

/** Whether a code is declared by the operation or belongs to the way to it. */
function mayRefuse({ refuses, scope, stepUp }: AnyOperation, code: string): boolean {
  return (
    refuses.some(({ definition }) => definition.code === code) ||
    code.startsWith('http.') ||
    (scope === 'tenant' && ['tenant.not_found', 'tenant.suspended', 'tenant.factor_needed'].includes(code)) ||
    (stepUp && code === 'account.confirm_needed')
  )
}

/** Calls an operation that must succeed, to prepare something. @returns its answer */
export async function must<T = object>(me: Me, id: string, input: object = {}): Promise<T> {
  const operation = me.world.operation(id)
  const at = pathOf(operation).replace('{tenant}', me.tenant)
  const query = new URLSearchParams(Object.entries(input).map(([key, value]) => [key, String(value)]))
  const response = await (methodOf(operation) === 'get' ? me.get(`${at}?${query.toString()}`) : me.post(at, input))
  const body = (await response.json()) as T
  if (!response.ok) throw new Error(`${id} was answered with ${response.status} ${JSON.stringify(body)}`)
  return body
}

/** The letter that somebody gets. */
export async function letterTo({ letters }: World, address: string): Promise<Letter> {
  for (let left = 1_000; left > 0; left--) {
    const letter = letters.find(({ to }) => to === address)
    if (letter) return letter
    await sleep(10)
  }
  throw new Error('no letter came')
}

/** Makes something once for each tenant of a world: what takes long and is not used up. */
export function oncePerTenant<T>(make: (me: Me) => Promise<T>): (me: Me) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return (me) => {
    const key = `${me.world.server.url} ${me.tenant}`
    const one = made.get(key) ?? make(me)
    made.set(key, one)
    return one
  }
}

/** No input, but something that has to be there. */
export const after =
  (prepare: (me: Me) => Promise<unknown>) =>
  async (me: Me): Promise<object> => {
    await prepare(me)
    return {}
  }
