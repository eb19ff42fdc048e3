import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeSlug } from '../../apps/server/src/main.ts'
import { json, startInstallation } from './installation.ts'
import type { Installation, Person } from './installation.ts'

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const text =
  '# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n- All passwords are stored as argon2id hashes.\n'

describe.skipIf(process.platform !== 'linux')('what is changed at one of two processes that answer', () => {
  let all: Installation
  let owner: Person
  beforeAll(async () => {
    all = await startInstallation({ workers: 0 })
    await all.server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
    await all.server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    owner = await all.addPerson('owner@example.com', 'alpha', 'owner')
    await all.server.tenants.join(homeSlug, owner.accountId, 'owner')
  }, 180_000)
  afterAll(() => all.stop())

  it('a role that is taken away at one is gone at the other with its next request', async () => {
    const [one, other] = all.webs
    const member = await all.addPerson('member@example.com', 'alpha', 'member')
    // With a role elsewhere, so that no session ends.
    await all.server.tenants.join(homeSlug, member.accountId, 'member')
    expect((await member.get(other, at('edition.list'))).status).toBe(200)
    await json(owner.post(one, at('access.remove'), { accountId: member.accountId }))
    expect((await member.get(other, at('edition.list'))).status).toBe(404)
  })

  it('a session that is ended at one is over at the other with its next request', async () => {
    const [one, other] = all.webs
    const again = await all.signIn('owner@example.com')
    expect((await again.get(other, '/api/account/whoami')).status).toBe(200)
    await json(owner.post(one, '/api/account/end_others', {}))
    expect((await again.get(other, at('access.list'))).status).toBe(401)
    expect((await owner.get(other, at('access.list'))).status).toBe(200)
  })

  it('a name that is changed at one is shown by the other', async () => {
    const [one, other] = all.webs
    await json(owner.post(one, '/api/tenant/rename', { slug: 'alpha', name: 'Alpha Limited' }))
    const { tenants } = await json<{ tenants: { name: string }[] }>(owner.get(other, '/api/tenant/list'))
    expect(tenants.map(({ name }) => name)).toContain('Alpha Limited')
  })

  it('an edition that is published at one stands on the page that the other kept before', async () => {
    const [one, other] = all.webs
    const page = async () => await (await fetch(`${other.local}/trust/alpha`)).text()
    const read = await json<{ document: { id: string } }>(
      owner.upload(one, `${at('document.read')}?name=tom.md`, Buffer.from(text)),
    )
    await json(owner.post(one, at('document.adopt'), { documentId: read.document.id }))
    const publish = async () => {
      const { id } = await json<{ id: string }>(owner.post(one, at('edition.draft'), {}))
      await json(owner.post(one, at('edition.sign'), { editionId: id }))
    }
    await publish()
    await expect.poll(page, { timeout: 1_000 }).toContain('Visitors are escorted by staff')
    // Kept there now, and asked for again before the next one is published.
    const before = await page()
    const { statements } = await json<{
      statements: { text: string; measure: { id: string; revision: number } | null }[]
    }>(owner.get(other, at('register.show')))
    const line = statements.find((one) => one.text.includes('argon2id'))?.measure
    await json(owner.post(one, at('measure.confirm'), { measureId: line?.id ?? '', revision: line?.revision ?? 0 }))
    await publish()
    await expect.poll(page, { timeout: 1_000 }).not.toBe(before)
  }, 60_000)

  it('a data key that is changed at one seals and opens at the other from then on', async () => {
    const [one, other] = all.webs
    const keyHere = () =>
      all.server.tenants.asSystem('alpha', ({ dataKey: { current, earlier } }) => Promise.resolve({ current, earlier }))
    const before = await keyHere()
    await json(owner.post(one, '/api/keys/rotate_tenant', { slug: 'alpha' }))
    const after = await keyHere()
    expect(Buffer.from(after.current).equals(before.current)).toBe(false)
    expect(after.earlier).toEqual([])
    const { tenant } = await json<{ tenant: { isRotating: boolean } }>(owner.get(other, '/api/keys/show?slug=alpha'))
    expect(tenant.isRotating).toBe(false)
  })

  it('the master key is not changed under the others', async () => {
    const answer = await owner.post(all.webs[0], '/api/keys/rotate', {})
    expect(await answer.json()).toMatchObject({ status: 409, code: 'custody.several' })
  })

  it('a tenant that is deleted at one is gone at the other, with its key', async () => {
    const [one, other] = all.webs
    await json(owner.post(one, '/api/tenant/create', { name: 'Beta', slug: 'beta', language: 'en' }))
    expect((await owner.get(other, '/api/tenants/beta/access/list')).status).toBe(200)
    await json(owner.post(one, '/api/tenant/delete', { slug: 'beta', confirm: 'beta' }))
    expect((await owner.get(other, '/api/tenants/beta/access/list')).status).toBe(404)
  }, 30_000)
})
