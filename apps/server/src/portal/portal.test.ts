import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { oscalProblems } from '@art32/press/testing'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let stranger: Person

const document = new TextEncoder().encode(
  '# Measures of <script>alert(1)</script> Example\n\nVersion 1, 2 May 2026\n\n## Access\n\n- Visitors are escorted by staff.\n- All passwords are stored as argon2id hashes.\n',
)

beforeAll(async () => {
  // An address of its own: then being on the same machine is no reason to see drafts.
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  const read = (await (await owner.upload('/api/tenants/alpha/document/read?name=tom.md', document)).json()) as {
    document: { id: string }
  }
  await owner.post('/api/tenants/alpha/document/adopt', { documentId: read.document.id })
})
afterAll(() => server.stop())

const anybody = (path: string) => fetch(`${server.local}${path}`)

describe('a public page', () => {
  it('does not tell an unknown tenant from one that has published nothing', async () => {
    for (const slug of ['alpha', 'nobody', '..%2falpha', 'alpha/..%2fbeta', 'alpha%00'])
      expect([slug, (await anybody(`/trust/${slug}`)).status]).toEqual([slug, 404])
  })

  it('shows a draft to members of the tenant only', async () => {
    const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
    expect(id).toBeTruthy()
    expect((await anybody('/trust/alpha')).status).toBe(404)
    expect((await stranger.get('/trust/alpha')).status).toBe(404)
    const page = await owner.get('/trust/alpha')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Visitors are escorted')
  })

  it('shows a signed edition to everybody, with its files, without script and foreign addresses', async () => {
    const { editions } = (await (await owner.get('/api/tenants/alpha/edition/list')).json()) as {
      editions: { id: string }[]
    }
    const signed = await owner.post('/api/tenants/alpha/edition/sign', { editionId: editions[0]?.id })
    expect(await signed.json()).toEqual({ number: 1 })
    const page = await anybody('/trust/alpha')
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).not.toMatch(/<script/i)
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    expect(page.headers.get('set-cookie')).toBeNull()
    const types = {
      'style.css': 'text/css',
      'edition.pdf': 'application/pdf',
      'edition.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'edition-archive.pdf': 'application/pdf',
      'edition.md': 'text/markdown',
      'edition.json': 'application/json',
      'edition.schema.json': 'application/schema+json',
      'bundle.zip': 'application/zip',
      'font.woff2': 'font/woff2',
    }
    for (const [file, type] of Object.entries(types)) {
      const answer = await anybody(`/trust/alpha/${file}`)
      expect([file, answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([file, 200, type])
    }
    expect((await anybody('/trust/alpha/other.txt')).status).toBe(404)
  })

  it('gives out the verifier with its hash, in the bundle, by itself and on the page that explains it', async () => {
    const file = new Uint8Array(await (await anybody('/verify/art32-verify.mjs')).arrayBuffer())
    const hash = createHash('sha256').update(file).digest('hex')
    const bundle = unzipSync(new Uint8Array(await (await anybody('/trust/alpha/bundle.zip')).arrayBuffer()))
    expect(bundle['files/art32-verify.mjs']).toEqual(file)
    for (const page of ['/trust/alpha', '/verify', '/verify?language=de'])
      expect(await (await anybody(page)).text()).toContain(hash)
    expect(readFileSync(new URL('../../../../docs/reference/verifier.md', import.meta.url), 'utf8')).toContain(hash)
  })

  it('explains the verification without a script, in both languages, and has nothing else below it', async () => {
    const page = await (await anybody('/verify?language=de')).text()
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('node art32-verify.mjs bundle.zip')
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    for (const file of ['', '/style.css', '/verify.js'])
      expect([file, (await anybody(`/verify${file}`)).status]).toEqual([file, 200])
    for (const file of ['/other.js', '/../package.json', '/art32-verify.mjs/x'])
      expect([file, (await (await anybody(`/verify${file}`)).text()).includes('"dependencies"')]).toEqual([file, false])
  })

  it('refuses to sign what changed since the draft', async () => {
    const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
    const { statements } = (await (await owner.get('/api/tenants/alpha/register/show')).json()) as {
      statements: { measure: { id: string; revision: number } | null }[]
    }
    const measure = statements.find((one) => one.measure)?.measure
    await owner.post('/api/tenants/alpha/measure/change', {
      measureId: measure?.id,
      revision: measure?.revision,
      status: 'planned',
    })
    const signed = await owner.post('/api/tenants/alpha/edition/sign', { editionId: id })
    expect(await signed.json()).toMatchObject({ status: 409, code: 'edition.changed_since' })
  })

  it('leaves out what only customers or auditors may see, in every format, and counts it', async () => {
    const { statements } = (await (await owner.get('/api/tenants/alpha/register/show')).json()) as {
      statements: { text: string; measure: { id: string; revision: number } | null }[]
    }
    const hidden = statements.find((one) => one.text.includes('argon2id'))?.measure
    await owner.post('/api/tenants/alpha/measure/change', {
      measureId: hidden?.id,
      revision: hidden?.revision,
      visibility: 'auditors',
    })
    const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
    const compared = await owner.get('/api/tenants/alpha/edition/compare')
    const { changes } = (await compared.json()) as { changes: { key: string; decision: string }[] }
    for (const { key, decision } of changes)
      if (decision === 'needed')
        await owner.post('/api/tenants/alpha/edition/decide', {
          change: key,
          reason: 'Only planned, as it turned out.',
        })
    expect(await (await owner.post('/api/tenants/alpha/edition/sign', { editionId: id })).json()).toEqual({ number: 2 })
    for (const file of ['', '/edition.json', '/bundle.zip']) {
      const bytes = Buffer.from(await (await anybody(`/trust/alpha${file}`)).arrayBuffer())
      expect([file, bytes.includes('argon2id')]).toEqual([file, false])
    }
    const edition = (await (await anybody('/trust/alpha/edition.json')).json()) as { withheld: { auditors: number } }
    expect(edition.withheld.auditors).toBe(1)
  })

  it('gives out OSCAL that is valid and leaves out what the page leaves out; members get the whole', async () => {
    const links = await (await anybody('/trust/alpha')).text()
    const files = ['catalog', 'component-definition', 'assessment-results', 'poam']
    for (const model of files) {
      const answer = await anybody(`/trust/alpha/oscal-${model}.json`)
      expect([model, answer.status, answer.headers.get('content-type')]).toEqual([model, 200, 'application/json'])
      const text = await answer.text()
      expect(oscalProblems(JSON.parse(text))).toEqual([])
      expect([model, text.includes('argon2id')]).toEqual([model, false])
      expect(text).toBe(await (await anybody(`/trust/alpha/oscal-${model}.json`)).text())
      expect(links).toContain(`href="/trust/alpha/oscal-${model}.json"`)
    }
    for (const other of ['oscal-', 'oscal-ssp.json', 'oscal-catalog', 'oscal-catalog.json.zip'])
      expect([other, (await anybody(`/trust/alpha/${other}`)).status]).toEqual([other, 404])
    const { editions } = (await (await owner.get('/api/tenants/alpha/edition/list')).json()) as {
      editions: { id: string; number: number | null; hasPlan: boolean }[]
    }
    const newest = editions.find(({ number }) => number === 2)
    expect(newest?.hasPlan).toBe(true)
    for (const model of files) {
      const path = `/api/tenants/alpha/edition/file?editionId=${newest?.id}&format=oscal-${model}`
      const answer = await owner.get(path)
      expect(answer.headers.get('content-disposition')).toContain(`alpha-2-oscal-${model}.json`)
      const text = await answer.text()
      expect(oscalProblems(JSON.parse(text))).toEqual([])
      if (model !== 'poam') expect([model, text.includes('argon2id')]).toEqual([model, true])
      expect((await stranger.get(path)).status).toBe(404)
    }
  })

  it('has no plan where nothing is open, and says so', async () => {
    const { editions } = (await (await owner.get('/api/tenants/alpha/edition/list')).json()) as {
      editions: { id: string; number: number | null; hasPlan: boolean }[]
    }
    const first = editions.find(({ number }) => number === 1)
    expect(first?.hasPlan).toBe(false)
    const answer = await owner.get(`/api/tenants/alpha/edition/file?editionId=${first?.id}&format=oscal-poam`)
    expect(await answer.json()).toMatchObject({ status: 404, code: 'edition.nothing_open' })
  })

  it('keeps a published edition against its own database role', async () => {
    const { connections } = await server.registry.open('alpha')
    const client = await connections.connect()
    for (const statement of [
      `update edition set language = 'de'`,
      `delete from edition where state = 'edition'`,
      `delete from edition_file`,
      'truncate edition cascade',
    ])
      await expect(client.query(statement)).rejects.toThrow(/never changes|permission denied|must be owner/)
    client.release()
  })
})

it('shows a draft on the machine itself, but not to whoever comes through a proxy', async () => {
  const local = await startTestServer()
  await local.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
  const person = await local.addPerson('owner@example.com', 'alpha', 'owner')
  const read = (await (await person.upload('/api/tenants/alpha/document/read?name=tom.md', document)).json()) as {
    document: { id: string }
  }
  await person.post('/api/tenants/alpha/document/adopt', { documentId: read.document.id })
  await person.post('/api/tenants/alpha/edition/draft', {})
  const see = async (headers: Record<string, string>) => (await fetch(`${local.local}/trust/alpha`, { headers })).status
  expect(await see({})).toBe(200)
  for (const name of ['x-forwarded-for', 'forwarded', 'via'])
    expect([name, await see({ [name]: '203.0.113.7' })]).toEqual([name, 404])
  await local.stop()
})
