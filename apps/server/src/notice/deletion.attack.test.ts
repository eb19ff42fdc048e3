import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, staySignedIn } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { attendApps } from './index.ts'

let server: TestServer
let owner: Person
let appId: string
const mailer = { isSet: true, send: async () => {}, close: () => {} }
let now = new Date('2026-11-20T12:00:00Z')
beforeAll(async () => {
  server = await startTestServer({}, { clock: { now: () => now }, mailer })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  const category = { name: { en: 'Logs', de: 'Protokolle' }, period: 'P30D' }
  const categories = [
    { ...category, key: 'logs' },
    { ...category, key: 'free', period: '' },
  ]
  ;({ appId } = await ask<{ appId: string }>('app.add', { slug: 'shop', facts: { categories } }))
})
afterAll(() => server.stop())

const pathAt = (operation: string, tenant = 'alpha') => `/api/tenants/${tenant}/${operation.replace('.', '/')}`
const ask = async <T>(operation: string, input: object, person = owner, tenant = 'alpha') =>
  (await (await person.post(pathAt(operation, tenant), input)).json()) as T & { readonly code?: string }
/** Time passes; sessions go on. */
async function later(hours: number): Promise<void> {
  await staySignedIn(server)
  now = new Date(now.getTime() + hours * 3_600_000)
}
const attend = async () => await server.tenants.asSystem('alpha', attendApps)
const rule = async () =>
  (
    await ask<{ ruleId: string }>('deletion.add', {
      appId,
      category: 'logs',
      name: 'Old logs',
      everyHours: 24,
      graceHours: 6,
    })
  ).ruleId
interface Shown {
  readonly rule: { readonly state: string; readonly lastDone: string | null }
  readonly runs: { readonly outcome: string; readonly deleted: number }[]
  readonly gaps: { readonly from: string; readonly until: string | null }[]
}
const show = async (ruleId: string) =>
  (await (await owner.get(`${pathAt('deletion.show')}?ruleId=${ruleId}`)).json()) as Shown
const done = { examined: 100, deleted: 10, kept: { 'not-due': 88, 'legal-hold': 2 } }
const standing = async (ruleId: string) =>
  await server.tenants.asSystem('alpha', async ({ sql }) => {
    const { rows } = await sql.query<{
      fresh_until: Date | null
      overdue_since: Date | null
      on_time: number
      counted: number
    }>('select fresh_until, overdue_since, on_time, counted from attestation where source_id = $1', [ruleId])
    return rows[0]
  })
const told = async () =>
  await server.tenants.asSystem('alpha', async ({ sql }) => {
    const { rows } = await sql.query("select code from notification_item where kind = 'deletion.due'")
    return rows.length
  })

describe('a deletion rule', () => {
  it('waits, counts runs that did all of it, and shows what was missed as a gap', async () => {
    const ruleId = await rule()
    expect((await show(ruleId)).rule.state).toBe('waiting')
    expect(await standing(ruleId)).toMatchObject({ fresh_until: null, overdue_since: null })
    await later(20)
    expect(await ask('deletion.report', { ruleId, ...done })).toMatchObject({ isNew: true })
    expect((await show(ruleId)).rule.state).toBe('on-time')
    expect(await standing(ruleId)).toMatchObject({ on_time: 1, counted: 1, overdue_since: null })
    await later(25)
    expect((await show(ruleId)).rule.state).toBe('due')
    await later(6)
    await attend()
    await attend()
    expect(await told()).toBe(1)
    expect((await show(ruleId)).rule.state).toBe('overdue')
    expect((await show(ruleId)).gaps).toEqual([{ from: expect.any(String), until: null }])
    expect(await standing(ruleId)).toMatchObject({ on_time: 1, counted: 2, overdue_since: expect.any(Date) })
    await ask('deletion.report', { ruleId, ...done })
    expect((await show(ruleId)).gaps).toEqual([{ from: expect.any(String), until: expect.any(String) }])
    expect(await standing(ruleId)).toMatchObject({ on_time: 1, counted: 2, overdue_since: null })
  })

  it('is not moved by a run that failed, did a part, or could not look', async () => {
    const ruleId = await rule()
    await later(1)
    await ask('deletion.report', { ruleId, ...done })
    const first = (await show(ruleId)).rule.lastDone
    const nothing = { examined: 0, deleted: 0, cause: 'unavailable' }
    for (const said of [
      { ...nothing, outcome: 'not-looked' },
      { ...nothing, outcome: 'failed' },
      { examined: 3, deleted: 2, errors: 1, outcome: 'partial' },
    ]) {
      await later(1)
      expect(await ask('deletion.report', { ruleId, ...said })).toMatchObject({ isNew: true })
    }
    expect((await show(ruleId)).rule.lastDone).toBe(first)
    await later(28)
    expect((await show(ruleId)).rule.state).toBe('overdue')
    await attend()
    expect((await standing(ruleId))?.overdue_since).not.toBeNull()
  })

  it('keeps a report once, and refuses what cannot be', async () => {
    const ruleId = await rule()
    await later(1)
    const ranAt = now.toISOString()
    const first = await ask<{ runId: string }>('deletion.report', { ruleId, ranAt, ...done })
    const both = await Promise.all([1, 2].map(() => ask('deletion.report', { ruleId, ranAt, ...done })))
    for (const again of both) expect(again).toMatchObject({ runId: first.runId, isNew: false })
    expect(await ask('deletion.report', { ruleId, ranAt, ...done, deleted: 11, examined: 101 })).toMatchObject({
      code: 'deletion.other_report',
    })
    for (const [said, code] of [
      [{ ...done, deleted: 11 }, 'deletion.wrong_sum'],
      [{ examined: 3, deleted: 2, errors: 1 }, 'deletion.wrong_outcome'],
      [{ examined: 3, deleted: 3, outcome: 'failed', cause: 'fault' }, 'deletion.wrong_outcome'],
      [{ examined: 0, deleted: 0, outcome: 'not-looked' }, 'deletion.wrong_outcome'],
      [{ ...done, ranAt: '2027-01-01T00:00:00Z' }, 'deletion.wrong_time'],
      [{ ...done, ranAt: '2026-01-01T00:00:00Z' }, 'deletion.wrong_time'],
      [{ ...done, kept: { 'of alice@example.com': 90 } }, 'http.invalid'],
      [{ ...done, note: 'alice@example.com' }, 'http.invalid'],
    ] as const)
      expect((await ask('deletion.report', { ruleId, ...said })).code).toBe(code)
  })

  it('rests on a period of its app, and ends with it', async () => {
    const free = { appId, category: 'free', name: 'x', everyHours: 24 }
    expect(await ask('deletion.add', free)).toMatchObject({ code: 'deletion.no_period' })
    expect(await ask('deletion.add', { ...free, category: 'none' })).toMatchObject({ code: 'deletion.no_category' })
    const other = (
      await ask<{ appId: string }>('app.add', {
        slug: 'other',
        facts: { categories: [{ key: 'logs', period: 'P1Y' }] },
      })
    ).appId
    const { ruleId } = await ask<{ ruleId: string }>('deletion.add', {
      appId: other,
      category: 'logs',
      name: 'x',
      everyHours: 1,
    })
    const without = { appId: other, revision: 1, facts: { categories: [] } }
    expect(await ask('app.change', without)).toMatchObject({ code: 'app.rule_left' })
    await ask('app.end', { appId: other, reason: 'It is over.' })
    expect((await show(ruleId)).rule.state).toBe('ended')
    expect(await standing(ruleId)).toBeUndefined()
    expect(await ask('deletion.report', { ruleId, ...done })).toMatchObject({ code: 'deletion.not_found' })
  })
})
