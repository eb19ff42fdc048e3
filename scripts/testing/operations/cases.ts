import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { AnyOperation } from '../../../apps/server/src/kernel/index.ts'
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
}

/** Makes a case of every operation, in order. */
export async function casesOf(world: World, operations: readonly AnyOperation[]): Promise<Case[]> {
  const cases: Case[] = []
  for (const operation of operations) cases.push(await caseOf(world, operation))
  return cases
}

async function caseOf(world: World, operation: AnyOperation): Promise<Case> {
  const row = table[operation.id]
  const me = await callerOf(world, operation)
  const input = { ...(await row?.input?.(me)) }
  if (!row?.ids && !row?.filters) return { operation, me, input, foreign: input }
  const other = operation.scope === 'tenant' ? world.owners.beta : await world.person('beta')
  return { operation, me, input, foreign: { ...(await row.input?.(other)) } }
}

/** Who may: what is outside a tenant is about its caller, and so gets somebody new each time. */
export async function callerOf(world: World, operation: AnyOperation): Promise<Me> {
  if (table[operation.id]?.by === 'operator') return world.operator
  return operation.scope === 'tenant' ? world.owners.alpha : await world.person('alpha')
}

/** Calls it, as who may unless other headers are given. */
export function send({ operation, me, input }: Case, headers = cookiesOf(me), tenant = me.tenant): Promise<Answer> {
  return call(me.world.server, operation, { input, tenant, headers })
}

/** Asserts the same answer of many and names all that differ. @param wanted e.g. `404 tenant.not_found` */
export async function expectAll(
  cases: readonly Case[],
  wanted: string,
  ask: (one: Case) => Promise<Answer>,
): Promise<void> {
  expect(cases.length).toBeGreaterThan(0)
  const differing: string[] = []
  for (const one of cases) {
    const { status, code } = await ask(one)
    if (`${status} ${code}` !== wanted) differing.push(`${one.operation.id}: ${status} ${code}`)
  }
  expect(differing).toEqual([])
}

/** Asserts that an id of somebody else's and one of nothing get the one refusal that the row says. */
export async function expectIdsRefused(cases: readonly Case[]): Promise<void> {
  const found: string[] = []
  const wanted: string[] = []
  for (const one of cases) {
    const row = table[one.operation.id]
    const ask = async (field: string, value: unknown) => await send({ ...one, input: { ...one.input, [field]: value } })
    for (const [field, code] of Object.entries({ ...row?.ids, ...row?.unknown })) {
      const values = [...(row?.ids?.[field] ? [one.foreign[field]] : []), nothing(one.input[field])]
      for (const value of values) {
        const answer = await ask(field, value)
        const isMissing = [404, 410].includes(answer.status) || row?.notMissing !== undefined
        found.push(`${one.operation.id} ${field}: ${isMissing ? '' : answer.status} ${answer.code}`)
        wanted.push(`${one.operation.id} ${field}:  ${code}`)
      }
    }
    for (const field of row?.filters ?? []) {
      const [other, none] = [await ask(field, one.foreign[field]), await ask(field, nothing(one.input[field]))]
      found.push(`${one.operation.id} ${field}: ${other.status} ${other.body}`)
      wanted.push(`${one.operation.id} ${field}: 200 ${none.body}`)
    }
  }
  expect(wanted.length).toBeGreaterThan(20)
  expect(found).toEqual(wanted)
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
