import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'

let server: TestServer
let owner: Person
let member: Person
let dpo: Person
let stranger: Person

const at = (operation: string) => `/api/tenants/alpha/${operation.replace('.', '/')}`
const said = {
  title: 'An account is taken over',
  scenario: 'Somebody learns a password and reads what its owner may.',
  events: ['disclosure', 'access'],
  before: { likelihood: 4, severity: 3 },
  after: { likelihood: 2, severity: 3 },
  measures: ['mfa'],
  reason: 'A second factor stops most of it.',
}
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function ask<T>(
  operation: string,
  input: object,
  person = owner,
): Promise<T & { status?: number; code?: string }> {
  return (await (await person.post(at(operation), input)).json()) as T & { status?: number; code?: string }
}

beforeAll(async () => {
  server = await startTestServer()
  for (const slug of ['alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  dpo = await server.addPerson('dpo@example.com', 'alpha', 'dpo')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const noted = async () => await ask<{ riskId: string }>('risk.add', said)

describe('a risk', () => {
  it('is assessed, assessed anew and accepted, with every assessment on record', async () => {
    const { riskId } = await noted()
    expect(await ask('risk.assess', { ...said, riskId, number: 1, after: { likelihood: 1, severity: 3 } })).toEqual({
      number: 2,
    })
    const accepted = await ask('risk.accept', { riskId, number: 2, reason: 'It is little.', reviewDue: inDays(300) })
    // No document promises it: the acceptance says so.
    expect(accepted).toEqual({ unbacked: ['mfa'] })
    const shown = (await (await dpo.get(`${at('risk.show')}?riskId=${riskId}`)).json()) as {
      risk: { state: string; before: { level: string }; after: { level: string }; measures: unknown[] }
      assessments: { number: number; accepted: { unbacked: string[] } | null }[]
    }
    expect(shown.risk).toMatchObject({ state: 'accepted', before: { level: 'high' }, after: { level: 'low' } })
    expect(shown.risk.measures).toEqual([{ catalogueId: 'mfa', assurance: null, isBacked: false }])
    expect(shown.assessments.map(({ number, accepted: one }) => [number, one?.unbacked])).toEqual([
      [2, ['mfa']],
      [1, undefined],
    ])
  })

  it('does not rise by measures, and does not fall without them', async () => {
    expect(await ask('risk.add', { ...said, after: { likelihood: 4, severity: 4 } })).toMatchObject({
      code: 'risk.rises',
    })
    expect(await ask('risk.add', { ...said, measures: [] })).toMatchObject({ code: 'risk.no_measure' })
    expect(await ask('risk.add', { ...said, measures: ['magic'] })).toMatchObject({ code: 'risk.no_such_measure' })
  })

  it('is refused with a step that there is not, an event that the law does not name, and an empty reason', async () => {
    for (const wrong of [
      { before: { likelihood: 5, severity: 3 } },
      { before: { likelihood: 0, severity: 3 } },
      { events: ['theft'] },
      { events: [] },
      { reason: '   ' },
      { scenario: 'x'.repeat(3_000) },
    ])
      expect((await owner.post(at('risk.add'), { ...said, ...wrong })).status).toBe(400)
  })

  it('is accepted once, from the view that was seen, and for a year at most', async () => {
    const { riskId } = await noted()
    const given = { riskId, number: 1, reason: 'It is little.' }
    for (const reviewDue of [inDays(0), inDays(-3), inDays(400)])
      expect(await ask('risk.accept', { ...given, reviewDue })).toMatchObject({ code: 'risk.bad_review' })
    expect(await ask('risk.accept', { ...given, number: 2, reviewDue: inDays(30) })).toMatchObject({
      code: 'risk.stale',
    })
    const both = await Promise.all([1, 2].map(() => owner.post(at('risk.accept'), { ...given, reviewDue: inDays(30) })))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  it('takes no two assessments after the same one', async () => {
    const { riskId } = await noted()
    const both = await Promise.all([1, 2].map(() => owner.post(at('risk.assess'), { ...said, riskId, number: 1 })))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  it('is closed with a reason, and stays closed', async () => {
    const { riskId } = await noted()
    await ask('risk.retire', { riskId, number: 1, reason: 'The service is gone.' })
    expect(await ask('risk.assess', { ...said, riskId, number: 1 })).toMatchObject({ code: 'risk.retired' })
  })

  it('is nothing for members, and nothing for another tenant', async () => {
    const { riskId } = await noted()
    expect((await member.get(at('risk.list'))).status).toBe(403)
    expect((await member.get(at('risk.export'))).status).toBe(403)
    expect((await dpo.post(at('risk.add'), said)).status).toBe(403)
    expect((await stranger.get(`${at('risk.show')}?riskId=${riskId}`)).status).toBe(404)
    const own = `/api/tenants/beta/risk/show?riskId=${riskId}`
    expect((await stranger.get(own)).status).toBe(404)
  })

  it('is handed out without formulas and without markup', async () => {
    await ask('risk.add', {
      ...said,
      title: '=HYPERLINK("http://evil.example")',
      scenario: '<b>bold</b> harm to people',
    })
    const csv = await (await owner.get(`${at('risk.export')}?format=csv`)).text()
    expect(csv).not.toMatch(/(^|[\n,"])=/)
    const pdf = await owner.get(`${at('risk.export')}?format=pdf&language=de`)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    const json = (await (await owner.get(`${at('risk.export')}?format=json`)).json()) as { format: string }
    expect(json.format).toBe('art32.risks/1')
  })
})
