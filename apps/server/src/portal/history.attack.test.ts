import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const secret = 'argon2id'
const document = new TextEncoder().encode(
  `# Measures of <script>alert(1)</script> Example\n\nVersion 1, 2 May 2026\n\n## Access\n\n- Visitors are escorted by staff.\n- All passwords are stored as ${secret} hashes.\n`,
)

let server: TestServer
let owner: Person

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  for (const slug of ['alpha', 'beta'])
    await server.registry.create({ name: `${slug} <img src=x onerror=alert(2)>`, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const read = (await (await owner.upload('/api/tenants/alpha/document/read?name=tom.md', document)).json()) as {
    document: { id: string }
  }
  await post('document/adopt', { documentId: read.document.id })
  const hidden = await measureOf(secret)
  await post('measure/change', { measureId: hidden?.id, revision: hidden?.revision, visibility: 'auditors' })
  await publish()
  const visitors = await measureOf('Visitors')
  await post('measure/change', { measureId: visitors?.id, revision: visitors?.revision, owner: 'Reception' })
  const again = await measureOf(secret)
  await post('measure/change', { measureId: again?.id, revision: again?.revision, guarantor: 'customer' })
  const compared = (await (await owner.get('/api/tenants/alpha/edition/compare')).json()) as {
    changes: { key: string; decision: string }[]
  }
  for (const { key, decision } of compared.changes)
    if (decision === 'needed') await post('edition/decide', { change: key, reason: `No longer ${secret}.` })
  await publish()
  await post('edition/draft', {})
})
afterAll(() => server.stop())

async function post(path: string, body: unknown): Promise<{ id: string }> {
  const response = await owner.post(`/api/tenants/alpha/${path}`, body)
  expect([path, response.status]).toEqual([path, 200])
  return (await response.json()) as { id: string }
}

async function measureOf(words: string) {
  const { statements } = (await (await owner.get('/api/tenants/alpha/register/show')).json()) as {
    statements: { text: string; measure: { id: string; revision: number } | null }[]
  }
  return statements.find((one) => one.text.includes(words))?.measure
}

async function publish(): Promise<void> {
  await post('edition/sign', { editionId: (await post('edition/draft', {})).id })
}

const anybody = (path: string) => fetch(`${server.local}${path}`)

describe('the history of editions', () => {
  it('lists each edition with what the public may know of it, the newest first', async () => {
    const html = await (await anybody('/trust/alpha/editions')).text()
    expect(html.indexOf('Edition 2')).toBeLessThan(html.indexOf('Edition 1'))
    expect(html).toContain('The first edition.')
    expect(html).toContain('Since edition')
    const { editions } = (await (await anybody('/trust/alpha/editions.json')).json()) as {
      editions: { number: number; url: string; withheld: object }[]
    }
    expect(editions.map(({ number, url, withheld }) => ({ number, url, withheld }))).toEqual(
      [2, 1].map((number) => ({
        number,
        url: `/trust/alpha/editions/${number}`,
        withheld: { customers: 0, auditors: 1 },
      })),
    )
  })

  it('keeps every edition and its files at an address of its own', async () => {
    const first = await (await anybody('/trust/alpha/editions/1')).text()
    expect(first).toContain('An earlier edition.')
    expect(first).toContain('<link rel="canonical" href="/trust/alpha" />')
    expect(first).not.toContain('As of ')
    for (const name of ['edition.json', 'edition.pdf', 'edition.docx', 'bundle.zip']) {
      const response = await anybody(`/trust/alpha/editions/1/${name}`)
      expect([name, response.status, first.includes(`/trust/alpha/editions/1/${name}`)]).toEqual([name, 200, true])
    }
    const { number } = (await (await anybody('/trust/alpha/editions/1/edition.json')).json()) as { number: number }
    expect(number).toBe(1)
    const newest = await (await anybody('/trust/alpha/editions/2')).text()
    expect(newest).not.toContain('An earlier edition.')
    expect(newest).toContain('As of ')
  })

  it('shows no draft, no other tenant and nothing that is not there', async () => {
    for (const path of [
      '/trust/alpha/editions/3',
      '/trust/alpha/editions/0',
      '/trust/alpha/editions/01',
      '/trust/alpha/editions/%31',
      '/trust/alpha/editions/1/art32-verify.mjs',
      '/trust/alpha/editions/1/style.css',
      '/trust/alpha/editions/9999999999',
      '/trust/beta/editions',
      '/trust/beta/editions/1',
      '/trust/beta/state.json',
      '/trust/beta/about.jsonld',
    ]) {
      expect([path, (await anybody(path)).status]).toEqual([path, 404])
    }
    // Whoever sees drafts sees none among what was published either.
    expect((await owner.get('/trust/alpha/editions/3')).status).toBe(404)
    expect(await (await owner.get('/trust/alpha/editions')).text()).not.toContain('Edition 3')
  })

  it('tells nobody what is withheld, in no form, and takes no text for markup', async () => {
    for (const path of [
      '',
      '/editions',
      '/editions.json',
      '/editions/1',
      '/editions/2',
      '/editions/2/edition.json',
      '/state.json',
      '/about.jsonld',
    ]) {
      const text = await (await anybody(`/trust/alpha${path}`)).text()
      expect([path, text.includes(secret), /<(?:script|img)/i.test(text) && !path.includes('json')]).toEqual([
        path,
        false,
        false,
      ])
    }
    const { lines } = (await (await anybody('/trust/alpha/state.json')).json()) as { lines: unknown[] }
    expect(lines).toHaveLength(1)
  })
})
