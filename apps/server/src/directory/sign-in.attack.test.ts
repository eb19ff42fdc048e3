import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configure, openWalk, outcomeOf, redirectOf } from '../../../../scripts/testing/browser-walk.ts'
import type { Walk } from '../../../../scripts/testing/browser-walk.ts'
import { startProvider } from '../../../../scripts/testing/provider.ts'
import type { TestProvider } from '../../../../scripts/testing/provider.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const people = [
  { sub: 'ada', name: 'Ada', email: 'ada@alpha.example', email_verified: true, groups: ['g-editors', 'g-all'] },
  { sub: 'ben', name: 'Ben', email: 'ben@alpha.example', groups: [] },
  { sub: 'eve', name: 'Eve', email: 'owner@alpha.example', email_verified: true, groups: ['g-owners'] },
  { sub: 'far', name: 'Far', email: 'far@elsewhere.example', email_verified: true },
  { sub: 'own', name: 'Own', email: 'own@elsewhere.example', groups: ['g-owners'] },
  { sub: 'many', name: 'Many', email: 'many@alpha.example', _claim_names: { groups: 'src1' } },
]

let server: TestServer
let alpha: TestProvider
let beta: TestProvider
let owner: Person
let other: Person

beforeAll(async () => {
  server = await startTestServer({}, { mayBeLocal: () => true })
  await server.registry.create({ name: 'Home', slug: 'this-installation', language: 'en' })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  alpha = await startProvider(await redirectOf(server, 'alpha'), people)
  beta = await startProvider(await redirectOf(server, 'beta'), people)
  owner = await server.addPerson('owner@alpha.example', 'alpha', 'owner')
  other = await server.addPerson('owner@beta.example', 'beta', 'owner')
  const operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
  expect((await operator.post('/api/domain/allow', { slug: 'alpha', domain: 'alpha.example' })).status).toBe(200)
  expect((await configure(owner, 'alpha', alpha, { roles })).status).toBe(200)
  expect((await configure(other, 'beta', beta)).status).toBe(200)
})
afterAll(async () => {
  await Promise.all([alpha.stop(), beta.stop()])
  await server.stop()
})

const roles = [
  { group: 'g-editors', role: 'editor' },
  { group: 'g-owners', role: 'owner' },
]

async function enter(sub: string, organisation = 'alpha', provider = alpha): Promise<{ walk: Walk; end: Response }> {
  const walk = openWalk(server)
  const end = await walk.back(await provider.visit(await walk.url(organisation), sub))
  return { walk, end }
}

interface Whoami {
  account: { id: string; email: string } | null
  tenants: { slug: string; role: string }[]
}
const whoami = async (walk: Walk) => (await (await walk.get('/api/account/whoami')).json()) as Whoami
const accountOf = async (email: string) => await server.accounts.findByEmail(email)

describe('signing in by the provider of a tenant', () => {
  it('lets a new person in with the role of their group, and the same account in again', async () => {
    const { walk, end } = await enter('ada')
    expect([end.status, end.headers.get('location')]).toEqual([303, '/'])
    const first = await whoami(walk)
    expect(first).toMatchObject({
      account: { email: 'ada@alpha.example' },
      tenants: [{ slug: 'alpha', role: 'editor' }],
    })
    expect((await walk.get('/api/tenants/alpha/register/show')).status).not.toBe(401)
    const again = await enter('ada')
    expect((await whoami(again.walk)).account?.id).toBe(first.account?.id)
  })

  it('is found by the mail domain that the operator allowed', async () => {
    const walk = openWalk(server)
    for (const organisation of ['alpha.example', 'Somebody@Alpha.example'])
      expect(new URL(await walk.url(organisation)).origin).toBe(alpha.issuer)
  })

  it('applies changed groups at the next sign-in', async () => {
    await configure(owner, 'alpha', alpha, { roles: [...roles, { group: 'g-all', role: 'signatory' }].slice(1) })
    const { walk } = await enter('ada')
    expect((await whoami(walk)).tenants).toMatchObject([{ slug: 'alpha', role: 'signatory' }])
    await configure(owner, 'alpha', alpha, { roles })
  })

  it('leads on to the page that somebody wanted', async () => {
    const walk = openWalk(server)
    const end = await walk.back(await alpha.visit(await walk.url('alpha', '/t/alpha/findings?closed=true'), 'ada'))
    expect(end.headers.get('location')).toBe('/t/alpha/findings?closed=true')
  })

  it('is refused alike for a tenant without one, an unknown one and an unknown domain', async () => {
    const walk = openWalk(server)
    await server.registry.create({ name: 'None', slug: 'none', language: 'en' })
    const texts = new Set<string>()
    for (const organisation of ['none', 'no-such', 'nowhere.example', 'x@nowhere.example', '%', "' or 1=1"]) {
      const response = await walk.begin({ organisation })
      const { code, detail, status } = (await response.json()) as Record<string, unknown>
      texts.add(JSON.stringify([code, detail, status]))
    }
    expect([...texts]).toHaveLength(1)
    expect([...texts][0]).toContain('directory.no_sign_in')
  })
})

describe('somebody whom nobody let in', () => {
  it('never gets an existing account by its mail address, proven or not', async () => {
    const { walk, end } = await enter('eve')
    expect(outcomeOf(end)).toBe('connect_first')
    expect((await whoami(walk)).account).toBeNull()
  })

  it('is refused with an address of a domain that is not allowed, and leaves no account', async () => {
    const { end } = await enter('far')
    expect(outcomeOf(end)).toBe('domain_not_allowed')
    expect(await accountOf('far@elsewhere.example')).toBeUndefined()
  })

  it('is refused where nobody may join by signing in', async () => {
    await configure(owner, 'alpha', alpha, { joinRole: null, roles })
    expect(outcomeOf((await enter('ben')).end)).toBe('not_invited')
    expect(await accountOf('ben@alpha.example')).toBeUndefined()
    await configure(owner, 'alpha', alpha, { roles })
  })

  it('is told when their groups were too many to be listed', async () => {
    expect(outcomeOf((await enter('many')).end)).toBe('groups_too_many')
  })

  it('does not come back by signing in after having been removed', async () => {
    await enter('ben')
    const ben = await accountOf('ben@alpha.example')
    expect((await owner.post('/api/tenants/alpha/access/remove', { accountId: ben?.id })).status).toBe(200)
    expect(outcomeOf((await enter('ben')).end)).toBe('not_invited')
  })
})

describe('a session that a provider opened', () => {
  it('opens its own tenant and no other, nor anything of the account itself', async () => {
    const { walk } = await enter('ada')
    const { account } = await whoami(walk)
    await server.tenants.join('beta', account?.id ?? '', 'owner')
    await server.tenants.join('this-installation', account?.id ?? '', 'owner')
    expect((await walk.get('/api/tenants/alpha/access/list')).status).toBe(200)
    expect((await walk.get('/api/tenants/beta/access/list')).status).toBe(404)
    expect((await whoami(walk)).tenants.map(({ slug }) => slug)).toEqual(['alpha'])
    expect((await walk.get('/api/tenant/list')).status).toBe(403)
    expect((await walk.post('/api/tenant/rename', { slug: 'beta', name: 'Taken' })).status).not.toBe(200)
    expect((await walk.post('/api/account/rename', { name: 'Taken' })).status).toBe(403)
    for (const path of ['/api/auth/change-password', '/api/auth/update-user', '/api/auth/set-password'])
      expect([path, (await walk.post(path, { name: 'x', newPassword: 'y'.repeat(20) })).status]).toEqual([path, 404])
    expect((await walk.get('/api/account/sessions')).status).toBe(200)
    for (const tenant of ['beta', 'this-installation'])
      await server.tenants.asSystem(tenant, async ({ sql, tenant: { id } }) => {
        await sql.query('delete from membership where account_id = $1', [account?.id])
        await server.registry.revoke(id, account?.id ?? '')
      })
  })

  it('is demanded where the tenant says so; owners stay until they switch that off too', async () => {
    const person = await server.addPerson('password@alpha.example', 'alpha', 'editor')
    await configure(owner, 'alpha', alpha, { roles, demand: 'all-but-owners' })
    const refused = await person.get('/api/tenants/alpha/access/list')
    expect(await refused.json()).toMatchObject({ status: 403, code: 'tenant.own_sign_in' })
    expect((await (await person.get('/api/account/whoami')).json()) as Whoami).toMatchObject({ tenants: [] })
    const { walk } = await enter('ada')
    expect((await walk.get('/api/tenants/alpha/access/list')).status).toBe(200)
    expect((await owner.get('/api/tenants/alpha/access/list')).status).toBe(200)
    const locked = await configure(owner, 'alpha', alpha, { roles, demand: 'all' })
    expect(await locked.json()).toMatchObject({ code: 'directory.not_connected' })
    await configure(owner, 'alpha', alpha, { roles })
  })
})

describe('connecting an account', () => {
  const connect = async (walk: Walk, sub: string) => {
    const begun = await walk.begin({ organisation: 'alpha', purpose: 'connect', next: '/t/alpha/settings' })
    const { url } = (await begun.json()) as { url: string }
    return await walk.back(await alpha.visit(url, sub))
  }
  const signedIn = async (email: string) => {
    const walk = openWalk(server)
    const password = 'correct horse battery staple'
    expect((await walk.post('/api/auth/sign-in/email', { email, password })).status).toBe(200)
    return walk
  }

  it('lets whoever is signed in come by the provider from then on, whatever mail address it knows', async () => {
    const walk = await signedIn('owner@alpha.example')
    const end = await connect(walk, 'own')
    expect(end.headers.get('location')).toBe('/t/alpha/settings?sign-in=connect')
    const entered = await enter('own')
    expect((await whoami(entered.walk)).account?.id).toBe(owner.accountId)
    expect((await configure(owner, 'alpha', alpha, { roles, demand: 'all' })).status).toBe(200)
    expect((await owner.get('/api/tenants/alpha/access/list')).status).toBe(403)
    const back = await entered.walk.post('/api/tenants/alpha/provider/remove', {})
    expect(back.status).toBe(200)
    expect((await configure(owner, 'alpha', alpha, { roles })).status).toBe(200)
  })

  it("is refused for an identity that is another account's, and for whoever is signed out or no member", async () => {
    const person = await server.addPerson('second@alpha.example', 'alpha', 'editor')
    const walk = await signedIn('second@alpha.example')
    expect(outcomeOf(await connect(walk, 'own'))).toBe('other_identity')
    expect((await openWalk(server).begin({ organisation: 'alpha', purpose: 'connect' })).status).toBe(404)
    const stranger = await signedIn('owner@beta.example')
    expect((await stranger.begin({ organisation: 'alpha', purpose: 'connect' })).status).toBe(404)
    const begun = await walk.begin({ organisation: 'alpha', purpose: 'connect' })
    const { url } = (await begun.json()) as { url: string }
    const address = await alpha.visit(url, 'far')
    await server.accounts.endSessions(person.accountId)
    expect(outcomeOf(await walk.back(address))).toBe('state_invalid')
  })

  it('tries the settings without signing anybody in', async () => {
    const walk = await signedIn('owner@alpha.example')
    const begun = await walk.begin({ organisation: 'alpha', purpose: 'try', next: '/t/alpha/settings' })
    const { url } = (await begun.json()) as { url: string }
    const before = walk.cookies.get('art32.session_token')
    const end = await walk.back(await alpha.visit(url, 'far'))
    expect(outcomeOf(end)).toBe('try')
    expect(walk.cookies.get('art32.session_token')).toBe(before)
  })
})

describe('coming back', () => {
  it('with a refusal of the provider signs nobody in and repeats none of its words', async () => {
    const walk = openWalk(server)
    const state = new URL(await walk.url('alpha')).searchParams.get('state') ?? ''
    const query = new URLSearchParams({ state, error: 'access_denied', error_description: '<script>alert(1)</script>' })
    const end = await walk.back(`${await redirectOf(server, 'alpha')}?${query}`)
    expect(end.headers.get('location')).toBe('/sign-in?sign-in=provider_refused')
  })

  it('from another site cannot be begun', async () => {
    const response = await fetch(`${server.local}/api/sign-in/openid`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ organisation: 'alpha', purpose: 'enter', next: '/' }),
    })
    expect(response.status).toBe(403)
  })
})

it('keeps no secret in a readable form and hands none out', async () => {
  const shown = await (await owner.get('/api/tenants/alpha/provider/show')).text()
  expect(shown).toContain(alpha.clientId)
  expect(shown).not.toContain(alpha.clientSecret)
  await server.tenants.asSystem('alpha', async ({ sql }) => {
    const { rows } = await sql.query<{ client_secret: Buffer }>('select client_secret from sign_in_provider')
    expect(rows[0]?.client_secret.includes(Buffer.from(alpha.clientSecret))).toBe(false)
  })
  const changed = await configure(owner, 'alpha', { ...alpha, issuer: `${alpha.issuer}/other`, clientSecret: '' }, {})
  expect(changed.status).toBe(400)
  const moved = await owner.post('/api/tenants/alpha/provider/set', {
    issuer: beta.issuer,
    clientId: alpha.clientId,
    joinRole: null,
    demand: 'nobody',
    roles: [],
  })
  expect(await moved.json()).toMatchObject({ code: 'directory.secret_needed' })
})
