import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { canonicalize, decodeBase64, openProof, parseLeaf, parseVkey } from '@art32/ledger'
import { escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { setUp, signIn } from '../../../../e2e/durability/client.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { run } from '../check/index.ts'
import { connect } from '../connection/index.ts'
import { ledgerCrypto, readConfig } from '../platform/index.ts'
import { connectExternal, withClient } from '../platform/postgres/index.ts'
import { startServer } from '../server.ts'
import { homeSlug } from '../tenant/index.ts'

interface Proven {
  readonly certificate: {
    readonly tenant: { readonly id: string; readonly origin: string }
    readonly lastHead: { readonly size: number } | null
    readonly traces: string
    readonly copies: { readonly made: string; readonly until: null }
  }
  readonly salt: string
  readonly leaf: string
  readonly proof: string
  readonly vkey: string
}

/** Checks a certificate with nothing but itself, as somebody who got it would. */
function verifyCertificate({ certificate, salt, leaf, proof, vkey }: Proven): void {
  const key = parseVkey(ledgerCrypto, vkey)
  const bytes = decodeBase64(leaf, 'leaf')
  openProof(ledgerCrypto, proof, bytes, { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' })
  const { type, subj, obj } = parseLeaf(bytes)
  expect([type, subj.id]).toEqual(['tenant.closed', certificate.tenant.id])
  const content = Buffer.from(canonicalize(certificate), 'utf8')
  const commitment = createHash('sha256').update(Buffer.from(salt, 'base64')).update(content).digest('base64')
  expect(obj).toEqual([{ c: commitment, n: content.byteLength, role: 'content' }])
}

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
    await withClient(inject('databaseUrl'), async (client) => {
      await client.query(`drop database ${escapeIdentifier(`tenant_${publicId}`)} with (force)`)
    })
    // The tenant's own log cannot be told any more; the operator does it straight.
    expect((await remove(operator, 'broken')).status).toBe(200)
    expect(await leftOf(publicId)).toBe(0)
  })
})

describe('a deletion that a crash interrupted', () => {
  it.each(['before anything was dropped', 'after the database was dropped', 'before the row was removed'] as const)(
    'is finished by the next start: %s',
    async (moment) => {
      const folder = mkdtempSync(join(tmpdir(), 'art32-closing-'))
      const prefix = `t${process.pid}closing${moment.length}${Date.now().toString(36)}`
      const start = async () =>
        await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
          postgres: await connectExternal(inject('databaseUrl')),
          prefix,
          passwordCost: { memoryKiB: 64, passes: 1 },
        })
      let server = await start()
      try {
        const { id } = await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
        const { id: by } = await server.accounts.create({
          name: 'Owner',
          email: 'owner@example.com',
          password: 'correct horse battery staple',
        })
        await server.registry.startClosing(id, by)
        const [closing] = await server.registry.listClosing()
        if (!closing) throw new Error('the deletion did not begin')
        if (moment === 'after the database was dropped') await server.databases.dropDatabase(closing.databaseName)
        if (moment === 'before the row was removed') await server.registry.destroy(closing)
        await server.stop()
        server = await start()
        expect(await server.registry.list()).toEqual([])
        expect(await server.registry.listClosing()).toEqual([])
        const { rows } = await server.databases.control.query<{ content: Buffer }>(
          `select o.content from log_entry e join opening o on o.idx = e.idx and o.role = 'actor'
           where e.type = 'tenant.closed' and e.subject = $1`,
          [id],
        )
        expect(rows.map(({ content }) => JSON.parse(content.toString()) as unknown)).toEqual([
          { account: by, kind: 'user' },
        ])
      } finally {
        await server.stop()
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})

describe('a deleted tenant', () => {
  const canary = 'canary7f3e9deleted'
  const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }

  it('is found nowhere: in no file of the data folder and in no table of the control database', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-traces-')))
    const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
    const { control } = server.databases
    const holders = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => readFileSync(file).includes(canary))
    try {
      await server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
      await setUp(server.url, (await server.issueSetupToken()) ?? '', owner)
      const caller = await signIn(server.url, owner)
      const at = (operation: string) => `/api/tenants/${canary}/${operation}`
      await server.registry.create({ name: `${canary} Ltd`, slug: canary, language: 'en' })
      const [{ id: accountId } = { id: '' }] = (
        await control.query<{ id: string }>('select id from account where email = $1', [owner.email])
      ).rows
      await server.tenants.join(canary, accountId, 'owner')
      const text = `# Measures of ${canary}\n\nVersion 1, 2 May 2026\n\n## Access\n\n- Visitors of ${canary} are escorted.\n`
      const read = await caller.upload<{ document: { id: string } }>(
        `${at('document/read')}?name=${canary}.md`,
        Buffer.from(text),
      )
      await caller.post(at('document/adopt'), { documentId: read.document.id })
      await caller.post(at('connection/add'), { target: `dns:${canary}.example` })
      const draft = await caller.post<{ id: string }>(at('edition/draft'), {})
      await caller.post(at('edition/sign'), { editionId: draft.id })
      await caller.post('/api/tenant/rename', { slug: canary, name: `${canary} GmbH` })
      // It has to be there, or not finding it would say nothing.
      expect(holders().some((file) => file.includes('pg_wal'))).toBe(true)

      const { tenantId } = await caller.post<{ tenantId: string }>('/api/tenant/delete', {
        slug: canary,
        confirm: canary,
      })
      expect(holders()).toEqual([])
      const { rows: tables } = await control.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema')
           and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`,
      )
      expect(tables.length).toBeGreaterThan(10)
      for (const { name } of tables) {
        const { rows } = await control.query(
          `select 1 from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0`,
          [canary, Buffer.from(canary).toString('hex')],
        )
        expect([name, rows.length]).toEqual([name, 0])
      }
      const proven = await caller.get<Proven>(`/api/tenant/certificate?tenantId=${tenantId}`)
      expect(proven.certificate.traces).toBe('removed')
      verifyCertificate(proven)
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
