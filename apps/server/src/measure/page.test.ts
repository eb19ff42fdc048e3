import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

interface Page {
  readonly measures: readonly { readonly text: string; readonly measure: { readonly id: string } | null }[]
  readonly next: number | null
}

describe('the measures of a register', () => {
  let server: TestServer
  let owner: Person
  let stranger: Person
  const lines = Array.from(
    { length: 7 },
    (_, i) => `- All network communication of part ${i + 1} uses TLS 1.2 or newer.`,
  )

  const page = async (query: string) =>
    (await (await owner.get(`/api/tenants/alpha/measure/list${query}`)).json()) as Page

  beforeAll(async () => {
    server = await startTestServer()
    for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  })
  afterAll(() => server.stop())

  it('are not listed before there is a register', async () => {
    const response = await owner.get('/api/tenants/alpha/measure/list')
    expect(await response.json()).toMatchObject({ code: 'measure.no_register' })
  })

  it('come a page at a time in the order of the document, each once', async () => {
    const text = new TextEncoder().encode(`# Measures\n\n## Confidentiality\n\n${lines.join('\n')}\n`)
    const read = await owner.upload('/api/tenants/alpha/document/read?name=tom.md', text)
    const { document } = (await read.json()) as { document: { id: string } }
    await owner.post('/api/tenants/alpha/document/adopt', { documentId: document.id })
    const seen: string[] = []
    for (let query = '?most=3'; ;) {
      const { measures, next } = await page(query)
      seen.push(...measures.map((one) => one.text))
      if (next === null) break
      expect(measures).toHaveLength(3)
      query = `?most=3&after=${next}`
    }
    expect(seen).toEqual(lines.map((line) => line.slice(2)))
  })

  it('show one by one what the list shows, and to nobody else', async () => {
    const { measures } = await page('')
    const id = measures[2]?.measure?.id
    const shown = await owner.get(`/api/tenants/alpha/measure/show?measureId=${id}`)
    expect(await shown.json()).toEqual({ line: measures[2] })
    expect((await stranger.get(`/api/tenants/beta/measure/show?measureId=${id}`)).status).toBe(404)
  })

  it.each(['most=0', 'most=201', 'most=x', 'after=x'])('refuse a page of %s', async (query) => {
    expect((await owner.get(`/api/tenants/alpha/measure/list?${query}`)).status).toBe(400)
  })
})
