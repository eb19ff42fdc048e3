import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withClient } from './administration.ts'
import { type Databases, openDatabases } from './databases.ts'
import type { Connections } from './pools.ts'
import type { Credential } from './server.ts'
import { type RunningPostgres, startPostgres } from './start.ts'

/** The relations of a database in which a login can read a name. */
async function relationsNaming(connections: Pick<Connections, 'connect'>, name: string): Promise<string[]> {
  const client = await connections.connect()
  const { rows: relations } = await client.query<{ relation: string }>(
    `select c.oid::regclass::text as relation from pg_class c
     where relkind in ('r', 'v', 'm') and has_table_privilege(c.oid, 'select')`,
  )
  const told: string[] = []
  for (const { relation } of relations) {
    // Some views may be read but call functions that may not.
    const { rows } = await client
      .query<{ found: boolean }>(`select true as found from ${relation} t where strpos(t::text, $1) > 0 limit 1`, [
        name,
      ])
      .catch(() => ({ rows: [] }))
    if (rows.length > 0) told.push(relation)
  }
  client.release()
  return told
}

describe('the isolation of tenants', () => {
  let home: string
  let postgres: RunningPostgres
  let databases: Databases
  let one: Credential
  let other: Credential
  const folder = (name: string): string => join(home, name)
  const options = () => ({ controlMigrations: [folder('control')], tenantMigrations: [folder('tenant')] })

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'art32-databases-'))
    for (const name of ['control', 'tenant']) mkdirSync(folder(name))
    writeFileSync(
      join(folder('control'), '0001-tenant.sql'),
      'create table tenant (id int); grant all on tenant to art32_application',
    )
    writeFileSync(
      join(folder('tenant'), '0001-measure.sql'),
      `create table measure (title text); grant select, insert on measure to art32_application;
       create table log_entry (leaf text); grant select on log_entry to art32_application;
       create function append(leaf text) returns void language sql security definer set search_path = public, pg_temp
         as 'insert into log_entry values (leaf)'`,
    )
    postgres = await startPostgres({ folder: join(home, 'postgres'), durable: false })
    databases = await openDatabases(postgres, options())
    one = await databases.createDatabase('tenant_aaaaaaaa')
    other = await databases.createDatabase('tenant_bbbbbbbb')
  })
  afterAll(async () => {
    await databases.close()
    await postgres.stop()
    rmSync(home, { recursive: true })
  })

  const ask = async <T extends object>(connections: Connections, sql: string): Promise<T[]> => {
    const client = await connections.connect()
    try {
      return (await client.query<T>(sql)).rows
    } finally {
      client.release()
    }
  }
  const asOne = <T extends object>(sql: string): Promise<T[]> => ask(databases.tenant(one), sql)

  it('gives a tenant its own tables, which its login may use as granted and never change', async () => {
    await asOne(`insert into measure values ('TLS')`)
    expect(await asOne('select * from measure')).toEqual([{ title: 'TLS' }])
    expect(await ask(databases.tenant(other), 'select * from measure')).toEqual([])
    await asOne(`select append('leaf')`)
    expect(await asOne('select * from log_entry')).toEqual([{ leaf: 'leaf' }])
    for (const attempt of [
      `insert into log_entry values ('forged')`,
      'delete from log_entry',
      'truncate measure',
      'drop table measure',
      'alter table measure add x int',
      'create table mine (x int)',
      'create temporary table mine (x int)',
      'create schema mine',
      'alter database tenant_aaaaaaaa owner to tenant_aaaaaaaa',
    ]) {
      await expect(asOne(attempt), attempt).rejects.toThrow(/permission denied|must be owner|must be able to/)
    }
  })

  it.each([
    'set role art32_admin',
    'set role art32_owner',
    'set role tenant_bbbbbbbb',
    'set session authorization tenant_bbbbbbbb',
    'create extension dblink',
    'create extension postgres_fdw',
    'create extension file_fdw',
    `copy measure from program 'id'`,
    `copy measure to '/tmp/out'`,
    `select pg_read_file('postgresql.conf')`,
    `select pg_ls_dir('.')`,
    `select lo_import('/etc/passwd')`,
    'select * from pg_authid',
    'select * from pg_database',
    'select * from pg_roles',
    'select * from pg_stat_activity',
    'select pg_get_userbyid(10)',
    'alter role tenant_bbbbbbbb password null',
    'alter system set fsync = off',
    `alter role tenant_aaaaaaaa createdb`,
    `select pg_reload_conf()`,
    'load $$dblink$$',
    'do language plpgsql $$ begin execute $q$ set role art32_admin $q$; end $$',
    'create role mine',
    'create database mine',
  ])('refuses to a tenant: %s', async (attempt) => {
    await expect(asOne(attempt)).rejects.toThrow(
      /permission denied|must be|not permitted|access to library|Only roles/i,
    )
  })

  it.each(['tenant_bbbbbbbb', 'art32_control', 'postgres', 'template1'])(
    'keeps a tenant out of the database %s',
    async (name) => {
      await expect(withClient(postgres.url(name, one), (client) => client.query('select 1'))).rejects.toThrow(
        /permission denied for database|not currently accepting/,
      )
    },
  )

  it('names no other tenant in anything a tenant can read', async () => {
    // The control database does not hide them: there the same search finds them.
    expect(await relationsNaming(databases.control, 'tenant_bbbbbbbb')).toContain('pg_database')
    expect(await relationsNaming(databases.tenant(one), 'tenant_bbbbbbbb')).toEqual([])
  })

  it('gives the control database a login that owns nothing and may make schemas', async () => {
    await databases.control.query('insert into tenant values (1)')
    await expect(databases.control.query('drop table tenant')).rejects.toThrow('must be owner')
    await expect(databases.control.query('set role art32_admin')).rejects.toThrow('permission denied')
    await databases.control.query('create schema queue; create table queue.job (id int); drop schema queue cascade')
    const { rows } = await databases.control.query<{ url: string }>('select current_user::text as url')
    expect(rows).toEqual([{ url: 'art32_control' }])
  })

  it('serves on after its PostgreSQL was killed', async () => {
    const before = postgres.pid
    process.kill(before, 'SIGKILL')
    while (postgres.pid === before) await new Promise((done) => setTimeout(done, 10))
    // A connection that nobody has used since may only now be found to be lost.
    await asOne('select 1').catch(() => undefined)
    await databases.control.query('select 1').catch(() => undefined)
    expect(await asOne('select title from measure')).toEqual([{ title: 'TLS' }])
    expect((await databases.control.query('select id from tenant')).rows).toEqual([{ id: 1 }])
  })
})
