import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import type { FileView } from './index.ts'
import { workbookOf, zipOf } from './testing/samples.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
})
afterAll(() => server.stop())

const at = (verb: string, query: Record<string, string>) =>
  `/api/tenants/alpha/file/${verb}?${new URLSearchParams(query).toString()}`
async function bring(name: string, text: string, more: Record<string, string> = {}) {
  const answer = await owner.upload(at('add', { name, ...more }), new TextEncoder().encode(text))
  const file = (await answer.json()) as FileView
  expect(answer.status, JSON.stringify(file)).toBe(200)
  return { file, kept: await (await owner.get(at('read', { fileId: file.fileId }))).text() }
}
const people = /Ostermoor|Wilrun|w\.o@example|DE89/u

describe('evidence that is a table or a text', () => {
  it.each([
    ['log.txt', 'The backup ran.\nWilrun Ostermoor (w.o@example.com) restored it.\n'],
    ['people.csv', 'name,email\nWilrun Ostermoor,w.o@example.com\nWilrun Ostermoor,w.o@example.com\n'],
    ['export.json', '[{"owner":{"name":"Wilrun Ostermoor","email":"w.o@example.com"}}]'],
    ['dump.sql', `INSERT INTO customer (id, email) VALUES (1, 'w.o@example.com');\n`],
    ['app.log', '2026-11-23 user w.o@example.com paid from DE89 3704 0044 0532 0130 00\n'.repeat(3)],
  ])('is kept without its people, and says what went: %s', async (name, text) => {
    const { file, kept } = await bring(name, text)
    expect(kept).not.toMatch(people)
    expect(Object.values(file.shielded ?? {}).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0)
    expect(file.namesFor).toBeNull()
  })

  it('is kept without its people where it is a workbook, and still is one', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => ['Wilrun', 'Ostermoor', `w.o${n}@example.com`])
    const answer = await owner.upload(
      at('add', { name: 'people.xlsx' }),
      workbookOf([['first_name', 'last_name', 'mail'], ...rows]),
    )
    const file = (await answer.json()) as FileView
    expect(answer.status, JSON.stringify(file)).toBe(200)
    expect(file.type).toMatch(/spreadsheetml/u)
    expect(file.shielded).toMatchObject({ email: 20 })
    const kept = await owner.get(at('read', { fileId: file.fileId }))
    const parts = Object.values(unzipSync(new Uint8Array(await kept.arrayBuffer()))).map((part) => strFromU8(part))
    expect(parts.join('\n')).toContain('first_name')
    expect(parts.join('\n')).not.toMatch(people)
  })

  it.each([
    ['is damaged', () => workbookOf([['a']]).subarray(0, -30), /.+/u],
    [
      'is none',
      () =>
        zipOf([
          { name: '[Content_Types].xml', content: Buffer.from('<Types/>') },
          { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') },
        ]),
      /workbook cannot be read|no workbook/u,
    ],
  ])('is refused with the reason where a workbook %s', async (_, bytes, reason) => {
    const answer = await owner.upload(at('add', { name: 'people.xlsx' }), bytes())
    expect(answer.status).toBe(415)
    expect(((await answer.json()) as { detail: string }).detail).toMatch(reason)
  })

  it('is kept as it is where there is nobody in it', async () => {
    const text = 'All backups of the week were restored on a test system.\n'
    const { file, kept } = await bring('result.txt', text)
    expect(kept).toBe(text)
    expect(file.shielded).toEqual({})
  })

  it('is kept with its names where who brings it says what for, and that is recorded', async () => {
    const text = 'name,email\nWilrun Ostermoor,w.o@example.com\n'
    const namesFor = 'Who took part in the drill'
    const { file, kept } = await bring('people.csv', text, { namesFor })
    expect(kept).toBe(text)
    expect(file).toMatchObject({ namesFor, shielded: null })
    const openings = await server.tenants.asSystem('alpha', async ({ sql }) => {
      const { rows } = await sql.query<{ content: string }>(
        `select convert_from(content, 'UTF8') as content from opening where role = 'file'`,
      )
      return rows.map(({ content }) => content).join('\n')
    })
    expect(openings).toContain(namesFor)
  })

  it('cannot be cut short by a quote that is never closed: nothing is kept', async () => {
    const answer = await owner.upload(
      at('add', { name: 'people.csv' }),
      new TextEncoder().encode('name,email\nA,a@example.com\nB,"b@example.com\nC,c@example.com\n'),
    )
    expect([200, 415]).toContain(answer.status)
    const file = (await answer.json()) as Partial<FileView>
    if (file.fileId !== undefined)
      expect(await (await owner.get(at('read', { fileId: file.fileId }))).text()).not.toMatch(/@example/u)
  })
})
