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

/** As between two databases, with the doors that two schemas of one database have. */
describe('crossing from one schema to another', () => {
  let server: TestServer
  let postgres: PostgresServer
  let one: Tenant
  let other: Tenant
  let login: Credential
  let neighbour: Credential
  let control: string
  let shared: string

  beforeAll(async () => {
    server = await startTestServer({ ART32_LAYOUT: 'schema' })
    postgres = await connectExternal(inject('databaseUrl'))
    one = await server.registry.create({ name: 'One', slug: 'one', language: 'en' })
    other = await server.registry.create({ name: 'Other', slug: 'other', language: 'en' })
    login = await server.registry.loginOf(one.id)
    neighbour = await server.registry.loginOf(other.id)
    shared = server.databases.lyingOf(login.user).database
    control = (await server.databases.control.query<{ name: string }>('select current_database() as name')).rows[0]!
      .name
  })
  afterAll(() => server.stop())

  const tried = async () =>
    countByWay(
      await crossByDatabase(
        { own: one, other },
        {
          registry: server.registry,
          serverOf: () => Promise.resolve(postgres),
          lyingOf: (name) => server.databases.lyingOf(name),
          control,
        },
      ),
    )
  const reached = async (): Promise<Way[]> =>
    (await tried()).flatMap(({ way, reached: count }) => (count > 0 ? [way] : []))
  const inShared = (sql: string) =>
    withClient(postgres.url(shared), (client) =>
      client.query(
        sql
          .replaceAll('ONE', login.user)
          .replaceAll('OTHER', neighbour.user)
          .replaceAll('CONTROL', control)
          .replaceAll('SHARED', shared),
      ),
    )

  it('is refused by every way that two schemas do not have in common, and each is answered', async () => {
    const counted = await tried()
    expect(counted.filter(({ reached: through, unseen }) => through + unseen > 0)).toEqual([])
    expect(counted.map(({ way }) => way)).toEqual([
      'schema',
      'rows',
      'ledger',
      'queue',
      'registry',
      'sessions',
      'foreign-data',
      'roles',
      'files',
      'programs',
      'replication',
      'activity',
      'signals',
      'temporary',
    ])
  })

  it('leaves nothing behind', async () => {
    await tried()
    const { rows } = await inShared(
      `select 1 from pg_class where relname = 'art32_crossing' union all select 1 from pg_extension where extname <> 'plpgsql'
       union all select 1 from pg_stat_activity where application_name = 'art32 crossing' and datname = 'SHARED'`,
    )
    expect(rows).toEqual([])
  })

  it.each<[opened: string, by: string, undo: string, ways: Way[]]>([
    [
      'the rows of another',
      'grant usage on schema OTHER to ONE; grant select on all tables in schema OTHER to ONE',
      'revoke usage on schema OTHER from ONE; revoke select on all tables in schema OTHER from ONE',
      // Whoever may enter is not refused to hand that on: PostgreSQL warns, and nothing is handed on.
      ['schema', 'rows', 'ledger', 'queue'],
    ],
    [
      'the schema of another',
      'grant create, usage on schema OTHER to ONE',
      'revoke create, usage on schema OTHER from ONE',
      ['schema'],
    ],
    [
      'the role of another',
      'grant OTHER to ONE',
      'revoke OTHER from ONE',
      ['schema', 'rows', 'ledger', 'queue', 'roles', 'signals'],
    ],
    [
      'the role of the owner of another',
      'grant OTHER_owner to ONE',
      'revoke OTHER_owner from ONE',
      ['schema', 'rows', 'ledger', 'queue', 'roles'],
    ],
    [
      'the database of the installation',
      'grant connect on database CONTROL to ONE',
      'revoke connect on database CONTROL from ONE',
      ['registry'],
    ],
    [
      'temporary objects',
      'grant temporary on database SHARED to ONE',
      'revoke temporary on database SHARED from ONE',
      ['temporary'],
    ],
    [
      'what others ask',
      'grant pg_read_all_stats to ONE; grant select on pg_stat_activity to ONE; grant execute on function pg_stat_get_activity(integer) to ONE',
      'revoke pg_read_all_stats from ONE; revoke select on pg_stat_activity from ONE; revoke execute on function pg_stat_get_activity(integer) from ONE',
      ['activity'],
    ],
    [
      'a server elsewhere',
      'create schema elsewhere; create extension postgres_fdw schema elsewhere; create server elsewhere foreign data wrapper postgres_fdw; grant usage on foreign server elsewhere to ONE',
      'drop extension postgres_fdw cascade; drop schema elsewhere',
      ['foreign-data'],
    ],
  ])('notices that %s stands open', async (_name, by, undo, ways) => {
    await inShared(by)
    try {
      expect((await reached()).toSorted()).toEqual(ways.toSorted())
    } finally {
      await inShared(undo)
    }
    expect(await reached()).toEqual([])
  })
})
