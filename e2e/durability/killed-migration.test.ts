import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate, readMigrations } from '../../apps/server/src/platform/migrate.ts'
import { ownerRole, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import { cloneDatabase, type TestDatabase } from '../../scripts/testing/database.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const foldersOf = (kind: string) => ['ledger', kind].map((name) => here(`../../apps/server/migrations/${name}`))

/** Every step since the first release, in a long run: `ART32_KILL_ROUNDS=2 npm test -- e2e/durability`; else the newest ones. */
const isLong = Number(process.env['ART32_KILL_ROUNDS'] ?? 1) > 1
const newest = 5

/** Everything that migrations make: columns, rules, functions, rights. */
const everything = `
  select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
    from information_schema.columns where table_schema = 'public'
  union all select 'rule ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
  union all select 'function ' || proname || ' ' || md5(prosrc) || ' ' || coalesce(proacl::text, '')
    from pg_proc where pronamespace = 'public'::regnamespace
  union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all select 'right ' || relname || ' ' || coalesce(relacl::text, '') from pg_class where relnamespace = 'public'::regnamespace
  union all select 'migration ' || id || ' ' || sha256 from public.migration
  order by 1`

const linesOf = (database: TestDatabase) =>
  withClient(database.url, async (client) =>
    (await client.query<{ line: string }>(everything)).rows.map(({ line }) => line),
  )
const countOf = (database: TestDatabase) =>
  withClient(database.url, async (client) => {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from public.migration')
    return rows[0]?.n ?? 0
  })

/** A start that waits to be let go. @returns its end: the signal that killed it, or null */
function prepare(url: string, moment: string, folders: readonly string[]) {
  const program = here('migrating.process.ts')
  const child = spawn(process.execPath, [program, url, moment, ...folders], { stdio: ['pipe', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data) => void (said += String(data)))
  const ended = once(child, 'exit')
  return {
    go: async () => {
      child.stdin.write('go\n')
      await ended
      if (child.exitCode !== null && child.exitCode !== 0) throw new Error(said)
      return child.signalCode
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

describe.each(['control', 'tenant'])('a %s database of an earlier release that is brought forward', (kind) => {
  const folders = foldersOf(kind)
  const all = readMigrations(folders)
  const older = isLong ? all.filter(({ id }) => /\/0001-/.test(id)) : all.slice(0, -newest)
  let killed: TestDatabase
  let whole: TestDatabase

  beforeAll(async () => {
    ;[killed, whole] = await Promise.all([cloneDatabase([]), cloneDatabase([])])
    for (const database of [killed, whole])
      await withClient(database.url, (client) => migrate(client, older, ownerRole))
    await withClient(whole.url, (client) => migrate(client, all, ownerRole))
  })
  afterAll(() => Promise.all([killed.drop(), whole.drop()]))

  it(
    'is whole after a kill -9 at every step: before it counts nothing has happened, after it all of it has',
    async () => {
      let next = prepare(killed.url, 'before', folders)
      let applied = older.length
      // A start that dies before its step counts leaves that step to the next one, which dies right after it.
      for (let at = 0; applied < all.length; at++) {
        const moment = at % 2 === 0 ? 'before' : 'after'
        const now = next
        next = prepare(killed.url, at % 2 === 0 ? 'after' : 'before', folders)
        expect(await now.go()).toBe('SIGKILL')
        applied += moment === 'after' ? 1 : 0
        expect(await countOf(killed)).toBe(applied)
      }
      next.kill()
      const last = prepare(killed.url, 'never', folders)
      expect(await last.go()).toBeNull()
      expect(await linesOf(killed)).toEqual(await linesOf(whole))
    },
    isLong ? 600_000 : 60_000,
  )
})
