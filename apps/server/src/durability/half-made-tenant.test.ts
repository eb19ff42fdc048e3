import { escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { withClient } from '../platform/postgres/index.ts'

describe('a tenant whose making was interrupted', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  /** A tenant, put back to what a crash leaves: a registry's row without a password, and as much of a database as named. */
  async function interrupted(slug: string, database: 'none' | 'closed' | 'whole'): Promise<void> {
    const { id } = await server.registry.create({ name: slug, slug, language: 'en' })
    const { rows } = await server.databases.control.query<{ database_name: string }>(
      `update tenant set state = 'creating', role_password = null where id = $1 returning database_name`,
      [id],
    )
    const name = escapeIdentifier(rows[0]?.database_name ?? '')
    await withClient(inject('databaseUrl'), async (client) => {
      if (database === 'none') await client.query(`drop database ${name} with (force)`)
      if (database === 'none') await client.query(`drop role ${name}`)
      if (database === 'closed') await client.query(`alter database ${name} allow_connections false`)
    })
  }

  it.each(['none', 'closed', 'whole'] as const)(
    'is completed when it is opened next, with its database %s',
    async (database) => {
      const slug = `interrupted-${database}`
      await interrupted(slug, database)
      const { rows } = await server.tenants.asSystem(slug, ({ sql }) =>
        sql.query<{ name: string }>('select current_database() as name'),
      )
      expect(rows).toHaveLength(1)
      const state = await server.databases.control.query<{ state: string }>(
        'select state from tenant where slug = $1',
        [slug],
      )
      expect(state.rows).toEqual([{ state: 'ready' }])
    },
  )

  it('is completed once when two want it at the same moment', async () => {
    await interrupted('interrupted-twice', 'none')
    const open = () => server.tenants.asSystem('interrupted-twice', ({ sql }) => sql.query('select 1'))
    const answers = await Promise.allSettled([open(), open(), open()])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  })
})
