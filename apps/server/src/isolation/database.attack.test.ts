import { inject, afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countByWay } from '@art32/probes'
import type { Way } from '@art32/probes'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { connectExternal } from '../platform/index.ts'
import type { Credential, PostgresServer } from '../platform/index.ts'
import { withClient } from '../platform/postgres/index.ts'
import type { Tenant } from '../tenant/index.ts'
import { crossByDatabase } from './database.ts'

describe('crossing from one tenant to another by the database', () => {
  let server: TestServer
  let postgres: PostgresServer
  let one: Tenant
  let other: Tenant
  let login: Credential
  let neighbour: Credential
  let control: string

  beforeAll(async () => {
    // The doors that are opened here are those of a database that has the name of its tenant, and of the role that only their logins
    // are members of. Those of two schemas are opened in schemas.attack.test.ts.
    server = await startTestServer({ ART32_LAYOUT: 'database' })
    postgres = await connectExternal(inject('databaseUrl'))
    one = await server.registry.create({ name: 'One', slug: 'one', language: 'en' })
    other = await server.registry.create({ name: 'Other', slug: 'other', language: 'en' })
    login = await server.registry.loginOf(one.id)
    neighbour = await server.registry.loginOf(other.id)
    control = (await server.databases.control.query<{ name: string }>('select current_database() as name')).rows[0]!
      .name
  })
  afterAll(() => server.stop())

  const tried = async (registry: Pick<TestServer['registry'], 'loginOf'> = server.registry) =>
    countByWay(
      await crossByDatabase(
        { own: one, other },
        {
          registry: { loginOf: registry.loginOf, placeOf: (id) => server.registry.placeOf(id) },
          serverOf: () => Promise.resolve(postgres),
          lyingOf: (name) => server.databases.lyingOf(name),
          control,
        },
      ),
    )
  const reached = async (...parts: Parameters<typeof tried>): Promise<Way[]> =>
    (await tried(...parts)).flatMap(({ way, reached: count }) => (count > 0 ? [way] : []))
  const asAdministrator = async (sql: string, database = control) =>
    await withClient(postgres.url(database), async (client) => void (await client.query(sql)))
  /** Fills the names of this run into a statement. */
  const named = (sql: string) =>
    sql.replaceAll('ONE', login.user).replaceAll('OTHER', neighbour.user).replaceAll('CONTROL', control)

  it('is refused by every way, each of which is answered', async () => {
    const counted = await tried()
    expect(counted.filter(({ reached: through, unseen }) => through + unseen > 0)).toEqual([])
    expect(counted.map(({ way }) => way)).toEqual([
      'database',
      'rows',
      'ledger',
      'queue',
      'registry',
      'sessions',
      'cross-database',
      'foreign-data',
      'roles',
      'files',
      'programs',
      'replication',
      'activity',
      'signals',
      'notifications',
      'locks',
      'temporary',
    ])
  })

  it('leaves nothing behind', async () => {
    await tried()
    const { rows } = await server.databases.control.query(
      `select 1 from pg_stat_activity where application_name = 'art32 crossing' and datname = any ($1)`,
      [[login.user, neighbour.user, control]],
    )
    expect(rows).toEqual([])
    await withClient(postgres.url(login.user), async (client) => {
      const { rows: left } = await client.query(
        `select 1 from pg_class where relname = 'art32_crossing' union all select 1 from pg_extension where extname <> 'plpgsql'`,
      )
      expect(left).toEqual([])
    })
  })

  it.each<[opened: string, by: string, undo: string, ways: Way[], inside?: 'ONE' | 'OTHER']>([
    [
      'the database of another',
      'grant connect on database OTHER to ONE',
      'revoke connect on database OTHER from ONE',
      ['database', 'rows', 'ledger', 'queue'],
    ],
    [
      'the database of the installation',
      'grant connect on database CONTROL to art32_application',
      'revoke connect on database CONTROL from art32_application',
      ['ledger', 'registry', 'sessions'],
    ],
    [
      'the role of another',
      'grant OTHER to ONE',
      'revoke OTHER from ONE',
      ['database', 'rows', 'ledger', 'queue', 'roles', 'signals'],
    ],
    [
      'the role of the owner',
      'grant art32_owner to ONE',
      'revoke art32_owner from ONE',
      ['database', 'rows', 'ledger', 'queue', 'registry', 'sessions', 'roles', 'temporary'],
    ],
    ['files', 'grant pg_read_server_files to ONE', 'revoke pg_read_server_files from ONE', ['files']],
    ['writing files', 'grant pg_write_server_files to ONE', 'revoke pg_write_server_files from ONE', ['files']],
    ['programs', 'grant pg_execute_server_program to ONE', 'revoke pg_execute_server_program from ONE', ['programs']],
    ['signals', 'grant pg_signal_backend to ONE', 'revoke pg_signal_backend from ONE', ['signals']],
    [
      'temporary objects',
      'grant temporary on database ONE to ONE',
      'revoke temporary on database ONE from ONE',
      ['temporary'],
    ],
    [
      'what others ask',
      'grant pg_read_all_stats to ONE; grant select on pg_stat_activity to ONE; grant execute on function pg_stat_get_activity(integer) to ONE',
      'revoke pg_read_all_stats from ONE; revoke select on pg_stat_activity from ONE; revoke execute on function pg_stat_get_activity(integer) from ONE',
      ['activity'],
      'ONE',
    ],
    [
      'a server elsewhere',
      'create extension postgres_fdw; create server elsewhere foreign data wrapper postgres_fdw; grant usage on foreign server elsewhere to ONE',
      'drop extension postgres_fdw cascade',
      ['foreign-data'],
      'ONE',
    ],
  ])('notices that %s stands open', async (_name, by, undo, ways, inside) => {
    const place = inside === undefined ? control : named(inside)
    await asAdministrator(named(by), place)
    try {
      expect(await reached()).toEqual(expect.arrayContaining(ways))
      expect((await reached()).filter((way) => !ways.includes(way))).toEqual([])
    } finally {
      await asAdministrator(named(undo), place)
    }
    expect(await reached()).toEqual([])
  })

  it('notices that two tenants share a database', async () => {
    const shared = { loginOf: () => Promise.resolve(login) }
    expect(await reached(shared)).toEqual(
      expect.arrayContaining(['database', 'rows', 'cross-database', 'notifications', 'locks']),
    )
  })

  it('says of nothing that it was refused where its own login does not work', async () => {
    const stale = {
      loginOf: (id: string) => Promise.resolve({ ...(id === one.id ? login : neighbour), password: 'old' }),
    }
    const counted = await tried(stale)
    expect(counted.length).toBeGreaterThan(10)
    expect(counted.every(({ refused, reached: through }) => refused + through === 0)).toBe(true)
  })

  it('does not take a neighbour who is gone for a refusal', async () => {
    const gone = {
      loginOf: (id: string) => Promise.resolve(id === one.id ? login : { ...neighbour, user: 'tenant_gone00000' }),
    }
    const states = new Map((await tried(gone)).map((way) => [way.way, way]))
    for (const way of ['database', 'rows', 'notifications', 'locks'] as const)
      expect(states.get(way), way).toMatchObject({ refused: 0, reached: 0 })
  })
})
