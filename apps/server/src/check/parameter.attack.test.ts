import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepSeen } from '../../../../scripts/testing/readings.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let member: Person
let stranger: Person
let systemId = ''

const repository = (name: string) => ({ repository: name, private: false, branch: 'main' })

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  const facts = { repositories: [repository('docs'), repository('code')] }
  ;({ systemId } = await server.tenants.asSystem('alpha', (tx) =>
    keepSeen(tx, { connector: 'bitbucket', name: 'Code', facts }),
  ))
})
afterAll(() => server.stop())

const at = (operation: string, slug = 'alpha') => `/api/tenants/${slug}/${operation}`
const set = (given: object, more: object = {}, person = owner, slug = 'alpha') =>
  person.post(at('parameter/set', slug), {
    checkId: 'bb.repo-private',
    systemId,
    given,
    reason: 'The handbook is public on purpose',
    ...more,
  })
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code
const failing = async () => {
  const { outcomes } = (await (await owner.get(at('outcome/list?checkId=bb.repo-private'))).json()) as {
    outcomes: { parameters: object; declared: string[]; subjects: { subject: string; state: string }[] }[]
  }
  return outcomes.map(({ parameters, declared, subjects }) => ({
    parameters,
    declared,
    fails: subjects.filter(({ state }) => state === 'fail').map(({ subject }) => subject),
  }))
}
interface Listed {
  checks: { id: string; promised: { name: string }[]; fields: { name: string; kind: string }[]; declared: object[] }[]
}
const listed = async (connected = 'true') =>
  ((await (await owner.get(at(`parameter/list?connected=${connected}`))).json()) as Listed).checks

describe('parameters of checks', () => {
  it('can be declared for every check that takes some, in fields of both languages', async () => {
    const all = await listed('false')
    expect(all.length).toBeGreaterThan(60)
    expect(all.flatMap(({ fields }) => fields).length).toBeGreaterThan(90)
    const [tls] = all.filter(({ id }) => id === 'tls.chain')
    expect(tls).toMatchObject({ promised: [{ name: 'minRsaBits' }], fields: [{ name: 'minCurveBits' }] })
    expect(all.find(({ id }) => id === 'tls.protocols')).toBeUndefined()
    expect(all.find(({ id }) => id === 'status.platforms')?.fields.map(({ name }) => name)).toEqual(['withinHours'])
    expect((await listed()).map(({ id }) => id)).toContain('bb.repo-private')
    expect((await listed()).map(({ id }) => id)).not.toContain('tls.chain')
  })

  it('are previewed without being kept', async () => {
    const given = { checkId: 'bb.repo-private', systemId, given: { declared: ['docs'] } }
    const shown: unknown = await (await owner.post(at('parameter/preview'), given)).json()
    expect(shown).toMatchObject({ looks: 1, more: 0, turns: [{ subject: 'docs', from: 'fail' }] })
    expect((await listed()).find(({ id }) => id === 'bb.repo-private')?.declared).toEqual([])
  })

  it('are judged with at once, and the outcome says so', async () => {
    expect((await set({})).status).toBe(200)
    expect(await failing()).toMatchObject([{ declared: [], fails: ['code', 'docs'] }])
    expect((await set({ declared: ['docs'] })).status).toBe(200)
    expect(await failing()).toEqual([{ parameters: { declared: ['docs'] }, declared: ['declared'], fails: ['code'] }])
    const { findings } = (await (await owner.get(at('finding/list'))).json()) as { findings: { subject: string }[] }
    expect(findings.map(({ subject }) => subject)).toEqual(['code'])
  })

  it('of one system win over those of all, and go with the reason into the history', async () => {
    expect((await set({ declared: ['code'] }, { systemId: null, reason: 'All of it' })).status).toBe(200)
    expect(await failing()).toMatchObject([{ fails: ['code'] }])
    expect((await set({}, { reason: 'No exception of its own' })).status).toBe(200)
    expect(await failing()).toMatchObject([{ fails: ['docs'] }])
    await server.ledgers.settle(await server.registry.open('alpha'))
    const { events } = (await (await owner.get(at('history/list?kind=parameter'))).json()) as {
      events: { reason: string; before: object; after: object; who: { name: string } }[]
    }
    expect(events[0]).toMatchObject({
      reason: 'No exception of its own',
      before: { check: 'bb.repo-private', declared: 'docs' },
      who: { name: 'owner' },
    })
  })

  it('never promise less than the document', async () => {
    for (const given of [{ minRsaBits: 1024 }, { minRsaBits: 1024, minCurveBits: 250 }])
      expect(await codeOf(await set(given, { checkId: 'tls.chain', systemId: null }))).toBe('parameter.promised')
    expect(await codeOf(await set({ minVersion: '1.2' }, { checkId: 'tls.protocols' }))).toBe(
      'parameter.check_not_found',
    )
    const own = { checkId: 'status.platforms', systemId: null }
    const forged = { acknowledgements: [{ incident: 'x', by: 'owner', at: '2026-01-01T00:00:00Z' }] }
    expect(await codeOf(await set(forged, own))).toBe('parameter.wrong')
  })

  it('are of the kind that the check takes', async () => {
    for (const given of [
      { declared: 'docs' },
      { declared: [1] },
      { unknown: true },
      { __proto__: null, constructor: 'x' },
      { declared: null },
    ])
      expect(await codeOf(await set(given))).toBe('parameter.wrong')
    expect(await codeOf(await set({ declared: ['x'.repeat(70_000)] }))).toBe('http.invalid')
    expect(await codeOf(await set({}, { reason: ' ' }))).toBe('http.invalid')
    expect(await codeOf(await set({}, { checkId: 'no.such' }))).toBe('parameter.check_not_found')
  })

  it('may be declared by two people at once', async () => {
    const place = { checkId: 'bb.permissions', systemId: null }
    const answers = await Promise.all([1, 2, 3].map((maxAdmins) => set({ maxAdmins }, place)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await listed()).find(({ id }) => id === 'bb.permissions')?.declared).toHaveLength(1)
  })

  it('are nobody else’s', async () => {
    expect((await set({}, {}, member)).status).toBe(403)
    expect(await codeOf(await set({}, {}, stranger))).toBe('tenant.not_found')
    expect(await codeOf(await set({}, {}, stranger, 'beta'))).toBe('system.not_found')
    expect((await member.post(at('parameter/preview'), { checkId: 'bb.repo-private', given: {} })).status).toBe(403)
  })
})
