import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { readConfig } from '../platform/index.ts'
import { connectExternal } from '../platform/postgres/index.ts'
import { startServer } from '../server.ts'

describe('a deletion that a crash interrupted', () => {
  it.each(['before anything was dropped', 'after the database was dropped', 'before the row was removed'] as const)(
    'is finished by the next start: %s',
    async (moment) => {
      const folder = mkdtempSync(join(tmpdir(), 'art32-closing-'))
      const prefix = `t${process.pid}closing${moment.length}${Date.now().toString(36)}`
      const start = async () =>
        await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
          postgres: await connectExternal(inject('databaseUrl')),
          prefix,
          passwordCost: { memoryKiB: 64, passes: 1 },
        })
      let server = await start()
      try {
        const { id } = await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
        const { id: by } = await server.accounts.create({
          name: 'Owner',
          email: 'owner@example.com',
          password: 'correct horse battery staple',
        })
        await server.registry.startClosing(id, by)
        const [closing] = await server.registry.listClosing()
        if (!closing) throw new Error('the deletion did not begin')
        if (moment === 'after the database was dropped') await server.databases.dropDatabase(closing.databaseName)
        if (moment === 'before the row was removed') await server.registry.destroy(closing)
        await server.stop()
        server = await start()
        expect(await server.registry.list()).toEqual([])
        expect(await server.registry.listClosing()).toEqual([])
        const { rows } = await server.databases.control.query<{ content: Buffer }>(
          `select o.content from log_entry e join opening o on o.idx = e.idx and o.role = 'actor'
           where e.type = 'tenant.closed' and e.subject = $1`,
          [id],
        )
        expect(rows.map(({ content }) => JSON.parse(content.toString()) as unknown)).toEqual([
          { account: by, kind: 'user' },
        ])
      } finally {
        await server.stop()
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
