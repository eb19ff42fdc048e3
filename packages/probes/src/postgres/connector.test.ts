import { describe, expect, inject, it } from 'vitest'
import { prove } from '../engine/prove.ts'
import { hangingServer } from '../testing/servers.ts'
import { postgres, prefixLength } from './connector.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** Provided by the run's global setup where a project has one; without it the live cases are skipped by name. */
const url: string | undefined = inject('databaseUrl')

const look = async (address: string, tenantColumn = 'tenant_id') => {
  const { targets } = await prove(
    [{ connector: 'postgres', settings: { url: address, tenantColumn }, system: 'test' }],
    {
      attempts: 1,
      context: { limits: { silenceMs: 2_000, answerBytes: 65_536 } },
    },
  )
  const [target] = targets
  if (target === undefined) throw new Error('no result')
  return { ...target, states: new Map(target.checks.map(({ check, state }) => [check, state])) }
}

async function withClient<T>(work: (run: (sql: string) => Promise<unknown>) => Promise<T>): Promise<T> {
  const { Client } = (await import('pg')).default
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work((sql) => client.query(sql))
  } finally {
    await client.end()
  }
}

describe('reading a PostgreSQL address', () => {
  it('names the server without credentials', () => {
    const address = (text: string) => postgres.address(postgres.settings.parse({ url: text }))
    expect(address('postgres://app:swordfish@db.example.com/shop')).toBe('db.example.com:5432/shop')
    expect(address('postgres://app:swordfish@db.example.com:6432/shop?sslmode=require')).toBe(
      'db.example.com:6432/shop',
    )
    expect(address('postgresql://app:swordfish@localhost:5432/shop?host=%2Frun%2Fpg')).toBe('/run/pg:5432/shop')
    expect(address('postgresql:///shop?host=/run/postgresql')).toBe('/run/postgresql:5432/shop')
  })

  it.each([
    ['255.255.255.255', 32],
    ['255.255.0.0', 16],
    ['0.0.0.0', 0],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 128],
    ['ffff:ffff::', 32],
    ['::', 0],
  ])('counts the bits of %s', (netmask, bits) => expect(prefixLength(netmask)).toBe(bits))

  it('could not look where nobody answers, whether the port is closed or silent', async () => {
    const silent = await hangingServer()
    for (const port of [1, silent.port])
      expect((await look(`postgres://app:swordfish@127.0.0.1:${port}/shop`)).reading).toMatchObject({
        read: 'no',
        why: 'unreachable',
      })
    await silent.close()
  })
})

describe.skipIf(url === undefined)('looking at a real PostgreSQL server', () => {
  it('reads every group as superuser and judges it', async () => {
    const { reading, states } = await look(url ?? '')
    // What needs settings of its own is looked at beside this test.
    const asked = { personal: 'not-configured', retention: 'not-configured', copies: 'not-configured' }
    expect(reading).toMatchObject({ read: 'ok' })
    const groups = Object.entries(reading.read === 'ok' ? reading.facts : {})
    expect(Object.fromEntries(groups.flatMap(([name, one]) => (one.read === 'ok' ? [] : [[name, one.why]])))).toEqual(
      asked,
    )
    expect([...states].flatMap(([check, state]) => (state === 'not-evaluated' ? [check] : []))).toEqual([
      'pg.no-prod-copy-in-test',
      'pg.pii-inventory',
      'pg.retention',
    ])
    expect(states.get('pg.password-hash')).toBe('pass')
  })

  it('says which right is missing for an ordinary role', async () => {
    await withClient(async (run) => {
      await run("create role probe_plain login password 'swordfish'")
      try {
        const plain = new URL(url ?? '')
        plain.username = 'probe_plain'
        plain.password = 'swordfish'
        const { reading, states } = await look(plain.href)
        expect(reading).toMatchObject({
          read: 'ok',
          complete: false,
          facts: {
            passwords: { read: 'no', why: 'denied', needs: 'pg_authid' },
            hba: { read: 'no', why: 'denied', needs: 'pg_hba_file_rules' },
            sessions: { read: 'no', why: 'denied', needs: 'pg_monitor' },
            durability: { read: 'ok' },
          },
        })
        expect(states.get('pg.hba')).toBe('not-evaluated')
        plain.password = 'wrong'
        expect((await look(plain.href)).reading).toMatchObject({ read: 'no', why: 'denied' })
      } finally {
        await run('drop role probe_plain')
      }
    })
  })

  it('sees row security, forced or not, and roles that can widen their rights', async () => {
    await withClient(async (run) => {
      await run('create schema probe_rows')
      await run('create role probe_bypass login bypassrls')
      try {
        await run('create table probe_rows.invoice (tenant_id int, amount int)')
        await run('create table probe_rows.country (code text)')
        const facts = async () => (await look(url ?? '')).reading
        const tables = (invoice: object) => ({
          facts: {
            tables: {
              facts: expect.arrayContaining([
                expect.objectContaining({ name: 'probe_rows.invoice', tenantKey: true, ...invoice }),
                expect.objectContaining({ name: 'probe_rows.country', tenantKey: false }),
              ]) as unknown,
            },
          },
        })
        expect(await facts()).toMatchObject(tables({ rowSecurity: false, forced: false, policies: 0 }))
        await run('alter table probe_rows.invoice enable row level security')
        await run('alter table probe_rows.invoice force row level security')
        await run("create policy own on probe_rows.invoice using (tenant_id = current_setting('app.tenant')::int)")
        expect(await facts()).toMatchObject(tables({ rowSecurity: true, forced: true, policies: 1 }))
        const { states } = await look(url ?? '')
        expect(states.get('pg.rls')).toBe('pass')
        expect(states.get('pg.tenant-key-everywhere')).toBe('fail')
        expect(states.get('pg.roles-separated')).toBe('fail')
      } finally {
        await run('drop schema probe_rows cascade')
        await run('drop role probe_bypass')
      }
    })
  })

  it('changes nothing: its own session is read-only', async () => {
    const { reading } = await look(url ?? '')
    expect(JSON.stringify(reading)).not.toContain(new URL(url ?? '').password || 'no password')
  })
})
