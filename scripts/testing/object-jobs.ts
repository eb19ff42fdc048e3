import { expect } from 'vitest'
import { startObjectStore } from './object-store.ts'
import type { TestObjectStore } from './object-store.ts'
import { startTestServer } from './server.ts'
import type { Person } from './server.ts'

/** A table of people, and the plan for it. */
export const tableOf = (of: string, rows = 3) =>
  `id,mail,note\n${Array.from({ length: rows }, (_, n) => `${n},w${n}@${of}.example.com,"IBAN DE89370400440532013000"\n`).join('')}`
const plan = `plan: art32.shield/1
format: { kind: csv, delimiter: ',' }
columns:
  id: { type: number, do: keep }
  mail: { type: email, do: pseudonym }
  note: { type: text, do: text }
`

/** A job as it is shown. */
export interface ShownJob {
  readonly state: string
  readonly problem: { readonly code: string } | null
  readonly waiting: number
  readonly done: number
  readonly failed: number
  readonly objects: readonly { key: string; state: string; problem: { code: string } | null; records: number | null }[]
  readonly report: {
    objects: number
    records: number
    outputs: string
    columns: { name: string; changed: number }[]
  } | null
}

/** Jobs of the tenant alpha over a strict store. */
export type ObjectJobs = Awaited<ReturnType<typeof openObjectJobs>>

/** The code by which a request is refused. */
export const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

/** Starts a server with the tenants alpha, which may reach this machine, and beta, which may not; and a store. */
export async function openObjectJobs() {
  const server = await startTestServer({}, { mayBeLocal: ({ slug }) => slug === 'alpha' })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  const owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const bucket = await startObjectStore({ pageSize: 4 })
  const at = (verb: string, tenant = 'alpha') => `/api/tenants/${tenant}/shield/${verb}`

  async function good<T>(verb: string, input: object, by: Person = owner): Promise<T> {
    const answer = await by.post(at(verb), input)
    const said: unknown = await answer.json()
    expect(answer.status, JSON.stringify(said)).toBe(200)
    return said as T
  }
  const addStore = async (name: string, of: TestObjectStore = bucket) =>
    (await good<{ storeId: string }>('store_add', { name, ...of.settings })).storeId
  const { planId } = await good<{ planId: string }>('plan_save', { name: 'tables', plan })
  const storeId = await addStore('bucket')
  const show = async (jobId: string) => (await (await owner.get(at(`job_show?jobId=${jobId}`))).json()) as ShownJob

  /** Until the job is as it should be. */
  async function until(jobId: string, is: (shown: ShownJob) => boolean): Promise<ShownJob> {
    for (;;) {
      const shown = await show(jobId)
      if (is(shown)) return shown
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  return {
    server,
    bucket,
    owner,
    planId,
    storeId,
    at,
    good,
    addStore,
    show,
    until,
    start: async (change: object = {}) =>
      (await good<{ jobId: string }>('job_start', { storeId, planId, input: 'in/', output: 'out/', ...change })).jobId,
    ended: async (jobId: string) => await until(jobId, ({ state }) => !['listing', 'running'].includes(state)),
    /** What the service makes of the same bytes with the same key and plan. */
    async filtered(bytes: string): Promise<string> {
      const answer = await owner.upload(at(`filter?name=table.csv&planId=${planId}`), new TextEncoder().encode(bytes))
      return await answer.text()
    },
    /** After each test: everything works again, and nothing was asked that there is not. */
    settle() {
      bucket.fail(null)
      bucket.objects.clear()
      expect(bucket.mistakes).toEqual([])
    },
    async stop() {
      await server.stop()
      await bucket.close()
    },
  }
}
