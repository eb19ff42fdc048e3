import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishLines } from '../../../../scripts/testing/published-lines.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let member: Person
const contact = { contacts: ['mailto:security@example.com'], expiresOn: '2030-06-30', reason: 'first' }
const certificate = { name: 'ISO/IEC 27001', issuer: 'Example Cert', validUntil: '2030-01-31', reason: 'renewed' }

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  await publishLines(server, 'alpha', 3)
})
afterAll(() => server.stop())

const post = async (operation: string, input: object, who = owner) =>
  (await who.post(`/api/tenants/alpha/profile/${operation}`, input)).status
const anybody = (path = '') => fetch(`${server.local}/trust/alpha${path}`)
/** The page as it is once what was changed stands in the ledger. */
async function page(path = ''): Promise<string> {
  await server.tenants.asSystem('alpha', () => Promise.resolve(), { settled: true })
  return await (await anybody(path)).text()
}

describe('the profile', () => {
  it('shows a contact on the page, as security.txt and to machines, and takes it off again', async () => {
    // Before a contact there is the form, for as long as the server runs.
    expect(await page('/security.txt')).toMatch(
      /^Contact: http:\/\/art32\.example\/trust\/alpha\/report\nExpires: \d{4}-\d\d-\d\dT23:59:59Z\nCanonical: .*\n$/,
    )
    expect(await page()).toContain('Report it without an account')
    expect(
      await post('set_contact', { ...contact, languages: ['de', 'en'], policy: 'https://example.com/policy' }),
    ).toBe(200)
    expect(await page()).toContain('href="mailto:security@example.com"')
    expect(await page('/security.txt')).toBe(
      [
        'Contact: http://art32.example/trust/alpha/report',
        'Contact: mailto:security@example.com',
        'Expires: 2030-06-30T23:59:59Z',
        'Preferred-Languages: de, en',
        'Policy: https://example.com/policy',
        'Canonical: http://art32.example/trust/alpha/security.txt',
        '',
      ].join('\n'),
    )
    expect(await page('/about.jsonld')).toContain('"contactType": "security"')
    expect(await post('remove_contact', { reason: 'moved' })).toBe(200)
    expect(await page()).not.toContain('mailto:security@example.com')
  })

  it('takes no address that a browser would run, and no line break into security.txt', async () => {
    for (const bad of [
      'javascript:alert(1)',
      'http://example.com',
      'data:text/html,x',
      'mailto:a@example.com\nPolicy: https://evil.example',
      'mailto:a@example.com?bcc=b@example.com,c@example.com',
      'https://example.com/\nExpires: 2099-01-01T00:00:00Z',
      'tel:190',
    ])
      expect([bad, await post('set_contact', { ...contact, contacts: [bad] })]).toEqual([bad, 400])
    expect(await post('set_contact', { ...contact, policy: 'javascript:alert(1)' })).toBe(400)
    expect(await post('add_certificate', { ...certificate, url: 'javascript:alert(1)' })).toBe(400)
    expect(await post('add_certificate', { ...certificate, name: 'a\nb' })).toBe(400)
  })

  it('says of an expired certificate that it is, after those that count, and refuses one that ends before it begins', async () => {
    expect(await post('add_certificate', { ...certificate, name: 'A SOC 2 report', validUntil: '2020-03-31' })).toBe(
      200,
    )
    expect(await post('add_certificate', { ...certificate, number: '<b>4711</b>' })).toBe(200)
    expect(await post('add_certificate', { ...certificate, validFrom: '2031-01-01' })).toBe(422)
    const html = await page()
    expect(html).toContain('Expired on 31 March 2020')
    expect(html.indexOf('ISO/IEC 27001')).toBeLessThan(html.indexOf('A SOC 2 report'))
    expect(html).not.toContain('<b>4711</b>')
    expect(html).toContain('art32 has not checked them')
    expect(await page('/about.jsonld')).toContain('"hasCertification"')
  })

  it('is changed by who may write the register, and read by every member', async () => {
    expect(await post('set_contact', contact, member)).toBe(403)
    expect(await post('add_certificate', certificate, member)).toBe(403)
    expect((await member.get('/api/tenants/alpha/profile/show')).status).toBe(200)
  })
})
