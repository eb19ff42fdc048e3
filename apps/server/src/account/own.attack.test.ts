import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { deviceOf } from './device.ts'

let server: TestServer
let anna: Person
let bert: Person

beforeAll(async () => {
  server = await startTestServer({ ART32_TRUSTED_PROXIES: '127.0.0.0/8,::1' })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  anna = await server.addPerson('anna@example.com', 'alpha', 'owner')
  bert = await server.addPerson('bert@example.com', 'alpha', 'member')
})
afterAll(() => server.stop())

interface Session {
  sessionId: string
  current: boolean
  device: { browser: string; system: string }
}
const sessionsOf = async (person: Person) =>
  ((await (await person.get('/api/account/sessions')).json()) as { sessions: Session[] }).sessions
const nameOf = async (person: Person) =>
  ((await (await person.get('/api/account/whoami')).json()) as { account: { name: string } | null }).account?.name ??
  null
const notes = async (type: string) =>
  (
    await server.databases.control.query(
      `select 1 from log_pending where event ->> 'type' = $1 union all select 1 from log_entry where type = $1`,
      [type],
    )
  ).rows.length

describe('my sessions', () => {
  it('are listed with the own one marked and neither token nor address', async () => {
    const response = await anna.get('/api/account/sessions')
    const { sessions } = (await response.json()) as { sessions: object[] }
    expect(sessions.filter((one) => 'current' in one && one.current)).toHaveLength(1)
    for (const one of sessions)
      expect(Object.keys(one).toSorted()).toEqual(['current', 'device', 'lastUse', 'place', 'sessionId', 'since'])
  })

  it('tell the network of the last use, and keep no more of the address', async () => {
    const response = await fetch(`${server.local}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ email: 'bert@example.com', password: testPassword }),
    })
    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const placeFrom = async (headers: Record<string, string>) => {
      const listed = await fetch(`${server.local}/api/account/sessions`, { headers: { ...headers, cookie } })
      const { sessions } = (await listed.json()) as { sessions: (Session & { place: string })[] }
      return sessions.find((one) => one.current)?.place
    }
    expect(await placeFrom({})).toBe('this-machine')
    expect(await placeFrom({ 'x-forwarded-for': '203.0.113.77' })).toBe('203.0.x.x')
    expect(await placeFrom({ 'x-forwarded-for': '2001:db8:dead:beef::77' })).toBe('2001:db8::/32')
    const { rows } = await server.databases.control.query<{ row: string }>('select session::text as row from session')
    expect(JSON.stringify(rows)).toContain('2001:db8::/32')
    expect(JSON.stringify(rows)).not.toMatch(/203\.0\.113|dead|127\.0\.0/)
  })

  it('end one by one, and only those of oneself', async () => {
    const second = await server.signIn('anna@example.com')
    const { sessionId } = (await sessionsOf(second)).find((one) => one.current) ?? { sessionId: '' }
    expect((await bert.post('/api/account/end_session', { sessionId })).status).toBe(404)
    expect(await nameOf(second)).toBe('anna')
    expect((await anna.post('/api/account/end_session', { sessionId })).status).toBe(200)
    expect(await nameOf(second)).toBeNull()
    expect((await anna.post('/api/account/end_session', { sessionId })).status).toBe(404)
    expect(await notes('account.signed-out')).toBeGreaterThan(0)
  })

  it('end all but this one', async () => {
    const second = await server.signIn('anna@example.com')
    expect((await anna.post('/api/account/end_others', {})).status).toBe(200)
    expect(await nameOf(second)).toBeNull()
    expect([await nameOf(anna), await nameOf(bert)]).toEqual(['anna', 'bert'])
  })

  it('are shown to nobody who is signed out', async () => {
    expect((await fetch(`${server.local}/api/account/sessions`)).status).toBe(401)
  })
})

describe('my password', () => {
  it('changes only with the present one, and all other sessions end', async () => {
    const second = await server.signIn('bert@example.com')
    const password = 'another good pass phrase'
    const change = (current: string, next = password) =>
      bert.post('/api/account/change_password', { current, password: next })
    expect((await change('not the present one')).status).toBe(403)
    expect((await change(testPassword, 'short')).status).toBe(400)
    expect(await nameOf(second)).toBe('bert')
    const answers = await Promise.all([change(testPassword), change(testPassword)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
    expect([await nameOf(second), await nameOf(bert)]).toEqual([null, 'bert'])
    await expect(server.signIn('bert@example.com')).rejects.toThrow('401')
  })
})

describe('my name', () => {
  it('changes alone, with nothing else beside it', async () => {
    for (const extra of [{ email: 'x@example.com' }, { id: bert.accountId }, { emailVerified: true }])
      expect((await anna.post('/api/account/rename', { name: 'Anna B', ...extra })).status).toBe(400)
    expect((await anna.post('/api/account/rename', { name: ' Anna B ' })).status).toBe(200)
    expect([await nameOf(anna), await nameOf(bert)]).toEqual(['Anna B', 'bert'])
    expect(await notes('account.changed')).toBeGreaterThan(0)
  })
})

describe('all sessions', () => {
  it('are ended by who runs the machine, of one person or of everybody', async () => {
    const cleo = await server.addPerson('cleo@example.com', 'alpha', 'member')
    const second = await server.signIn('cleo@example.com')
    const dora = await server.addPerson('dora@example.com', 'alpha', 'member')
    expect(await server.endSessions('nobody@example.com')).toBeNull()
    expect(await server.endSessions('CLEO@example.com')).toBe(2)
    expect([await nameOf(cleo), await nameOf(second), await nameOf(dora)]).toEqual([null, null, 'dora'])
    expect(await server.endSessions(null)).toBeGreaterThan(1)
    expect([await nameOf(dora), await nameOf(anna)]).toEqual([null, null])
  })
})

describe('deviceOf', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge',
      'Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18 Safari/605.1.15',
      'Safari',
      'macOS',
    ],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140 Mobile Safari/604.1', 'Chrome', 'iOS'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux'],
    ['node', 'art32', 'other'],
    ['<script>', 'other', 'other'],
  ])('reads %s', (agent, browser, system) => {
    expect(deviceOf(agent)).toEqual({ browser, system })
  })
})
