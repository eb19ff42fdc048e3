import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import type { Letter } from '../platform/index.ts'
import { noteLapses } from '../subscription/index.ts'
import { attendProcessors } from './attend.ts'
import { hurry } from '../../../../scripts/testing/hurry.ts'

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const dayMs = 86_400_000
const start = Date.now()
let now = new Date(start)
const day = (ahead: number) => todayOfTenants(start + ahead * dayMs)

let server: TestServer
let owner: Person
const letters: Letter[] = []

async function ask<T = object>(operation: string, body?: object): Promise<T> {
  const response = body ? await owner.post(at(operation), body) : await owner.get(at(operation))
  const answer = (await response.json()) as T
  expect([operation, response.status, response.status === 200 ? null : answer]).toEqual([operation, 200, null])
  return answer
}
async function aFile(text: string): Promise<string> {
  const response = await owner.upload(`${at('file.add')}?name=paper.txt`, new TextEncoder().encode(text))
  return ((await response.json()) as { fileId: string }).fileId
}
interface Line {
  readonly id: string
  readonly text: string
  readonly measure: { readonly id: string; readonly revision: number; readonly assurance: string } | null
}
async function line(): Promise<Line & { measure: NonNullable<Line['measure']> }> {
  const { statements } = await ask<{ statements: Line[] }>('register.show')
  const found = statements.find(({ text }) => text.includes('guarded'))
  if (!found?.measure) throw new Error('no such line')
  return { ...found, measure: found.measure }
}
/** Two processes at the same time, as two machines would. */
async function goTo(ahead: number): Promise<void> {
  now = new Date(start + ahead * dayMs)
  await Promise.all([0, 1].map(() => server.tenants.asSystem('alpha', attendProcessors)))
  await server.tenants.asSystem('alpha', noteLapses)
}
async function sign(): Promise<string> {
  const { id } = await ask<{ id: string }>('edition.draft', {})
  await ask('edition.sign', { editionId: id })
  const { editions } = await ask<{ editions: { id: string; state: string }[] }>('edition.list')
  return editions.find(({ state }) => state === 'edition')?.id ?? ''
}
/** What waits for the morning goes out now. */
async function sendWaiting(): Promise<void> {
  await hurry(server.databases.control, 'notification.letters')
}
const to = (address: string) => letters.filter((letter) => letter.to === address)
const leaves = async (type: string) =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) => (await sql.query('select 1 from log_entry where type = $1', [type])).rows.length,
    { settled: true },
  )

beforeAll(async () => {
  const mailer = {
    isSet: true,
    send: (letter: Letter) => {
      letters.push(letter)
      return Promise.resolve()
    },
  }
  server = await startTestServer({}, { clock: { now: () => now }, mailer })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  await server.addPerson('editor@example.com', 'alpha', 'editor')
  // Sessions begin by the machine's clock, which this one leaves behind.
  await staySignedIn(server)
  const text = new TextEncoder().encode('# Measures\n\n## Rooms\n\n- The data centre is guarded day and night.\n')
  const read = await owner.upload(`${at('document.read')}?name=tom.md`, text)
  const { document } = (await read.json()) as { document: { id: string } }
  await ask('document.adopt', { documentId: document.id })
  const { measure } = await line()
  await ask('measure.change', {
    measureId: measure.id,
    revision: measure.revision,
    catalogueIds: ['certified-datacentre'],
    guarantor: 'processor',
  })
  const changed = (await line()).measure
  await ask('measure.confirm', { measureId: changed.id, revision: changed.revision })
  await server.tenants.asSystem('alpha', ({ sql, newId }) =>
    sql.query(`insert into subscriber (id, email, language, topics, since) values ($1, $2, 'en', $3, '2020-01-01')`, [
      newId(),
      'customer@customer.example',
      ['lapse'],
    ]),
  )
})
afterAll(() => server.stop())

describe('a certificate of a processor that runs out', () => {
  let processorId = ''
  let proofId = ''
  let published = ''

  it('lets a line be inherited only once an agreement and a certificate are on file', async () => {
    ;({ processorId } = await ask<{ processorId: string }>('processor.add', {
      name: 'Hosting Example',
      places: ['DE'],
    }))
    await ask('processor.guarantee', {
      processorId,
      shares: [{ catalogueId: 'certified-datacentre', byProcessor: 'Guards the rooms.', byUs: 'Checks its papers.' }],
    })
    expect((await line()).measure.assurance).toBe('stated')
    await ask('processor.keep_agreement', {
      processorId,
      title: 'Agreement under Art. 28',
      validFrom: day(-100),
      fileIds: [await aFile('agreement')],
    })
    expect((await line()).measure.assurance).toBe('stated')
    ;({ proofId } = await ask<{ proofId: string }>('processor.keep_proof', {
      processorId,
      standard: 'iso27001',
      form: 'certificate',
      title: 'ISO/IEC 27001',
      from: day(-300),
      until: day(90),
      fileIds: [await aFile('certificate')],
    }))
    expect((await line()).measure.assurance).toBe('inherited')
  })

  it('shows on the edition who does what, and verifies offline', async () => {
    published = await sign()
    const file = async (format: string) =>
      await owner.get(`${at('edition.file')}?editionId=${published}&format=${format}`)
    const json = await (await file('json')).text()
    expect(json).toContain('"kind":"agreement"')
    for (const said of ['Hosting Example', 'Guards the rooms.', 'Checks its papers.']) expect(json).toContain(said)
    expect(await (await file('md')).text()).toContain('Who does what')
    const folder = await mkdtemp(path.join(tmpdir(), 'art32-processor-'))
    try {
      await writeFile(path.join(folder, 'bundle.zip'), new Uint8Array(await (await file('bundle')).arrayBuffer()))
      const verifier = path.resolve('apps/server/verifier/art32-verify.mjs')
      const { stdout } = await promisify(execFile)(process.execPath, [verifier, path.join(folder, 'bundle.zip')])
      expect(stdout).toContain('inherited')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('is told before, counts on its last day, and not a day longer', async () => {
    await goTo(20)
    expect(await leaves('processor.reminded')).toBe(0)
    await goTo(40)
    await goTo(41)
    expect(await leaves('processor.reminded')).toBe(1)
    await goTo(89.5)
    expect((await line()).measure.assurance).toBe('inherited')
    expect(await leaves('processor.lapsed')).toBe(0)
  })

  it('lapses what it stood behind, which the comparison of editions names, and tells owners and readers once', async () => {
    await sendWaiting()
    await vi.waitFor(() => expect(to('editor@example.com').length).toBeGreaterThan(0), { timeout: 10_000 })
    letters.length = 0
    await goTo(91.5)
    expect((await line()).measure.assurance).toBe('lapsed')
    await goTo(92)
    await goTo(95)
    expect(await leaves('processor.lapsed')).toBe(1)
    const compared = await ask<{
      changes: { assurance: { before: string; after: string; because: string[] } | null; decision: string }[]
    }>('edition.compare')
    expect(compared.changes).toMatchObject([
      { assurance: { before: 'inherited', after: 'lapsed' }, decision: 'not-needed' },
    ])
    expect(compared.changes[0]?.assurance?.because.join()).toContain('Hosting Example')
    expect(compared.changes[0]?.assurance?.because.join()).toContain('ISO/IEC 27001')
    await sendWaiting()
    await vi.waitFor(() => expect(to('owner@example.com')).toHaveLength(1), { timeout: 10_000 })
    await vi.waitFor(() => expect(to('customer@customer.example')).toHaveLength(1), { timeout: 10_000 })
    expect(to('owner@example.com')[0]?.subject).toContain('processor')
    expect(to('customer@customer.example')[0]?.paragraphs.join('\n')).toContain('guarded day and night')
    await goTo(120)
    await sendWaiting()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect([to('owner@example.com').length, to('customer@customer.example').length]).toEqual([1, 1])
  })

  it('counts again with the next certificate, and tells of that one anew', async () => {
    await ask('processor.keep_proof', {
      processorId,
      proofId,
      standard: 'iso27001',
      form: 'certificate',
      title: 'ISO/IEC 27001',
      from: day(100),
      until: day(400),
      fileIds: [await aFile('next certificate')],
    })
    expect((await line()).measure.assurance).toBe('inherited')
    await goTo(402)
    expect((await line()).measure.assurance).toBe('lapsed')
    expect(await leaves('processor.lapsed')).toBe(2)
  })
})
