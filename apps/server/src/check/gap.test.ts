import { createServer } from 'node:http'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from './index.ts'
import { gapsBetween } from './period.ts'

const dayMs = 86_400_000
const home = 'this-installation'
const document = new TextEncoder().encode(
  '# Measures\n\n## Web\n\n- The web application sends security headers and a content security policy.\n',
)
type Gaps = readonly { readonly from: string; readonly until: string }[]

describe('a look that was due and not made', () => {
  let server: TestServer
  let owner: Person
  let site: HttpServer
  let now = new Date()

  beforeAll(async () => {
    server = await startTestServer({}, { clock: { now: () => now } })
    await server.registry.create({ name: 'This installation', slug: home, language: 'en' })
    owner = await server.addPerson('owner@example.com', home, 'owner')
    site = createServer((_, response) =>
      response
        .writeHead(200, {
          'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        })
        .end('<!doctype html><title>x</title>'),
    )
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    site.close()
    await server.stop()
  })

  const at = (operation: string) => `/api/tenants/${home}/${operation}`
  const json = async <T>(answer: Promise<Response>): Promise<T> => {
    const response = await answer
    const body = (await response.json()) as T
    expect(response.status, JSON.stringify(body)).toBe(200)
    return body
  }
  const lookOn = async (day: Date) => {
    now = day
    await server.runNow(home, await server.tenants.asSystem(home, (tx) => requestRun(tx, [])))
  }

  it('is a gap with its two ends, in the history and in the edition, and never filled', async () => {
    const today = now
    const read = await json<{ document: { id: string } }>(owner.upload(`${at('document/read')}?name=tom.md`, document))
    await json(owner.post(at('document/adopt'), { documentId: read.document.id }))
    const target = `http://localhost:${(site.address() as AddressInfo).port}/`
    await json(owner.post(at('connection/add'), { target, name: 'Site' }))
    const { statements } = await json<{ statements: { measure: { id: string; revision: number } | null }[] }>(
      owner.get(at('register/show')),
    )
    const measure = statements.find((one) => one.measure)?.measure
    await json(owner.post(at('measure/confirm'), { measureId: measure?.id, revision: measure?.revision }))

    for (const days of [40, 39, 10, 0]) await lookOn(new Date(today.getTime() - days * dayMs))
    const { outcomes } = await json<{ outcomes: { id: string; check: string; at: string }[] }>(
      owner.get(at('outcome/list')),
    )
    const last = outcomes.filter(({ check }) => check === 'http.headers').toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
    const shown = await json<{ gaps: Gaps; spans: { from: string; until: string }[]; days: { unseen: number } }>(
      owner.get(`${at('outcome/history')}?outcomeId=${last?.id}`),
    )
    expect(shown.gaps.length).toBe(2)
    expect(shown.gaps).toEqual(
      shown.spans.slice(1).map(({ from }, index) => ({ from: shown.spans[index]?.until, until: from })),
    )
    expect(Date.parse(shown.gaps[0]?.until ?? '')).toBe(today.getTime() - 10 * dayMs)
    expect(shown.days.unseen).toBeGreaterThan(10)

    const { id } = await json<{ id: string }>(owner.post(at('edition/draft'), {}))
    const edition = await json<{ sections: { blocks: { period?: { notLooked: number; gaps?: Gaps } }[] }[] }>(
      owner.get(`${at('edition/file')}?editionId=${id}&format=json`),
    )
    const [period] = edition.sections.flatMap(({ blocks }) => blocks.flatMap((block) => block.period ?? []))
    expect(period?.gaps).toEqual(shown.gaps)
    expect(period?.notLooked).toBeGreaterThan(10)
    // The next look says nothing of what nobody saw.
    await lookOn(new Date(today.getTime() + 60_000))
    const later = await json<{ gaps: Gaps }>(owner.get(`${at('outcome/history')}?outcomeId=${last?.id}`))
    expect(later.gaps).toEqual(shown.gaps)
  })

  it('begins when the last look no longer counts, and ends with the next one or now', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 0, n))
    const span = (from: number, until: number) => ({ from_at: day(from), until_at: day(until) })
    expect(gapsBetween([], day(9))).toEqual([])
    expect(gapsBetween([span(1, 3)], day(2))).toEqual([])
    expect(gapsBetween([span(1, 3)], day(5))).toEqual([{ from: day(3), until: day(5) }])
    expect(gapsBetween([span(1, 3), span(3, 5), span(7, 9)], day(8))).toEqual([{ from: day(5), until: day(7) }])
    // A span that another one covers ends nothing.
    expect(gapsBetween([span(1, 8), span(2, 3), span(8, 9)], day(9))).toEqual([])
  })
})
