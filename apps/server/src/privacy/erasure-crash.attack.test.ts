import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { readConfig } from '../platform/index.ts'
import { connectExternal } from '../platform/postgres/index.ts'
import { startServer } from '../server.ts'

const password = 'correct horse battery staple'

describe('a deletion of an account that a crash interrupted', () => {
  it.each([
    ['before anything was erased', []],
    ['after the tenant was left', ['delete from tenant_account where account_id = $1']],
    ['after the account was removed', ['delete from account where id = $1']],
  ] as const)('is finished by the next start: %s', async (moment, done) => {
    const folder = mkdtempSync(join(tmpdir(), 'art32-erasure-'))
    const prefix = `t${process.pid}erasure${moment.length}${Date.now().toString(36)}`
    const start = async () =>
      await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
        postgres: await connectExternal(inject('databaseUrl')),
        prefix,
        passwordCost: { memoryKiB: 64, passes: 1 },
      })
    let server = await start()
    try {
      await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
      const add = async (name: string) => {
        const { id } = await server.accounts.create({ name, email: `${name}@example.com`, password })
        await server.tenants.join('alpha', id, 'owner')
        return id
      }
      await add('stays')
      const id = await add('leaves')
      await server.databases.control.query(
        `insert into account_closing (account_id, name, email, requested_at) values ($1, 'leaves', 'leaves@example.com', now())`,
        [id],
      )
      for (const statement of done) await server.databases.control.query(statement, [id])
      await server.stop()
      server = await start()
      const { control } = server.databases
      for (const [table, column] of [
        ['account_closing', 'account_id'],
        ['account', 'id'],
        ['tenant_account', 'account_id'],
      ] as const)
        expect((await control.query(`select 1 from ${table} where ${column} = $1`, [id])).rows).toEqual([])
      const { rows } = await server.tenants.asSystem('alpha', ({ sql }) =>
        sql.query('select 1 from membership where account_id = $1', [id]),
      )
      expect(rows).toEqual([])
      const { rows: told } = await control.query(
        `select 1 from log_entry where type = 'account.erased' and subject = $1`,
        [id],
      )
      expect(told).toHaveLength(1)
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
