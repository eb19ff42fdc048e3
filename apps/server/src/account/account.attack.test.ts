import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
})
afterAll(() => server.stop())

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, ...headers },
    body: JSON.stringify(body),
  })
const setup = (token: string, email: string) =>
  post('/api/account/setup', { token, name: 'First', email, password: testPassword })
const signIn = (email: string, password = testPassword, headers: Record<string, string> = {}) =>
  post('/api/auth/sign-in/email', { email, password }, headers)
const cookieOf = (response: Response) => response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
const whoami = async (cookie: string) => {
  const response = await fetch(`${server.url}/api/account/whoami`, { headers: { cookie } })
  expect(response.status).toBe(200)
  return ((await response.json()) as { account: { email: string } | null }).account?.email ?? null
}
const count = async (table: string) =>
  (await server.databases.control.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n

describe('the set-up link', () => {
  it('is refused when it is made up, out of date, or replaced by a newer one', async () => {
    const replaced = await server.issueSetupToken()
    const token = await server.issueSetupToken()
    await server.databases.control.query(`update setup_link set expires_at = now() - interval '1 second'`)
    for (const wrong of ['x', replaced ?? '', token ?? '', `${token}x`, '%', "' or '1'='1"]) {
      const response = await setup(wrong, 'intruder@example.com')
      expect([wrong, response.status]).toEqual([wrong, 410])
      expect(await response.json()).toMatchObject({ code: 'account.setup_link_invalid' })
    }
    expect(await count('account')).toBe(0)
  })

  it('is not used up by an attempt that was refused', async () => {
    const token = (await server.issueSetupToken()) ?? ''
    const body = { token, name: 'First', email: 'first@example.com', password: 'too short' }
    expect((await post('/api/account/setup', body)).status).toBe(400)
    const { rows } = await server.databases.control.query('select 1 from setup_link where used_at is null')
    expect(rows).toHaveLength(1)
  })

  it('lets exactly one of ten win who use it at the same moment', async () => {
    const token = (await server.issueSetupToken()) ?? ''
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => setup(token, `owner${n}@example.com`)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array.from({ length: 9 }, () => 410),
    ])
    expect(await count('account')).toBe(1)
    expect(await server.issueSetupToken()).toBeNull()
  })

  it('lies in the database as a hash only', async () => {
    const { rows } = await server.databases.control.query<{ token_hash: Buffer }>('select * from setup_link')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(Object.keys(row).toSorted()).toEqual(['expires_at', 'token_hash', 'used_at'])
  })
})

describe('a session', () => {
  it('is carried by a cookie that no script reads and no other site sends', async () => {
    await server.accounts.create({ name: 'Anna', email: 'anna@example.com', password: testPassword })
    const response = await signIn('anna@example.com')
    const cookies = response.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThan(0)
    const [token = ''] = decodeURIComponent(cookieOf(response)[0]?.split('=')[1] ?? '').split('.')
    expect(token.length).toBeGreaterThan(20)
    expect(await response.text()).not.toContain(token)
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/.*; HttpOnly; SameSite=Strict/i)
    expect(await whoami(cookieOf(response).join('; '))).toBe('anna@example.com')
  })

  it('is not opened by a forged, cut, swapped or expired cookie', async () => {
    const [cookie = ''] = cookieOf(await signIn('anna@example.com'))
    const [name = '', value = ''] = cookie.split('=')
    const [token = '', signature = ''] = decodeURIComponent(value).split('.')
    const { rows } = await server.databases.control.query<{ token: string }>('select token from session limit 1')
    const forged = [
      `${token}.${signature.slice(0, -2)}${signature.at(-2) === 'A' ? 'E' : 'A'}=`,
      `${token}.`,
      token,
      `${token}x.${signature}`,
      `${rows[0]?.token}.AAAA`,
      `.${signature}`,
      '..',
      '%00',
      '{"account":{"email":"anna@example.com"}}',
      'x'.repeat(4_000),
    ]
    for (const one of forged) expect([one, await whoami(`${name}=${encodeURIComponent(one)}`)]).toEqual([one, null])
    expect(await whoami(cookie)).toBe('anna@example.com')
    await server.databases.control.query(
      `update session set "expiresAt" = now() - interval '1 second' where token = $1`,
      [token],
    )
    expect(await whoami(cookie)).toBeNull()
  })

  it('ends a day after it began, however much it is used', async () => {
    const cookie = cookieOf(await signIn('anna@example.com')).join('; ')
    const [token = ''] = decodeURIComponent(cookie.split(';')[0]?.split('=')[1] ?? '').split('.')
    const begunBefore = (hours: number) =>
      server.databases.control.query(
        `update session set "createdAt" = now() - make_interval(secs => $2), "expiresAt" = now() + interval '12 hours' where token = $1`,
        [token, hours * 3_600],
      )
    await begunBefore(23.9)
    expect(await whoami(cookie)).toBe('anna@example.com')
    await begunBefore(24.1)
    expect(await whoami(cookie)).toBeNull()
    expect((await server.accounts.sessions(new Headers({ cookie }))).length).toBe(0)
  })

  it('ends on signing out, also for whoever kept its cookie', async () => {
    const cookie = cookieOf(await signIn('anna@example.com')).join('; ')
    expect(await whoami(cookie)).toBe('anna@example.com')
    const ended = await post('/api/auth/sign-out', {}, { cookie })
    expect([ended.ok, ended.headers.get('clear-site-data')]).toEqual([true, '"cache"'])
    expect(await whoami(cookie)).toBeNull()
  })

  it('is a new one after each sign-in, whatever was sent along', async () => {
    const fixed = 'art32.session_token=chosen.by-another'
    const first = cookieOf(await signIn('anna@example.com', testPassword, { cookie: fixed }))[0]
    const second = cookieOf(await signIn('anna@example.com', testPassword, { cookie: first ?? '' }))[0]
    expect(first).not.toContain('chosen')
    expect(second).not.toBe(first)
    expect([await whoami(first ?? ''), await whoami(second ?? '')]).toEqual([null, 'anna@example.com'])
  })

  it('opens nothing of a tenant any more once the role is taken away', async () => {
    const person = await server.addPerson('leaver@example.com', 'alpha', 'editor')
    expect((await person.get('/api/tenants/alpha/document/list')).status).toBe(200)
    await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query('delete from membership where account_id = $1', [person.accountId]),
    )
    expect((await person.get('/api/tenants/alpha/document/list')).status).toBe(404)
  })
})

describe('signing in', () => {
  it('answers a wrong password and an unknown address alike', async () => {
    const answer = async (email: string) => {
      const response = await signIn(email, 'not the password at all')
      return { status: response.status, body: await response.text(), cookies: response.headers.getSetCookie() }
    }
    const wrong = await answer('anna@example.com')
    expect(wrong.status).toBe(401)
    expect(wrong.cookies).toEqual([])
    expect(await answer('nobody@example.com')).toEqual(wrong)
  })

  it('from another site is refused', async () => {
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`]) {
      const response = await signIn('anna@example.com', testPassword, { origin, cookie: 'a=b' })
      expect([origin, response.status]).toEqual([origin, 403])
      expect(response.headers.getSetCookie()).toEqual([])
    }
  })

  it('leads nowhere else', async () => {
    for (const callbackURL of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const response = await post('/api/auth/sign-in/email', {
        email: 'anna@example.com',
        password: testPassword,
        callbackURL,
      })
      expect([callbackURL, response.status]).toEqual([callbackURL, 403])
    }
  })
})

describe('the doors of the account library', () => {
  it('make no account and change none for a stranger', async () => {
    const before = await server.databases.control.query('select * from account order by id')
    const attempts: [string, object][] = [
      ['/api/auth/sign-up/email', { name: 'Intruder', email: 'intruder@example.com', password: testPassword }],
      ['/api/auth/update-user', { name: 'Intruder' }],
      ['/api/auth/change-email', { newEmail: 'intruder@example.com' }],
      ['/api/auth/change-password', { currentPassword: testPassword, newPassword: testPassword }],
      ['/api/auth/set-password', { newPassword: testPassword }],
      ['/api/auth/delete-user', {}],
      ['/api/auth/revoke-sessions', {}],
      ['/api/auth/reset-password', { newPassword: testPassword, token: 'x' }],
      ['/api/auth/sign-in/social', { provider: 'github' }],
      ['/api/auth/link-social', { provider: 'github' }],
    ]
    for (const [path, body] of attempts) {
      const response = await post(path, body)
      expect([path, response.status >= 400]).toEqual([path, true])
    }
    expect((await server.databases.control.query('select * from account order by id')).rows).toEqual(before.rows)
  })

  it('take no more than a form holds', async () => {
    const response = await signIn(`${'a'.repeat(3_000_000)}@example.com`)
    expect(response.status).toBe(413)
  })

  it('are not opened by other spellings of their path', async () => {
    for (const path of [
      '//api/auth/sign-up/email',
      '/api//auth/sign-up/email',
      '/api/auth/%73ign-up/email',
      '/api/auth/x/../sign-up/email',
      '/API/auth/sign-up/email',
    ]) {
      const response = await post(path, { name: 'Intruder', email: 'intruder@example.com', password: testPassword })
      expect([path, response.status >= 400]).toEqual([path, true])
    }
    const { rows } = await server.databases.control.query(`select 1 from account where email like 'intruder%'`)
    expect(rows).toEqual([])
  })

  it('slow down whoever guesses, and nobody else', async () => {
    await server.accounts.create({ name: 'Bea', email: 'bea@example.com', password: testPassword })
    const guesses = await Promise.all(Array.from({ length: 20 }, () => signIn('Bea@example.com', 'guess guess guess')))
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10)
    const refused = guesses.find(({ status }) => status === 429)
    expect(await refused?.json()).toMatchObject({ code: 'account.too_many_attempts' })
    expect((await signIn('bea@example.com')).status).toBe(429)
    expect((await signIn('anna@example.com')).status).toBe(200)
  })
})
