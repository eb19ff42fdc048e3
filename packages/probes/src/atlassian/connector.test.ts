import { afterEach, describe, expect, it } from 'vitest'
import { mostPages } from '../api/api.ts'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { atlassian } from './connector.ts'
import { key, organisation, startAtlassian } from './vendor.ts'

const settings = (base: string) => ({ organisation, key, baseUrl: `${base}/admin/` })

examineConnector(atlassian, {
  start: () => startAtlassian(),
  settings,
  secrets: [key, 'Account of', '@example.com'],
  hurts: {
    'GET /admin/v1/orgs/{orgId}/users': ['managed'],
    'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/search': ['people'],
  },
})

describe('an Atlassian organisation', () => {
  let vendor: VendorServer | undefined
  afterEach(async () => {
    await vendor?.close()
    vendor = undefined
  })
  const look = async (instead: Parameters<typeof startAtlassian>[0] = {}) => {
    vendor = await startAtlassian(instead)
    // Budgets with a clock that runs fast: the pages of the test need not wait for their turn.
    const budgets = openBudgets(() => performance.now() * 1_000)
    const limits = { silenceMs: 10_000, answerBytes: 1_048_576 }
    const reading = await collect(atlassian, settings(vendor.base), testContext({ budgets, limits }))
    expect(vendor.mistakes).toEqual([])
    return reading.read === 'ok' ? reading.facts : {}
  }

  it('is read over all pages, without apps, closed and suspended accounts, and without names', async () => {
    expect(await look()).toEqual({
      managed: {
        read: 'ok',
        complete: true,
        facts: [
          { id: '557058:a', lastActive: '2026-11-20T13:10:59.759Z' },
          { id: '557058:b', lastActive: null },
          { id: '557058:c', lastActive: '2026-01-01T00:00:00.000Z' },
        ],
      },
      people: {
        read: 'ok',
        complete: true,
        facts: [
          { id: '557058:a', managed: true, admin: true, secondFactor: true, addedAt: '2025-03-01T09:00:00.000Z' },
          { id: '557058:b', managed: true, admin: false, secondFactor: false, addedAt: null },
          { id: '557058:c', managed: true, admin: false, secondFactor: null, addedAt: '2025-03-01T09:00:00.000Z' },
          { id: '557058:guest', managed: false, admin: false, secondFactor: null, addedAt: '2025-03-01T09:00:00.000Z' },
        ],
      },
    })
  })

  it('is not complete where the pages have no end, and not seen where a page leads to itself or to another host', async () => {
    const endless = (page: number) => ({ data: [], links: { next: String(page + 1) } })
    const facts = await look({ managed: endless, people: endless })
    expect(facts).toMatchObject({ managed: { complete: false }, people: { complete: false } })
    expect(vendor?.calls).toHaveLength(2 * mostPages)
    await vendor?.close()
    expect(
      await look({
        managed: () => ({ data: [], links: { next: 'https://other.example.com/admin/v1/orgs/x/users' } }),
        people: () => ({ data: [], links: { next: 'again' } }),
      }),
    ).toMatchObject({ managed: { why: 'contract' }, people: { why: 'contract' } })
  })

  it('holds 10,000 people', async () => {
    const ids = (page: number) => Array.from({ length: 100 }, (_one, index) => `557058:${page * 100 + index}`)
    const next = (page: number) => (page < 99 ? { next: String(page + 1) } : {})
    const facts = await look({
      managed: (page) => ({
        data: ids(page).map((id) => ({
          account_id: id,
          account_type: 'atlassian',
          account_status: 'active',
          last_active: '2026-11-20T00:00:00Z',
        })),
        links: next(page),
      }),
      people: (page) => ({
        data: ids(page).map((id) => ({ accountId: id, claimStatus: 'managed', name: 'Account of' })),
        links: next(page),
      }),
    })
    expect(facts['managed']).toMatchObject({ complete: true, facts: { length: 10_000 } })
    expect(facts['people']).toMatchObject({ complete: true, facts: { length: 10_000 } })
    expect(JSON.stringify(facts).length).toBeLessThan(3_000_000)
  })

  it('is not seen where a time is none', async () => {
    const one = { account_id: 'a', account_type: 'atlassian', account_status: 'active', last_active: 'long ago' }
    expect(await look({ managed: () => ({ data: [one], links: null }) })).toMatchObject({
      managed: { why: 'contract' },
      people: { read: 'ok' },
    })
  })
})
