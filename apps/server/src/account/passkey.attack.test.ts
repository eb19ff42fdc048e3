import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { newAuthenticator } from '../../../../scripts/testing/authenticator.ts'
import { addPasskey, byPasskey, newVisitor, password } from '../../../../scripts/testing/visitor.ts'
import type { Visitor } from '../../../../scripts/testing/visitor.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code]
const refused = [403, 'account.passkey_refused']

async function person(email: string): Promise<Visitor> {
  await server.accounts.create({ name: 'Person', email, password: testPassword })
  const visitor = newVisitor(server)
  expect((await password(visitor, email)).status).toBe(200)
  return visitor
}

async function withPasskey(email: string) {
  const visitor = await person(email)
  const key = newAuthenticator(server.url)
  expect((await addPasskey(visitor, key)).status).toBe(200)
  return { visitor, key }
}

const factorsOf = async (visitor: Visitor) =>
  (await (await visitor.get('/api/account/factors')).json()) as {
    passkeys: { passkeyId: string; name: string }[]
    shown: string
  }

describe('signing in by a passkey', () => {
  it('needs no password and shows two factors', async () => {
    const { visitor: first, key } = await withPasskey('anna@example.com')
    expect((await factorsOf(first)).shown).toBe('two')
    const visitor = newVisitor(server)
    expect((await byPasskey(visitor, key)).status).toBe(200)
    expect(await visitor.whoami()).toBe('anna@example.com')
    expect((await factorsOf(visitor)).shown).toBe('two')
  })

  it('asks the authenticator to verify its person, and takes no other', async () => {
    const { key } = await withPasskey('verified@example.com')
    const visitor = newVisitor(server)
    const options = await (await visitor.get('/api/auth/passkey/generate-authenticate-options')).json()
    expect(options).toMatchObject({ userVerification: 'required', rpId: 'localhost' })
    expect(options).not.toHaveProperty('allowCredentials')
    expect(await codeOf(await byPasskey(visitor, key, { isVerified: false }))).toEqual(refused)
    expect(await visitor.whoami()).toBeNull()
  })

  it('is refused for another origin, another site, another challenge, and a clone with an old count', async () => {
    const { key } = await withPasskey('forged@example.com')
    const { port } = new URL(server.url)
    const visitor = newVisitor(server)
    expect((await byPasskey(visitor, key, { counter: 7 })).status).toBe(200)
    for (const faults of [
      { origin: 'https://evil.example' },
      { origin: `http://localhost.evil.example:${port}` },
      { origin: 'http://localhost:1' },
      { rpId: 'evil.example' },
      { challenge: 'AAAA' },
      { counter: 7 },
      { counter: 3 },
    ]) {
      const attacker = newVisitor(server)
      expect([faults, await codeOf(await byPasskey(attacker, key, { counter: 9, ...faults }))]).toEqual([
        faults,
        refused,
      ])
      expect(await attacker.whoami()).toBeNull()
    }
    expect((await byPasskey(newVisitor(server), key, { counter: 9 })).status).toBe(200)
  })

  it('takes what was signed once, and only in the browser that asked', async () => {
    const { key } = await withPasskey('once@example.com')
    const visitor = newVisitor(server)
    const options = await visitor.get('/api/auth/passkey/generate-authenticate-options')
    const { challenge } = (await options.json()) as { challenge: string }
    const cookies = [...visitor.cookies]
    const response = key.sign(challenge)
    const verify = (who: Visitor) => who.post('/api/auth/passkey/verify-authentication', { response })
    expect(await codeOf(await verify(newVisitor(server)))).toEqual(refused)
    expect((await verify(visitor)).status).toBe(200)
    expect(await codeOf(await verify(newVisitor(server, cookies)))).toEqual(refused)
  })

  it('takes no stranger, and no registration for a sign-in', async () => {
    const visitor = newVisitor(server)
    expect(await codeOf(await byPasskey(visitor, newAuthenticator(server.url)))).toEqual(refused)
    const owner = await person('mixed@example.com')
    const begun = (await (await owner.post('/api/account/begin_passkey')).json()) as {
      options: { challenge: string }
      ceremony: string
    }
    const mixed = newVisitor(server, [['art32.passkey_challenge', begun.ceremony]])
    const key = newAuthenticator(server.url)
    const response = key.sign(begun.options.challenge)
    expect((await mixed.post('/api/auth/passkey/verify-authentication', { response })).status).toBe(403)
  })
})

describe('registering a passkey', () => {
  it('is refused without a verified person, from another origin, and for the challenge of somebody else', async () => {
    const visitor = await person('register@example.com')
    const key = newAuthenticator(server.url)
    for (const faults of [
      { isVerified: false },
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { challenge: 'AAAA' },
    ])
      expect([faults, await codeOf(await addPasskey(visitor, key, faults))]).toEqual([faults, refused])
    const other = await person('register-too@example.com')
    const begun = (await (await other.post('/api/account/begin_passkey')).json()) as {
      options: { challenge: string }
      ceremony: string
    }
    const { ceremony, options } = begun
    const add = (who: Visitor, wanted = ceremony) =>
      who.post('/api/account/add_passkey', {
        ceremony: wanted,
        response: key.register(options.challenge),
        name: 'Key',
      })
    expect((await add(visitor, `${ceremony.slice(0, -3)}AAA`)).status).toBe(403)
    expect((await add(visitor, 'x; art32.session_token=y')).status).toBe(400)
    expect(await codeOf(await add(visitor))).toEqual(refused)
    expect((await factorsOf(visitor)).passkeys).toEqual([])
  })

  it('gives a key to one account only', async () => {
    const { key } = await withPasskey('first@example.com')
    expect((await addPasskey(await person('second@example.com'), key)).status).toBe(403)
    const visitor = newVisitor(server)
    await byPasskey(visitor, key)
    expect(await visitor.whoami()).toBe('first@example.com')
  })
})

describe('a passkey', () => {
  it('is renamed and removed by its owner alone; on removal all other sessions end', async () => {
    const { visitor, key } = await withPasskey('owner@example.com')
    const stranger = await person('stranger@example.com')
    const { passkeyId = '' } = (await factorsOf(visitor)).passkeys[0] ?? {}
    for (const [path, input] of [
      ['rename_passkey', { passkeyId, name: 'Mine' }],
      ['remove_passkey', { passkeyId }],
    ] as const)
      expect((await stranger.post(`/api/account/${path}`, input)).status).toBe(404)
    expect((await visitor.post('/api/account/rename_passkey', { passkeyId, name: 'Laptop' })).status).toBe(200)
    expect((await factorsOf(visitor)).passkeys[0]?.name).toBe('Laptop')
    const other = newVisitor(server)
    await byPasskey(other, key)
    expect((await visitor.post('/api/account/remove_passkey', { passkeyId })).status).toBe(200)
    expect([await other.whoami(), await visitor.whoami()]).toEqual([null, 'owner@example.com'])
    expect(await codeOf(await byPasskey(newVisitor(server), key))).toEqual(refused)
    expect((await factorsOf(visitor)).shown).toBe('one')
  })

  it('of the same account renews the session, one of another changes nothing', async () => {
    const { visitor, key } = await withPasskey('renew@example.com')
    const { key: foreign } = await withPasskey('foreign@example.com')
    const before = [...visitor.cookies]
    expect(await codeOf(await byPasskey(visitor, foreign))).toEqual(refused)
    expect(await visitor.whoami()).toBe('renew@example.com')
    expect((await byPasskey(visitor, key)).status).toBe(200)
    expect(await visitor.whoami()).toBe('renew@example.com')
    expect(await newVisitor(server, before).whoami()).toBeNull()
  })
})
