import { randomUUID } from 'node:crypto'
import type { Row } from './row.ts'
import { cookiesOf, must } from './world.ts'
import type { Me } from './world.ts'

const plan = `plan: art32.shield/1
format: { kind: csv, delimiter: ',' }
columns:
  id: { type: number, do: keep }
  mail: { type: email, do: pseudonym }
`
const table = new TextEncoder().encode('id,mail\n1,someone@example.com\n2,another@example.com\n')

/** A plan that fits the table. */
async function newPlan(me: Me): Promise<{ planId: string }> {
  const { planId } = await must<{ planId: string }>(me, 'shield.plan_save', { name: `Plan ${randomUUID()}`, plan })
  return { planId }
}

/** A table that was imported. */
export async function newImport(me: Me): Promise<{ importId: string }> {
  const { world, tenant } = me
  const address = `${world.server.local}/api/tenants/${tenant}/shield/import?name=table.csv&planId=${(await newPlan(me)).planId}`
  const response = await fetch(address, { method: 'POST', headers: cookiesOf(me), body: table })
  if (!response.ok) throw new Error(`importing was answered with ${response.status}`)
  const { importId } = (await response.json()) as { importId: string }
  return { importId }
}

/** Files that go through the shield. */
export const shieldRows = {
  'shield.profile': { input: () => ({ name: 'table.csv' }), file: () => Promise.resolve(table) },
  'shield.preview': {
    input: () => ({ plan, sample: Buffer.from(table).toString('base64') }),
    leaves: { tenant: ['shield.previewed'] },
  },
  'shield.plan_save': {
    input: () => ({ name: `Plan ${randomUUID()}`, plan }),
    leaves: { tenant: ['shield.planned'] },
  },
  'shield.plan_list': {},
  'shield.plan_show': { input: newPlan, ids: { planId: 'shield.plan_not_found' } },
  'shield.import': {
    input: async (me) => ({ name: 'table.csv', ...(await newPlan(me)) }),
    file: () => Promise.resolve(table),
    ids: { planId: 'shield.plan_not_found' },
    leaves: { tenant: ['evidence.added', 'shield.reported'] },
  },
  'shield.filter': {
    input: async (me) => ({ name: 'table.csv', ...(await newPlan(me)) }),
    file: () => Promise.resolve(table),
    ids: { planId: 'shield.plan_not_found' },
    leaves: { tenant: ['shield.reported'] },
  },
  'shield.import_list': {},
  'shield.show': { input: newImport, ids: { importId: 'shield.import_not_found' } },
} satisfies Record<string, Row>
