import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { AnyOperation } from '../../../apps/server/src/kernel/index.ts'
import { aGuest } from './room.ts'
import { table } from './table.ts'
import { call, cookiesOf } from './world.ts'
import type { Answer, Me, World } from './world.ts'

/** A call of an operation that would succeed. */
export interface Case {
  readonly operation: AnyOperation
  readonly me: Me
  readonly input: Readonly<Record<string, unknown>>
  /** Input that would succeed for somebody else, in another tenant. */
  readonly foreign: Readonly<Record<string, unknown>>
  /** What is uploaded, where that is no document. */
  readonly file?: Uint8Array | undefined
}

/** Makes a case of every operation: in order where they share a tenant, at once where each has somebody new. */
export async function casesOf(world: World, operations: readonly AnyOperation[]): Promise<Case[]> {
  const isOwn = ({ id, scope }: AnyOperation) => scope !== 'tenant' && table[id]?.by !== 'operator'
  const own = operations.filter(isOwn).map((operation) => caseOf(world, operation))
  const cases: Case[] = []
  for (const operation of operations) if (!isOwn(operation)) cases.push(await caseOf(world, operation))
  return [...cases, ...(await Promise.all(own))]
}

async function caseOf(world: World, operation: AnyOperation): Promise<Case> {
  const row = table[operation.id]
  const me = await callerOf(world, operation)
  const inputOf = async (who: Me) => ({ ...(await row?.input?.(who)) })
  if (!row?.ids && !row?.filters) {
    const input = await inputOf(me)
    return { operation, me, input, foreign: input, file: await row?.file?.(me) }
  }
  const other = await callerOf(world, operation, 'beta')
  const [input, foreign] = await Promise.all([inputOf(me), inputOf(other)])
  return { operation, me, input, foreign }
}

/** Who may: what is outside a tenant is about its caller, and so gets somebody new each time. */
export async function callerOf(
  world: World,
  { id, scope }: AnyOperation,
  tenant: 'alpha' | 'beta' = 'alpha',
): Promise<Me> {
  const by = table[id]?.by
  if (by === 'operator') return world.operator
  if (by === 'guest') return await aGuest(world.owners[tenant])
  return scope === 'tenant' ? world.owners[tenant] : await world.person(tenant)
}

/** Calls it, as who may unless other headers are given. */
export function send(
  { operation, me, input, file }: Case,
  headers = cookiesOf(me),
  tenant = me.tenant,
): Promise<Answer> {
  return call(me.world.server, operation, { input, tenant, headers, file })
}

/** Asserts the same answer of many and names all that differ. @param wanted e.g. `404 tenant.not_found` */
export async function expectAll(
  cases: readonly Case[],
  wanted: string,
  ask: (one: Case) => Promise<Answer>,
): Promise<void> {
  expect(cases.length).toBeGreaterThan(0)
  // Refusals change nothing, so that they need not wait for each other.
  const answers = await Promise.all(
    cases.map(async (one) => {
      const { status, code } = await ask(one)
      return { id: one.operation.id, found: `${status} ${code}` }
    }),
  )
  const differing = answers.filter(({ found }) => found !== wanted).map(({ id, found }) => `${id}: ${found}`)
  expect(differing).toEqual([])
}

/** Asserts that an id of somebody else's and one of nothing get the one refusal that the row says. */
export async function expectIdsRefused(cases: readonly Case[]): Promise<void> {
  const asked = (await Promise.all(cases.map(askWrongIds))).flat()
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.map(({ found }) => found)).toEqual(asked.map(({ wanted }) => wanted))
}

async function askWrongIds(one: Case): Promise<{ found: string; wanted: string }[]> {
  const { operation, input, foreign } = one
  const { ids, unknown, filters = [], notMissing } = table[operation.id] ?? {}
  const asked: { found: string; wanted: string }[] = []
  const ask = async (field: string, value: unknown) => await send({ ...one, input: { ...input, [field]: value } })
  for (const [field, code] of Object.entries({ ...ids, ...unknown })) {
    const place = `${operation.id} ${field}`
    for (const value of [...(ids?.[field] ? [foreign[field]] : []), nothing(input[field])]) {
      const answer = await ask(field, value)
      const isMissing = [404, 410].includes(answer.status) || notMissing !== undefined
      asked.push({
        found: `${place}: ${isMissing ? 'missing' : answer.status} ${answer.code}`,
        wanted: `${place}: missing ${code}`,
      })
    }
  }
  for (const field of filters) {
    const place = `${operation.id} ${field}`
    const [other, none] = [await ask(field, foreign[field]), await ask(field, nothing(input[field]))]
    asked.push({ found: `${place}: ${other.status} ${other.body}`, wanted: `${place}: 200 ${none.body}` })
  }
  return asked
}

/** Asserts that a field nobody declared is refused, also one that would say where or as whom. */
export async function expectUnknownFieldsRefused(cases: readonly Case[]): Promise<void> {
  await expectAll(cases, '400 http.invalid', (one) =>
    send({ ...one, input: { ...one.input, tenantId: 'beta', isAdmin: 'true' } }),
  )
}

/** Asserts that who confirmed too long ago is asked to confirm again before what is dangerous. */
export async function expectConfirmationAsked(world: World, cases: readonly Case[]): Promise<void> {
  await world.server.databases.control.query(`update session set "confirmedAt" = now() - interval '11 minutes'`)
  const dangerous = cases.filter(({ operation }) => operation.stepUp)
  await expectAll(dangerous, '403 account.confirm_needed', (one) => send(one))
}

const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Something of the same shape that names nothing. */
function nothing(value: unknown): unknown {
  if (Array.isArray(value)) return [randomUUID()]
  return typeof value === 'string' && isUuid.test(value) ? randomUUID() : randomUUID().replaceAll('-', '')
}
