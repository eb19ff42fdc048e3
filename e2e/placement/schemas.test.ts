import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { parseVkey, verifyBundle } from '@art32/ledger'
import { homeSlug, newBackupKey, readConfig, restore, tenantPart } from '../../apps/server/src/main.ts'
import { ledgerCrypto } from '../../apps/server/src/platform/index.ts'
import { connectExternal, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { dropInstallation, templatePrefix } from '../../apps/server/src/platform/postgres/testing/control.ts'
import { requestRun } from '../../apps/server/src/check/index.ts'
import { connect } from '../../apps/server/src/connection/index.ts'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../scripts/testing/server.ts'

/** Everything that happens to a tenant, with tenants that lie as schemas of one database. */
describe('a tenant as a schema', () => {
  const folder = mkdtempSync(join(tmpdir(), 'art32-schemas-'))
  const place = join(folder, 'place')
  const prefix = `t${process.pid}schemas`
  const environment: Record<string, string> = {
    ART32_LAYOUT: 'schema',
    ART32_DATABASE_SERVERS: `east=${inject('otherDatabaseUrl')}`,
    ART32_BACKUP_TARGET: place,
    ART32_DATA: join(folder, 'data'),
    ART32_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  }
  let identity: string
  let server: TestServer
  let operator: Person
  let owner: Person
  let vkey: string

  beforeAll(async () => {
    mkdirSync(place)
    const key = await newBackupKey()
    identity = key.identity
    environment['ART32_BACKUP_RECIPIENTS'] = key.recipient
    server = await startTestServer(environment, { prefix })
    for (const slug of [homeSlug, 'alpha', 'beta']) await server.registry.create({ name: slug, slug, language: 'en' })
    operator = await server.addPerson('operator@example.com', homeSlug, 'owner')
    owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
    await server.addPerson('other@example.com', 'beta', 'owner')
    vkey = (await server.registry.open('alpha')).tenant.vkey
  })
  afterAll(async () => {
    await server.stop()
    for (const url of [inject('databaseUrl'), inject('otherDatabaseUrl')]) {
      const postgres = await connectExternal(url)
      for (const one of [prefix, `${prefix}b`]) await dropInstallation(postgres, one)
      await withClient(postgres.url(postgres.maintenance), async (client) => {
        await client.query(`drop database if exists ${prefix}_tenants with (force)`)
      })
    }
    rmSync(folder, { recursive: true, force: true })
  })

  const at = (path: string, slug = 'alpha') => `/api/tenants/${slug}/${path}`
  const json = async <T>(response: Response): Promise<T> => {
    const body = (await response.json()) as T
    expect(response.status, JSON.stringify(body)).toBe(200)
    return body
  }
  const placeOf = async (slug: string, of = server) =>
    await of.registry.placeOf((await of.registry.open(slug)).tenant.id)
  const holds = (zip: Uint8Array) =>
    verifyBundle(ledgerCrypto, new Map(Object.entries(unzipSync(zip))), { keys: [parseVkey(ledgerCrypto, vkey)] }).holds
  const bundle = async (number: number) => {
    const { editions } = await json<{ editions: { id: string; number: number | null }[] }>(
      await owner.get(at('edition/list')),
    )
    const id = editions.find((one) => one.number === number)?.id
    const response = await owner.get(`${at('edition/file')}?editionId=${id}&format=bundle`)
    expect(response.status).toBe(200)
    return new Uint8Array(await response.arrayBuffer())
  }
  const publish = async () => {
    const { id } = await json<{ id: string }>(await owner.post(at('edition/draft'), {}))
    await json(await owner.post(at('edition/sign'), { editionId: id }))
  }
  const bytesOf = async (slug: string) => {
    const copy = await server.databases.on((await placeOf(slug)).server).copyOut((await placeOf(slug)).database)
    try {
      const all = []
      for (const table of copy.tables) all.push(`${table.name} ${(await buffer(copy.rows(table))).toString('utf8')}`)
      return all.join('\n')
    } finally {
      await copy.end()
    }
  }

  it('is made, read, signed and verified as ever, and no tenant has a database', async () => {
    const document = Buffer.from(
      '# Measures\n\n## Confidentiality\n\n- All connections use TLS 1.2.\n- Visitors are escorted.\n',
    )
    const read = await json<{ document: { id: string } }>(
      await owner.upload(`${at('document/read')}?name=tom.md`, document),
    )
    await json(await owner.post(at('document/adopt'), { documentId: read.document.id }))
    await publish()
    expect(holds(await bundle(1))).toBe(true)
    const { databases } = await server.registry.survey()
    expect(databases.length).toBe(3)
    for (const name of databases) expect(name).toMatch(/^schema_[a-z2-7]{12}$/)
    const postgres = await connectExternal(inject('databaseUrl'))
    const { rows } = await withClient(postgres.url(postgres.maintenance), (client) =>
      client.query<{ n: number }>('select count(*)::int as n from pg_database where datname = any ($1)', [databases]),
    )
    expect(rows).toEqual([{ n: 0 }])
  })

  it('is tried against the others by every way that two schemas do not have in common, and each refuses', async () => {
    await server.tenants.asSystem(homeSlug, (tx) => connect(tx, { target: 'self' }, true))
    const look = async () => {
      const runId = await server.tenants.asSystem(homeSlug, (tx) => requestRun(tx, []))
      await server.runNow(homeSlug, runId)
      return await server.tenants.asSystem(homeSlug, async ({ sql }) => {
        const { rows } = await sql.query<{
          state: string
          subjects: { subject: string; state: string; say: { en: string } }[]
        }>(`select state, subjects from outcome where run_id = $1 and check_id = 'self.tenant-isolation'`, [runId])
        return rows[0]
      })
    }
    const seen = await look()
    const says = new Map(seen?.subjects.map(({ subject, say }) => [subject, say.en]))
    expect(says.get('separation')).toBe(
      'All 3 tenants have a database or a schema, a role and a key of their own; 3 of them lie as a schema of one database.',
    )
    expect(says.get('way:schema')).toBe('The schema of another: 12 of 12 attempts refused.')
    expect(says.get('way:rows')).toBe('Rows of another: 15 of 15 attempts refused.')
    expect(['database', 'cross-database', 'notifications', 'locks'].filter((way) => says.has(`way:${way}`))).toEqual([])
    expect(seen?.state).toBe('pass')
    // A door that somebody opened is told by its name.
    const [one, other] = [(await placeOf('alpha')).database, (await placeOf('beta')).database]
    const postgres = await connectExternal(inject('databaseUrl'))
    const grant = async (sql: string) =>
      await withClient(postgres.url(`${prefix}_tenants`), async (client) => void (await client.query(sql)))
    await grant(`grant all on schema ${other} to ${one}; grant select on all tables in schema ${other} to ${one}`)
    const broken = await look()
    await grant(`revoke all on schema ${other} from ${one}; revoke select on all tables in schema ${other} from ${one}`)
    expect(broken?.state).toBe('fail')
    expect(broken?.subjects.filter((subject) => subject.state === 'fail').map(({ say }) => say.en)).toEqual(
      expect.arrayContaining(['Of 3 tenants only 2 have a database of their own.']),
    )
    expect((await look())?.state).toBe('pass')
  }, 60_000)

  it('is backed up and put back alone, and not a byte of another changes', async () => {
    await server.backups.make()
    const { publicId } = (await server.registry.open('alpha')).tenant
    const part = await buffer(
      tenantPart({ from: place, key: { id: null, secret: null }, identities: [identity] }, publicId, folder),
    )
    const beta = await bytesOf('beta')
    const { database: before } = await placeOf('alpha')
    const restored = await operator.upload('/api/backup/restore_tenant?name=part&slug=alpha', part)
    expect([restored.status, await restored.json()]).toMatchObject([200, { slug: 'alpha' }])
    const { database } = await placeOf('alpha')
    expect(database).toMatch(/^schema_[0-9a-f]{20}$/)
    expect(await server.databases.has(before)).toBe(false)
    expect(await bytesOf('beta')).toBe(beta)
    expect(await server.databases.countSeparate([database])).toMatchObject({ databases: 1, logins: 1 })
    await publish()
    expect(holds(await bundle(2))).toBe(true)
    const beside = await operator.upload('/api/backup/restore_tenant?name=part&slug=alpha&as=alpha-then', part)
    expect([beside.status, (await placeOf('alpha-then')).database]).toEqual([200, expect.stringMatching(/^schema_/)])
  }, 60_000)

  it('is moved to another server and stays a schema, with a login that is its own there', async () => {
    const { database } = await placeOf('alpha')
    const moved = await operator.post('/api/tenant/move', { slug: 'alpha', to: 'east' })
    expect([moved.status, await moved.json()]).toMatchObject([200, { from: 'first', to: 'east', isRemoved: true }])
    expect(await placeOf('alpha')).toEqual({ server: 'east', database })
    expect(await server.databases.on('first').has(database)).toBe(false)
    expect(await server.databases.on('east').countSeparate([database])).toMatchObject({ databases: 1, logins: 1 })
    await publish()
    expect(holds(await bundle(3))).toBe(true)
  }, 60_000)

  it('goes into an installation with databases and comes back, by export and import', async () => {
    const exported = async (person: Person, slug: string) =>
      new Uint8Array(await (await person.post(at('tenant/export', slug), {})).arrayBuffer())
    const other = await startTestServer({ ART32_LAYOUT: 'database' })
    try {
      await other.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
      const there = await other.addPerson('operator@example.com', homeSlug, 'owner')
      const first = await there.upload('/api/tenant/import?name=alpha.zip&slug=alpha', await exported(owner, 'alpha'))
      expect([first.status, (await placeOf('alpha', other)).database]).toMatchObject([
        200,
        expect.stringMatching(/^tenant_/),
      ])
      const back = await exported(there, 'alpha')
      const second = await operator.upload('/api/tenant/import?name=alpha.zip&slug=alpha-back', back)
      expect([second.status, await second.text(), (await placeOf('alpha-back')).database]).toMatchObject([
        200,
        expect.anything(),
        expect.stringMatching(/^schema_/),
      ])
      expect(
        (await json<{ editions: unknown[] }>(await operator.get(at('edition/list', 'alpha-back')))).editions.length,
      ).toBe(3)
    } finally {
      await other.stop()
    }
  }, 60_000)

  it('stays a schema when the setting changes; who comes after it has a database', async () => {
    await server.stop()
    server = await startTestServer({ ...environment, ART32_LAYOUT: 'database' }, { prefix })
    operator = await server.signIn('operator@example.com')
    owner = await server.signIn('owner@example.com')
    expect(holds(await bundle(3))).toBe(true)
    await publish()
    await server.registry.create({ name: 'Later', slug: 'later', language: 'en' })
    expect((await placeOf('later')).database).toMatch(/^tenant_/)
    const { tenants } = await json<{ tenants: { slug: string; layout: string }[] }>(
      await operator.get('/api/placement/show'),
    )
    expect(Object.fromEntries(tenants.map(({ slug, layout }) => [slug, layout]))).toMatchObject({
      beta: 'schema',
      later: 'database',
    })
    expect((await placeOf('beta')).database).toMatch(/^schema_/)
  }, 60_000)

  it('is deleted with its schema, its login and its owner, and the certificate says what the server may still hold', async () => {
    const { database, server: where } = await placeOf('alpha')
    const deleted = await owner.post('/api/tenant/delete', { slug: 'alpha', confirm: 'alpha' })
    const { tenantId } = await json<{ tenantId: string }>(deleted)
    expect(await server.databases.on(where).has(database)).toBe(false)
    const { certificate } = await json<{ certificate: { traces: string; deleted: string[] } }>(
      await owner.get(`/api/tenant/certificate?tenantId=${tenantId}`),
    )
    expect(certificate).toMatchObject({
      traces: 'left-to-the-database-server',
      deleted: ['schema', 'schema-login', 'data-key', 'ledger-key', 'name', 'memberships'],
    })
  })

  it('comes back with a restore of the whole installation, each as it lay', async () => {
    await server.backups.make()
    const lay = new Map((await server.registry.survey()).places.map((one) => [one.database, one]))
    const wish = { from: place, key: { id: null, secret: null }, identities: [identity] }
    const names = { prefix: `${prefix}b`, templatePrefix }
    const config = readConfig({
      ART32_DATA: join(folder, 'again'),
      ART32_LOG: 'error',
      ART32_MASTER_KEY: environment['ART32_MASTER_KEY'] ?? '',
    })
    await server.stop()
    // Logins are of a whole server, and those that are there are of the installation that was: it is gone first.
    const postgres = await connectExternal(inject('databaseUrl'))
    await dropInstallation(postgres, prefix)
    await withClient(postgres.url(postgres.maintenance), async (client) => {
      for (const name of lay.keys())
        for (const role of [name, `${name}_owner`]) await client.query(`drop role if exists ${role}`)
    })
    expect((await restore(config, wish, { postgres, ...names })).databases).toBe(lay.size + 1)
    server = await startTestServer({ ...environment, ART32_DATA: join(folder, 'again') }, { prefix: names.prefix })
    const { databases } = await server.registry.survey()
    expect(databases.toSorted()).toEqual([...lay.keys()].toSorted())
    operator = await server.signIn('operator@example.com')
    expect((await operator.get(at('ledger/show', homeSlug))).status).toBe(200)
    expect(await server.databases.countSeparate(databases)).toMatchObject({
      databases: databases.length,
      logins: databases.length,
    })
  }, 120_000)
})
