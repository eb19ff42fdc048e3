import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openInspector } from '../file/index.ts'
import type { BytesAnswer } from '../platform/index.ts'
import { lookAtDocuments } from './watch.ts'

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

let server: TestServer
let owner: Person
let member: Person
let answer: BytesAnswer | Error = new Error('nobody is there')

async function ask<T = object>(operation: string, body?: object, person = owner, expected = 200): Promise<T> {
  const response = body ? await person.post(at(operation), body) : await person.get(at(operation))
  const said = (await response.json()) as T
  expect([operation, response.status, response.status === expected ? null : said]).toEqual([operation, expected, null])
  return said
}
const page = (text: string, status = 200): BytesAnswer => ({ status, bytes: new TextEncoder().encode(text) })
async function look(processorId: string, given: typeof answer): Promise<void> {
  answer = given
  await server.tenants.asSystem('alpha', ({ sql }) =>
    sql.query(`update processor_watch set next_at = '2020-01-01' where processor_id = $1`, [processorId]),
  )
  await lookAtDocuments('alpha', {
    tenants: server.tenants,
    files: openInspector(null, server.tenants),
    read: server.read,
    mayBeLocal: () => false,
    askForBytes: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)),
  })
}
interface Documents {
  watch: { outcome: string | null; reason: string | null }
  versions: { origin: string; added: string[]; removed: string[]; files: { name: string; type: string }[] }[]
  statements: { text: string }[]
}
const documents = (processorId: string) => ask<Documents>(`processor.documents?processorId=${processorId}`)
const leaves = async (code: string) =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) =>
      (
        await sql.query(
          `select 1 from log_entry where type = 'processor.document' and convert_from(leaf, 'UTF8')::json ->> 'code' = $1`,
          [code],
        )
      ).rows.length,
    { settled: true },
  )

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
})
afterAll(() => server.stop())

describe('a processor’s own document at its address', () => {
  it('is filed, compared, and told apart from what nobody could look at', async () => {
    const { processorId } = await ask<{ processorId: string }>('processor.add', { name: 'Watched' })
    await ask('processor.watch', { processorId, address: 'https://processor.example/tom.html' })
    // The server looks by itself, too, as soon as it knows the address; after that it waits for a week.
    await vi.waitFor(async () => expect((await documents(processorId)).watch.outcome).not.toBeNull(), 20_000)
    await look(processorId, new Error('refused'))
    expect((await documents(processorId)).watch).toMatchObject({ outcome: 'not-looked', reason: 'unreachable' })
    await look(processorId, page('', 302))
    expect((await documents(processorId)).watch).toMatchObject({ outcome: 'not-looked', reason: 'moved' })
    expect(await leaves('not-looked')).toBe(1)
    const first =
      '<!doctype html><html><body><h1>Measures</h1><ul><li>Backups are made daily.</li><li>Doors are locked at night.</li></ul><script>x()</script></body></html>'
    await look(processorId, page(first))
    expect((await documents(processorId)).watch.outcome).toBe('first')
    await look(processorId, page(first.replace('x()', 'y(2)')))
    expect((await documents(processorId)).watch.outcome).toBe('unchanged')
    expect((await documents(processorId)).versions).toHaveLength(1)
    await look(processorId, page(first.replace('daily', 'weekly')))
    const { watch, versions } = await documents(processorId)
    expect(watch.outcome).toBe('changed')
    expect(versions[0]).toMatchObject({
      origin: 'fetched',
      added: ['Backups are made weekly.'],
      removed: ['Backups are made daily.'],
      files: [{ type: 'text/plain' }],
    })
    await look(processorId, page('', 500))
    expect((await documents(processorId)).watch).toMatchObject({ outcome: 'not-looked', reason: 'refused' })
    expect((await documents(processorId)).versions).toHaveLength(2)
    expect([await leaves('first'), await leaves('changed'), await leaves('not-looked')]).toEqual([1, 1, 2])
  })

  it('is never at an address without TLS or with a password in it', async () => {
    const { processorId } = await ask<{ processorId: string }>('processor.add', { name: 'Addresses' })
    for (const address of ['http://processor.example/', 'https://a:b@processor.example/', 'file:///etc/passwd', 'x'])
      await ask('processor.watch', { processorId, address }, owner, 400)
  })
})

describe('what is entered of a processor', () => {
  it('refuses links that are programs, places outside of the area without a ground, and circles', async () => {
    const link = (url: string) => ({ name: 'Linked', links: [{ kind: 'contact', url }] })
    await ask('processor.add', link('javascript:alert(1)'), owner, 400)
    await ask('processor.add', { name: 'Outside', places: ['DE', 'US'] }, owner, 400)
    const top = await ask<{ processorId: string }>('processor.add', { name: 'Top' })
    const below = await ask<{ processorId: string }>('processor.add', { name: 'Below', parentId: top.processorId })
    await ask('processor.change', { ...top, revision: 1, name: 'Top', parentId: below.processorId }, owner, 409)
    await ask('processor.change', { ...top, revision: 1, name: 'Top', parentId: top.processorId }, owner, 409)
  })

  it('keeps the contact person from members, in the page and in what is taken along, and is no formula there', async () => {
    const { processorId } = await ask<{ processorId: string }>('processor.add', {
      name: '=HYPERLINK("x")',
      contactName: 'Erika Muster',
    })
    const shown = async (person: Person) =>
      await (await person.get(`${at('processor.show')}?processorId=${processorId}`)).text()
    const taken = async (person: Person) => await (await person.get(`${at('processor.export')}?format=csv`)).text()
    expect([await shown(owner), await taken(owner)].every((text) => text.includes('Erika Muster'))).toBe(true)
    expect([await shown(member), await taken(member)].some((text) => text.includes('Erika Muster'))).toBe(false)
    expect(await taken(owner)).not.toMatch(/(^|,)"?=HYPERLINK/m)
  })

  it('refuses a paper without a file, a certificate that pretends to be a report, and days that run backwards', async () => {
    const { processorId } = await ask<{ processorId: string }>('processor.add', { name: 'Papers' })
    const agreement = { processorId, title: 'Agreement', validFrom: '2026-01-01' }
    await ask('processor.keep_agreement', agreement, owner, 400)
    await ask('processor.keep_agreement', { ...agreement, validUntil: '2025-01-01' }, owner, 400)
    const paper = { standard: 'iso27001', form: 'certificate', title: 'ISO' }
    const proof = { ...paper, processorId, from: '2026-01-01', until: '2026-12-31' }
    await ask('processor.keep_proof', { ...proof, bridgeUntil: '2027-01-31' }, owner, 400)
    await ask('processor.keep_proof', { ...proof, controls: ['Anything'] }, owner, 400)
    expect((await ask<{ agreements: object[] }>(`processor.show?processorId=${processorId}`)).agreements).toEqual([])
  })
})
