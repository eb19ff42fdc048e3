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

const key = { accessKeyId: 'AKIDOFATEST', secretAccessKey: 'secret-key-of-a-test' }
const bucket = { endpoint: 'https://store.example.com', region: 'eu-central-1', bucket: 'test-bucket', ...key }

/** An object store that nobody has. */
async function newStore(me: Me): Promise<{ storeId: string }> {
  const { storeId } = await must<{ storeId: string }>(me, 'shield.store_add', { name: randomUUID(), ...bucket })
  return { storeId }
}

const folders = { input: 'in/', output: 'out/' }

/** A job over it. */
async function newJob(me: Me): Promise<{ jobId: string }> {
  const input = { ...(await newStore(me)), ...(await newPlan(me)), ...folders }
  const { jobId } = await must<{ jobId: string }>(me, 'shield.job_start', input)
  return { jobId }
}

async function cancelledJob(me: Me): Promise<{ jobId: string }> {
  const job = await newJob(me)
  await must(me, 'shield.job_cancel', job)
  return job
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
  'shield.store_add': {
    input: () => ({ name: randomUUID(), ...bucket }),
    leaves: { tenant: ['shield.store'] },
  },
  'shield.store_enter': {
    input: async (me) => ({ ...(await newStore(me)), ...key }),
    ids: { storeId: 'shield.store_not_found' },
    leaves: { tenant: ['shield.store'] },
  },
  'shield.store_remove': {
    input: newStore,
    ids: { storeId: 'shield.store_not_found' },
    leaves: { tenant: ['shield.store'] },
  },
  'shield.store_list': {},
  'shield.job_start': {
    input: async (me) => ({ ...(await newStore(me)), ...(await newPlan(me)), ...folders }),
    ids: { storeId: 'shield.store_not_found', planId: 'shield.plan_not_found' },
    leaves: { tenant: ['shield.job'] },
  },
  'shield.job_cancel': {
    input: newJob,
    ids: { jobId: 'shield.job_not_found' },
    leaves: { tenant: ['shield.job'] },
  },
  'shield.job_resume': {
    input: cancelledJob,
    ids: { jobId: 'shield.job_not_found' },
    leaves: { tenant: ['shield.job'] },
  },
  'shield.job_list': {},
  'shield.job_show': { input: newJob, ids: { jobId: 'shield.job_not_found' } },
} satisfies Record<string, Row>
