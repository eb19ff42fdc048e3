import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'

const url = 'https://art32.example.com'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: url })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.addPerson('anna@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

const signIn = (password: string) =>
  fetch(`${server.local}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'anna@example.com', password }),
  })

const answers = async () => [
  ...(await Promise.all(
    ['/health', '/openapi.json', '/privacy', '/api/account/whoami', '/api/nothing', '/trust/nobody', '/nothing.js'].map(
      (path) => fetch(`${server.local}${path}`),
    ),
  )),
  // Refused before anything else looks at it.
  await fetch(`${server.local}/health?token=art32_${'a'.repeat(60)}`),
  await signIn('not the password'),
]

it('sends every cookie for this very host alone, by TLS alone, and knows the session by it', async () => {
  const response = await signIn(testPassword)
  const cookies = response.headers.getSetCookie()
  expect(cookies.length).toBeGreaterThan(1)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-art32\.[\w.]+=.*; Path=\/; HttpOnly; /)
    expect(cookie).toMatch(/; Secure/)
    expect(cookie).not.toMatch(/domain=/i)
  }
  const cookie = cookies.map((one) => one.split(';')[0]).join('; ')
  const who = await fetch(`${server.local}/api/account/whoami`, { headers: { cookie } })
  expect(await who.json()).toMatchObject({ account: { email: 'anna@example.com' } })
  const bare = cookie.replaceAll('__Host-', '__Secure-')
  const other = await fetch(`${server.local}/api/account/whoami`, { headers: { cookie: bare } })
  expect(await other.json()).toMatchObject({ account: null })
})

it('tells browsers with every answer to come back by TLS only, for a year and below it, too', async () => {
  for (const { url: asked, headers } of await answers())
    expect([asked, headers.get('strict-transport-security')]).toEqual([asked, 'max-age=31536000; includeSubDomains'])
})

it('says of every body what it is, and in which characters where it is text', async () => {
  for (const { url: asked, headers } of await answers()) {
    const type = headers.get('content-type') ?? ''
    expect([asked, type]).toEqual([
      asked,
      expect.stringMatching(/^(application\/(problem\+)?json|text\/html; charset=utf-8)/i),
    ])
    expect([asked, headers.get('access-control-allow-origin')]).toEqual([asked, null])
    expect([asked, headers.get('referrer-policy')]).toEqual([asked, 'no-referrer'])
    expect([asked, headers.get('content-security-policy')]).toEqual([
      asked,
      expect.stringMatching(/default-src 'none';.*base-uri 'none'; frame-ancestors 'none'/),
    ])
  }
})
