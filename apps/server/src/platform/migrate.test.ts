import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from './postgres/testing/clone.ts'
import { digestOf, migrate, readMigrations } from './migrate.ts'
import { ownerRole, withClient } from './postgres/index.ts'

describe('migrations', () => {
  let home: string
  let folder: string
  let database: TestDatabase
  let count = 0

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'art32-migrate-'))
    database = await cloneDatabase([])
  })
  beforeEach(async () => {
    folder = join(home, String((count += 1)), 'sql')
    mkdirSync(folder, { recursive: true })
    await on((client) => client.query(`drop owned by ${ownerRole}`))
  })
  afterAll(async () => {
    await database.drop()
    rmSync(home, { recursive: true })
  })

  const on = <T>(work: (client: Client) => Promise<T>): Promise<T> => withClient(database.url, work)
  const write = (file: string, sql: string): void => writeFileSync(join(folder, file), sql)
  const run = (): Promise<string[]> => on((client) => migrate(client, readMigrations([folder]), ownerRole))
  const tables = async (): Promise<string[]> => {
    const question = `select tablename as name from pg_tables where schemaname = 'public' and tableowner = '${ownerRole}' order by 1`
    return (await on((client) => client.query<{ name: string }>(question))).rows.map(({ name }) => name)
  }

  it('are applied once, in order, and belong to the owner', async () => {
    write('0001-measure.sql', 'create table measure (id int)')
    write('0002-duty.sql', 'alter table measure add duty text; create table duty ()')
    expect(await run()).toEqual(['sql/0001-measure.sql', 'sql/0002-duty.sql'])
    expect(await run()).toEqual([])
    expect(await tables()).toEqual(['duty', 'measure', 'migration'])
  })

  it('wait for each other when two start at once', async () => {
    write('0001-measure.sql', 'select pg_sleep(0.1); create table measure (id int)')
    const both = await Promise.all([run(), run()])
    expect(both.flat()).toEqual(['sql/0001-measure.sql'])
  })

  it('name file, line and column of a mistake, and leave nothing of the file behind', async () => {
    write('0001-measure.sql', 'create table measure (id int)')
    write('0002-broken.sql', '-- ä\u{1f512}\ncreate table half ();\n  selec 1;\n')
    await expect(run()).rejects.toThrow(
      'sql/0002-broken.sql fails at line 3, column 3: syntax error at or near "selec" (42601)',
    )
    expect(await tables()).toEqual(['measure', 'migration'])
  })

  it('are refused by name when changed after they were applied', async () => {
    write('0001-measure.sql', 'create table measure (id int)')
    await run()
    write('0001-measure.sql', 'create table measure (id bigint)')
    await expect(run()).rejects.toThrow('sql/0001-measure.sql was changed')
  })

  it('are refused when the database is ahead of the program', async () => {
    write('0001-measure.sql', 'create table measure (id int)')
    write('0002-newer.sql', 'select 1')
    await run()
    rmSync(join(folder, '0002-newer.sql'))
    await expect(run()).rejects.toThrow('has the migration sql/0002-newer.sql, which this art32 does not know')
  })

  it('are refused when a new one comes before an applied one', async () => {
    write('0002-measure.sql', 'create table measure (id int)')
    await run()
    write('0001-late.sql', 'select 1')
    await expect(run()).rejects.toThrow('sql/0001-late.sql comes before')
  })

  it('are refused when they end their transaction themselves', async () => {
    write('0001-sly.sql', 'create table sly (); commit; begin')
    await expect(run()).rejects.toThrow('sql/0001-sly.sql begins or ends a transaction')
  })

  it.each(['1-short.sql', '0001_underscore.sql', '0001-Upper.sql', 'notes.txt'])(
    'are refused when named %s',
    (file) => {
      write(file, 'select 1')
      expect(() => readMigrations([folder])).toThrow(`sql/${file} is not named NNNN-name.sql`)
    },
  )

  it('are refused when two in a folder have one number', () => {
    write('0001-one.sql', 'select 1')
    write('0001-two.sql', 'select 1')
    expect(() => readMigrations([folder])).toThrow('sql/0001-two.sql')
  })

  it('have one digest, which changes with any of them', () => {
    write('0001-one.sql', 'select 1')
    const before = digestOf(readMigrations([folder]))
    expect(digestOf(readMigrations([folder]))).toBe(before)
    write('0001-one.sql', 'select 2')
    expect(digestOf(readMigrations([folder]))).not.toBe(before)
  })
})
