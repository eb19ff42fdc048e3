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

/** A table, and the plan for it. */
const table = 'id,mail\n1,someone@example.com\n'
const tablePlan = `plan: art32.shield/1
format: { kind: csv, delimiter: ',' }
columns: { id: { type: number, do: keep }, mail: { type: email, do: pseudonym } }
`

/** What an operation has to be told beside, so that there is one: its schema leaves it open. */
const beside: Readonly<Record<string, (text: string) => object>> = {
  'guideline.create': (text) => ({ title: text, body: `${text}: whoever leaves last closes the windows.` }),
  'risk.add': () => ({ measures: ['mfa'] }),
  'processor.add': (name) => ({ name, places: ['DE'], isPlanned: true }),
  'processor.announce': () => ({ kind: 'add' }),
  'shield.plan_save': (name) => ({ name, plan: tablePlan }),
  'shield.store_add': (name) => ({
    name: name.slice(0, 100),
    endpoint: 'https://store.example.com',
    region: 'eu-central-1',
    bucket: 'exports',
    accessKeyId: 'AKIDOFATEST',
    secretAccessKey: 'secret-key-of-a-test',
  }),
  'shield.job_start': () => ({ input: 'in/', output: 'out/' }),
  'training.add': () => ({ completedOn: '2026-01-31', expiresOn: '2027-01-31' }),
  'webhook.add': () => ({ address: 'https://hooks.example/art32' }),
}

/** Fields that name a thing of a kind by what it is there. */
const alsoCalled: Readonly<Record<string, string>> = {
  parentId: 'processorId',
  duplicateOf: 'reportId',
  assignee: 'accountId',
  ownerId: 'accountId',
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
  const paper = await target.send(`/api/tenants/${tenant}/file/add?name=paper.txt`, {
    method: 'POST',
    headers: { cookie, origin: target.url, 'content-type': 'application/octet-stream' },
    body: text,
  })
  const { fileId } = paper.json<{ fileId: string }>()
  const made: Record<string, unknown> = { fileId, fileIds: [fileId], ...ids }
  const done = new Set<string>()
  const making = target.operations.filter(makesSomething)
  for (let round = 0, before = -1; round < rounds && before < done.size; round++) {
    before = done.size
    for (const operation of making) {
      if (done.has(operation.id)) continue
      const input = {
        ...madeInput(operation, { given: made, text, sparse: true }),
        ...beside[operation.id]?.(text),
      }
      const given = await target.call(cookie, operation.id, input, tenant)
      // What asks for something else first is tried again, or left.
      if (given.status !== 200) continue
      done.add(operation.id)
      for (const [name, value] of Object.entries(answer.parse(given.json())))
        if (name.endsWith('Id')) made[name] ??= value
    }
  }
  if (typeof made['planId'] === 'string') {
    const imported = await target.send(`/api/tenants/${tenant}/shield/import?name=table.csv&planId=${made['planId']}`, {
      method: 'POST',
      headers: { cookie, origin: target.url, 'content-type': 'application/octet-stream' },
      body: table,
    })
    if (imported.status === 200) Object.assign(made, imported.json<{ importId: string }>())
  }
  if (made['activityId'] !== undefined) made['activityIds'] = [made['activityId']]
  // The same kind of thing under another name.
  for (const [name, of] of Object.entries(alsoCalled)) if (made[of] !== undefined) made[name] ??= made[of]
  return made
}
