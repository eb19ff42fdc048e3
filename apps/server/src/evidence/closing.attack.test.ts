import { setTimeout as sleep } from 'node:timers/promises'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { run } from '../check/index.ts'
import { connect } from '../connection/index.ts'
import { openLog, systemClock } from '../platform/index.ts'
import { withClient } from '../platform/postgres/index.ts'
import { homeSlug } from '../tenant/index.ts'
import { openClosings } from './closing.ts'
import type { Proven } from '../../../../scripts/testing/certificate.ts'
import { verifyCertificate } from '../../../../scripts/testing/certificate.ts'

const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code

describe('a deletion', () => {
  let server: TestServer
  let operator: Person
  let stranger: Person

  beforeAll(async () => {
    server = await startTestServer()
    for (const slug of [homeSlug, 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
    operator = await server.addPerson('operator@example.com', homeSlug, 'owner')
    stranger = await server.addPerson('stranger@example.com', 'beta', 'owner')
  })
  afterAll(() => server.stop())

  const remove = (person: Person, slug: string, confirm = slug) => person.post('/api/tenant/delete', { slug, confirm })
  const create = (slug: string) => server.registry.create({ name: slug, slug, language: 'en' })
  const certificate = (person: Person, tenantId: string) => person.get(`/api/tenant/certificate?tenantId=${tenantId}`)

  /** What the database server still has of a tenant. */
  async function leftOf(publicId: string): Promise<number> {
    let left = 0
    await withClient(inject('databaseUrl'), async (client) => {
      for (const query of ['select 1 from pg_database where datname = $1', 'select 1 from pg_roles where rolname = $1'])
        left += (await client.query(query, [`tenant_${publicId}`])).rowCount ?? 0
    })
    return left
  }

  it('drops everything and leaves a certificate that proves itself', async () => {
    const { id, publicId, origin } = await create('alpha')
    const owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    const deleted = await remove(owner, 'alpha')
    expect(await deleted.json()).toEqual({ tenantId: id })
    expect(await leftOf(publicId)).toBe(0)
    expect(await codeOf(await owner.get('/api/tenants/alpha/register/show'))).toBe('tenant.not_found')
    expect((await fetch(`${server.local}/trust/alpha`)).status).toBe(404)
    for (const person of [owner, operator]) {
      const proven = (await (await certificate(person, id)).json()) as Proven
      expect(proven.certificate).toMatchObject({ tenant: { id, origin }, copies: { made: 'none', until: null } })
      expect(proven.certificate.lastHead?.size).toBeGreaterThan(0)
      verifyCertificate(proven)
    }
    expect(await codeOf(await certificate(stranger, id))).toBe('tenant.not_found')
    const { rows } = await server.databases.control.query('select 1 from tenant_account where tenant_id = $1', [id])
    expect(rows).toEqual([])
    expect((await (await operator.get('/api/tenant/list')).json()) as object).toMatchObject({
      closed: [{ tenantId: id }],
    })
  })

  it.each([
    [{ backups: true, log: null }, 'sealed', null],
    [{ backups: true, log: { days: 7 } }, 'log', 9],
  ])('says what backups keep of the tenant, and until when: %o', async (kept, made, days) => {
    const { registry, databases, ledgers } = server
    const { id } = await create(`kept-${made}`)
    const closings = openClosings({
      registry,
      databases,
      ledgers,
      kept: () => Promise.resolve(kept),
      clock: systemClock,
      log: openLog('error', systemClock.now),
    })
    await closings.close(await registry.open(id), operator.accountId)
    const { copies, deletedAt } = (await closings.find(id))!.proven.certificate
    expect(copies.made).toBe(made)
    expect(copies.until === null ? null : (Date.parse(copies.until) - Date.parse(deletedAt)) / 86_400_000).toBe(days)
    for (const text of [copies.says.en, copies.says.de])
      expect(text.includes(copies.until?.slice(0, 10) ?? 'no day')).toBe(days !== null)
  })

  it.each([
    [
      new Date('2026-12-01T10:00:00Z'),
      '2026-12-01T10:00:00.000Z',
      /kept no more.*2026-12-01/,
      /nicht mehr geführt.*2026-12-01/,
    ],
    ['overdue' as const, null, /could not be taken away yet/, /noch nicht entfernen/],
  ])(
    'names the day by which a log that was switched off is gone, or that it is late: %s',
    async (log, until, en, de) => {
      const { registry, databases, ledgers } = server
      const { id } = await create('ended-log')
      const closings = openClosings({
        registry,
        databases,
        ledgers,
        kept: () => Promise.resolve({ backups: true, log }),
        clock: systemClock,
        log: openLog('error', systemClock.now),
      })
      await closings.close(await registry.open(id), operator.accountId)
      const { copies } = (await closings.find(id))!.proven.certificate
      expect(copies).toMatchObject({ made: 'log', until })
      expect(copies.says.en).toMatch(en)
      expect(copies.says.de).toMatch(de)
    },
  )

  it('is refused without the short name, to a member, to a stranger, and for the installation itself', async () => {
    await create('guarded')
    const member = await server.addPerson('editor@example.com', 'guarded', 'editor')
    const owner = await server.addPerson('guardian@example.com', 'guarded', 'owner')
    expect(await codeOf(await remove(owner, 'guarded', 'Guarded'))).toBe('tenant.not_confirmed')
    expect(await codeOf(await remove(member, 'guarded'))).toBe('access.not_owner')
    expect(await codeOf(await remove(stranger, 'guarded'))).toBe('tenant.not_found')
    expect(await codeOf(await remove(operator, homeSlug))).toBe('tenant.home_stays')
    await operator.post('/api/tenant/suspend', { slug: 'guarded' })
    expect(await codeOf(await remove(owner, 'guarded'))).toBe('tenant.suspended')
    await operator.post('/api/tenant/resume', { slug: 'guarded' })
    expect((await owner.get('/api/tenants/guarded/access/list')).status).toBe(200)
  })

  it('happens once when two ask for it at the same moment', async () => {
    const { id, publicId } = await create('twice')
    const answers = await Promise.all([remove(operator, 'twice'), remove(operator, 'twice'), remove(operator, 'twice')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404])
    expect(await leftOf(publicId)).toBe(0)
    const { rows } = await server.databases.control.query(
      `select 1 from log_entry where type = 'tenant.closed' and subject = $1`,
      [id],
    )
    expect(rows).toHaveLength(1)
  })

  it('frees the short name, and a new tenant of it has nothing of the old one', async () => {
    const old = await create('again')
    await server.tenants.join('again', stranger.accountId, 'owner')
    await remove(operator, 'again')
    const { id } = await create('again')
    expect(id).not.toBe(old.id)
    expect(await codeOf(await stranger.get('/api/tenants/again/register/show'))).toBe('tenant.not_found')
  })

  it('ends a run that is under way', async () => {
    const { id, publicId } = await create('busy')
    const slow = createServer((_, response) => void setTimeout(() => response.end('late'), 1_500)).listen(
      0,
      '127.0.0.1',
    )
    await once(slow, 'listening')
    const { port } = slow.address() as AddressInfo
    const runId = await server.tenants.asSystem('busy', async (tx) => {
      await connect(tx, { target: `http://127.0.0.1:${port}/` }, true)
      const runId = tx.newId()
      await tx.sql.query(
        `insert into run (id, connection_ids, state, requested_at) select $1, array_agg(id), 'queued', now() from connection`,
        [runId],
      )
      return runId
    })
    const running = run(
      { tenantId: id, runId },
      {
        tenants: server.tenants,
        context: {},
        mayBeLocal: () => true,
        random: Math.random,
        notify: () => undefined,
        onChange: () => () => undefined,
        judged: () => Promise.resolve(),
      },
    )
    await sleep(300)
    expect((await remove(operator, 'busy')).status).toBe(200)
    await expect(running).resolves.toBeUndefined()
    expect(await leftOf(publicId)).toBe(0)
    slow.close()
  })

  it('also takes a tenant whose database is gone already', async () => {
    const { publicId } = await create('broken')
    const { tenant } = await server.registry.open('broken')
    await server.databases.dropDatabase((await server.registry.placeOf(tenant.id)).database)
    // The tenant's own log cannot be told any more; the operator does it straight.
    expect((await remove(operator, 'broken')).status).toBe(200)
    expect(await leftOf(publicId)).toBe(0)
  })
})
