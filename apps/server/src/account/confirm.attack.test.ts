import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { newAuthenticator } from '../../../../scripts/testing/authenticator.ts'
import { addPasskey, appCode, byPasskey, newVisitor, password } from '../../../../scripts/testing/visitor.ts'
import type { Visitor } from '../../../../scripts/testing/visitor.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const sql = (text: string, ...values: unknown[]) => server.databases.control.query(text, values)
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code]
const needed = [403, 'account.confirm_needed']
const dangerous = (visitor: Visitor) => visitor.post('/api/account/begin_passkey')
const confirm = (visitor: Visitor, by: object) => visitor.post('/api/account/confirm', by)

async function person(email: string): Promise<Visitor> {
  const account = await server.accounts.create({ name: 'Person', email, password: testPassword })
  await server.tenants.join('alpha', account.id, 'owner')
  const visitor = newVisitor(server)
  expect((await password(visitor, email)).status).toBe(200)
  return visitor
}

/** As if the last confirmation of all sessions lay this many seconds back. */
const wait = (seconds: number) => sql(`update session set "confirmedAt" = now() - make_interval(secs => $1)`, seconds)

describe('what is dangerous', () => {
  beforeAll(() => server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' }))

  it('is done within ten minutes of signing in, and afterwards on confirming by the password', async () => {
    const visitor = await person('anna@example.com')
    expect((await dangerous(visitor)).status).toBe(200)
    await wait(599)
    expect((await dangerous(visitor)).status).toBe(200)
    await wait(601)
    expect(await codeOf(await dangerous(visitor))).toEqual(needed)
    expect(await codeOf(await confirm(visitor, { password: 'not the password' }))).toEqual([
      403,
      'account.confirm_refused',
    ])
    expect(await codeOf(await confirm(visitor, {}))).toEqual([403, 'account.confirm_refused'])
    expect(await codeOf(await dangerous(visitor))).toEqual(needed)
    expect((await confirm(visitor, { password: testPassword })).status).toBe(200)
    expect((await dangerous(visitor)).status).toBe(200)
  })

  it('says so in the description of the API', async () => {
    const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { 'x-step-up': boolean; responses: object }>>
    }
    expect(paths['/api/tenant/delete']?.['post']).toMatchObject({ 'x-step-up': true, responses: { 403: {} } })
    expect(paths['/api/account/whoami']?.['get']?.['x-step-up']).toBe(false)
  })
})

describe('a confirmation', () => {
  it('counts in its own session alone', async () => {
    const first = await person('two-sessions@example.com')
    const second = newVisitor(server)
    await password(second, 'two-sessions@example.com')
    await wait(601)
    expect((await confirm(second, { password: testPassword })).status).toBe(200)
    expect(await codeOf(await dangerous(first))).toEqual(needed)
    expect((await dangerous(second)).status).toBe(200)
  })

  it('does not come along with a cookie that somebody planted before signing in', async () => {
    const victim = await person('victim@example.com')
    const attacker = newVisitor(server, victim.cookies)
    await wait(601)
    // The victim signs in again in the browser where the attacker knows the old cookie.
    await password(victim, 'victim@example.com')
    expect((await dangerous(victim)).status).toBe(200)
    expect(await codeOf(await dangerous(attacker))).toEqual([401, 'http.signed_out'])
  })

  it('is not guessed: after ten wrong passwords a minute the right one waits too', async () => {
    const visitor = await person('guess@example.com')
    const statuses = []
    for (let guess = 0; guess < 11; guess++) statuses.push((await confirm(visitor, { password: 'guess' })).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429])
    expect(await codeOf(await confirm(visitor, { password: testPassword }))).toEqual([429, 'account.too_many_attempts'])
  })

  it('needs the code where the account has an app; the password alone is not enough, not even at sign-in', async () => {
    const visitor = await person('app@example.com')
    const { secret } = (await (await visitor.post('/api/account/begin_totp')).json()) as { secret: string }
    await visitor.post('/api/account/confirm_totp', { code: appCode(secret) })
    await wait(601)
    expect(await codeOf(await confirm(visitor, { password: testPassword }))).toEqual([403, 'account.factor_asked'])
    expect(await codeOf(await confirm(visitor, { code: appCode(secret) }))).toEqual([403, 'account.code_wrong'])
    expect((await confirm(visitor, { code: appCode(secret, 1) })).status).toBe(200)
    expect((await dangerous(visitor)).status).toBe(200)
    expect(await codeOf(await confirm(visitor, { code: appCode(secret, 1) }))).toEqual([403, 'account.code_wrong'])
  })

  it('needs the passkey where the account has one: a password that was guessed removes nothing', async () => {
    const visitor = await person('key@example.com')
    const key = newAuthenticator(server.url)
    await addPasskey(visitor, key)
    const { passkeys } = (await (await visitor.get('/api/account/factors')).json()) as {
      passkeys: { passkeyId: string }[]
    }
    const thief = newVisitor(server)
    await password(thief, 'key@example.com')
    for (const path of ['begin_totp', 'begin_passkey'])
      expect(await codeOf(await thief.post(`/api/account/${path}`))).toEqual(needed)
    const remove = { passkeyId: passkeys[0]?.passkeyId }
    expect(await codeOf(await thief.post('/api/account/remove_passkey', remove))).toEqual(needed)
    expect(await codeOf(await confirm(thief, { password: testPassword }))).toEqual([403, 'account.factor_asked'])
    expect((await byPasskey(thief, key)).status).toBe(200)
    expect((await dangerous(thief)).status).toBe(200)
  })

  it('is nothing for who is signed out', async () => {
    expect((await confirm(newVisitor(server), { password: testPassword })).status).toBe(401)
  })
})

describe('a tenant that asks for a second factor', () => {
  const open = (visitor: Visitor) => visitor.get('/api/tenants/gamma/document/list')
  const require = (visitor: Visitor, required: boolean) =>
    visitor.post('/api/tenant/require_factor', { slug: 'gamma', required })
  const locked = [403, 'tenant.factor_needed']

  it('is opened by who has shown one, whatever else they are', async () => {
    await server.registry.create({ name: 'Gamma', slug: 'gamma', language: 'en' })
    const owner = await person('gamma@example.com')
    const member = await person('member@example.com')
    const stranger = await person('outside@example.com')
    const idOf = async (email: string) =>
      String((await sql('select id from account where email = $1', email)).rows[0]?.id)
    await server.tenants.join('gamma', await idOf('gamma@example.com'), 'owner')
    await server.tenants.join('gamma', await idOf('member@example.com'), 'member')
    expect(await codeOf(await require(owner, true))).toEqual([409, 'access.factor_first'])
    const key = newAuthenticator(server.url)
    await addPasskey(owner, key)
    expect(await codeOf(await require(member, true))).toEqual([403, 'access.not_owner'])
    expect(await codeOf(await require(stranger, true))).toEqual([404, 'tenant.not_found'])
    expect((await require(owner, true)).status).toBe(200)
    expect((await open(owner)).status).toBe(200)
    expect(await codeOf(await open(member))).toEqual(locked)
    expect((await open(stranger)).status).toBe(404)
    expect(await (await member.get('/api/account/whoami')).json()).toMatchObject({
      locked: [{ slug: 'gamma', name: 'Gamma' }],
    })
    // The same person with a session that has shown the password alone.
    const again = newVisitor(server)
    await password(again, 'gamma@example.com')
    expect(await codeOf(await open(again))).toEqual(locked)
    expect((await byPasskey(again, key)).status).toBe(200)
    expect((await open(again)).status).toBe(200)
    const { secret } = (await (await member.post('/api/account/begin_totp')).json()) as { secret: string }
    expect(await codeOf(await open(member))).toEqual(locked)
    await member.post('/api/account/confirm_totp', { code: appCode(secret) })
    expect((await open(member)).status).toBe(200)
    expect((await member.post('/api/account/remove_totp')).status).toBe(200)
    expect(await codeOf(await open(member))).toEqual(locked)
    expect((await require(owner, false)).status).toBe(200)
    expect((await open(member)).status).toBe(200)
  })

  it('is told so in both ledgers', async () => {
    const { rows } = await server.tenants.asSystem('gamma', ({ sql: query }) =>
      query.query<{ n: number }>(
        `select count(*)::int as n from (select 1 from log_pending where event ->> 'type' = 'tenant.changed'
         union all select 1 from log_entry where type = 'tenant.changed') as notes`,
      ),
    )
    expect(rows[0]?.n).toBe(2)
  })
})
