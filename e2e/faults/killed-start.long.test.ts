import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { dropInstallation } from '../../apps/server/src/platform/postgres/testing/control.ts'
import { connectExternal } from '../../apps/server/src/platform/postgres/index.ts'
import { tried } from './tried.ts'

const points = 20
const program = fileURLToPath(new URL('first-start.process.ts', import.meta.url))

/** Everything that migrations make: columns, functions, triggers, rights. The names of this installation are taken out. */
const shape = `
  select 'column', table_schema, table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
    from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')
  union all select 'right', table_schema, table_name, grantee, privilege_type, '', ''
    from information_schema.role_table_grants where table_schema not in ('pg_catalog', 'information_schema')
  union all select 'trigger', event_object_schema, event_object_table, trigger_name, action_statement, '', ''
    from information_schema.triggers
  union all select 'function', n.nspname, p.proname, md5(p.prosrc), pg_get_function_arguments(p.oid), p.prosecdef::text, ''
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname not in ('pg_catalog', 'information_schema')
  order by 1, 2, 3, 4, 5, 6, 7`

describe('a first start that is killed', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-first-')))
  const prefixes: string[] = []
  let whole: string
  let durationMs: number
  beforeAll(async () => {
    const begun = performance.now()
    whole = await shapesOf(await startWhole('whole'))
    durationMs = performance.now() - begun
  }, 300_000)
  afterAll(async () => {
    const postgres = await connectExternal(inject('databaseUrl'))
    for (const prefix of prefixes) await dropInstallation(postgres, prefix)
    rmSync(folder, { recursive: true, force: true })
  })

  it('is completed by the next one, to the last right', { timeout: 900_000 }, async (context) => {
    for (let n = 0; n < points; n++) {
      const prefix = nameOf(`k${n}`)
      const child = start(prefix)
      const ended = once(child, 'exit')
      await sleep((durationMs * (n + 1)) / (points + 1))
      child.kill('SIGKILL')
      await ended
      expect(await shapesOf(await startWhole(`k${n}`))).toBe(whole)
    }
    tried(context, points)
  })

  const nameOf = (name: string) => {
    const prefix = `t${process.pid}first${name}`
    if (!prefixes.includes(prefix)) prefixes.push(prefix)
    return prefix
  }
  const start = (prefix: string) =>
    fork(program, [JSON.stringify({ folder, databaseUrl: inject('databaseUrl'), prefix })], { silent: true })

  /** Starts to the end, with a tenant, and stops. @returns the prefix */
  async function startWhole(name: string): Promise<string> {
    const prefix = nameOf(name)
    const child = start(prefix)
    const printed: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => void printed.push(String(data)))
    const [code] = (await once(child, 'exit')) as [number | null]
    expect([code, printed.join('')]).toEqual([0, ''])
    return prefix
  }

  async function shapesOf(prefix: string): Promise<string> {
    const postgres = await connectExternal(inject('databaseUrl'))
    const inDatabase = async <Row extends object>(name: string, text: string) => {
      const client = new Client({ connectionString: postgres.url(name) })
      await client.connect()
      try {
        return (await client.query<Row>(text)).rows
      } finally {
        await client.end()
      }
    }
    const control = `${prefix}_control`
    const tenants = await inDatabase<{ name: string }>(control, 'select database_name as name from tenant')
    expect(tenants.length).toBe(1)
    const texts: string[] = []
    for (const name of [control, ...tenants.map((tenant) => tenant.name)])
      texts.push(JSON.stringify(await inDatabase(name, shape)))
    // Tenants have names of their own making.
    return texts
      .join('\n')
      .replaceAll(prefix, '')
      .replaceAll(/tenant_[a-z0-9]+/g, 'tenant')
  }
})
