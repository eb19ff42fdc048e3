import { readFileSync } from 'node:fs'
import { expect, inject, it } from 'vitest'
import { Client } from 'pg'

/** Releases of 2026-05-14 mended CVE-2026-6473 and CVE-2026-6637, by which a login without rights breaks out of its server. */
const mended: Readonly<Record<number, number>> = { 18: 4, 17: 10, 16: 14, 15: 18 }

it('the PostgreSQL that comes with art32 is of a release that mends what broke out of it', async () => {
  const client = new Client({ connectionString: inject('databaseUrl') })
  await client.connect()
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`)
  await client.end()
  const version = Number(rows[0]?.version)
  const [major, minor] = [Math.floor(version / 10_000), version % 10_000]
  expect([major, minor]).toEqual([major, Math.max(minor, mended[major] ?? (major > 18 ? 0 : Infinity))])
})

it('nothing of PGlite is installed with art32', () => {
  const lock = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')
  const { packages } = JSON.parse(lock) as { packages: Record<string, object> }
  const installed = Object.keys(packages)
  expect(installed.filter((path) => /pglite/i.test(path))).toEqual([])
  expect(installed).toContain('node_modules/pg-boss')
})
