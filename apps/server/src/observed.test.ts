import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../scripts/testing/server.ts'
import { requestRun } from './check/index.ts'
import { connect } from './connection/index.ts'
import { owaspCost } from './platform/password.ts'
import { rules } from './privacy/rules.ts'

const ofControl = Object.values(rules).filter((rule) => rule.in === 'control')

describe('the installation, looked at as any application', () => {
  let server: TestServer
  let owner: Person

  const control = <T extends object>(text: string, values: unknown[] = []) =>
    server.databases.control.query<T>(text, values)

  async function asObserver<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: server.databases.observerUrl })
    await client.connect()
    try {
      return (await client.query<T>(text, values)).rows
    } finally {
      await client.end()
    }
  }

  async function states(): Promise<Record<string, string>> {
    const runId = await server.tenants.asSystem('this-installation', (tx) => requestRun(tx, []))
    await server.runNow('this-installation', runId)
    return await server.tenants.asSystem('this-installation', async ({ sql }) => {
      const { rows } = await sql.query<{ check_id: string; state: string }>(
        'select check_id, state from outcome where run_id = $1 order by check_id',
        [runId],
      )
      return Object.fromEntries(rows.map((row) => [row.check_id, row.state]))
    })
  }

  beforeAll(async () => {
    server = await startTestServer({}, { passwordCost: owaspCost })
    await server.registry.create({ name: 'This installation', slug: 'this-installation', language: 'en' })
    owner = await server.addPerson('owner@example.com', 'this-installation', 'owner')
    await server.tenants.asSystem('this-installation', (tx) => connect(tx, { target: 'app:self' }, true))
    await server.issueResetLink('owner@example.com')
    const token = await owner.post('/api/token/create', {
      name: 'Nightly',
      tenant: 'this-installation',
      permissions: ['register:read'],
      days: 30,
    })
    expect(await token.text()).toContain('art32_')
  })
  afterAll(() => server.stop())

  it('keeps what it promises about passwords, links, tokens and events', async () => {
    expect(await states()).toEqual({
      'app.api-token': 'pass',
      'app.lifecycle-events': 'pass',
      'app.password-hashing': 'pass',
      'app.reset-token-ttl': 'pass',
      // Its own tenants are tried by `self.tenant-isolation`, each of them.
      'app.tenant-isolation': 'not-applicable',
      'app.weak-password-rejected': 'pass',
      'pg.retention': 'pass',
    })
  })

  it('is seen to break each of them', async () => {
    await control(`update credential set password = '$argon2id$v=19$m=4096,t=1,p=1$c2FsdA$aGFzaA'`)
    await control(`update account_link set expires_at = now() + interval '1 day'`)
    await control(`update api_token set expires_at = now() + interval '3 years'`)
    expect(await states()).toMatchObject({
      'app.api-token': 'fail',
      'app.password-hashing': 'fail',
      'app.reset-token-ttl': 'fail',
    })
  })

  it('tries a link to reset a password by itself, and leaves nothing of it', async () => {
    await server.tenants.asSystem('this-installation', (tx) => connect(tx, { target: 'self' }, true))
    const left = async () =>
      (await control('select token_hash, session.id from account_link, session order by token_hash, session.id')).rows
    const before = await left()
    expect(before.length).toBeGreaterThan(0)
    expect(await states()).toMatchObject({ 'self.reset-token-limited': 'pass', 'web.privacy-notice': 'pass' })
    expect(await left()).toEqual(before)
  })

  it('shows for each rule of the daily deletion how old the oldest row is, with the period of the rule', async () => {
    const shown = await asObserver<{ kind: string; same: boolean }>(
      `select kind, kept = any (select after::interval from unnest($1::text[], $2::text[]) rule (name, after) where name = kind) as same
         from art32.retention`,
      [ofControl.map(({ table }) => table), ofControl.map(({ after }) => after)],
    )
    expect(shown.map(({ kind }) => kind).sort()).toEqual(ofControl.map(({ table }) => table).sort())
    expect(shown.filter(({ same }) => !same)).toEqual([])
  })

  it('is seen to keep a link for too long', async () => {
    await control(`update account_link set expires_at = now() - interval '28 hours'`)
    expect((await states())['pg.retention']).toBe('fail')
    await control(`update account_link set expires_at = now() + interval '10 minutes'`)
    expect((await states())['pg.retention']).toBe('pass')
  })

  it.each([
    'select * from account',
    'select * from public.credential',
    'select * from pgboss.job',
    'select * from log_entry',
  ])('shows whoever looks nothing else: %s', async (statement) => {
    await expect(asObserver(statement)).rejects.toMatchObject({ code: '42501' })
  })
})
