import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openLimiter, usualLimits } from './limits.ts'

describe('a limiter', () => {
  it('lets as many through as were agreed, then one for each share of the minute', () => {
    let at = 0
    const limiter = openLimiter(usualLimits, () => at)
    for (let i = 0; i < 60; i++) expect(limiter.take('change', 'x')).toBe(0)
    expect(limiter.take('change', 'x')).toBe(1)
    expect(limiter.take('change', 'y')).toBe(0)
    at += 1_000
    expect([limiter.take('change', 'x'), limiter.take('change', 'x')]).toEqual([0, 1])
    at += 3_600_000
    expect(Array.from({ length: 70 }, () => limiter.take('change', 'x')).filter((wait) => wait === 0)).toHaveLength(60)
  })

  it('takes nothing from anybody whose clock was put back, and nothing is won by that', () => {
    let at = 3_600_000
    const limiter = openLimiter(usualLimits, () => at)
    expect(limiter.take('change', 'x')).toBe(0)
    at = 0
    const taken = Array.from({ length: 70 }, () => limiter.take('change', 'x')).filter((wait) => wait === 0)
    expect(taken).toHaveLength(59)
    expect(limiter.take('change', 'x')).toBe(1)
  })

  it('does not forget who was refused when strangers flood it', () => {
    const limiter = openLimiter({ ...usualLimits, change: 1 }, () => 0)
    limiter.take('change', 'x')
    for (let i = 0; i < 40_000; i++) limiter.take('change', `flood ${i}`)
    expect(limiter.take('change', 'x')).toBeGreaterThan(0)
  })
})

describe('a limit', () => {
  let server: TestServer
  let owner: Person
  beforeAll(async () => {
    const limits = { caller: 20, token: 5, change: 6 }
    server = await startTestServer({ ART32_TRUSTED_PROXIES: '127.0.0.0/8,::1' }, { limits })
    await server.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  })
  afterAll(() => server.stop())

  const times = async (n: number, send: () => Promise<Response>) => {
    const answers: number[] = []
    for (let i = 0; i < n; i++) answers.push((await send()).status)
    return answers.filter((status) => status === 429).length
  }
  const post = (path: string, body: object, headers: Record<string, string>) =>
    fetch(`${server.local}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const by = (address: string) => ({ 'x-forwarded-for': address })

  it('counts strangers by the address that the trusted proxy names, not by what they write before it', async () => {
    const accept = (from: string) => post('/api/invitation/accept', { token: 'x' }, by(from))
    let n = 0
    expect(await times(10, () => accept(`198.51.100.${n++}, 203.0.113.1`))).toBe(4)
    expect(await times(6, () => accept('203.0.113.2'))).toBe(0)
  })

  it('holds for sign-in too, whatever the mail address', async () => {
    let n = 0
    const guess = () =>
      post('/api/auth/sign-in/email', { email: `x${n++}@example.com`, password: testPassword }, by('203.0.113.3'))
    expect(await times(9, guess)).toBe(3)
    const response = await guess()
    expect(await response.json()).toMatchObject({ code: 'http.too_many' })
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('counts a person over all addresses, and a token by itself', async () => {
    const made = await owner.post('/api/token/create', { tenant: 'alpha', name: 'x', permissions: ['register:read'] })
    const { token } = (await made.json()) as { token: string }
    const authorization = `Bearer ${token}`
    let n = 0
    const list = () =>
      fetch(`${server.local}/api/tenants/alpha/access/list`, {
        headers: { authorization, ...by(`198.51.100.${n++}`) },
      })
    expect(await times(8, list)).toBe(3)
    expect((await owner.get('/api/tenants/alpha/access/list')).status).toBe(200)
    expect(await times(20, () => owner.get('/api/tenants/alpha/access/list'))).toBeGreaterThan(0)
  })

  it('slows down who tries tokens', async () => {
    const authorization = `Bearer art32_${'0'.repeat(38)}`
    const guess = () =>
      fetch(`${server.local}/api/tenants/alpha/access/list`, { headers: { authorization, ...by('203.0.113.4') } })
    expect(await times(9, guess)).toBe(3)
  })
})
