import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import type { Context } from '../engine/connector.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { bitwarden } from './connector.ts'
import { event, member, rightClient, startBitwarden } from './vendor.ts'
import type { Stock } from './vendor.ts'

const { clientId, clientSecret, token } = rightClient
const settings = (base: string) => ({
  clientId,
  clientSecret,
  baseUrl: base,
  identityUrl: base,
  staff: ['a@example.com', 'b@example.com', 'C@example.com'],
  staffDate: '2026-11-20',
})

examineConnector(bitwarden, {
  start: () => startBitwarden(),
  settings,
  secrets: [clientSecret, token],
  hurts: {
    'POST /connect/token': ['*'],
    'GET /public/members': ['members', 'roster', 'coverage'],
    'GET /public/policies': ['policies'],
    'GET /public/events': ['events'],
  },
})

const started: VendorServer[] = []
afterEach(async () => {
  for (const vendor of started.splice(0)) await vendor.close()
})

async function look(all: Partial<Stock> = {}, given: Record<string, unknown> = {}, context: Partial<Context> = {}) {
  const vendor = await startBitwarden(all)
  started.push(vendor)
  const world = testContext({ budgets: openBudgets(), ...context })
  const reading = await collect(bitwarden, { ...settings(vendor.base), ...given }, world)
  if (reading.read === 'no') throw new Error(reading.detail)
  return { vendor, groups: reading.facts, shown: JSON.stringify(reading) }
}
const factsOf = async (group: string, ...how: Parameters<typeof look>) => {
  const one = (await look(...how)).groups[group]
  return one?.read === 'ok' ? one.facts : one?.why
}

describe('an organisation', () => {
  it('is told by numbers, never by names or addresses', async () => {
    const { groups, shown } = await look({}, { staff: ['gone@example.com'] }, { pseudonym: () => 'P-1' })
    expect(groups['members']).toMatchObject({
      facts: [
        { id: 'a', role: 'owner', status: 'confirmed', twoFactor: true },
        { id: 'b' },
        { id: 'c', role: 'user' },
        { id: 'd', status: 'revoked' },
      ],
    })
    expect(groups['coverage']).toMatchObject({ facts: { withoutSeat: ['P-1'], strangers: ['a', 'b', 'c'] } })
    expect(shown).not.toMatch(/example\.com|Person [a-z]|192\.0\.2\.7/i)
  })

  it('with many events is read to the end for exports, however the server writes its times', async () => {
    const many = Array.from({ length: 9 }, (_one, index) => event(1000, index + 1))
    const bare = new Date(Date.now() - 3_600_000).toISOString().replace('Z', '')
    const { groups, vendor } = await look({ events: [...many, event(1602, 30, { date: bare }), event(1007, 40)] })
    expect(groups['events']).toMatchObject({
      complete: true,
      facts: { exports: [{ vault: 'organisation', at: `${bare}Z`, actor: 'user-of-a' }, { vault: 'member' }] },
    })
    expect(vendor.calls.filter((call) => call === 'GET /public/events')).toHaveLength(7)
    expect(vendor.mistakes).toEqual([])
  })

  it('without a single event says so', async () => {
    expect(await factsOf('events', { events: [] })).toMatchObject({ newest: null, exports: [] })
  })

  it('whose key is wrong is denied, and the key is not repeated', async () => {
    const { groups, shown } = await look({}, { clientSecret: 'wrong-secret' })
    expect(Object.values(groups).map((one) => one.read === 'no' && one.why)).toEqual(Array(5).fill('denied'))
    expect(shown).not.toContain('wrong-secret')
  })

  it('without a list of staff compares nobody', async () => {
    expect(await factsOf('coverage', {}, { staff: [] })).toBe('not-configured')
    expect(await factsOf('coverage', {}, { staffDate: undefined })).toBe('not-configured')
  })

  it('with a role or a status that nobody knows is not guessed', async () => {
    expect(await factsOf('members', { members: [member('a', { type: 9 })] })).toBe('contract')
    expect(await factsOf('members', { members: [member('a', { status: 7 })] })).toBe('contract')
  })

  it('takes a new token for each look and keeps none', async () => {
    const kept = new Map<string, { etag: string; body: string }>()
    const { vendor } = await look({}, {}, { answers: kept })
    expect(vendor.calls.filter((call) => call === 'POST /connect/token')).toHaveLength(1)
    expect(JSON.stringify([...kept])).not.toContain(token)
  })
})
