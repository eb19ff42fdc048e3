import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

const document = new TextEncoder().encode(`# Technical and organisational measures

Version 3, 1 May 2026

## Confidentiality

- All network communication uses TLS 1.2 or newer.
- Multi-factor authentication is required for administrators.
- Visitors are escorted at all times.

## Availability

- Backups are made daily and restored every 3 months.
`)

let server: TestServer
let owner: Person

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

const path = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

async function json<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body
}

it('is read, adopted, confirmed, changed, split, merged and set aside, as its history tells', async () => {
  const read = await json<{ document: { id: string } }>(
    await owner.upload(`${path('document.read')}?name=tom.md`, document),
  )
  await json(await owner.post(path('document.adopt'), { documentId: read.document.id }))
  type Measure = {
    id: string
    revision: number
    assurance: string
    parts: { catalogueId: string; confirmedBy: string | null }[]
  }
  type Register = {
    statements: { text: string; section: string; measure: Measure | null }[]
    counts: { lines: number; unconfirmed: number }
  }
  const show = async () => await json<Register>(await owner.get(path('register.show')))
  const lines = async () =>
    (await show()).statements.flatMap((one) => (one.measure ? [{ ...one, measure: one.measure }] : []))

  const [tls] = await lines()
  expect(tls?.text).toContain('TLS 1.2')
  expect(tls?.measure.parts.map((part) => part.catalogueId)).toContain('transport-encryption')
  const confirmed = await json<{ measure: Measure }>(
    await owner.post(path('measure.confirm'), { measureId: tls?.measure.id, revision: 1 }),
  )
  expect(confirmed.measure).toMatchObject({ revision: 2, assurance: 'stated' })
  expect(confirmed.measure.parts[0]?.confirmedBy).toBe('person')

  const stale = await owner.post(path('measure.change'), {
    measureId: tls?.measure.id,
    revision: 1,
    owner: 'Operations',
  })
  expect(await stale.json()).toMatchObject({ status: 409, code: 'measure.changed_meanwhile' })
  await json(
    await owner.post(path('measure.change'), {
      measureId: tls?.measure.id,
      revision: 2,
      owner: 'Operations',
      catalogueIds: ['transport-encryption', 'mfa'],
    }),
  )
  expect((await lines())[0]?.measure.parts.every((part) => part.confirmedBy === null)).toBe(true)

  const backup = (await lines()).find((one) => one.text.startsWith('Backups'))
  const parts = ['Backups are made daily', 'restored every 3 months.']
  const split = await json<{ measureIds: string[] }>(
    await owner.post(path('measure.split'), { measureId: backup?.measure.id, revision: 1, parts }),
  )
  expect(split.measureIds).toHaveLength(2)
  expect((await lines()).slice(-2).map((one) => one.text)).toEqual(parts)
  await json(await owner.post(path('measure.merge'), { measureId: split.measureIds[0], revision: 2 }))
  expect((await lines()).at(-1)?.text).toBe(parts.join(' '))

  const before = (await show()).counts.lines
  await json(
    await owner.post(path('measure.ignore'), {
      measureId: split.measureIds[0],
      revision: 3,
      reason: 'said elsewhere',
    }),
  )
  expect((await show()).counts.lines).toBe(before - 1)

  const section = await json<{ confirmed: number }>(
    await owner.post(path('measure.confirm_section'), { documentId: read.document.id, section: 'Confidentiality' }),
  )
  expect(section.confirmed).toBeGreaterThanOrEqual(1)

  const { events } = await json<{ events: { type: string; who: { name: string | null } }[] }>(
    await owner.get(`${path('history.list')}?id=${split.measureIds[0]}`),
  )
  expect(events.map((event) => event.type)).toEqual(['statement.ignored', 'statement.merged', 'statement.split'])
  expect(events.every((event) => event.who.name === 'owner')).toBe(true)
})
