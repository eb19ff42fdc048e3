import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let member: Person
let stranger: Person
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  await ask(owner, 'processing.set_body', {
    body: { name: 'Alpha Ltd', address: '1 Example Road', contact: 'privacy@example.com', dpo: 'dpo@example.com' },
  })
})
afterAll(() => server.stop())

const pathAt = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`
const ask = async <T>(person: Person, operation: string, input: object, tenant = 'alpha') =>
  (await (await person.post(pathAt(operation, tenant), input)).json()) as T & { readonly code?: string }
const look = async <T>(operation: string, query: string, person = owner) =>
  (await (await person.get(`${pathAt(operation)}?${query}`)).json()) as T & { readonly code?: string }
const page = async (path: string) => await fetch(`${server.local}/trust/alpha/${path}`)

const both = (en: string, de = `${en} (de)`) => ({ en, de })
const whole = {
  name: both('Shop', 'Laden'),
  about: both('The shop sells examples.', 'Der Laden verkauft Beispiele.'),
  purposes: [{ text: both('Selling', 'Verkauf'), basis: 'contract' }],
  categories: [
    {
      key: 'orders',
      name: both('Orders', 'Bestellungen'),
      need: 'contract',
      consequence: both('There is no contract.', 'Es kommt kein Vertrag zustande.'),
      period: 'P10Y',
      from: both('the end of the year', 'das Ende des Jahres'),
    },
  ],
  noRecipients: true,
  authority: 'de-be',
  automated: false,
}
interface Shown {
  readonly app: { readonly state: string; readonly missing: number }
  readonly revision: number
  readonly missing: { readonly code: string; readonly say: { readonly en: string } }[]
  readonly preview: { readonly de: { readonly title: string } }
}
const show = async (appId: string) => await look<Shown>('app.show', `appId=${appId}`)
const add = async (slug: string, facts: object = whole) =>
  await ask<{ appId: string }>(owner, 'app.add', { slug, facts })
const signedOff = async (measure: string) =>
  await server.tenants.asSystem('alpha', async ({ sql, now }) => {
    const { rows } = await sql.query(
      'select 1 from attestation where catalogue_id = $1 and commitment is not null and (ended_at is null or ended_at > $2)',
      [measure, now],
    )
    return rows.length
  })

describe('a privacy notice', () => {
  it('says what is missing and where, and is not published without it', async () => {
    const { appId } = await add('empty', {})
    const { missing, app } = await show(appId)
    expect(app.state).toBe('draft')
    expect(missing.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['authority', 'name', 'about', 'purposes', 'categories', 'recipients', 'automated']),
    )
    expect(missing.every(({ say }) => say.en.length > 20)).toBe(true)
    expect(await ask(owner, 'app.publish', { appId, revision: 1 })).toMatchObject({ code: 'app.incomplete' })
    expect((await page('notices/empty')).status).toBe(404)
    expect(await ask(owner, 'app.publish', { appId, revision: 1, reason: 'The launch is today.' })).toEqual({
      number: 1,
    })
    expect(await signedOff('privacy-notice')).toBe(0)
  })

  it('is published in both languages, kept as it was said, and compared word by word', async () => {
    const { appId } = await add('shop')
    expect((await show(appId)).missing).toEqual([])
    expect(await ask(owner, 'app.publish', { appId, revision: 1 })).toEqual({ number: 1 })
    expect(await signedOff('privacy-notice')).toBe(1)
    const english = await (await page('notices/shop')).text()
    for (const said of ['Alpha Ltd', 'dpo@example.com', 'deleted after 10 years', 'Art. 77', 'no contract'])
      expect(english).toContain(said)
    const german = await (await page('notices/shop?language=de')).text()
    expect(german).toContain('gelöscht nach 10 Jahren')
    expect(german).not.toContain('Selling')
    expect(await ask(owner, 'app.publish', { appId, revision: 1 })).toMatchObject({ code: 'app.unchanged' })
    const facts = {
      ...whole,
      purposes: [{ text: both('Selling and shipping', 'Verkauf und Versand'), basis: 'contract' }],
    }
    await ask(owner, 'app.change', { appId, revision: 1, facts })
    expect((await show(appId)).app.state).toBe('changed')
    expect(await ask(owner, 'app.confirm', { appId })).toMatchObject({ code: 'app.differs' })
    await ask(owner, 'app.publish', { appId, revision: 2 })
    expect(await (await page('notices/shop/1')).text()).toMatch(/earlier version[\s\S]*<strong>Selling\.<\/strong>/)
    const compared = await (await page('notices/shop/1-2')).text()
    expect(compared).toContain('<ins> and shipping</ins>')
    const { parts } = await look<{ parts: { key: string; isChanged: boolean }[] }>(
      'app.compare',
      `appId=${appId}&from=1&to=2`,
    )
    expect(parts.filter((part) => part.isChanged).map(({ key }) => key)).toEqual(['why'])
    expect((await page('notices/shop/3')).status).toBe(404)
    await ask(owner, 'app.end', { appId, reason: 'It was sold.' })
    expect(await signedOff('privacy-notice')).toBe(0)
    expect(await (await page('notices/shop')).text()).toContain('This app has ended')
    expect(await ask(owner, 'app.add', { slug: 'shop', facts: {} })).toMatchObject({ code: 'app.taken' })
  })

  it('tells text of others as text, and refuses references to nothing', async () => {
    const hostile = '<script>alert(1)</script>=cmd\u202E'
    const { appId } = await add('hostile', { ...whole, name: both(hostile), about: both(hostile) })
    await ask(owner, 'app.publish', { appId, revision: 1 })
    const shown = await (await page('notices/hostile')).text()
    expect(shown).not.toContain('<script>')
    expect(shown).not.toContain('\u202E')
    const csv = await (await owner.get(`${pathAt('app.export')}?appId=${appId}&format=csv`)).text()
    expect(csv).not.toMatch(/(^|[\n,"])=/)
    const nobody = crypto.randomUUID()
    for (const facts of [
      { ...whole, recipients: [{ processorId: nobody }] },
      { ...whole, authority: 'nowhere' },
      { ...whole, purposes: [{ text: both('x'), basis: 'law', activityId: nobody }] },
    ])
      expect(await add('refused', facts)).toMatchObject({ code: 'app.no_reference' })
    const twice = { ...whole, categories: [whole.categories[0], whole.categories[0]] }
    expect(await add('refused', twice)).toMatchObject({ code: 'app.twice' })
  })

  it('is neither seen nor changed by others', async () => {
    const { appId } = await add('own')
    expect((await stranger.get(`${pathAt('app.show')}?appId=${appId}`)).status).toBe(404)
    expect((await stranger.get(`${pathAt('app.show', 'beta')}?appId=${appId}`)).status).toBe(404)
    expect(await ask(stranger, 'app.publish', { appId, revision: 1 }, 'beta')).toMatchObject({ code: 'app.not_found' })
    expect((await member.post(pathAt('app.change'), { appId, revision: 1, facts: whole })).status).toBe(403)
    expect((await member.post(pathAt('app.publish'), { appId, revision: 1 })).status).toBe(403)
    // A draft is for members only.
    expect((await page('notices/own')).status).toBe(404)
    expect(await (await page('notices')).text()).not.toContain('notices/own')
  })
})

describe('a report of a deletion run', () => {
  it('is taken of a token that may do nothing else, and of nobody from elsewhere', async () => {
    const { appId } = await add('reporting')
    const rule = { appId, category: 'orders', name: 'Old orders', everyHours: 24 }
    const { ruleId } = await ask<{ ruleId: string }>(owner, 'deletion.add', rule)
    const done = { ruleId, examined: 100, deleted: 10, kept: { 'not-due': 90 } }
    expect(await ask(stranger, 'deletion.report', done, 'beta')).toMatchObject({ code: 'deletion.not_found' })
    expect((await member.post(pathAt('deletion.report'), done)).status).toBe(403)
    const wish = { tenant: 'alpha', name: 'cron', permissions: ['deletion:report'], days: 30 }
    const { token } = (await (await owner.post('/api/token/create', wish)).json()) as { token: string }
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const send = async (operation: string, input: object) =>
      await fetch(`${server.local}${pathAt(operation)}`, { method: 'POST', headers, body: JSON.stringify(input) })
    expect((await send('deletion.report', done)).status).toBe(200)
    expect((await send('app.add', { slug: 'by-token', facts: {} })).status).toBe(403)
    expect(await signedOff('retention-deletion')).toBe(1)
    const csv = await (await owner.get(`${pathAt('deletion.export')}?format=csv`)).text()
    expect(csv).toContain('90 (period not over)')
  })
})
