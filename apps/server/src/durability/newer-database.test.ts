import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { withClient } from '../platform/postgres/index.ts'

describe('databases that a newer art32 has migrated', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'art32-newer-'))
  const prefix = `newer${process.pid}x${Date.now().toString(36)}`
  let tenantDatabase: string

  const start = () => startTestServer({ ART32_DATA: folder }, { prefix })
  const mark = (database: string, statement: string) => {
    const url = new URL(inject('databaseUrl'))
    url.pathname = `/${database}`
    return withClient(url.href, (client) => client.query(statement))
  }
  const future = (folderName: string) =>
    `insert into public.migration (id, sha256) values ('${folderName}/9999-future.sql', '00')`
  const forget = `delete from public.migration where id like '%/9999-future.sql'`

  beforeAll(async () => {
    const server = await start()
    await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    await server.registry.create({ name: 'Beta', slug: 'beta', language: 'en' })
    const { rows } = await server.databases.control.query<{ name: string }>(
      `select database_name as name from tenant where slug = 'alpha'`,
    )
    tenantDatabase = rows[0]?.name ?? ''
    await server.stop()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('are not touched by an older one: it does not start, and says which one to start', async () => {
    await mark(`${prefix}_control`, future('control'))
    await expect(start()).rejects.toThrow(
      'The database has the migration control/9999-future.sql, which this art32 does not know: a newer art32 has used it. Start that one.',
    )
    await mark(`${prefix}_control`, forget)
    const server = await start()
    await server.stop()
  })

  it('are refused one by one where only a tenant was brought forward, and the others work', async () => {
    await mark(tenantDatabase, future('tenant'))
    // As a newer release leaves it: the registry remembers another set of migrations.
    await mark(`${prefix}_control`, `update tenant set schema_digest = 'newer' where slug = 'alpha'`)
    const server: TestServer = await start()
    try {
      const ask = (slug: string) => server.tenants.asSystem(slug, ({ sql }) => sql.query('select 1'))
      await expect(ask('alpha')).rejects.toThrow(/tenant\/9999-future\.sql, which this art32 does not know/)
      expect((await ask('beta')).rows).toHaveLength(1)
    } finally {
      await server.stop()
    }
  })
})
