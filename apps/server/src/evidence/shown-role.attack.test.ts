import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import type { Role } from '../kernel/index.ts'

describe('the role that the registry shows', () => {
  let server: TestServer
  let owner: Person
  let member: Person
  let tenantId: string

  beforeAll(async () => {
    server = await startTestServer()
    tenantId = (await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })).id
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    member = await server.addPerson('member@example.com', 'alpha', 'member')
  })
  afterAll(() => server.stop())

  const control = () => server.databases.control
  async function forge(role: Role | null): Promise<void> {
    await control().query('update tenant_account set role = $2 where account_id = $1', [member.accountId, role])
  }
  async function kept(person: Person): Promise<Role | null | undefined> {
    return (await server.registry.findDoor(tenantId, person.accountId))?.role
  }
  async function shown(person: Person): Promise<(string | undefined)[]> {
    const answer = await (await person.get('/api/account/whoami')).json()
    return (answer as { tenants: { slug: string; role: string }[] }).tenants.map(({ slug, role }) => `${slug} ${role}`)
  }

  it('opens nothing when it is forged, and is put right by the next step into the tenant', async () => {
    await forge('owner')
    expect(await shown(member)).toEqual(['alpha owner'])
    const refused = await member.post('/api/tenants/alpha/access/invite', {
      name: 'Friend',
      email: 'friend@example.com',
      role: 'owner',
    })
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'http.forbidden'])
    expect(await kept(member)).toBe('member')
    expect(await shown(member)).toEqual(['alpha member'])
  })

  it('makes nobody an operator', async () => {
    const home = await server.registry.create({ name: 'Home', slug: 'this-installation', language: 'en' })
    await server.tenants.join('this-installation', member.accountId, 'member')
    await forge('owner')
    const refused = await member.post('/api/tenant/create', { name: 'Mine', language: 'en' })
    expect(await refused.json()).toMatchObject({ code: 'access.not_operator' })
    await server.registry.revoke(home.id, member.accountId)
    await forge('member')
  })

  it('opens nothing where the tenant itself knows of no role', async () => {
    const other = await server.registry.create({ name: 'Other', slug: 'other', language: 'en' })
    await server.registry.grant(other.id, member.accountId, 'owner')
    expect((await member.get('/api/tenants/other/register/show')).status).toBe(404)
    expect((await server.registry.findDoor(other.id, member.accountId))?.role).toBeNull()
    expect(await shown(member)).toEqual(['alpha member'])
    await server.registry.revoke(other.id, member.accountId)
  })

  it('is asked for once where it is not known yet', async () => {
    await forge(null)
    expect(await shown(member)).toEqual(['alpha member'])
    expect(await kept(member)).toBe('member')
  })

  it('follows a change of role and goes with the membership', async () => {
    // Having just signed in counts as confirmed for what needs it.
    const change = { accountId: member.accountId, role: 'editor' }
    expect((await owner.post('/api/tenants/alpha/access/change', change)).status).toBe(200)
    expect(await shown(member)).toEqual(['alpha editor'])
    const removed = await owner.post('/api/tenants/alpha/access/remove', { accountId: member.accountId })
    expect(removed.status).toBe(200)
    expect(await kept(member)).toBeUndefined()
  })

  it('is the one that an accepted invitation gave', async () => {
    const asked = { name: 'Guest', email: 'guest@example.com', role: 'dpo' }
    const { link } = (await (await owner.post('/api/tenants/alpha/access/invite', asked)).json()) as { link: string }
    const token = new URL(link).hash.slice(1)
    const account = { name: 'Guest', password: 'correct horse battery staple' }
    expect((await owner.post('/api/invitation/accept', { token, account })).status).toBe(200)
    expect(await shown(await server.signIn('guest@example.com'))).toEqual(['alpha dpo'])
  })
})
