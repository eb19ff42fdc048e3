import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { hetzner } from './connector.ts'
import { rightToken, startHetzner, stock } from './vendor.ts'
import type { Stock } from './vendor.ts'

const settings = (base: string) => ({ project: 'shop', token: rightToken, baseUrl: base, storageUrl: base })

examineConnector(hetzner, {
  start: () => startHetzner(),
  settings,
  secrets: [rightToken],
  hurts: {
    'GET /servers': ['servers'],
    'GET /volumes': ['volumes'],
    'GET /load_balancers': ['loadBalancers'],
    'GET /primary_ips': ['primaryIps'],
    'GET /networks': ['networks'],
    'GET /firewalls': ['firewalls'],
    'GET /certificates': ['certificates'],
    'GET /images': ['backups'],
    'GET /storage_boxes': ['storageBoxes'],
  },
})

const started: VendorServer[] = []
afterEach(async () => {
  for (const vendor of started.splice(0)) await vendor.close()
})

async function look(all: Partial<Stock> = {}, headers: Record<string, string> = {}) {
  const vendor = await startHetzner({ all: { ...stock, ...all }, headers })
  started.push(vendor)
  const reading = await collect(hetzner, settings(vendor.base), testContext({ budgets: openBudgets() }))
  if (reading.read === 'no') throw new Error(reading.detail)
  return reading
}
const factsOf = async (group: string, all: Partial<Stock> = {}) => {
  const { facts } = await look(all)
  const one = facts[group]
  return one?.read === 'ok' ? one.facts : one?.why
}

describe('a project', () => {
  it('of many servers is read page by page', async () => {
    const many = Array.from({ length: 120 }, (_one, index) => ({ ...stock.servers[0], id: index + 1 }))
    expect(await factsOf('servers', { servers: many })).toHaveLength(120)
    const [vendor] = started
    expect(vendor?.calls.filter((call) => call === 'GET /servers')).toHaveLength(3)
    expect(vendor?.mistakes).toEqual([])
  })

  it('whose requests are nearly used up is left to its own automation', async () => {
    const many = Array.from({ length: 120 }, (_one, index) => ({ ...stock.servers[0], id: index + 1 }))
    const { facts } = await look({ servers: many }, { 'ratelimit-remaining': '150' })
    expect(facts['servers']).toMatchObject({ read: 'no', why: 'throttled', retryAfterMs: 200_000 })
    expect(facts['volumes']?.read).toBe('ok')
  })

  it('tells what a server was made from with its support period, and of Debian 11 that it is over', async () => {
    const image = { os_flavor: 'debian', os_version: '11' }
    const stream = { os_flavor: 'centos', os_version: 'stream9' }
    const [server] = stock.servers
    const servers = [image, stream, null].map((one, index) => ({ ...server, id: index, image: one }))
    expect(await factsOf('servers', { servers })).toMatchObject([
      { image: { lifecycle: { cycle: '11', endOfLife: '2024-08-14' } } },
      { image: { lifecycle: { cycle: '9' } } },
      { image: null },
    ])
  })

  it('takes a floating address for a public one', async () => {
    const net = { ipv4: null, ipv6: null, floating_ips: [5], firewalls: [] }
    const servers = [{ ...stock.servers[0], public_net: net }]
    expect(await factsOf('servers', { servers })).toMatchObject([{ public: true }])
  })

  it('keeps of the sources of a rule only how wide they are', async () => {
    const facts = await factsOf('firewalls')
    expect(facts).toMatchObject([
      {
        used: true,
        inbound: [
          { from: 443, to: 443, widest4: 0, widest6: 0 },
          { from: 22, to: 22, widest4: 32, widest6: 48 },
          { protocol: 'icmp', from: null, to: null },
        ],
      },
    ])
    expect(JSON.stringify(facts)).not.toContain('198.51.100.7')
  })

  it('keeps the newest finished backup of each server', async () => {
    const images = [
      { created: '2026-11-22T05:00:00Z', status: 'creating', bound_to: 11 },
      { created: '2026-11-20T05:00:00Z', status: 'available', bound_to: 11 },
      { created: '2026-11-21T05:00:00Z', status: 'available', bound_to: 11 },
    ]
    expect(await factsOf('backups', { images })).toEqual([{ server: 11, newest: '2026-11-21T05:00:00Z', count: 2 }])
  })

  it('with a rule of another form is not guessed', async () => {
    const rule = { direction: 'in', protocol: 'tcp', source_ips: ['192.0.2.1/32'] }
    const firewalls = (change: object) => [{ id: 1, name: 'a', applied_to: [], rules: [{ ...rule, ...change }] }]
    expect(await factsOf('firewalls', { firewalls: firewalls({ port: 'http' }) })).toBe('contract')
    expect(await factsOf('firewalls', { firewalls: firewalls({ port: '80', source_ips: ['192.0.2.1/99'] }) })).toBe(
      'contract',
    )
  })
})
