import { fileURLToPath } from 'node:url'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestOf, readMigrations } from '../migrate.ts'
import { withClient } from './administration.ts'
import { type Databases, openDatabases } from './databases.ts'
import { nameIn, ownerOf, sharedDatabase } from './layout.ts'
import type { Credential } from './server.ts'
import { type RunningPostgres, startPostgres } from './start.ts'

const folders = (...names: string[]) =>
  names.map((name) => fileURLToPath(new URL(`../../../migrations/${name}`, import.meta.url)))
const migrations = {
  controlMigrations: folders('ledger', 'control'),
  tenantMigrations: folders('ledger', 'tenant'),
}
const shared = sharedDatabase('art32')

describe('tenants as schemas of one database', () => {
  let home: string
  let postgres: RunningPostgres
  let databases: Databases
  let one: Credential
  let other: Credential

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'art32-schemas-'))
    postgres = await startPostgres({ folder: join(home, 'postgres'), durable: false })
    databases = await openDatabases(postgres, migrations)
    one = await databases.createDatabase(nameIn('schema', 'aaaaaaaa'))
    other = await databases.createDatabase(nameIn('schema', 'bbbbbbbb'))
    await as(other, `insert into outbox (id, queue, payload) values (gen_random_uuid(), 'canary', '{}')`)
    await asAdministrator(`analyze ${other.user}.outbox`)
  })
  afterAll(async () => {
    await databases.close()
    await postgres.stop()
    rmSync(home, { recursive: true })
  })

  async function as<T extends object>(login: Credential, sql: string): Promise<T[]> {
    const client = await databases.tenant(login).connect()
    try {
      return (await client.query<T>(sql)).rows
    } finally {
      client.release(true)
    }
  }
  const asAdministrator = async <T extends object>(sql: string, values: unknown[] = []) =>
    await withClient(postgres.url(shared), async (client) => (await client.query<T>(sql, values)).rows)

  it('gives each its own tables by names without a schema', async () => {
    await as(one, `insert into outbox (id, queue, payload) values (gen_random_uuid(), 'own', '{}')`)
    expect(await as(one, 'select queue, current_schema() as schema from outbox')).toEqual([
      { queue: 'own', schema: one.user },
    ])
    expect(await as(other, 'select queue from outbox')).toEqual([{ queue: 'canary' }])
    const [made] = await asAdministrator<{ n: number }>(
      'select count(*)::int as n from pg_class where relnamespace = $1::regnamespace and relowner <> $2::regrole',
      [one.user, ownerOf(one.user)],
    )
    expect(made).toEqual({ n: 0 })
  })

  it('has every migration, by the same record as a database', async () => {
    const rows = await asAdministrator<{ id: string; sha256: string }>(
      `select id, sha256 from ${one.user}.migration order by applied_at, id`,
    )
    const known = readMigrations(migrations.tenantMigrations)
    expect(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      known.map(({ id, sha256 }) => ({ id, sha256 })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
    expect(databases.tenantSchema).toBe(digestOf(known))
  })

  it.each([
    'select from OTHER.outbox',
    'select count(*) from OTHER.outbox',
    'insert into OTHER.outbox (id, queue, payload) values (gen_random_uuid(), $$x$$, $${}$$)',
    'update OTHER.outbox set queue = $$x$$',
    'delete from OTHER.outbox',
    'truncate OTHER.outbox',
    'begin; lock table OTHER.outbox',
    'copy OTHER.outbox to stdout',
    'create table OTHER.mine (x int)',
    'create function OTHER.mine() returns int language sql as $$select 1$$',
    'drop schema OTHER cascade',
    'alter schema OTHER rename to mine',
    'grant usage on schema OTHER to current_user',
    `select OTHER.ledger_start('x', '', '', '')`,
    `select nextval('OTHER.log_pending_id_seq')`,
    'set role OTHER',
    'set role OTHER_owner',
    'set role art32_owner',
    'set session authorization OTHER',
    'alter role OTHER password null',
    'create schema mine',
    'create temporary table mine (x int)',
    'create table public.mine (x int)',
    'drop table outbox',
    'alter table outbox add x int',
    `insert into log_entry (idx, leaf, leaf_hash, type, subject) values (0, 'x', sha256('x'), 'x', 'x')`,
    'delete from log_checkpoint',
    'select lo_create(0)',
    `select lo_from_bytea(0, 'x')`,
    'select * from pg_largeobject_metadata',
    'select * from pg_statistic',
    'select * from pg_stats',
    'select reltuples from pg_class',
    'select * from pg_stat_user_tables',
    'select prosrc from pg_proc',
    'select * from pg_stat_activity',
    'select * from pg_locks',
    'select * from pg_database',
    'select * from pg_roles',
    'select * from pg_lock_status()',
    'select * from pg_stat_get_activity(null)',
    'select * from pg_stat_get_backend_idset()',
    'select * from pg_stat_database',
    'select * from pg_prepared_xacts',
    'select * from pg_auth_members',
    'select * from pg_db_role_setting',
    'select lo_get(1)',
    'select * from pg_largeobject',
    `select pg_total_relation_size('outbox')`,
    'select pg_stat_get_live_tuples(1259)',
    'create extension dblink',
  ])('refuses to a tenant: %s', async (attempt) => {
    const client = await databases.tenant(one).connect()
    const sql = attempt.replaceAll('OTHER', other.user)
    await expect(client.query(sql), sql).rejects.toThrow(/permission denied|must be owner|no schema|does not exist/)
    await client.query('rollback')
    client.release()
  })

  it('reads nothing of another by a search path that it sets itself', async () => {
    await expect(as(one, `set search_path = ${other.user}; select queue from outbox`)).rejects.toThrow('does not exist')
    expect(
      await as(
        one,
        `select name from unnest(array['${one.user}', '${other.user}']) as name where has_schema_privilege(name, 'usage')`,
      ),
    ).toEqual([{ name: one.user }])
  })

  it('has no right on anything of another, even where the door of its schema stood open', async () => {
    await asAdministrator(`grant usage on schema ${other.user} to ${one.user}`)
    try {
      for (const sql of [
        'select from OTHER.outbox',
        `select nextval('OTHER.log_pending_id_seq')`,
        `select OTHER.ledger_start('x', '', '', '')`,
      ])
        await expect(as(one, sql.replaceAll('OTHER', other.user))).rejects.toThrow('permission denied')
      expect(await databases.countSeparate([one.user, other.user])).toMatchObject({ databases: 1, logins: 2 })
    } finally {
      await asAdministrator(`revoke usage on schema ${other.user} from ${one.user}`)
    }
  })

  it('is let into no other database, and nobody else into that of the schemas', async () => {
    const foreign = await databases.createDatabase(nameIn('database', 'cccccccc'))
    for (const [database, login] of [
      ['art32_control', one],
      ['postgres', one],
      [foreign.user, one],
      [shared, foreign],
    ] as const)
      await expect(withClient(postgres.url(database, login), (client) => client.query('select 1'))).rejects.toThrow(
        'permission denied for database',
      )
    await databases.dropDatabase(foreign.user)
  })

  it('runs the sequencer as an owner that reaches nothing of another', async () => {
    const owners = await asAdministrator<{ name: string; owner: string; config: string[] }>(
      `select proname as name, proowner::regrole::text as owner, proconfig as config from pg_proc
       where pronamespace = $1::regnamespace and prosecdef`,
      [one.user],
    )
    expect(owners.length).toBeGreaterThan(2)
    for (const { owner, config } of owners)
      expect([owner, config]).toEqual([ownerOf(one.user), [`search_path=${one.user}, pg_temp`]])
    await expect(asAdministrator(`set role ${ownerOf(one.user)}; select from ${other.user}.outbox`)).rejects.toThrow(
      'permission denied for schema',
    )
  })

  it('counts who is apart, and sees each right that is one too many', async () => {
    const names = [one.user, other.user]
    const count = () => databases.countSeparate(names)
    expect(await count()).toEqual({ databases: 2, logins: 2, isControlClosed: true })
    for (const [by, undo, seen] of [
      ['grant select on OTHER.outbox to ONE', 'revoke select on OTHER.outbox from ONE', { databases: 1, logins: 2 }],
      [
        'grant select (queue) on OTHER.outbox to public',
        'revoke select (queue) on OTHER.outbox from public',
        { databases: 1 },
      ],
      ['grant usage on schema OTHER to public', 'revoke usage on schema OTHER from public', { databases: 1 }],
      [
        'alter table OTHER.outbox owner to art32_owner',
        `alter table OTHER.outbox owner to OTHER_owner`,
        { databases: 1 },
      ],
      ['alter role OTHER_owner login', 'alter role OTHER_owner nologin', { databases: 1 }],
      ['grant OTHER to ONE', 'revoke OTHER from ONE', { databases: 2, logins: 0 }],
      ['grant OTHER_owner to ONE', 'revoke OTHER_owner from ONE', { databases: 2, logins: 0 }],
      ['alter role ONE createrole', 'alter role ONE nocreaterole', { databases: 2, logins: 1 }],
      [
        'grant select on OTHER.outbox to art32_tenants',
        'revoke select on OTHER.outbox from art32_tenants',
        { logins: 0 },
      ],
    ] as const) {
      const named = (sql: string) => sql.replaceAll('OTHER', other.user).replaceAll('ONE', one.user)
      await asAdministrator(named(by))
      expect(await count(), by).toMatchObject(seen)
      await asAdministrator(named(undo))
    }
    expect(await count()).toMatchObject({ databases: 2, logins: 2 })
  })

  it('tells a login no more of another than names and what tables are made of', async () => {
    const client = await databases.tenant(one).connect()
    // Where a login may read but some columns, each of them is looked at; the rows of a view hold them all.
    const { rows: relations } = await client.query<{ relation: string; told: string }>(
      `select c.oid::regclass::text as relation,
         string_agg(format('strpos(coalesce(t.%I::text, %L), %L) > 0', a.attname, '', $1::text), ' or ') as told
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relkind in ('r', 'v', 'm') and has_column_privilege(c.oid, a.attnum, 'select')
         and c.relnamespace = 'pg_catalog'::regnamespace group by c.oid`,
      [other.user],
    )
    const told = new Set<string>()
    for (const { relation, told: condition } of relations) {
      const { rowCount } = await client
        .query(`select from ${relation} t where ${condition} limit 1`)
        .catch(() => ({ rowCount: 0 }))
      if (rowCount !== 0) told.add(relation)
    }
    client.release()
    expect(relations.length).toBeGreaterThan(5)
    expect([...told]).toEqual(['pg_namespace'])
  })

  it('keeps what another asks to itself', async () => {
    const client = new Client({ connectionString: postgres.url(shared, other) })
    await client.connect()
    await client.query(`select 'canary of the other'`)
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    await expect(as(one, `select pg_cancel_backend(${rows[0]?.pid})`)).rejects.toThrow('permission denied')
    await expect(as(one, 'select query from pg_stat_activity')).rejects.toThrow('permission denied')
    await client.end()
  })

  it('has in common with another what PostgreSQL keeps for a whole database: advisory locks and notifications', async () => {
    // No right closes these two; the guide on placement says what follows. Were one closed some day, this would tell.
    const [here, there] = [one, other].map((login) => new Client({ connectionString: postgres.url(shared, login) }))
    const heard: string[] = []
    here!.on('notification', ({ payload }) => heard.push(payload ?? ''))
    try {
      for (const client of [here!, there!]) await client.connect()
      const turn = `hashtextextended('${other.user} person', 0)`
      await here!.query(`select pg_advisory_lock(${turn})`)
      const { rows } = await there!.query<{ free: boolean }>(`select pg_try_advisory_xact_lock(${turn}) as free`)
      expect(rows).toEqual([{ free: false }])
      // It is held up, and not seen: neither who holds what, nor who waits.
      await expect(here!.query('select * from pg_locks')).rejects.toThrow('permission denied')
      await here!.query('listen anything')
      await there!.query(`notify anything, 'said by the other'`)
      await expect.poll(async () => (await here!.query('select'), heard)).toEqual(['said by the other'])
    } finally {
      for (const client of [here!, there!]) await client.end()
    }
  })

  it('sends no notification of its own and takes no lock without its schema in the name', () => {
    const home = fileURLToPath(new URL('../../', import.meta.url))
    const files = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    )
    const using = (pattern: RegExp) =>
      files.filter((name) => pattern.test(readFileSync(join(home, name), 'utf8'))).toSorted()
    // Of these, one is of tenants, and names the schema; all others lock in the control database or as the administrator.
    expect(using(/pg_(try_)?advisory_(xact_)?lock\(/)).toEqual([
      'backup/backups.ts',
      'evidence/turn.ts',
      'evidence/witness.ts',
      'placement/store.ts',
      'platform/acme/turn.ts',
      'platform/crew.ts',
      'platform/migrate.ts',
      'platform/postgres/administration.ts',
      'privacy/retention.ts',
      'publication/lead.ts',
      'tenant/registry.ts',
    ])
    expect(readFileSync(join(home, 'evidence/turn.ts'), 'utf8')).toContain(`current_schema() || ' '`)
    expect(using(/\bpg_notify\(|[`'"](listen|notify) /)).toEqual(['platform/crew.ts'])
  })

  it('leaves no schema, no role, no object and no row of a table behind when it is dropped', async () => {
    const gone = await databases.createDatabase(nameIn('schema', 'dddddddd'))
    const filesOf = () =>
      asAdministrator<{ file: string }>(
        `select pg_relation_filepath(oid) as file from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'i')`,
        [gone.user],
      )
    const files = await filesOf()
    expect(files.length).toBeGreaterThan(300)
    const working = new Client({ connectionString: postgres.url(shared, gone) })
    working.on('error', () => undefined)
    await working.connect()
    await working.query('begin; select count(*) from outbox')
    await asAdministrator(`grant execute on function lo_from_bytea(oid, bytea) to ${gone.user}`)
    await as(gone, `select lo_from_bytea(0, 'canary')`)

    await databases.dropDatabase(gone.user)
    await databases.dropDatabase(gone.user)
    expect(await databases.has(gone.user)).toBe(false)
    expect(
      await asAdministrator(`select from pg_roles where rolname in ($1, $2)`, [gone.user, ownerOf(gone.user)]),
    ).toEqual([])
    expect(await asAdministrator('select from pg_largeobject_metadata')).toEqual([])
    expect(
      await asAdministrator('select from pg_default_acl where defaclrole::regrole::text ~ $1', [gone.user]),
    ).toEqual([])
    expect(await databases.has(other.user)).toBe(true)
  })

  it('is made once, and completed or refused like a database', async () => {
    await expect(databases.createDatabase(one.user)).rejects.toThrow('exists already')
    const renewed = await databases.renewLogin(one.user)
    await expect(as({ ...one, password: 'wrong password' }, 'select 1')).rejects.toThrow('password')
    one = renewed
    expect(await as(one, 'select current_user::text as name')).toEqual([{ name: one.user }])
  })

  it('is refused what it writes while it is held, and nobody else is', async () => {
    await databases.hold(one.user)
    const write = `insert into outbox (id, queue, payload) values (gen_random_uuid(), 'held', '{}')`
    await expect(as(one, write)).rejects.toThrow('read-only transaction')
    await as(other, write)
    await databases.release(one.user)
    await as(one, write)
  })
})

describe('migrations of tenants', () => {
  it('name no schema, no role but that of the application, and nothing that a whole database has once', () => {
    for (const { id, sql } of readMigrations(migrations.tenantMigrations)) {
      const said = sql.replaceAll(/--.*$/gm, '').replaceAll(/'[^']*'/g, "''")
      const rest = said.replaceAll('search_path = public', '').replaceAll('art32_application', '')
      expect([
        id,
        rest.match(
          /\bpublic\s*\.|\bart32_\w+|\b(create|alter|drop)\s+(schema|role|extension|database)\b|\b(listen|notify|lo_\w+|pg_advisory\w*)\b/gi,
        ),
      ]).toEqual([id, null])
    }
  })
})
