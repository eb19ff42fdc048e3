import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestOf, readMigrations } from '../migrate.ts'
import { withClient } from './administration.ts'
import { type Databases, openDatabases } from './databases.ts'
import { connectExternal } from './external.ts'
import { type Layout, nameIn } from './layout.ts'
import type { Connections } from './pools.ts'
import type { PostgresServer } from './server.ts'
import { testServer } from './testing/clone.ts'

describe('the databases of an installation', () => {
  let home: string
  let server: PostgresServer
  let databases: Databases
  const tag = randomBytes(4).toString('hex')
  const prefix = `test_${tag}`
  const operator = `operator_${tag}`
  const visitor = `visitor_${tag}`
  const name = (letter: string, layout: Layout = 'database'): string => nameIn(layout, `${letter}${tag}`)
  const folder = (kind: string): string => join(home, kind)
  const options = () => ({ controlMigrations: [folder('control')], tenantMigrations: [folder('tenant')], prefix })

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'art32-databases-'))
    for (const kind of ['control', 'tenant']) mkdirSync(folder(kind))
    writeFileSync(join(folder('control'), '0001-tenant.sql'), 'create table tenant (id int)')
    writeFileSync(
      join(folder('tenant'), '0001-measure.sql'),
      'create table measure (title text); grant select, insert on measure to art32_application',
    )
    server = await testServer()
    databases = await openDatabases(server, options())
  })
  afterAll(async () => {
    await databases.close()
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

  it.each(['tenant_x', 'postgres', 'art32_control', 'tenant_aaaaaaaa; drop', 'TENANT_AAAAAAAA', ''])(
    'refuses the name %j, to create and to drop',
    async (bad) => {
      await expect(databases.createDatabase(bad)).rejects.toThrow('A tenant database is named')
      await expect(databases.dropDatabase(bad)).rejects.toThrow('A tenant database is named')
    },
  )

  it('never gives a database twice', async () => {
    const login = await databases.createDatabase(name('a'))
    await expect(databases.createDatabase(name('a'))).rejects.toThrow('exists already')
    expect(await ask(databases.tenant(login), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('completes a database whose making was interrupted', async () => {
    await databases.dropDatabase((await databases.createDatabase(name('b'))).user)
    await withClient(server.url(server.maintenance), async (client) => {
      await client.query(`create role ${name('c')}`)
      const template = `${prefix}_template_${digestOf(readMigrations([folder('tenant')])).slice(0, 12)}`
      await client.query(`create database ${name('c')} template ${template} allow_connections false`)
    })
    const login = await databases.createDatabase(name('c'))
    expect(await ask(databases.tenant(login), 'select * from measure')).toEqual([])
    await databases.dropDatabase(name('c'))
  })

  it('drops database and login while somebody is connected, and again without complaint', async () => {
    const login = await databases.createDatabase(name('d'))
    const url = server.url(login.user, login)
    const session = withClient(url, (client) => client.query('select pg_sleep(10)'))
    const lost = session.catch(String)
    await withClient(url, (client) => client.query('select 1'))
    await databases.dropDatabase(login.user)
    expect(await lost).toMatch(/terminat|connection error/)
    await databases.dropDatabase(login.user)
    await expect(withClient(url, (client) => client.query('select 1'))).rejects.toThrow(
      'password authentication failed',
    )
  })

  it('is found again at the next start, and brings tenants forward when they are opened', async () => {
    const login = await databases.createDatabase(name('g'))
    const schema = await databases.createDatabase(name('g', 'schema'))
    for (const one of [login, schema]) await ask(databases.tenant(one), `insert into measure values ('TLS')`)
    await databases.close()
    writeFileSync(
      join(folder('tenant'), '0002-duty.sql'),
      'create table duty (title text); grant select on duty to art32_application',
    )
    databases = await openDatabases(server, options())
    for (const one of [login, schema]) {
      expect(await ask(databases.tenant(one), 'select title from measure')).toEqual([{ title: 'TLS' }])
      expect(await ask(databases.tenant(one), 'select * from duty')).toEqual([])
    }
    const fresh = await databases.createDatabase(name('e'))
    expect(await ask(databases.tenant(fresh), 'select * from duty')).toEqual([])
  })

  it('works the same for an administrator of an external server who is no superuser', async () => {
    await withClient(server.url(server.maintenance), async (client) => {
      await client.query(`create role ${operator} login createdb createrole password 'one'`)
      await client.query(`create database ${operator} owner ${operator}`)
      // On a server of its own the operator itself makes these, and may give them away.
      await client.query(`grant art32_owner, art32_application, art32_observer to ${operator} with admin true`)
    })
    const operated = await connectExternal(server.url(operator, { user: operator, password: 'one' }))
    expect(operated).toMatchObject({
      embedded: false,
      superuser: false,
      version: server.version,
      maintenance: operator,
    })
    const external = await openDatabases(operated, { ...options(), prefix: `${operator}_art32` })
    const login = await external.createDatabase(name('f'))
    expect(await ask(external.tenant(login), 'select * from measure')).toEqual([])
    await expect(ask(external.tenant(login), 'drop table measure')).rejects.toThrow('must be owner')
    await external.dropDatabase(name('f'))
    const [schema, beside] = [
      await external.createDatabase(name('f', 'schema')),
      await external.createDatabase(name('h', 'schema')),
    ]
    expect(await ask(external.tenant(schema), 'select * from measure')).toEqual([])
    await expect(ask(external.tenant(schema), `select * from ${beside.user}.measure`)).rejects.toThrow(
      'permission denied for schema',
    )
    await external.hold(schema.user)
    await external.release(schema.user)
    const both = [schema.user, beside.user]
    expect(await external.countSeparate(both)).toMatchObject({ databases: 2, logins: 2 })
    const scratch = await external.scratches.make('tenant', [], undefined, 'schema')
    await scratch.drop()
    for (const one of both) await external.dropDatabase(one)
    for (const one of both) expect(await external.has(one)).toBe(false)
    await external.close()
  })

  it('refuses an external server that is not there, or an account with too few rights, without telling the password', async () => {
    const nowhere = await connectExternal('postgresql://someone:secret@127.0.0.1:1/art32').catch(String)
    expect(nowhere).toContain(
      'The PostgreSQL server 127.0.0.1:1 of ART32_DATABASE_URL cannot be used: connect ECONNREFUSED',
    )
    expect(nowhere).not.toContain('secret')
    await withClient(server.url(server.maintenance), (client) =>
      client.query(`create role ${visitor} login password 'one'; grant connect on database postgres to ${visitor}`),
    )
    const as = (password: string) => connectExternal(server.url(server.maintenance, { user: visitor, password }))
    await expect(as('secret')).rejects.toThrow('password authentication failed')
    await expect(as('one')).rejects.toThrow(`ALTER ROLE ${visitor} CREATEDB CREATEROLE`)
  })
})
