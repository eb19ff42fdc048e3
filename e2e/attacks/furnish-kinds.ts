import { z } from 'zod'
import { madeInput } from '../../scripts/testing/operations/made-input.ts'
import type { AnyOperation } from '../../apps/server/src/kernel/index.ts'
import { permissionsOf } from '../../apps/server/src/kernel/index.ts'
import type { Target } from './target.ts'

const Shape = z.object({ properties: z.record(z.string(), z.unknown()).default({}) })
const answer = z.record(z.string(), z.unknown())

/** What makes something and says how it is called, for whoever owns the tenant. */
function makesSomething({ scope, changes, kind, stepUp, needs, output }: AnyOperation): boolean {
  if (scope !== 'tenant' || !changes || kind !== 'json' || stepUp) return false
  if (needs !== null && !permissionsOf('owner').includes(needs)) return false
  const { properties } = Shape.parse(z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }))
  return Object.keys(properties).some((name) => name.endsWith('Id'))
}

/** Things are made of others: a contract of a customer, a matter of a contract, a notice of a matter. */
const rounds = 3

/**
 * Makes one of everything in a tenant that an operation can make from nothing, or from what was made before it: a kind of
 * thing that is new in the product stands here without a line of this file.
 *
 * @param ids what is there already, by the names of the fields that carry it
 * @param text what is written in it
 * @returns that and what was made
 */
export async function furnishKinds(
  target: Target,
  {
    cookie,
    tenant,
    ids,
    text,
  }: { cookie: string; tenant: string; ids: Readonly<Record<string, unknown>>; text: string },
): Promise<Record<string, unknown>> {
  const made = { ...ids }
  const done = new Set<string>()
  const making = target.operations.filter(makesSomething)
  for (let round = 0, before = -1; round < rounds && before < done.size; round++) {
    before = done.size
    for (const operation of making) {
      if (done.has(operation.id)) continue
      const input = madeInput(operation, { given: made, text, sparse: true })
      const given = await target.call(cookie, operation.id, input, tenant)
      // What asks for something else first is tried again, or left.
      if (given.status !== 200) continue
      done.add(operation.id)
      for (const [name, value] of Object.entries(answer.parse(given.json())))
        if (name.endsWith('Id')) made[name] ??= value
    }
  }
  return made
}
