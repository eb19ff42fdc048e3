import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { requestRun } from '../check/index.ts'
import { connect } from '../connection/index.ts'
import { connectExternal } from '../platform/index.ts'
import { withClient } from '../platform/postgres/index.ts'

describe('the installation, proving that its tenants are kept apart', () => {
  let server: TestServer
  const home = 'this-installation'

  /** What the check says, by subject. */
  async function look(check = 'self.tenant-isolation') {
    const runId = await server.tenants.asSystem(home, (tx) => requestRun(tx, []))
    await server.runNow(home, runId)
    return await server.tenants.asSystem(home, async ({ sql }) => {
      const { rows } = await sql.query<{
        state: string
        reason: string | null
        subjects: { subject: string; state: string; say: { en: string } }[]
      }>('select state, reason, subjects from outcome where run_id = $1 and check_id = $2', [runId, check])
      const [row] = rows
      if (!row) throw new Error('nothing was judged')
      return { ...row, says: Object.fromEntries(row.subjects.map(({ subject, say }) => [subject, say.en])) }
    })
  }
  const control = (sql: string, values: unknown[] = []) => server.databases.control.query(sql, values)
  const asAdministrator = async (sql: string) => {
    const postgres = await connectExternal(inject('databaseUrl'))
    await withClient(postgres.url(postgres.maintenance), async (client) => void (await client.query(sql)))
  }
  const loginOf = async (slug: string) =>
    (await server.registry.loginOf((await server.registry.open(slug)).tenant.id)).user

  beforeAll(async () => {
    // It opens databases by the names of tenants, and counts the ways between two databases. Between schemas the same is tried in
    // schemas.attack.test.ts, and as a whole in e2e/placement/schemas.test.ts.
    server = await startTestServer({ ART32_LAYOUT: 'database' })
    for (const slug of [home, 'alpha', 'beta']) {
      await server.registry.create({ name: slug, slug, language: 'en' })
      await server.addPerson(`${slug}@example.com`, slug, 'owner')
    }
    await server.tenants.asSystem(home, (tx) => connect(tx, { target: 'self' }, true))
  })
  afterAll(() => server.stop())

  it('tries every way with every tenant, and says how many attempts were refused', async () => {
    const { state, says } = await look()
    expect(says).toMatchObject({
      attempt: expect.stringMatching(
        /^Tried live with 3 of 3 tenants in this look: \d{3} attempts by 20 ways\. Every tenant has its turn within 7 days\.$/,
      ),
      'way:rows': 'Rows of another: 15 of 15 attempts refused.',
      'way:cache': 'Answers that are kept in between: 3 of 3 attempts refused.',
      'way:api': expect.stringMatching(/^Reading of another through the API: (\d+) of \1 attempts refused\.$/),
    })
    expect(state).toBe('pass')
  })

  it('tries it again with everybody, and leaves no trace in the ledgers of those who did nothing', async () => {
    const sizeOf = async (slug: string) =>
      await server.tenants.asSystem(slug, async ({ sql }) => {
        const { rows } = await sql.query('select (select count(*) from log_entry) + (select count(*) from log_pending)')
        return rows[0]
      })
    const before = await sizeOf('alpha')
    expect((await look()).state).toBe('pass')
    expect(await sizeOf('alpha')).toEqual(before)
  })

  it('fails by the name of the way that got through', async () => {
    const beta = await loginOf('beta')
    await asAdministrator(`grant pg_execute_server_program to ${beta}`)
    const { state, subjects } = await look()
    await asAdministrator(`revoke pg_execute_server_program from ${beta}`)
    expect(state).toBe('fail')
    expect(subjects.filter((one) => one.state === 'fail').map(({ say }) => say.en)).toEqual([
      'Of 3 tenants only 2 have a role of their own.',
      'Programs through the database: 1 of 3 attempts got through.',
    ])
  })

  it.each([
    ['grant connect on database BETA to public', 'revoke connect on database BETA from public', 'database'],
    ['grant pg_read_all_data to BETA', 'revoke pg_read_all_data from BETA', 'role'],
    ['alter role BETA replication', 'alter role BETA noreplication', 'role'],
    ['alter role BETA bypassrls', 'alter role BETA nobypassrls', 'role'],
  ])('sees by the catalogue alone, of all tenants at once: %s', async (by, undo, thing) => {
    const beta = await loginOf('beta')
    const databases = (await server.registry.survey()).databases
    await asAdministrator(by.replace('BETA', beta))
    const broken = await server.databases.countSeparate(databases)
    await asAdministrator(undo.replace('BETA', beta))
    expect(broken).toMatchObject(thing === 'database' ? { databases: 2, logins: 3 } : { databases: 3, logins: 2 })
    expect(await server.databases.countSeparate(databases)).toEqual({ databases: 3, logins: 3, isControlClosed: true })
  })

  it('sees that the database of the installation stands open', async () => {
    const { rows } = await control('select current_database() as name')
    const name = (rows[0] as { name: string }).name
    await asAdministrator(`grant connect on database ${name} to ${await loginOf('beta')}`)
    const { state, says } = await look()
    await asAdministrator(`revoke connect on database ${name} from ${await loginOf('beta')}`)
    expect(state).toBe('fail')
    expect(says).toMatchObject({
      registry: 'More than the installation itself may enter the database of registry, accounts and jobs.',
      'way:sessions': expect.stringContaining('got through'),
    })
  })

  it('says nothing while somebody has not had their turn in time', async () => {
    const { tenant } = await server.registry.open('alpha')
    // Its database cannot be entered: what was tried with the others is not the whole.
    await control(`update tenant set since = since - interval '8 days' where id = $1`, [tenant.id])
    await control(`update tenant_turn set at = at - interval '8 days' where tenant_id = $1`, [tenant.id])
    await asAdministrator(`alter role ${await loginOf('alpha')} nologin`)
    const outcomes = [await look(), await look('self.ledger-append-only'), await look('self.evidence-encrypted')]
    await asAdministrator(`alter role ${await loginOf('alpha')} login`)
    expect(outcomes.map(({ state, reason }) => [state, reason])).toEqual(
      outcomes.map(() => ['not-evaluated', 'incomplete']),
    )
    expect((await look()).state).toBe('pass')
  })
})
