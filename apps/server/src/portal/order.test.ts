import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let editionId: string

const document = new TextEncoder().encode(
  '# Measures of Example\n\n## Access\n\n- Visitors are escorted by staff.\n- All connections use TLS 1.2 or newer.\n\n## Other\n\n- Backups are restored every quarter as a test.\n- Marmalade is kept in the fridge at all times by everybody.\n',
)
const at = (operation: string) => `/api/tenants/alpha/${operation}`

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const read = (await (await owner.upload(`${at('document/read')}?name=tom.md`, document)).json()) as {
    document: { id: string }
  }
  await owner.post(at('document/adopt'), { documentId: read.document.id })
  editionId = ((await (await owner.post(at('edition/draft'), {})).json()) as { id: string }).id
})
afterAll(() => server.stop())

const anybody = (path: string) => fetch(`${server.local}${path}`)
const linesIn = (html: string) =>
  [...html.matchAll(/id="l-([^"]+)"/g)].map(([, id = '']) => id).toSorted((a, b) => a.localeCompare(b))
const numbersIn = (html: string) => [...html.matchAll(/<span class="number">(\d+)/g)].map(([, count]) => count)

it('makes no annex of a draft', async () => {
  const answer = await owner.get(`${at('edition/annex')}?editionId=${editionId}&preset=dpa-annex`)
  expect(await answer.json()).toMatchObject({ status: 409, code: 'edition.not_published' })
  expect((await owner.get('/trust/alpha/annex.pdf?preset=dpa-annex')).status).toBe(404)
})

describe('the public page of an edition', () => {
  beforeAll(async () => {
    expect((await owner.post(at('edition/sign'), { editionId })).status).toBe(200)
  })

  it.each(['classic', 'art32', 'sdm', 'clauses'])(
    'shows the same lines and numbers in the order %s, without script',
    async (view) => {
      const own = await (await anybody('/trust/alpha')).text()
      const html = await (await anybody(`/trust/alpha?view=${view}&language=de`)).text()
      expect(linesIn(html)).toEqual(linesIn(own))
      expect(linesIn(html).length).toBeGreaterThan(2)
      expect(numbersIn(html)).toEqual(numbersIn(own))
      expect(html).not.toMatch(/<script/i)
      for (const other of ['classic', 'art32', 'sdm', 'clauses'])
        if (other !== view) expect(html).toContain(`view=${other}&#38;language=de`)
      expect(html).toMatch(/aria-current="page"/)
    },
  )

  it('takes an order that is none for the document’s own', async () => {
    const own = await (await anybody('/trust/alpha')).text()
    expect(await (await anybody('/trust/alpha?view=<script>')).text()).toBe(own)
  })

  it('hands out each annex in each form, and says which edition it shows', async () => {
    const json = await (await anybody('/trust/alpha/edition.json')).text()
    const hash = createHash('sha256').update(json).digest('hex')
    for (const [preset, form, begins] of [
      ['dpa-annex', 'pdf', '%PDF-'],
      ['clauses-annex-iii', 'docx', 'PK'],
      ['transfer-annex-ii', 'html', '<!doctype html>'],
    ] as const) {
      const answer = await anybody(`/trust/alpha/annex.${form}?preset=${preset}&language=de`)
      const body = Buffer.from(await answer.arrayBuffer()).toString('latin1')
      expect([preset, form, answer.status, body.startsWith(begins)]).toEqual([preset, form, 200, true])
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="alpha-1-${preset}-de.${form}"`)
      if (form === 'html') {
        expect(body).toContain(hash)
        expect(body).toContain('http://art32.example/trust/alpha')
      }
    }
    for (const path of ['annex.pdf', 'annex.pdf?preset=other', 'annex.exe?preset=dpa-annex'])
      expect([path, (await anybody(`/trust/alpha/${path}`)).status]).toEqual([path, 404])
  })

  it('gives the public no line for customers, and customers what is for them', async () => {
    const { statements } = (await (await owner.get(at('register/show'))).json()) as {
      statements: { text: string; measure: { id: string; revision: number } | null }[]
    }
    const hidden = statements.find(({ text }) => text.includes('Backups'))?.measure
    await owner.post(at('measure/change'), {
      measureId: hidden?.id,
      revision: hidden?.revision,
      visibility: 'customers',
    })
    const { id } = (await (await owner.post(at('edition/draft'), {})).json()) as { id: string }
    expect((await owner.post(at('edition/sign'), { editionId: id })).status).toBe(200)
    const { editions } = (await (await owner.get(at('edition/list'))).json()) as { editions: { id: string }[] }
    const annex = async (more: string) =>
      await (
        await owner.get(`${at('edition/annex')}?editionId=${editions[0]?.id}&preset=dpa-annex&format=html${more}`)
      ).text()
    expect(await annex('')).not.toContain('Backups are restored')
    expect(await annex('')).toContain('Not in this annex: 1')
    expect(await annex('&audience=customers')).toContain('Backups are restored')
    expect(await (await anybody('/trust/alpha/annex.html?preset=dpa-annex')).text()).not.toContain('Backups')
  })
})
