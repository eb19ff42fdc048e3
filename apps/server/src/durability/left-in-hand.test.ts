import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { describe, expect, inject, it, vi } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'

async function connect(database: string): Promise<Client> {
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${database}`
  const client = new Client({ connectionString: url.href })
  await client.connect()
  return client
}

describe('a tenant that a process left with entries that wait', () => {
  it('is finished after the next start, which waits for none of it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'art32-left-'))
    const prefix = `left${process.pid}x${Date.now().toString(36)}`
    const start = () => startTestServer({ ART32_DATA: folder }, { prefix })
    const before = await start()
    await before.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    const { id } = (await before.registry.open('alpha')).tenant
    const { rows } = await before.tenants.asSystem(id, ({ sql }) =>
      sql.query<{ name: string }>('select current_database() as name'),
    )
    await before.ledgers.settle(await before.registry.open(id))
    // Somebody who holds its log, so that nothing is taken into it.
    const holder = await connect(rows[0]?.name ?? '')
    const hold = () => holder.query('begin; lock table log_entry in exclusive mode')
    await hold()
    await before.tenants.asSystem(id, ({ append }) => append({ type: 'tenant.changed', about: { kind: 'tenant', id } }))
    const { rows: entries } = await holder.query<{ event: object; at: Date }>('select event, at from log_pending')
    await holder.query('commit')
    await before.stop()
    // As if the process had been killed before it took the entry into the log.
    for (const { event, at } of entries)
      await holder.query('insert into log_pending (event, at) values ($1, $2)', [event, at])
    const control = await connect(`${prefix}_control`)
    await control.query('insert into tenant_activity (tenant_id, process_id) values ($1, gen_random_uuid())', [id])
    await control.end()
    await hold()

    const after = await start()
    try {
      const waiting = async () => {
        const found = await holder.query<{ count: number }>('select count(*)::int as count from log_pending')
        return found.rows[0]?.count
      }
      expect([await waiting(), await after.registry.listMarked()]).toEqual([1, [id]])
      // A round of anchoring takes it for nothing that is finished.
      await after.ledgers.anchorAll()
      expect(await after.registry.listMarked()).toEqual([id])
      await holder.query('commit')
      await vi.waitFor(async () => expect(await waiting()).toBe(0), 10_000)
      await after.ledgers.anchorAll()
      expect(await after.registry.listMarked()).toEqual([])
    } finally {
      await holder.end()
      await after.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
