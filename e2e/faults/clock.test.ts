import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer, testPassword } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { recompute } from '../durability/ledger.ts'
import { cookieOf } from './caller.ts'
import { tried } from './tried.ts'

const hour = 3_600_000
const year = 365.25 * 24 * hour

/** Where the clock jumps to, one after the other, seen from the moment at which the test begins. */
const jumps: readonly (readonly [string, (begin: number) => number])[] = [
  ['an hour back', (begin) => begin - hour],
  ['an hour ahead', (begin) => begin + hour],
  ['into the night in which summer time begins', () => Date.parse('2027-03-28T00:59:59.900Z')],
  ['behind that night', () => Date.parse('2027-03-28T01:00:00.100Z')],
  ['into the hour that comes twice', () => Date.parse('2027-10-31T00:30:00Z')],
  ['a leap day', () => Date.parse('2028-02-29T23:59:59.900Z')],
  ['the second after 32 bits are full', () => Date.parse('2038-01-19T03:14:08Z')],
  ['ten years ahead', (begin) => begin + 10 * year],
  ['back to where it was', (begin) => begin],
]

describe('the server when its clock jumps', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    await server.addPerson('owner@example.com', 'alpha', 'owner')
  }, 120_000)
  afterEach(() => void vi.useRealTimers())
  afterAll(() => server.stop())

  const person = { email: 'owner@example.com', password: testPassword }
  const at = (operation: string) => `${server.local}/api/tenants/alpha/${operation}`
  const asks = async (cookie: string) => (await fetch(at('connection/list'), { headers: { cookie } })).status

  it('keeps the order of its ledger, and signs heads that only grow', { timeout: 60_000 }, async (context) => {
    const begin = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: begin })
    const sizes: number[] = []
    const made: string[] = []
    for (const [where, when] of jumps) {
      vi.setSystemTime(when(begin))
      const headers = {
        cookie: await cookieOf(server.url, person),
        origin: server.url,
        'content-type': 'application/json',
      }
      const body = JSON.stringify({ target: `dns:${where.replaceAll(' ', '-')}.example` })
      const added = await fetch(at('connection/add'), { method: 'POST', headers, body })
      expect([where, added.status]).toEqual([where, 200])
      made.push(...((await added.json()) as { connections: string[] }).connections)
      sizes.push((await server.ledgers.settle(await server.registry.open('alpha'))).size)
    }
    vi.useRealTimers()
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b))
    const { leaves, faults } = await recompute(server, 'alpha')
    expect(faults).toEqual([])
    const told = leaves.filter(({ type }) => type === 'connection.created').map(({ subj }) => subj.id)
    expect(told).toEqual(made)
    tried(context, jumps.length)
  })

  it('ends sessions and links when their time is over, and not before', async (context) => {
    const begin = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: begin })
    const cookie = await cookieOf(server.url, person)
    const steps: [number, number][] = [
      [0, 200],
      [-hour, 200],
      [hour, 200],
      [10 * year, 401],
    ]
    for (const [by, status] of steps) {
      vi.setSystemTime(begin + by)
      expect([by, await asks(cookie)]).toEqual([by, status])
    }
    vi.setSystemTime(begin)
    const link = await server.issueResetLink('owner@example.com')
    vi.setSystemTime(begin + 25 * hour)
    const reset = await fetch(`${server.local}/api/account/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ token: link?.split('#')[1], password: `${testPassword} again` }),
    })
    expect(reset.status).toBe(410)
    tried(context, steps.length + 1)
  })
})
