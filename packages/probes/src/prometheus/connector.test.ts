import { afterEach, describe, expect, it } from 'vitest'
import { openBudgets } from '../api/budget.ts'
import { collect } from '../engine/connector.ts'
import { examineConnector } from '../testing/examine-connector.ts'
import { testContext } from '../testing/servers.ts'
import type { VendorServer } from '../testing/vendor.ts'
import { prometheus } from './connector.ts'
import { startMonitoring } from './vendor.ts'

const password = 'correct-horse-battery'
const basic = `Basic ${Buffer.from(`art32:${password}`).toString('base64')}`
const settings = (base: string) => ({
  baseUrl: base,
  alertmanagerUrl: base,
  receiverUrl: `${base}/watchdog`,
  username: 'art32',
  password,
})
const now = () => new Date('2026-11-22T12:00:00Z')

let server: VendorServer | undefined
afterEach(async () => {
  expect(server?.mistakes ?? []).toEqual([])
  await server?.close()
  server = undefined
})
async function look(more: (base: string) => object = settings, authorization: string | null = basic) {
  server = await startMonitoring((given) => given === (authorization ?? undefined))
  const reading = await collect(prometheus, more(server.base), testContext({ budgets: openBudgets(), now }))
  if (reading.read !== 'ok') throw new Error(reading.detail)
  return Object.fromEntries(
    Object.entries(reading.facts).map(([name, one]) => [name, one.read === 'ok' ? one.facts : one.why]),
  )
}

examineConnector(prometheus, {
  start: () => startMonitoring((given) => given === basic),
  settings,
  secrets: [password, basic, 'secret'],
  hurts: {
    'GET /api/v1/targets': ['services'],
    'GET /api/v1/query': ['availability'],
    'GET /api/v1/alerts': ['watchdog'],
    'GET /api/v1/alertmanagers': ['watchdog'],
    'GET /api/v2/status': ['alertmanager'],
    'GET /api/v2/receivers': ['alertmanager'],
    'GET /api/v2/alerts': ['alertmanager'],
    'GET /watchdog': ['delivery'],
  },
})

describe('the monitoring', () => {
  it('is seen as it is', async () => {
    expect(await look()).toEqual({
      services: [
        { job: 'new', targets: 1, up: 0, silentSeconds: null },
        { job: 'shop', targets: 2, up: 1, silentSeconds: 20 },
      ],
      availability: {
        metric: 'probe_success',
        windowDays: 30,
        services: [{ name: 'blackbox https://shop.example.com/health', average: 0.9995, coveredDays: 30 }],
      },
      watchdog: { name: 'Watchdog', isFiring: true, alertmanagers: 1 },
      alertmanager: { isReady: true, receivers: 2, watchdog: { isHeldBack: false, receivers: 1 } },
      delivery: { minutesAgo: 2 },
    })
  })

  it('is asked with a token, or without any credential', async () => {
    const withToken = await look((base) => ({ baseUrl: base, token: 'abc' }), 'Bearer abc')
    expect(withToken['services']).toHaveLength(2)
    await server?.close()
    const open = await look((base) => ({ baseUrl: base }), null)
    expect(open['services']).toHaveLength(2)
  })

  it('takes no credential in an address, where it would be shown', async () => {
    const reading = await collect(prometheus, { baseUrl: 'https://u:hidden@metrics.example.com' }, testContext())
    expect(reading).toMatchObject({ read: 'no', why: 'not-configured' })
    expect(JSON.stringify(reading)).not.toContain('hidden')
  })

  it('is not judged where Alertmanager or the receiver is not named', async () => {
    const seen = await look((base) => ({ baseUrl: base, username: 'art32', password }))
    expect([seen['alertmanager'], seen['delivery']]).toEqual(['not-configured', 'not-configured'])
  })
})
