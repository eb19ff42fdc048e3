import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { withClient } from '../platform/postgres/index.ts'

/** As much of a tenant's database as a crash may leave. */
const leftOvers = ['none', 'closed', 'whole', 'twice'] as const

describe('a tenant whose making was interrupted', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'art32-half-made-'))
  const prefix = `half${process.pid}x${Date.now().toString(36)}`
  const slugOf = (left: string) => `interrupted-${left}`
  let server: TestServer

  const start = () => startTestServer({ ART32_DATA: folder }, { prefix })

  beforeAll(async () => {
    const before = await start()
    for (const left of leftOvers)
      await before.registry.create({ name: slugOf(left), slug: slugOf(left), language: 'en' })
    await before.stop()
    for (const left of leftOvers) await interrupt(left)
    server = await start()
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Puts a tenant back to what a crash leaves: a registry's row without a password, and as much of a database as named. */
  async function interrupt(left: (typeof leftOvers)[number]): Promise<void> {
    const control = new URL(inject('databaseUrl'))
    control.pathname = `/${prefix}_control`
    const { rows } = await withClient(control.href, (client) =>
      client.query<{ database_name: string }>(
        `update tenant set state = 'creating', role_password = null where slug = $1 returning database_name`,
        [slugOf(left)],
      ),
    )
    const name = escapeIdentifier(rows[0]?.database_name ?? '')
    await withClient(inject('databaseUrl'), async (client) => {
      if (left === 'closed') await client.query(`alter database ${name} allow_connections false`)
      if (left !== 'none' && left !== 'twice') return
      await client.query(`drop database ${name} with (force)`)
      await client.query(`drop role ${name}`)
    })
  }

  it.each(['none', 'closed', 'whole'] as const)(
    'is completed when it is opened after the next start, with its database %s',
    async (left) => {
      const { rows } = await server.tenants.asSystem(slugOf(left), ({ sql }) =>
        sql.query<{ name: string }>('select current_database() as name'),
      )
      expect(rows).toHaveLength(1)
      const state = await server.databases.control.query<{ state: string }>(
        'select state from tenant where slug = $1',
        [slugOf(left)],
      )
      expect(state.rows).toEqual([{ state: 'ready' }])
    },
  )

  it('is completed once when two want it at the same moment', async () => {
    const open = () => server.tenants.asSystem(slugOf('twice'), ({ sql }) => sql.query('select 1'))
    const answers = await Promise.allSettled([open(), open(), open()])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  })
})
