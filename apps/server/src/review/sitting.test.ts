import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepReadings } from '../check/index.ts'
import { connect, getConnection } from '../connection/index.ts'
import { todayOfTenants } from '../../../../scripts/testing/today.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { openLeavers } from './leaving.ts'

interface Line {
  line: number
  account: string
  holder: string | null
  changes: string[]
  before: string | null
  decision: string | null
  answer: string | null
  state: string | null
}
interface Shown {
  review: { lines: number; decided: number; open: number; signedAt: string | null }
  systems: { system: string; name: string; lines: number }[]
  lines: Line[]
}

const clientId = 'organization.00000000-0000-4000-8000-000000000001'

let server: TestServer
let owner: Person
let member: Person
let adviser: Person
let stranger: Person
let connectionId = ''
let at = Date.now() - 3_600_000

const address = (operation: string, slug = 'alpha') => `/api/tenants/${slug}/${operation.replace('.', '/')}`
const must = async <T>(answer: Promise<Response>): Promise<T> => {
  const response = await answer
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
const post = <T = object>(operation: string, body: object, by = owner) => must<T>(by.post(address(operation), body))
const show = (reviewId: string, more = '', by = owner) =>
  must<Shown>(by.get(`${address('review.show')}?reviewId=${reviewId}${more}`))

/** The vault as a look sees it. */
async function see(...members: { id: string; role?: string; gone?: true }[]): Promise<void> {
  const roster = members.map(({ id, role = 'user' }) => ({
    id,
    person: null,
    active: true,
    admin: role !== 'user',
    rights: [role],
  }))
  await server.tenants.asSystem('alpha', async (tx) => {
    const connection = await getConnection(tx, connectionId)
    const facts = { roster: { read: 'ok' as const, complete: true, facts: roster } }
    const reading = { read: 'ok' as const, complete: true, facts, at: tx.now.toISOString(), source: 'bitwarden' }
    const leavers = openLeavers({
      registry: server.registry,
      endSessions: () => Promise.resolve(),
      endSessionsThrough: () => Promise.resolve(),
      findAccount: () => Promise.resolve(null),
      accountsById: (ids) => server.accounts.byId(ids),
      tokens: { list: () => Promise.resolve([]) },
    })
    await keepReadings(tx, [{ connection, reading }], { judged: (inner, look) => leavers.looked(inner, look) })
  })
}

beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => new Date((at += 5)) } })
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  adviser = await server.addPerson('adviser@example.com', 'alpha', 'dpo')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  await server.tenants.asSystem('alpha', async (tx) => {
    const settings = {
      clientId,
      clientSecret: 'x',
      baseUrl: 'https://vault.example',
      identityUrl: 'https://vault.example',
    }
    ;[connectionId = ''] = await connect(tx, { connector: 'bitwarden', settings, name: 'Vault' }, false)
  })
  await see({ id: 'v-1', role: 'owner' }, { id: 'v-2' }, { id: 'v-3' })
})
afterAll(() => server.stop())

describe('a review of access', () => {
  let first = ''

  it('lists every account over all systems, art32 among them, as it stands now', async () => {
    await post('duty.add', {
      title: 'Review access',
      catalogueId: 'access-review',
      rhythm: { kind: 'every', duration: 'P1Y', from: todayOfTenants(at) },
      graceDays: 14,
      ownerAccount: owner.accountId,
    })
    ;({ reviewId: first } = await post<{ reviewId: string }>('review.start', {}))
    const { review, systems, lines } = await show(first)
    expect(systems.map(({ name, lines: count }) => [name, count])).toEqual([
      ['art32', 3],
      ['Vault', 3],
    ])
    expect(review.lines).toBe(6)
    expect(lines.find(({ account }) => account === `member ${owner.accountId}`)?.holder).toBe('owner')
    expect((await owner.post(address('review.start'), {})).status).toBe(409)
  })

  it('is decided line by line, and goes on where it stopped', async () => {
    const refused = await owner.post(address('review.sign'), { reviewId: first })
    expect(await refused.text()).toContain('6 lines')
    await post('review.decide', { reviewId: first, lines: [1, 2, 3, 4], decision: 'keep' })
    await post('review.decide', { reviewId: first, lines: [5], decision: 'remove', reason: 'Left in spring.' })
    expect((await show(first)).review.decided).toBe(5)
    expect((await show(first, '&of=open')).lines.map(({ account }) => account)).toEqual(['v-3'])
    const unknown = { reviewId: first, lines: [1, 99], decision: 'keep' }
    expect((await owner.post(address('review.decide'), unknown)).status).toBe(404)
    expect((await show(first)).review.decided).toBe(5)
  })

  it('asks a member, who answers without seeing the review', async () => {
    const nobody = { reviewId: first, lines: [6], decision: 'ask', askedAccount: stranger.accountId }
    expect((await owner.post(address('review.decide'), nobody)).status).toBe(400)
    await post('review.decide', { ...nobody, askedAccount: member.accountId, reason: 'Still needed?' })
    expect((await member.get(`${address('review.show')}?reviewId=${first}`)).status).toBe(403)
    const { questions } = await must<{ questions: Line[] }>(member.get(address('review.questions')))
    expect(questions).toMatchObject([{ account: 'v-3', line: 6 }])
    const answer = { reviewId: first, line: 6, answer: 'keep', reason: 'For the annual report.' }
    expect((await owner.post(address('review.answer'), answer)).status).toBe(404)
    await post('review.answer', answer, member)
    expect((await show(first, '&of=ask')).lines).toMatchObject([{ answer: 'keep' }])
  })

  it('is signed off with the hash of its list, behind its measure, and does the duty', async () => {
    const { listHash, duties } = await post<{ listHash: string; duties: object[] }>('review.sign', { reviewId: first })
    expect(listHash).toMatch(/^[0-9a-f]{64}$/)
    expect(duties).toEqual([{ title: 'Review access', isSigned: true }])
    const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
      sql.query<{ source: string; catalogue_id: string; signed: boolean }>(
        'select source, catalogue_id, commitment is not null as signed from attestation order by source',
      ),
    )
    expect(rows).toEqual([
      { source: 'duty', catalogue_id: 'access-review', signed: true },
      { source: 'review', catalogue_id: 'access-review', signed: true },
    ])
    const late = { reviewId: first, lines: [1], decision: 'remove' }
    expect((await owner.post(address('review.decide'), late)).status).toBe(409)
  })

  it('has a finding for what is to go until a look sees it gone, and again when it comes back', async () => {
    const open = async () => {
      const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
        sql.query<{ n: number }>(
          `select count(*)::int as n from finding where check_id = 'accounts.removals-done' and closed_at is null`,
        ),
      )
      return rows[0]?.n
    }
    expect(await open()).toBe(1)
    expect((await show(first)).review.open).toBe(1)
    await see({ id: 'v-1', role: 'owner' }, { id: 'v-3' })
    expect(await open()).toBe(0)
    expect((await show(first, '&of=remove')).lines).toMatchObject([{ account: 'v-2', state: 'gone' }])
    await see({ id: 'v-1', role: 'owner' }, { id: 'v-2' }, { id: 'v-3', role: 'admin' }, { id: 'v-4' })
    expect((await show(first, '&of=remove')).lines).toMatchObject([{ account: 'v-2', state: 'open' }])
  })

  it('remembers what was decided, and marks what changed since', async () => {
    const { reviewId } = await post<{ reviewId: string }>('review.start', {})
    const { lines } = await show(reviewId, '&of=changed')
    expect(lines.map(({ account, changes, before }) => [account, changes, before])).toEqual([
      ['v-2', ['back'], 'remove'],
      ['v-3', ['rights'], 'keep'],
      ['v-4', ['new'], null],
    ])
    expect((await show(reviewId)).lines.find(({ account }) => account === 'v-1')).toMatchObject({
      changes: [],
      before: 'keep',
    })
    await post('review.drop', { reviewId, reason: 'For the test.' })
  })

  it('is read by whoever advises, and found by nobody else', async () => {
    expect((await show(first, '', adviser)).review.lines).toBe(6)
    expect((await adviser.post(address('review.start'), {})).status).toBe(403)
    expect((await stranger.get(`${address('review.show', 'beta')}?reviewId=${first}`)).status).toBe(404)
    expect((await stranger.get(`${address('review.show')}?reviewId=${first}`)).status).toBe(404)
  })

  it('is handed out as a table without formulas and as document', async () => {
    const csv = await (await owner.get(`${address('review.export')}?reviewId=${first}&format=csv`)).text()
    expect(csv).toContain('Vault,v-2')
    expect(csv).not.toMatch(/(^|[\n,"])[=+@]/)
    const docx = await owner.get(`${address('review.export')}?reviewId=${first}&format=docx&language=de`)
    expect(docx.status).toBe(200)
  })

  it('is handed out in the words of the reader: no code of a role, no random id of an account, no day as machines write it', async () => {
    const german = await (
      await owner.get(`${address('review.export')}?reviewId=${first}&format=csv&language=de`)
    ).text()
    // The vault's own word for its role stays what the vault calls it.
    expect(german).toContain('art32,Mitglied,owner,Inhaber,')
    expect(german).not.toMatch(/member [\w-]{8}|\d{4}-\d\d-\d\d/)
  })
})
