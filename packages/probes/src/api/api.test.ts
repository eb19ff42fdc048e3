import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startVendor } from '../testing/vendor.ts'
import type { Said, VendorServer } from '../testing/vendor.ts'
import { testContext } from '../testing/servers.ts'
import { openApi, mostPages } from './api.ts'
import type { Api } from './api.ts'
import { openBudgets } from './budget.ts'

const Page = z.object({ value: z.array(z.number()), next: z.string().optional() })
const how = { items: (page: z.output<typeof Page>) => page.value, next: (page: z.output<typeof Page>) => page.next }
const things = { path: '/things', schema: Page }

let vendor: VendorServer
afterEach(async () => await vendor.close())

async function open(answer: (asked: { page: number; base: string; ifNoneMatch?: string | undefined }) => Said) {
  vendor = await startVendor({
    description: { 'GET /things': { query: ['page'] } },
    answers: {
      'GET /things': ({ query, base, headers }) =>
        answer({ page: Number(query.get('page') ?? 0), base, ifNoneMatch: headers['if-none-match'] }),
    },
    isAuthorised: (headers) => headers.authorization === 'Bearer right',
  })
  const answers = new Map<string, { etag: string; body: string }>()
  const context = testContext({ budgets: openBudgets(), answers })
  return openApi({ base: vendor.base, headers: { authorization: 'Bearer right' } }, context)
}
const reason = async (work: Promise<unknown>) =>
  await work.then(
    () => 'seen',
    (error: { reason?: { why: string } }) => error.reason?.why,
  )
const list = (api: Api) => api.list(things, how)

describe('the pages of a list', () => {
  it('are followed to the end', async () => {
    const api = await open(({ page, base }) => ({
      value: [page],
      ...(page < 3 ? { next: `${base}/things?page=${page + 1}` } : {}),
    }))
    expect(await list(api)).toEqual({ items: [0, 1, 2, 3], complete: true })
  })

  it('never lead to another host', async () => {
    const api = await open(() => ({ value: [1], next: 'http://127.0.0.2:9/things' }))
    expect(await reason(list(api))).toBe('contract')
  })

  it('end where the next page is the same one', async () => {
    const api = await open(({ base }) => ({ value: [1], next: `${base}/things` }))
    expect(await reason(list(api))).toBe('contract')
  })

  it('without end are not complete', async () => {
    const api = await open(({ page, base }) => ({ value: [page], next: `${base}/things?page=${page + 1}` }))
    vendor.fail(null)
    const { items, complete } = await openApi(
      { base: vendor.base, headers: { authorization: 'Bearer right' }, perMinute: 1e6 },
      testContext({ budgets: openBudgets() }),
    ).list(things, how)
    expect({ pages: items.length, complete }).toEqual({ pages: mostPages, complete: false })
    expect(api).toBeDefined()
  })
})

describe('an answer that did not change', () => {
  it('is not sent again', async () => {
    const asked: (string | undefined)[] = []
    const api = await open(({ ifNoneMatch }) => {
      asked.push(ifNoneMatch)
      return ifNoneMatch === '"1"' ? { status: 304 } : { status: 200, headers: { etag: '"1"' }, json: { value: [7] } }
    })
    expect([await api.get(things), await api.get(things)]).toEqual([{ value: [7] }, { value: [7] }])
    expect(asked).toEqual([undefined, '"1"'])
  })
})

describe('a vendor that asks to slow down', () => {
  it('is asked again after a short pause', async () => {
    let count = 0
    const api = await open(() =>
      ++count === 1 ? { status: 429, headers: { 'retry-after': '0' } } : { status: 200, json: { value: [1] } },
    )
    expect(await api.get(things)).toEqual({ value: [1] })
  })

  it('is left alone for a long one by all who use the credential', async () => {
    const api = await open(() => ({ status: 429, headers: { 'retry-after': '120' } }))
    expect(await reason(api.get(things))).toBe('throttled')
    expect(await reason(api.get(things))).toBe('throttled')
    expect(vendor.calls).toHaveLength(1)
  })
})

describe('a credential', () => {
  it('never travels without TLS beyond this machine', async () => {
    const api = openApi({ base: 'http://192.0.2.1', headers: {} }, testContext())
    vendor = await startVendor({ description: {}, answers: {}, isAuthorised: () => true })
    expect(await reason(api.get(things))).toBe('not-configured')
  })
})
