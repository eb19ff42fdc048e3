import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setUp, signIn } from '../../../../e2e/durability/client.ts'
import { readConfig } from '../platform/index.ts'
import { startServer } from '../server.ts'
import { homeSlug } from '../tenant/index.ts'
import type { Proven } from '../../../../scripts/testing/certificate.ts'
import { verifyCertificate } from '../../../../scripts/testing/certificate.ts'

describe('a deleted tenant', () => {
  const canary = 'canary7f3e9deleted'
  const owner = { name: 'Owner', email: 'owner@example.com', password: 'correct horse battery staple' }

  it('is found nowhere: in no file of the data folder and in no table of the control database', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-traces-')))
    const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
      passwordCost: { memoryKiB: 64, passes: 1 },
    })
    const { control } = server.databases
    const holders = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => readFileSync(file).includes(canary))
    try {
      await server.registry.create({ name: 'This installation', slug: homeSlug, language: 'en' })
      await setUp(server.url, (await server.issueSetupToken()) ?? '', owner)
      const caller = await signIn(server.url, owner)
      const at = (operation: string) => `/api/tenants/${canary}/${operation}`
      await server.registry.create({ name: `${canary} Ltd`, slug: canary, language: 'en' })
      const [{ id: accountId } = { id: '' }] = (
        await control.query<{ id: string }>('select id from account where email = $1', [owner.email])
      ).rows
      await server.tenants.join(canary, accountId, 'owner')
      const text = `# Measures of ${canary}\n\nVersion 1, 2 May 2026\n\n## Access\n\n- Visitors of ${canary} are escorted.\n`
      const read = await caller.upload<{ document: { id: string } }>(
        `${at('document/read')}?name=${canary}.md`,
        Buffer.from(text),
      )
      await caller.post(at('document/adopt'), { documentId: read.document.id })
      await caller.post(at('connection/add'), { target: `dns:${canary}.example` })
      const draft = await caller.post<{ id: string }>(at('edition/draft'), {})
      await caller.post(at('edition/sign'), { editionId: draft.id })
      await caller.post('/api/tenant/rename', { slug: canary, name: `${canary} GmbH` })
      // It has to be there, or not finding it would say nothing.
      expect(holders().some((file) => file.includes('pg_wal'))).toBe(true)

      const { tenantId } = await caller.post<{ tenantId: string }>('/api/tenant/delete', {
        slug: canary,
        confirm: canary,
      })
      expect(holders()).toEqual([])
      const { rows: tables } = await control.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema')
           and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`,
      )
      expect(tables.length).toBeGreaterThan(10)
      for (const { name } of tables) {
        const { rows } = await control.query(
          `select 1 from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0`,
          [canary, Buffer.from(canary).toString('hex')],
        )
        expect([name, rows.length]).toEqual([name, 0])
      }
      const proven = await caller.get<Proven>(`/api/tenant/certificate?tenantId=${tenantId}`)
      expect(proven.certificate.traces).toBe('removed')
      verifyCertificate(proven)
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
