import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configure, openWalk, redirectOf } from '../../../../scripts/testing/browser-walk.ts'
import type { Walk } from '../../../../scripts/testing/browser-walk.ts'
import { startProvider } from '../../../../scripts/testing/provider.ts'
import type { TestProvider } from '../../../../scripts/testing/provider.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { visitorOf } from './claims.ts'

const person = (sub: string, more: object = {}) => ({ sub, name: sub, email: `${sub}@alpha.example`, ...more })
const people = [
  person('both', { amr: ['pwd', 'otp', 'mfa'] }),
  person('password', { amr: ['pwd'] }),
  person('silent'),
  person('likes', { amr: ['MFA', 'mfa ', 'xmfa'] }),
  person('context', { acrs: ['c1', 'c3'] }),
  person('other-context', { acrs: ['c10', 'mfa'] }),
]

let server: TestServer
let provider: TestProvider
let owner: Person

beforeAll(async () => {
  server = await startTestServer({}, { mayBeLocal: () => true })
  for (const slug of ['this-installation', 'alpha', 'beta'])
    await server.registry.create({ name: slug, slug, language: 'en' })
  provider = await startProvider(await redirectOf(server, 'alpha'), people)
  owner = await server.addPerson('owner@alpha.example', 'alpha', 'owner')
  const operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
  await operator.post('/api/domain/allow', { slug: 'alpha', domain: 'alpha.example' })
  await demandFactor(true)
})
afterAll(async () => {
  await provider.stop()
  await server.stop()
})

/** As an owner with two factors would; the owner of the test has one, to set the provider up. */
const demandFactor = (needed: boolean) =>
  server.databases.control.query('update tenant set needs_factor = $1', [needed])

/** The owner has to be let in to set it. */
async function trust(factor: string | null): Promise<void> {
  await demandFactor(false)
  expect((await configure(owner, 'alpha', provider, { factor })).status).toBe(200)
  await demandFactor(true)
}

async function enter(sub: string): Promise<Walk> {
  const walk = openWalk(server)
  const end = await walk.back(await provider.visit(await walk.url('alpha'), sub))
  expect(end.headers.get('location')).toBe('/')
  return walk
}

/** Whether somebody gets into the tenant, which demands two factors. */
async function opens(walk: Walk): Promise<boolean> {
  const answer = await walk.get('/api/tenants/alpha/system/list')
  if (answer.status !== 200) expect(await answer.json()).toMatchObject({ code: 'tenant.factor_needed' })
  return answer.status === 200
}

const who = (subs: readonly string[]) => Promise.all(subs.map(async (sub) => [sub, await opens(await enter(sub))]))
const all = people.map(({ sub }) => sub)
const only = (...subs: string[]) => all.map((sub) => [sub, subs.includes(sub)])

describe('a second factor that a provider saw', () => {
  it('counts for nothing unless an owner says so', async () => {
    await trust(null)
    expect(await who(all)).toEqual(only())
    expect(await (await owner.get('/api/tenants/alpha/provider/show')).json()).toMatchObject({
      code: 'tenant.factor_needed',
    })
    await demandFactor(false)
    const fresh = await owner.post('/api/tenants/alpha/provider/set', {
      issuer: provider.issuer,
      clientId: provider.clientId,
      joinRole: 'member',
      demand: 'nobody',
      roles: [],
    })
    expect(fresh.status).toBe(200)
    const shown = await (await owner.get('/api/tenants/alpha/provider/show')).json()
    expect(shown).toMatchObject({ provider: { factor: null } })
    await demandFactor(true)
  })

  it('opens a tenant that demands two where the signed token says exactly what the owner named', async () => {
    await trust('mfa')
    expect(await who(all)).toEqual(only('both'))
    await trust('c1')
    expect(await who(all)).toEqual(only('context'))
    await trust('c10')
    expect(await who(all)).toEqual(only('other-context'))
  })

  it('is no longer believed, also of who is in already, as soon as an owner takes it back or the provider away', async () => {
    await trust('mfa')
    const walk = await enter('both')
    expect(await opens(walk)).toBe(true)
    await trust(null)
    expect(await opens(walk)).toBe(false)
    await trust('mfa')
    expect(await opens(walk)).toBe(true)
    await demandFactor(false)
    await owner.post('/api/tenants/alpha/provider/remove', {})
    await demandFactor(true)
    expect(await opens(walk)).toBe(false)
  })

  it('opens no other tenant and nothing of the account', async () => {
    await trust('mfa')
    const walk = await enter('both')
    const account = await server.accounts.findByEmail('both@alpha.example')
    for (const slug of ['beta', 'this-installation']) await server.tenants.join(slug, account?.id ?? '', 'owner')
    expect((await walk.get('/api/tenants/beta/access/list')).status).toBe(404)
    for (const [path, body] of [
      ['/api/tenant/require_factor', { slug: 'beta', required: true }],
      ['/api/account/rename', { name: 'x' }],
      ['/api/account/setup_totp', {}],
    ] as const)
      expect([path, (await walk.post(path, body)).status]).not.toEqual([path, 200])
    for (const slug of ['beta', 'this-installation'])
      await server.tenants.asSystem(slug, ({ sql }) =>
        sql.query('delete from membership where account_id = $1', [account?.id]),
      )
  })

  it('cannot be named as anything else, nor by anybody but owners', async () => {
    await demandFactor(false)
    for (const factor of ['pwd', 'MFA', 'c0', 'c100', 'C1', '', 'c1 c2', ['mfa'], true, { amr: 'mfa' }])
      expect([factor, (await configure(owner, 'alpha', provider, { factor })).status]).toEqual([factor, 400])
    const editor = await server.addPerson('editor@alpha.example', 'alpha', 'editor')
    expect((await configure(editor, 'alpha', provider, { factor: 'mfa' })).status).toBe(403)
    await demandFactor(true)
  })
})

it('methods and contexts of a token count only as lists of whole words', () => {
  const shownBy = (claims: object) => visitorOf({ iss: 'https://id.example', sub: 'x', ...claims }).shown
  expect(shownBy({ amr: ['pwd', 'mfa'], acrs: ['c1', 'c99', 'c0', 'c100', 'urn:mfa'] })).toEqual(['mfa', 'c1', 'c99'])
  for (const claims of [
    { amr: 'mfa' },
    { amr: { 0: 'mfa' } },
    { amr: ['pwd mfa'] },
    { acr: 'mfa' },
    { acrs: 'c1' },
    { amr: ['c1'] },
    { acrs: ['mfa'] },
  ])
    expect([claims, shownBy(claims)]).toEqual([claims, []])
})
