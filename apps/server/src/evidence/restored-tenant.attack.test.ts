import { Client } from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import { grow, tenantLog } from './testing/log.ts'

describe('one tenant whose database is put back while art32 runs', () => {
  it.each(['remembered', 'anchored'] as const)('is found before anything is signed over it: %s', async (from) => {
    const running = await startTestServer()
    const admin = async (text: string) => {
      const client = new Client({ connectionString: inject('databaseUrl') })
      await client.connect()
      await client.query(text).finally(() => client.end())
    }
    try {
      await running.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
      await grow(running, 2)
      const before = await tenantLog(running)
      const { rows } = await running.tenants.asSystem('alpha', ({ sql }) =>
        sql.query<{ name: string }>('select current_database() as name'),
      )
      const name = rows[0]?.name ?? ''
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`
      const old = `${name}_old`
      await admin(cut)
      await admin(`create database ${old} template ${name}`)
      await grow(running, 3)
      const lost = await tenantLog(running)
      await admin(cut)
      await admin(`drop database ${name} with (force)`)
      await admin(`alter database ${old} rename to ${name}`)
      const open = await running.registry.open('alpha')
      // Where this machine remembers nothing, the log of the installation still does.
      if (from === 'anchored') {
        Object.assign(open.signer.heads, { of: () => undefined, family: () => [] })
        await running.ledgers.compare(open)
      }
      await running.tenants.asSystem('alpha', ({ append, tenant }) =>
        append({ type: 'tenant.changed', about: { kind: 'tenant', id: tenant.id } }),
      )
      const { origin, leaves, earlier } = await tenantLog(running)
      expect(origin).toBe(`${before.origin}/2`)
      expect(leaves.slice(0, 3).map(({ type, code, head }) => [type, code, head?.size])).toEqual([
        ['log.continued', 'restored', before.size],
        ['log.restored', from, lost.size],
        ['tenant.changed', undefined, undefined],
      ])
      expect(earlier.map((log) => [log.origin, Number(log.size)])).toEqual([[before.origin, before.size]])
      expect((await running.registry.open('alpha')).tenant.origin).toBe(origin)
    } finally {
      await running.stop()
    }
  })
})
