import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from '../check/index.ts'

const home = 'this-installation'
const hourMs = 3_600_000
const document = new TextEncoder().encode(
  '# Measures\n\nVersion 1, 2 May 2026\n\n## Web\n\n- The web application has a privacy notice.\n- Visitors are escorted by staff.\n',
)
/** All that Art. 13 GDPR asks for. */
const notice = `<h1>Privacy notice</h1><p>The controller is Example Ltd. Purposes and legal basis: to run your account (Art. 6(1)(b) GDPR).
  We share your data with nobody: there are no other recipients. Data are kept for 90 days. You have the right of access,
  rectification and erasure, and may complain to a supervisory authority.</p>`

let server: TestServer
let owner: Person
let site: HttpServer
let served = notice
let skew = 0

beforeAll(async () => {
  server = await startTestServer(
    { ART32_URL: 'http://art32.example' },
    { clock: { now: () => new Date(Date.now() + skew) } },
  )
  await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
  owner = await server.addPerson('owner@example.com', home, 'owner')
  site = createServer(({ url }, response) => {
    const page = '<!doctype html><html><title>x</title><p><a href="/privacy">Privacy notice</a></p></html>'
    response.writeHead(200, { 'content-type': 'text/html' }).end(url === '/privacy' ? served : page)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const target = `http://localhost:${(site.address() as AddressInfo).port}/`
  const read = (await (await owner.upload(`/api/tenants/${home}/document/read?name=tom.md`, document)).json()) as {
    document: { id: string }
  }
  await post('document/adopt', { documentId: read.document.id })
  await post('connection/add', { target, name: 'Site' })
  const { statements } = (await (await owner.get(`/api/tenants/${home}/register/show`)).json()) as {
    statements: { text: string; measure: { id: string; revision: number } | null }[]
  }
  const measure = statements.find(({ text }) => text.includes('privacy notice'))?.measure
  await post('measure/change', {
    measureId: measure?.id,
    revision: measure?.revision,
    catalogueIds: ['privacy-notice'],
  })
  await post('measure/confirm', { measureId: measure?.id, revision: (measure?.revision ?? 0) + 1 })
  await look()
  await publish()
})
afterAll(async () => {
  site.close()
  await server.stop()
})

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await owner.post(`/api/tenants/${home}/${path}`, body)
  const answer: unknown = await response.json()
  expect([path, response.status, answer]).toEqual([path, 200, answer])
  return answer
}

async function look(): Promise<void> {
  await server.runNow(home, await server.tenants.asSystem(home, (tx) => requestRun(tx, [])))
  // What was looked at is told to the pages once it stands in the ledger.
  await server.tenants.asSystem(home, () => Promise.resolve(), { settled: true })
}

async function publish(): Promise<void> {
  const { id } = (await post('edition/draft', {})) as { id: string }
  await post('edition/sign', { editionId: id })
}

const anybody = (path: string, more: Record<string, string> = {}) =>
  fetch(`${server.local}/trust/${home}${path}`, { headers: more })
const page = async (path = '') => await (await anybody(path)).text()
interface State {
  asOf: string
  counts: { now: Record<string, number>; published: Record<string, number> }
  lines: { state: string; published: string; note: { kind: string; at?: string } | null }[]
}
const state = async () => (await (await anybody('/state.json')).json()) as State
const proof = async () => (await state()).lines.find(({ published }) => published === 'proven')

describe('the public page between two editions', () => {
  it('says that a proof lapsed, then that it is there again, and leaves the edition as it is', async () => {
    const published = await page('/edition.json')
    expect(await page()).toContain('Every line stands as it was published on')
    expect(await proof()).toMatchObject({ state: 'proven', note: null })
    skew = 400 * 24 * hourMs
    expect(await proof()).toMatchObject({ state: 'correction-due', note: { kind: 'lapsed' } })
    expect(await page()).toMatch(/Proof lapsed on [^<]+ UTC \(last proven [^<]+\)/)
    expect((await state()).counts).toMatchObject({ now: { proven: 0, 'correction-due': 1 }, published: { proven: 1 } })
    await look()
    expect(await proof()).toMatchObject({ state: 'proven', note: { kind: 'proven-again' } })
    expect(await page()).toContain('proven again on')
    expect(await page('/edition.json')).toBe(published)
  })

  it('hides a new failure for three days behind the bare sentence, then says since when it is due', async () => {
    served = 'Privacy notice: coming soon.'
    await look()
    expect(await proof()).toMatchObject({ state: 'stated', note: { kind: 'not-proven' } })
    const html = await page()
    expect(html).toContain('not proven at present')
    expect(html).not.toContain('correction due since')
    skew += 73 * hourMs
    expect(await proof()).toMatchObject({ state: 'correction-due', note: { kind: 'correction-due' } })
    expect(await page()).toContain('correction due since')
    served = notice
    await look()
    expect(await proof()).toMatchObject({ state: 'proven' })
  })

  it('is given again from memory until something changes, small, and not at all to who has it', async () => {
    const first = await anybody('', { 'accept-encoding': 'br' })
    expect(first.headers.get('content-encoding')).toBe('br')
    expect((await anybody('', { 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip')
    const tag = first.headers.get('etag') ?? ''
    const [once, again] = [await state(), await state()]
    expect(again.asOf).toBe(once.asOf)
    expect((await anybody('', { 'accept-encoding': 'br', 'if-none-match': tag })).status).toBe(304)
    skew += 61_000
    expect((await state()).asOf > once.asOf).toBe(true)
  })
})
