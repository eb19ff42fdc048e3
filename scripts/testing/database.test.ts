import type { Client } from 'pg'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, testServer } from './database.ts'
import { withClient } from '../../apps/server/src/platform/postgres/index.ts'

describe('a database of a test file', () => {
  let folder: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'migrations-'))
    writeFileSync(join(folder, '0001-measure.sql'), 'create table measure (id int primary key)')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is migrated, and what one clone writes no other sees', async () => {
    const [one, other] = await Promise.all([cloneDatabase([folder]), cloneDatabase([folder])])
    await withClient(one.url, (client) => client.query('insert into measure values (1)'))
    const count = (client: Client) => client.query<{ n: number }>('select count(*)::int as n from measure')
    expect((await withClient(one.url, count)).rows).toEqual([{ n: 1 }])
    expect((await withClient(other.url, count)).rows).toEqual([{ n: 0 }])
    await Promise.all([one.drop(), other.drop()])
  })

  it('is gone once dropped', async () => {
    const dropped = await cloneDatabase([folder])
    await dropped.drop()
    const server = await testServer()
    const { rowCount } = await withClient(server.url(server.maintenance), (client) =>
      client.query('select from pg_database where datname = $1', [dropped.name]),
    )
    expect(rowCount).toBe(0)
  })
})
