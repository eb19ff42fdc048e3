import { randomBytes, randomUUID } from 'node:crypto'
import { exportFormatNames, findingKey } from '@art32/probes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import type { TenantContext } from '../evidence/index.ts'
import { openMemoryRoom } from '../platform/index.ts'
import { exportOperations } from './export.ts'

let server: TestServer
let owner: Person
let member: Person
let stranger: Person

beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'de' })
  await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  member = await server.addPerson('member@example.com', 'alpha', 'member')
  stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
})
afterAll(() => server.stop())

const hour = 3_600_000
const ago = (hours: number) => new Date(Date.now() - hours * hour)

interface Given {
  readonly systemId: string
  readonly check?: string
  readonly state?: string
  readonly reason?: string
  readonly subjects?: readonly { subject: string; state: string; say: { en: string; de: string } }[]
  readonly at?: Date
  readonly freshHours?: number
}

async function addSystem({ sql }: TenantContext, name: string, environment = 'production'): Promise<string> {
  const id = randomUUID()
  await sql.query(`insert into system (id, name, kind, environment, created_at) values ($1, $2, 'tls', $3, now())`, [
    id,
    name,
    environment,
  ])
  return id
}

/** An outcome as a run keeps it, with its reading and span. */
async function addOutcome({ sql }: TenantContext, given: Given): Promise<void> {
  const { systemId, check = 'tls.protocols', state = 'pass', reason = null, at = ago(1), freshHours = 48 } = given
  const subjects = given.subjects ?? [{ subject: '1.2', state, say: { en: 'It is.', de: 'Es ist so.' } }]
  const [run, connection, reading] = [randomUUID(), randomUUID(), randomUUID()]
  const until = new Date(at.getTime() + freshHours * hour)
  await sql.query(
    `insert into run (id, connection_ids, environments, state, requested_at) values ($1, '{}', '{production}', 'done', $2)`,
    [run, at],
  )
  await sql.query(
    `insert into connection (id, system_id, environment, connector, target, settings, every, next_at, created_at)
     select $1, id, environment, 'tls', $3, ''::bytea, 'P1D', $4, $4 from system where id = $2`,
    [connection, systemId, `tls:${connection}`, at],
  )
  await sql.query(
    `insert into reading (id, run_id, connection_id, read, why, facts, facts_hash, requests, at) values ($1, $2, $3, $4, $5, $6, $7, '[]', $8)`,
    [reading, run, connection, reason === null ? 'ok' : 'no', reason, randomBytes(8), randomBytes(32), at],
  )
  await sql.query(
    `insert into outcome (id, run_id, reading_id, check_id, check_version, system_id, state, reason, subjects, parameters, at, fresh_until, commitment)
     values ($1, $2, $3, $4, 1, $5, $6, $7, $8, '{}', $9, $10, $11)`,
    [randomUUID(), run, reading, check, systemId, state, reason, JSON.stringify(subjects), at, until, randomBytes(32)],
  )
  await sql.query(
    `insert into span (check_id, system_id, parameters, state, reason, from_at, until_at) values ($1, $2, '{}', $3, $4, $5, $6)`,
    [check, systemId, state, reason, at, until],
  )
}

const inAlpha = <T>(work: (tx: TenantContext) => Promise<T>) => server.tenants.asSystem('alpha', work)
const get = (who: Person, query: Record<string, string>, tenant = 'alpha') =>
  who.get(`/api/tenants/${tenant}/outcome/export?${new URLSearchParams(query).toString()}`)
const csvOf = async (query: Record<string, string> = {}) =>
  (await (await get(owner, { format: 'csv', ...query })).text()).trimEnd().split('\r\n').slice(1)

describe('outcomes as a file', () => {
  it('are there in every format, in the language of the tenant or another, also where there are none', async () => {
    for (const format of exportFormatNames) {
      const empty = await get(owner, { format })
      expect([empty.status, empty.headers.get('content-disposition')]).toEqual([
        200,
        expect.stringMatching(/filename\*=UTF-8''alpha-outcomes-\d{4}-\d\d-\d\d\./),
      ])
      expect(await empty.text()).not.toBe('')
    }
    const systemId = await inAlpha((tx) => addSystem(tx, 'www.example.com'))
    await inAlpha((tx) => addOutcome(tx, { systemId }))
    for (const format of ['csv', 'junit', 'oscal', 'ocsf'] as const) {
      const german = await (await get(owner, { format })).text()
      const english = await (await get(owner, { format, language: 'en' })).text()
      expect(german).toContain('www.example.com')
      expect(german).not.toBe(english)
    }
    expect(await csvOf({ systemId, language: 'en' })).toEqual([
      expect.stringContaining(`,${systemId},production,1.2,pass,,It is.`),
    ])
  })

  it('are the latest of each check, and stale once their time is over, save a fault', async () => {
    const systemId = await inAlpha(async (tx) => {
      const id = await addSystem(tx, 'old.example.com', 'test')
      await addOutcome(tx, { systemId: id, state: 'fail', at: ago(90) })
      await addOutcome(tx, { systemId: id, state: 'pass', at: ago(80) })
      await addOutcome(tx, { systemId: id, check: 'tls.chain', state: 'fail', at: ago(80) })
      await addOutcome(tx, { systemId: id, check: 'tls.expiry', state: 'not-evaluated', reason: 'denied', at: ago(80) })
      return id
    })
    const now = await csvOf({ systemId })
    expect(now.map((row) => /,1\.2,([^,]*,[^,]*),/.exec(row)?.[1])).toEqual(['fail,', 'not-evaluated,denied', 'stale,'])
    expect(await csvOf({ environment: 'test' })).toEqual(now)
    const period = await csvOf({ systemId, from: ago(100).toISOString(), to: ago(70).toISOString() })
    expect(period.map((row) => /,1\.2,([^,]*),/.exec(row)?.[1])).toEqual(['fail', 'not-evaluated', 'fail', 'pass'])
    expect(await csvOf({ systemId, from: ago(70).toISOString() })).toEqual([])
    expect(await csvOf({ systemId, to: ago(85).toISOString() })).toHaveLength(1)
  })

  it('of a period are refused in formats of one time, with the remedy', async () => {
    for (const format of ['sarif', 'junit']) {
      const refused = await get(owner, { format, from: ago(5).toISOString() })
      expect(await refused.json()).toMatchObject({ status: 400, code: 'check.export_of_one_time' })
    }
    expect((await get(owner, { format: 'xml' })).status).toBe(400)
    expect((await get(owner, { format: 'csv', everything: 'yes' })).status).toBe(400)
  })

  it('are for who may read the register, and never those of another tenant', async () => {
    expect((await get(member, { format: 'csv' })).status).toBe(200)
    expect((await get(stranger, { format: 'csv' })).status).toBe(404)
    const [alphas] = await inAlpha(
      async ({ sql }) => (await sql.query<{ id: string }>('select id from system limit 1')).rows,
    )
    const theirs = await (await get(stranger, { format: 'csv', systemId: alphas?.id ?? '' }, 'beta')).text()
    expect(theirs.trimEnd().split('\r\n')).toHaveLength(1)
  })

  it('carry no name of a person, also for who may see it on the page', async () => {
    const person = `person-${'ab'.repeat(16)}`
    const systemId = await inAlpha(async (tx) => {
      const id = await addSystem(tx, 'directory')
      const say = { en: `${person} has no second factor.`, de: `${person} hat keinen zweiten Faktor.` }
      await addOutcome(tx, { systemId: id, subjects: [{ subject: person, state: 'fail', say }], state: 'fail' })
      return id
    })
    expect((await csvOf({ systemId }))[0]).toContain(`${person} hat keinen zweiten Faktor.`)
  })

  it('say nothing that a spreadsheet runs or a reader of XML chokes on', async () => {
    const hostile = ["=cmd|' /C calc'!A0", ']]></failure></testsuite>', '\u202Egnp', 'x'.repeat(1_000_000)]
    const systemId = await inAlpha(async (tx) => {
      const id = await addSystem(tx, '@SUM(1+1)')
      const subjects = hostile.map((text) => ({ subject: text, state: 'fail', say: { en: text, de: text } }))
      await addOutcome(tx, { systemId: id, subjects, state: 'fail' })
      return id
    })
    const rows = await csvOf({ systemId })
    expect(rows).toHaveLength(4)
    for (const row of rows) expect(row).toContain(`,'@SUM(1+1),${systemId},`)
    expect(rows[0]).toContain(`,'=cmd|' /C calc'!A0,`)
    const xml = await (await get(owner, { format: 'junit', systemId })).text()
    expect(xml).not.toContain(']]>')
    expect(xml.match(/<\/testsuite>/g)).toHaveLength(1)
    expect(xml.length).toBeLessThan(60_000)
  })

  it('know exceptions by the key of the finding that they cover', async () => {
    const [operation] = exportOperations({
      version: '1.2.3',
      room: openMemoryRoom(),
      exceptionsOf: () =>
        Promise.resolve(
          new Map([[findingKey('tls.protocols', id, '1.0'), { reason: 'old printers', expires: '2099-12-31' }]]),
        ),
    })
    let id = ''
    const file = await inAlpha(async (tx) => {
      id = await addSystem(tx, 'printer')
      const subjects = ['1.0', '1.1'].map((subject) => ({ subject, state: 'fail', say: { en: 'On.', de: 'An.' } }))
      await addOutcome(tx, { systemId: id, state: 'fail', subjects })
      return await operation?.run({ format: 'csv', systemId: id }, tx)
    })
    const parts: Uint8Array[] = []
    for await (const part of (file as { bytes: AsyncIterable<Uint8Array> }).bytes) parts.push(part)
    const text = Buffer.concat(parts).toString()
    expect(text).toMatch(/,1\.0,fail,.*,old printers,2099-12-31,/)
    expect(text).toMatch(/,1\.1,fail,.*,,,/)
  })

  it('are refused where the memory is used up, and made again when it is not', async () => {
    let used = 99_900_000
    const [operation] = exportOperations({
      version: '1.2.3',
      exceptionsOf: () => Promise.resolve(new Map()),
      room: openMemoryRoom(() => ({ limit: 100_000_000, used })),
    })
    const systemId = await inAlpha(async (tx) => {
      const id = await addSystem(tx, 'memory.example.com')
      const say = { en: 'x'.repeat(20_000), de: 'y'.repeat(20_000) }
      await addOutcome(tx, { systemId: id, state: 'fail', subjects: [{ subject: '1.0', state: 'fail', say }] })
      return id
    })
    const made = () => inAlpha(async (tx) => await operation?.run({ format: 'csv', systemId }, tx))
    await expect(made()).rejects.toMatchObject({ code: 'check.export_no_room' })
    used = 50_000_000
    expect(await made()).toMatchObject({ type: 'text/csv; charset=utf-8' })
  })

  it('of a hundred systems come in parts, within seconds; more than a file holds is refused', async () => {
    const fill = (systems: number, checks: number) =>
      inAlpha(async ({ sql }) => {
        const [row] = (await sql.query<{ id: string }>('select id from reading limit 1')).rows
        await sql.query(
          `with made as (
             insert into system (id, name, kind, environment, created_at)
             select gen_random_uuid(), 'bulk-' || n || '.example.com', 'tls', 'staging', now() from generate_series(1, $1) n returning id
           ), judged as (
             insert into outcome (id, run_id, reading_id, check_id, check_version, system_id, state, subjects, parameters, at, fresh_until, commitment)
             select gen_random_uuid(), (select run_id from reading where id = $3), $3, 'bulk.check-' || c, 1, made.id, 'fail',
               '[{"subject": "*", "state": "fail", "say": {"en": "Not as it should be.", "de": "Nicht so, wie es sein soll."}}]', '{}',
               now(), now() + interval '2 days', '\\x00' from made, generate_series(1, $2) c returning check_id, system_id, parameters, at, fresh_until
           )
           insert into span (check_id, system_id, parameters, state, from_at, until_at)
           select check_id, system_id, parameters, 'fail', at, fresh_until from judged`,
          [systems, checks, row?.id],
        )
      })
    await fill(100, 20)
    for (const format of exportFormatNames) {
      const began = performance.now()
      const response = await get(owner, { format, environment: 'staging' })
      let bytes = 0
      for await (const part of response.body ?? []) bytes += (part as Uint8Array).byteLength
      expect(bytes, format).toBeGreaterThan(200_000)
      expect(performance.now() - began, format).toBeLessThan(8_000)
    }
    await inAlpha(async (tx) => {
      const systemId = await addSystem(tx, 'endless', 'development')
      await addOutcome(tx, { systemId, state: 'fail' })
      await tx.sql.query(
        `update outcome set subjects = (select jsonb_agg('{}'::jsonb) from generate_series(1, 200001)) where system_id = $1`,
        [systemId],
      )
    })
    const refused = await get(owner, { format: 'csv', environment: 'development' })
    expect(await refused.json()).toMatchObject({ status: 409, code: 'check.export_too_large' })
  })
})
