import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import type { Letter } from '../platform/index.ts'
import { attendProcessors } from './attend.ts'

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const start = Date.now()
let now = new Date(start)
const day = (ahead: number) => todayOfTenants(start + ahead * 86_400_000)

let server: TestServer
let owner: Person
const letters: Letter[] = []

async function ask<T = object>(operation: string, body?: object, expected = 200): Promise<T> {
  const response = body ? await owner.post(at(operation), body) : await owner.get(at(operation))
  const answer = (await response.json()) as T
  expect([operation, response.status, response.status === expected ? null : answer]).toEqual([
    operation,
    expected,
    null,
  ])
  return answer
}
/** Two processes at the same time, as two machines would. */
async function goTo(ahead: number): Promise<void> {
  now = new Date(start + ahead * 86_400_000)
  await Promise.all([0, 1].map(() => server.tenants.asSystem('alpha', attendProcessors)))
}
const page = async (path: string) => await (await fetch(`${server.local}/trust/alpha/${path}`)).text()
const stateOf = async (processorId: string) =>
  (await ask<{ processor: { state: string } }>(`processor.show?processorId=${processorId}`)).processor.state
interface Changes {
  changes: {
    changeId: string
    state: string
    deliveries: { mailId: string; outcome: string; objectUntil: string }[]
    objections: { isInTime: boolean; outcome: string | null }[]
  }[]
}
const changes = async () => (await ask<Changes>('processor.changes')).changes

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
  await staySignedIn(server)
  const text = new TextEncoder().encode('# Measures\n\n## Access\n\n- Visitors are escorted by staff.\n')
  const read = await owner.upload(`${at('document.read')}?name=tom.md`, text)
  const { document } = (await read.json()) as { document: { id: string } }
  await ask('document.adopt', { documentId: document.id })
  const { id } = await ask<{ id: string }>('edition.draft', {})
  await ask('edition.sign', { editionId: id })
  await server.tenants.asSystem('alpha', async ({ sql, newId }) => {
    for (const [email, topics] of [
      ['customer@customer.example', ['processors']],
      ['second@customer.example', ['processors', 'lapse']],
      ['other@customer.example', ['edition']],
    ] as const)
      await sql.query(`insert into subscriber (id, email, language, topics, since) values ($1, $2, 'de', $3, $4)`, [
        newId(),
        email,
        topics,
        '2020-01-01',
      ])
  })
})
afterAll(() => server.stop())

describe('a sub-processor that is announced', () => {
  let old = ''
  let next = ''
  let changeId = ''

  it('is on the public page only once the tenant publishes its list, without a person and without what is kept back', async () => {
    const named = { address: 'Main street 1', contactName: 'Nobody Knows', purpose: 'Hosting', places: ['DE'] }
    ;({ processorId: old } = await ask<{ processorId: string }>('processor.add', {
      name: 'Old <b>Hosting</b>',
      ...named,
    }))
    await ask('processor.add', { name: 'Kept back', isPublic: false })
    await ask('processor.add', { name: 'Below', parentId: old, purpose: 'Power' })
    await ask('processor.add', { name: 'Platform', contractOf: 'customer', purpose: 'Runs the app' })
    expect((await fetch(`${server.local}/trust/alpha/processors`)).status).toBe(404)
    expect(await page('')).not.toContain('/trust/alpha/processors')
    await ask('processor.configure', { isPublic: true, noticeDays: 30 })
    const shown = await page('processors?language=en')
    for (const text of [
      'Old &#60;b&#62;Hosting',
      'Main street 1',
      'Germany',
      'engaged by the one above',
      'own contract',
    ])
      expect(shown).toContain(text)
    for (const text of ['Nobody Knows', 'Kept back', '<script', '<b>']) expect(shown).not.toContain(text)
    expect(await page('processors?language=de')).toContain('Unterauftragsverarbeiter')
    expect(await page('')).toContain('/trust/alpha/processors')
    expect(shown.length).toBeLessThan(20_000)
  })

  it('holds no sooner than the longest period of notice, and is told once to each who follows, with nobody named in the ledger', async () => {
    ;({ processorId: next } = await ask<{ processorId: string }>('processor.add', {
      name: 'New Hosting',
      purpose: 'Hosting',
      places: ['US'],
      transfer: 'scc',
      isPlanned: true,
    }))
    const wanted = { kind: 'replace', processorId: next, replacesId: old, reason: 'It is nearer.' }
    await ask('processor.announce', { ...wanted, holdsFrom: day(29) }, 400)
    const announced = await ask<{ changeId: string; holdsFrom: string }>('processor.announce', wanted)
    ;({ changeId } = announced)
    expect(announced.holdsFrom).toBe(day(30))
    await ask('processor.announce', wanted, 409)
    const told = () => letters.filter(({ subject }) => subject.includes('Unterauftragsverarbeiter'))
    await vi.waitFor(() => expect(told()).toHaveLength(2), { timeout: 20_000 })
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(
      told()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(['customer@customer.example', 'second@customer.example'])
    const said = told()[0]?.paragraphs.join('\n') ?? ''
    for (const part of [
      'New Hosting tritt an die Stelle von Old',
      'Vereinigte Staaten',
      'Standardvertragsklauseln',
      'It is nearer.',
    ])
      expect(said).toContain(part)
    const [{ deliveries } = { deliveries: [] }] = await changes()
    expect(deliveries.map(({ outcome, objectUntil }) => [outcome, objectUntil])).toEqual([
      ['taken', day(30)],
      ['taken', day(30)],
    ])
    expect(new Set(deliveries.map(({ mailId }) => mailId))).toEqual(new Set(told().map(({ id }) => id)))
    const ledger = await server.tenants.asSystem(
      'alpha',
      async ({ sql }) =>
        (
          await sql.query<{ told: number; all: string }>(
            `select count(*) filter (where type = 'notice.sent')::int as told,
               string_agg(convert_from(leaf, 'UTF8'), '') as all from log_entry`,
          )
        ).rows[0],
      { settled: true },
    )
    expect(ledger?.told).toBe(2)
    expect(ledger?.all).not.toMatch(/customer\.example|Hosting/)
  })

  it('stands in both feeds, which answer 304 to who has it already', async () => {
    const atom = await fetch(`${server.local}/trust/alpha/processors.atom?language=en`)
    const text = await atom.text()
    expect(atom.headers.get('content-type')).toContain('application/atom+xml')
    expect(text).toContain('New Hosting takes the place of Old &#60;b&#62;Hosting&#60;/b&#62;')
    const again = await fetch(`${server.local}/trust/alpha/processors.atom?language=en`, {
      headers: { 'if-none-match': atom.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
    const json = (await (await fetch(`${server.local}/trust/alpha/processors.json`)).json()) as { items: object[] }
    expect(json.items).toHaveLength(1)
  })

  it('does not hold while an objection is open, and does once it is rejected', async () => {
    await goTo(20)
    const { objectionId, isInTime } = await ask<{ objectionId: string; isInTime: boolean }>('processor.object', {
      changeId,
      customer: 'Customer',
      grounds: 'Not outside of the Union.',
      receivedOn: day(20),
    })
    expect(isInTime).toBe(true)
    expect(
      (await ask<{ isInTime: boolean }>('processor.object', { changeId, customer: 'Late', receivedOn: day(31) }))
        .isInTime,
    ).toBe(false)
    await goTo(31)
    expect([await stateOf(old), await stateOf(next)]).toEqual(['active', 'planned'])
    await ask('processor.decide_objection', { objectionId, outcome: 'rejected', reason: 'The safeguards hold.' })
    await ask('processor.decide_objection', { objectionId, outcome: 'upheld', reason: 'Twice.' }, 409)
    expect(await stateOf(next)).toBe('planned')
    const late = (await changes())[0] as unknown as { objections: { objectionId: string; outcome: string | null }[] }
    const other = late.objections.find(({ outcome }) => outcome === null)?.objectionId
    await ask('processor.decide_objection', { objectionId: other, outcome: 'withdrawn', reason: 'It was too late.' })
    expect([await stateOf(old), await stateOf(next)]).toEqual(['ended', 'active'])
    expect(await page('processors?language=en')).toContain('New Hosting')
    await ask('processor.withdraw_change', { changeId, reason: 'Too late.' }, 409)
  })

  it('is taken back by an objection that is upheld', async () => {
    const { processorId } = await ask<{ processorId: string }>('processor.add', { name: 'Third', isPlanned: true })
    const { changeId: third } = await ask<{ changeId: string }>('processor.announce', {
      kind: 'add',
      processorId,
      reason: 'More room.',
    })
    const { objectionId } = await ask<{ objectionId: string }>('processor.object', {
      changeId: third,
      customer: 'Customer',
      receivedOn: day(32),
    })
    await ask('processor.decide_objection', { objectionId, outcome: 'upheld', reason: 'They are right.' })
    await goTo(100)
    expect(await stateOf(processorId)).toBe('planned')
    expect((await changes()).find((one) => one.changeId === third)?.state).toBe('withdrawn')
  })
})
