import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { open } from '../platform/index.ts'
import { underMasterKey } from '../tenant/store.ts'
import { readTables } from './content.ts'

const folder = mkdtempSync(join(tmpdir(), 'art32-keys-'))
const keyFile = join(folder, 'keys', 'master.key')
let server: TestServer
let operator: Person
let owner: Person

beforeAll(async () => {
  server = await startTestServer({ ART32_DATA: folder })
  for (const slug of ['this-installation', 'alpha']) await server.registry.create({ name: slug, slug, language: 'en' })
  operator = await server.addPerson('operator@example.com', 'this-installation', 'owner')
  owner = await server.addPerson('owner@example.com', 'alpha', 'owner')
  await server.tenants.join('alpha', operator.accountId, 'member')
  for (let i = 0; i < 5; i++)
    await owner.post('/api/tenants/alpha/connection/add', { target: `postgres://reader:pw-${i}@db${i}.example/app` })
  const text = new TextEncoder().encode('# Measures\n\n## Transfer\n\n- All network communication uses TLS 1.2.\n')
  const read = (await (await owner.upload('/api/tenants/alpha/document/read?name=tom.md', text)).json()) as {
    document: { id: string }
  }
  await owner.post('/api/tenants/alpha/document/adopt', { documentId: read.document.id })
  const { id } = (await (await owner.post('/api/tenants/alpha/edition/draft', {})).json()) as { id: string }
  await owner.post('/api/tenants/alpha/edition/sign', { editionId: id })
  const provider = { issuer: 'https://id.example.com', clientId: 'art32', clientSecret: 'only theirs' }
  const set = { ...provider, joinRole: null, demand: 'nobody', roles: [] }
  expect((await owner.post('/api/tenants/alpha/provider/set', set)).status).toBe(200)
  const place = { endpoint: 'https://store.example.com', region: 'eu-central-1', bucket: 'test-bucket' }
  const access = { accessKeyId: 'AKIDOFATEST', secretAccessKey: 'secret-key-of-a-test' }
  const added = await owner.post('/api/tenants/alpha/shield/store_add', { name: 'Store', ...place, ...access })
  expect(added.status).toBe(200)
  const hook = { url: 'https://hook.example/', kinds: ['finding.opened'] }
  const { webhookId } = (await (await owner.post('/api/tenants/alpha/webhook/add', hook)).json()) as {
    webhookId: string
  }
  expect((await owner.post('/api/tenants/alpha/webhook/rotate', { webhookId })).status).toBe(200)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const sealedBy = async (key: Uint8Array) => {
  const { id } = (await server.registry.open('alpha')).tenant
  return await server.tenants.asSystem('alpha', async ({ sql }) => {
    const { rows } = await sql.query<{ place: string; value: Buffer }>(
      `select 'connection:' || id || '/settings' as place, settings as value from connection
       union all select 'edition:' || id || '/content', content from edition
       union all select 'provider:' || id || '/client_secret', client_secret from sign_in_provider
       union all select 'shield_store:' || id || '/settings', settings from shield_store
       union all select 'webhook:' || id || '/address', address from webhook
       union all select 'webhook:' || id || '/secret', unnest(array[secret, previous_secret]) from webhook`,
    )
    return rows.filter(({ place, value }) => {
      try {
        return open(key, `tenant:${id}/${place}`, value).length > 0
      } catch {
        return false
      }
    }).length
  })
}

describe('a new master key', () => {
  it('comes while sessions and tenants go on, and the old one opens nothing any more', async () => {
    const before = readFileSync(keyFile, 'utf8')
    let failed = 0
    let asked = 0
    const done = new AbortController()
    const busy = Promise.all(
      [owner, operator].map(async (person) => {
        while (!done.signal.aborted) {
          asked++
          if (!(await person.get('/api/tenants/alpha/register/show')).ok) failed++
        }
      }),
    )
    const response = await operator.post('/api/keys/rotate', {})
    done.abort()
    await busy
    // Two keys and two passwords of databases, the key of the instance log, the secret of the sessions.
    expect(await response.json()).toEqual({ values: 6 })
    expect([failed, asked > 5]).toEqual([0, true])
    expect([readFileSync(keyFile, 'utf8') === before, existsSync(`${keyFile}.next`)]).toEqual([false, false])
    const old = Buffer.from(before.trim(), 'hex')
    const { rows } = await server.databases.control.query<{ id: string; data_key: Buffer }>(
      'select id, data_key from tenant',
    )
    for (const row of rows) expect(() => open(old, `tenant:${row.id}/data_key`, row.data_key)).toThrow('sealed value')
  })

  it('stands in the log of the installation with its age', async () => {
    const { rows } = await server.databases.control.query<{ type: string }>(
      `select type from log_entry where type = 'key.rotated' union all select event ->> 'type' from log_pending where event ->> 'type' = 'key.rotated'`,
    )
    expect(rows).toHaveLength(1)
    const shown = (await (await operator.get('/api/keys/show')).json()) as { master: { source: string; since: string } }
    expect(shown.master.source).toBe('file')
    expect(Date.now() - Date.parse(shown.master.since)).toBeLessThan(60_000)
  })

  it('is only for the operator, also to see', async () => {
    for (const response of [await owner.post('/api/keys/rotate', {}), await owner.get('/api/keys/show')])
      expect(await response.json()).toMatchObject({ code: 'access.not_operator' })
  })

  it('reaches every value under it: no column of bytes is forgotten', async () => {
    const { rows } = await server.databases.control.query<{ at: string }>(
      `select c.relname || '.' || a.attname as at from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relkind = 'r' and a.atttypid = 'bytea'::regtype`,
    )
    // What is no value under the master key: hashes, the log, and what lies under a tenant's own key.
    const others =
      /^(?:log_|opening\.|earlier_|witnessed_log\.root$|time_stamp\.token$|setup_link\.token_hash$|attempt\.key$|account_certificate\.fingerprint$|tenant\.ledger_key$|.*_hash$)/
    const declared = underMasterKey.map(({ table, column }) => `${table}.${column}`)
    expect(
      rows
        .map(({ at }) => at)
        .filter((at) => !others.test(at))
        .toSorted(),
    ).toEqual(declared.toSorted())
  })
})

describe("a tenant's new data key", () => {
  it('comes while it is read and written, and the old one opens nothing any more', async () => {
    const before = (await server.registry.open('alpha')).dataKey.current
    // Of five connections, an edition, the sign-in, a store and a webhook, which has an address and two secrets.
    expect(await sealedBy(before)).toBe(11)
    const done = new AbortController()
    const failures: number[] = []
    const busy = (async () => {
      while (!done.signal.aborted) {
        const response = await owner.get('/api/tenants/alpha/edition/list')
        if (!response.ok) failures.push(response.status)
      }
    })()
    const writing = owner.post('/api/tenants/alpha/connection/add', { target: 'postgres://r:late@late.example/app' })
    const response = await owner.post('/api/keys/rotate_tenant', { slug: 'alpha' })
    done.abort()
    await Promise.all([busy, writing])
    expect([response.status, failures]).toEqual([200, []])
    const { dataKey } = await server.registry.open('alpha')
    expect(dataKey.earlier).toEqual([])
    expect([await sealedBy(before), await sealedBy(dataKey.current)]).toEqual([0, 12])
    expect(await server.registry.listRotating()).toEqual([])
    expect(await (await owner.get('/api/keys/show?slug=alpha')).json()).toMatchObject({ tenant: { isRotating: false } })
  })

  it('goes on where it was killed: values under both keys open, and the next call ends the earlier one', async () => {
    const { tenant, dataKey } = await server.registry.open('alpha')
    const before = dataKey.current
    await server.registry.startRotation(tenant.id, owner.accountId)
    await server.registry.startRotation(tenant.id, owner.accountId)
    expect(await server.registry.listRotating()).toEqual([tenant.id])
    expect((await owner.get('/api/tenants/alpha/edition/list')).status).toBe(200)
    expect(await sealedBy(before)).toBe(12)
    expect((await owner.post('/api/keys/rotate_tenant', { slug: 'alpha' })).status).toBe(200)
    expect([await sealedBy(before), (await server.registry.listRotating()).length]).toEqual([0, 0])
  })

  it('reaches every value under it: no column of bytes is forgotten', async () => {
    const found = await server.tenants.asSystem('alpha', async ({ sql }) => await readTables(sql, {}))
    const unknown = found.flatMap(({ name, columns }) =>
      columns.filter(({ type, form }) => type === 'bytea' && form === null).map((column) => `${name}.${column.name}`),
    )
    // What is under no key: hashes, and the log with its openings.
    const others = /^(?:log_|opening\.|decision\.change_key$|request_package\.sha256$|.*[._]commitment$|.*_hash$)/
    expect(unknown.filter((at) => !others.test(at))).toEqual([])
  })

  it('waits for whoever still reads under the earlier one', async () => {
    const { connections } = await server.registry.open('alpha')
    const reader = await connections.connect()
    await reader.query('begin isolation level repeatable read; select 1')
    let ended = false
    const rotation = owner.post('/api/keys/rotate_tenant', { slug: 'alpha' }).finally(() => (ended = true))
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(ended).toBe(false)
    await reader.query('rollback')
    reader.release()
    expect((await rotation).status).toBe(200)
  })

  it('is for an owner and the operator, never for a member or a stranger', async () => {
    const stranger = await server.addPerson('stranger@example.com', 'this-installation', 'member')
    const member = await server.addPerson('member@example.com', 'alpha', 'member')
    const rotate = async (person: Person) =>
      ((await (await person.post('/api/keys/rotate_tenant', { slug: 'alpha' })).json()) as { code: string }).code
    expect([await rotate(member), await rotate(stranger)]).toEqual(['access.not_owner', 'tenant.not_found'])
  })

  it('changes of a published edition nothing but the key', async () => {
    const change = (set: string) =>
      server.tenants.asSystem('alpha', async ({ sql }) => {
        await sql.query(`update edition set ${set} where state = 'edition'`)
      })
    for (const set of ['number = 9', `content = content || '\\x00'`, `commitment = sha256('x')`])
      await expect(change(set)).rejects.toMatchObject({ code: '42501' })
  })
})
