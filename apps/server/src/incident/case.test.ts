import { openProof, parseVkey, policyOfWitnesses } from '@art32/ledger'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { listConcerned } from './concerned.ts'
import { attendIncidents } from './look.ts'

let server: TestServer
let owner: Person
let editor: Person
let now = new Date('2026-11-13T14:59:00.000Z')

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now } })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  editor = await server.addPerson('editor@example.com', 'alpha', 'editor')
  await good('incident.configure', { authority: 'de-be', contact: 'privacy@provider.example', formIsOpen: true })
})
afterAll(() => server.stop())

async function ask<T>(operation: string, input: object, person = owner): Promise<{ status: number; answer: T }> {
  const response = await person.post(at(operation), input)
  return { status: response.status, answer: (await response.json()) as T }
}
async function good<T = object>(operation: string, input: object): Promise<T> {
  const { status, answer } = await ask<T>(operation, input)
  expect([operation, status, status === 200 ? null : answer]).toEqual([operation, 200, null])
  return answer
}
async function refused(operation: string, input: object, person = owner): Promise<string | undefined> {
  return (await ask<{ code?: string }>(operation, input, person)).answer.code
}
const take = async (query: string) => await owner.get(`/api/tenants/alpha/${query}`)

interface Shown {
  incident: {
    number: number
    state: string
    steps: string[]
    missing: string[]
    clocks: {
      recipient: string
      name: string | null
      strict: string | null
      outer: string | null
      toldAt: string | null
    }[]
  }
  notices: { recipient: string; phase: number; state: string; delayReason: string; sha256: string }[]
  entries: { kind: string }[]
}
const show = async (id: string) => (await (await take(`incident/show?incidentId=${id}`)).json()) as Shown

async function begin(title: string, role: string): Promise<string> {
  const { incidentId } = await good<{ incidentId: string }>('incident.report', { title })
  await good('incident.triage', { incidentId, title, severity: 'high', role, awareAt: now.toISOString() })
  return incidentId
}
/** Two processes at the same time, as two machines would. */
async function goTo(instant: string): Promise<void> {
  now = new Date(instant)
  const attend = () => server.tenants.asSystem('alpha', attendIncidents)
  await Promise.all([attend(), attend()])
}
const leaves = async (type: string) =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) =>
      (
        await sql.query<{ code: string | null; leaf: string }>(
          `select convert_from(leaf, 'UTF8')::json ->> 'code' as code, convert_from(leaf, 'UTF8') as leaf
           from log_entry where type = $1 order by idx`,
          [type],
        )
      ).rows,
    { settled: true },
  )

describe('an incident of a controller', () => {
  let id = ''

  it('runs against 72 hours from Friday to Monday, with the outer limit beside it', async () => {
    id = await begin('A list was sent to the wrong reader', 'controller')
    const { incident } = await show(id)
    expect(incident.clocks).toEqual([
      expect.objectContaining({
        recipient: 'authority',
        strict: '2026-11-16T14:59:00.000Z',
        // Friday, 15:59 in Berlin: Tuesday at four.
        outer: '2026-11-17T15:00:00.000Z',
        toldAt: null,
      }),
    ])
    expect(incident.steps).toEqual(['breach', 'risk'])
  })

  it('reminds once at each point, however many processes look, and only of the last of several', async () => {
    await goTo('2026-11-14T14:58:00.000Z')
    expect((await leaves('incident.reminded')).map(({ code }) => code)).toEqual([])
    await goTo('2026-11-14T14:59:00.000Z')
    await goTo('2026-11-14T20:00:00.000Z')
    expect((await leaves('incident.reminded')).map(({ code }) => code)).toEqual(['after-24'])
    // No server ran until the end: what was missed on the way is not told any more.
    await goTo('2026-11-16T15:00:00.000Z')
    await goTo('2026-11-17T15:00:00.000Z')
    expect((await leaves('incident.reminded')).map(({ code }) => code)).toEqual(['after-24', 'due', 'outer'])
  })

  it('asks why it is late, notifies in phases, and shows what is missing', async () => {
    await good('incident.decide_breach', {
      incidentId: id,
      breach: true,
      kinds: ['confidentiality'],
      reason: 'Somebody read it.',
    })
    await good('incident.assess_risk', { incidentId: id, risk: 'high', reason: 'It tells of health.' })
    await good('incident.describe', { incidentId: id, facts: { nature: 'A list of 40 people was sent.', people: 40 } })
    expect((await show(id)).incident.missing).toEqual([
      'peopleCategories',
      'recordCategories',
      'records',
      'consequences',
      'measures',
    ])
    const told = { incidentId: id, recipient: 'authority', way: 'portal', toldAt: now.toISOString(), reference: 'AZ 7' }
    expect(await refused('incident.record_notice', told)).toBe('incident.delay_reason_needed')
    await good('incident.record_notice', { ...told, delayReason: 'The extent was clear only on Tuesday.' })
    await good('incident.record_notice', told)
    const { notices, incident } = await show(id)
    expect(notices.map(({ phase, delayReason }) => [phase, delayReason])).toEqual([
      [1, 'The extent was clear only on Tuesday.'],
      [2, ''],
    ])
    expect(incident.clocks.map(({ toldAt }) => toldAt)).toEqual([now.toISOString()])
    await goTo('2026-11-18T15:00:00.000Z')
    expect(await leaves('incident.reminded')).toHaveLength(3)
  })

  it('refuses to leave people out of a high risk without an exception, and to end while something is open', async () => {
    const reason = 'All of them were told by phone.'
    expect(await refused('incident.decide_people', { incidentId: id, decision: 'not-high', reason })).toBe(
      'incident.people_need_high',
    )
    await good('incident.decide_people', { incidentId: id, decision: 'tell', reason })
    const review = 'The address book is gone; letters are checked by two people.'
    expect(await refused('incident.close', { incidentId: id, review })).toBe('incident.still_open')
    await good('incident.describe', {
      incidentId: id,
      facts: {
        peopleCategories: 'Members',
        recordCategories: 'Names',
        records: 40,
        consequences: 'Shame',
        measures: 'Asked back',
      },
    })
    await good('incident.record_notice', {
      incidentId: id,
      recipient: 'people',
      way: 'post',
      toldAt: now.toISOString(),
    })
    await good('incident.close', { incidentId: id, review })
    expect(
      await refused('incident.triage', { incidentId: id, title: 'Not', severity: 'low', role: 'both', awareAt: null }),
    ).toBe('incident.closed')
    const closed = await leaves('incident.closed')
    expect(closed.map(({ code }) => code)).toEqual(['breach'])
  })

  it('hands out the notification with all of Art. 33(3), as data for a form', async () => {
    const json = (await (await take(`incident/paper?incidentId=${id}&of=authority&format=json`)).json()) as {
      facts: Record<string, unknown>
      missing: string[]
      authority: { id: string }
    }
    expect(json.authority.id).toBe('de-be')
    expect(json.facts).toMatchObject({
      people: 40,
      records: 40,
      contact: 'privacy@provider.example',
      consequences: 'Shame',
    })
    expect(json.missing).toEqual([])
  })

  it('leaves as one file whose proofs open without this installation', async () => {
    const response = await take(`incident/archive?incidentId=${id}`)
    const parts = unzipSync(new Uint8Array(await response.arrayBuffer()))
    const text = (name: string) => new TextDecoder().decode(parts[name])
    const key = parseVkey(ledgerCrypto, text('ledger/key.txt').trim())
    const proofs = Object.keys(parts).filter((name) => name.endsWith('.tlog-proof'))
    expect(proofs.length).toBeGreaterThan(10)
    for (const name of proofs) {
      const leaf = parts[name.replace('.tlog-proof', '.json')]
      if (!leaf) throw new Error(`no leaf for ${name}`)
      const policy = policyOfWitnesses([key], [])
      expect(openProof(ledgerCrypto, text(name), leaf, policy).index).toBe(Number(/(\d+)\./.exec(name)?.[1]))
      const forged = leaf.with(leaf.length - 2, 0)
      expect(() => openProof(ledgerCrypto, text(name), forged, policy)).toThrow(/is not number/)
    }
    expect(text('case.json')).not.toContain('owner@example.com')
    expect(text('timeline.csv')).toContain('told-authority')
    expect(Object.keys(parts).filter((name) => name.startsWith('notices/'))).toHaveLength(3)
  })
})

describe('an incident of a processor', () => {
  it('gives each controller its own clock, and tells nobody twice', async () => {
    now = new Date('2026-11-19T10:00:00.000Z')
    const add = async (name: string, hours: number | null) =>
      (
        await good<{ controllerId: string }>('incident.save_controller', {
          name,
          contact: 'privacy@customer.example',
          language: 'de',
          hours,
        })
      ).controllerId
    const [first, second] = [await add('Erste GmbH', 24), await add('Zweite GmbH', null)]
    const id = await begin('A store was open to all', 'processor')
    await good('incident.set_affected', { incidentId: id, controllerIds: [first, second] })
    const { incident } = await show(id)
    expect(incident.clocks.map(({ name, strict, outer }) => [name, strict, outer])).toEqual([
      ['Erste GmbH', '2026-11-20T10:00:00.000Z', null],
      ['Zweite GmbH', null, null],
    ])
    expect(await refused('incident.tell_controllers', { incidentId: id })).toBe('incident.not_a_breach')
    await good('incident.decide_breach', { incidentId: id, breach: true, kinds: [], reason: 'It was open.' })
    expect(await refused('incident.assess_risk', { incidentId: id, risk: 'none', reason: 'No.' })).toBe(
      'incident.not_your_role',
    )
    // No mail server is set: it says who is to be told by hand.
    const { sent, byHand } = await good<{ sent: number; byHand: { name: string }[] }>('incident.tell_controllers', {
      incidentId: id,
    })
    expect([sent, byHand.map(({ name }) => name)]).toEqual([0, ['Erste GmbH', 'Zweite GmbH']])
    const by = { incidentId: id, recipient: 'controller', way: 'phone', toldAt: now.toISOString() }
    await good('incident.record_notice', { ...by, controllerId: first })
    expect((await show(id)).incident.steps).toEqual(['controllers'])
    await good('incident.record_notice', { ...by, controllerId: second })
    expect((await show(id)).incident.steps).toEqual(['review', 'close'])
  })
})

describe('who is told of a clock', () => {
  it('is whoever leads, the deputy while that person is away, and the owners in the last hour', async () => {
    const id = await begin('Somebody is away', 'controller')
    const { people } = (await (await take(`incident/show?incidentId=${id}`)).json()) as {
      people: { accountId: string; name: string }[]
    }
    const accountOf = (person: Person) =>
      people.find(({ accountId }) => accountId === person.accountId)?.accountId ?? ''
    const [head, other] = [accountOf(owner), accountOf(editor)]
    const told = (code: string) => server.tenants.asSystem('alpha', (tx) => listConcerned(tx, id, code))
    expect(await told('after-24')).toEqual([head])
    await good('incident.assign', { incidentId: id, role: 'lead', accountId: other })
    expect(await told('after-24')).toEqual([other])
    expect((await told('last-hour')).toSorted()).toEqual([head, other].toSorted())
    const day = now.toISOString().slice(0, 10)
    await good('absence.add', { accountId: other, from: day, until: day })
    await good('incident.assign', { incidentId: id, role: 'deputy', accountId: head })
    expect(await told('after-24')).toEqual([head])
  })
})

describe('the register', () => {
  it('holds every breach, also one without a notice, and no exercise and nothing that was none', async () => {
    const none = await begin('Only a rumour', 'controller')
    await good('incident.decide_breach', { incidentId: none, breach: false, reason: 'Nothing was lost.' })
    const quiet = await begin('=cmd|calc: encrypted stick lost', 'controller')
    await good('incident.decide_breach', { incidentId: quiet, breach: true, kinds: [], reason: 'It is lost.' })
    await good('incident.assess_risk', { incidentId: quiet, risk: 'none', reason: 'It was encrypted.' })
    const { incidentId } = await good<{ incidentId: string }>('incident.drill', { scenario: 'mail' })
    await good('incident.triage', {
      incidentId,
      title: 'Exercise',
      severity: 'low',
      role: 'controller',
      awareAt: now.toISOString(),
    })
    await good('incident.decide_breach', { incidentId, breach: true, kinds: [], reason: 'It is invented.' })
    const words = { title: 'We are sorry', happened: 'We are very sorry for this.' }
    const text = { state: 'resolved', texts: { en: words } }
    expect(await refused('incident.draft_bulletin', { incidentId, text })).toBe('incident.drill_only')
    const said = await begin('Users know', 'controller')
    await good('incident.decide_breach', { incidentId: said, breach: true, kinds: [], reason: 'It is lost.' })
    await good('incident.draft_bulletin', { incidentId: said, text })
    await good('incident.publish', { incidentId: said, revision: 1 })
    const csv = await (await take('incident/register?format=csv&language=en')).text()
    expect(csv).toContain('A list was sent to the wrong reader')
    expect(csv).toContain('Nobody has been told yet.')
    expect(csv).toContain('users, version 1: ')
    expect(csv).not.toMatch(/Only a rumour|Exercise/)
    // A spreadsheet runs nothing of it.
    expect(csv).not.toMatch(/(^|,|")=cmd/m)
  })
})
