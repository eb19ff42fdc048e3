import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { newBackupKey, readConfig, startServer } from '../apps/server/src/main.ts'
import type { Server } from '../apps/server/src/main.ts'
import { startPostgres } from '../apps/server/src/platform/index.ts'
import type { PostgresServer } from '../apps/server/src/platform/index.ts'
import { liveThrough, fillFacts } from '../scripts/testing/nights.ts'
import { rounded, type Row } from './table.ts'

const rows = Number(process.env['ART32_BENCH_ROWS'] ?? 1_000_000)
const nights = Number(process.env['ART32_BENCH_NIGHTS'] ?? 365)

/** Backup and restore of a tenant with a million rows beside the same rows copied by PostgreSQL alone; a year of nights with failures. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-backup-')))
  const places: [string, string] = [join(folder, 'one'), join(folder, 'two')]
  for (const place of places) mkdirSync(place)
  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  try {
    const large = await measureLarge(postgres, folder, places[0])
    return [...large, ...(await measureNights(postgres, folder, places))]
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function start(
  postgres: PostgresServer,
  folder: string,
  name: string,
  [first, second]: readonly string[],
  clock?: { now: () => Date },
): Promise<Server> {
  const { recipient } = await newBackupKey()
  const config = readConfig({
    ART32_DATA: join(folder, name),
    ART32_PORT: '0',
    ART32_LOG: 'error',
    ART32_BACKUP_RECIPIENTS: recipient,
    ART32_BACKUP_TARGET: first,
    ...(second === undefined ? {} : { ART32_BACKUP_SECOND_TARGET: second }),
  })
  return await startServer(config, { postgres, prefix: `bench_${name}`, ...(clock === undefined ? {} : { clock }) })
}

async function measureLarge(postgres: PostgresServer, folder: string, place: string): Promise<Row[]> {
  const server = await start(postgres, folder, 'large', [place])
  try {
    const tenant = await server.registry.create({ name: 'Large', slug: 'large', language: 'en' })
    const { user } = await server.registry.loginOf(tenant.id)
    const sql = async (statement: string) => {
      const client = new Client({ connectionString: postgres.url(user) })
      await client.connect()
      const begun = performance.now()
      try {
        await client.query(statement)
      } finally {
        await client.end()
      }
      return (performance.now() - begun) / 1_000
    }
    await sql(`insert into fact_content (hash, facts, seen_at)
      select encode(sha256(n::text::bytea), 'hex'), sha256(n::text::bytea), now() from generate_series(1, ${rows}) n`)
    const out = await sql(`copy fact_content to program 'cat > /dev/null'`)
    const again = await sql('create table copied (like fact_content including all)')
    const into = await sql('insert into copied select * from fact_content')
    await sql('drop table copied')
    const made = await timed(() => server.backups.make())
    const drilled = await timed(() => server.backups.drill())
    const { runs, drills } = await server.backups.state()
    const large = rounded(rows / 1_000_000)
    return [
      {
        what: `backup of an installation with a tenant of ${large} million rows`,
        value: rounded(made),
        unit: 's',
        bare: { what: 'COPY of the same table to nowhere', value: rounded(out) },
        note: `${rounded((runs[0]?.bytes ?? 0) / 1_048_576)} MiB`,
      },
      {
        what: 'restoring it in a drill, read back and compared (RTO)',
        value: rounded((drills[0]?.rto_ms ?? drilled * 1_000) / 1_000),
        unit: 's',
        bare: { what: 'the same rows from one table into another with its indexes', value: rounded(into + again) },
        bar: 'at most 30 s',
        note: drills[0]?.passed === true ? 'passed' : 'FAILED',
      },
    ]
  } finally {
    await server.stop()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1_000
}

async function measureNights(
  postgres: PostgresServer,
  folder: string,
  places: readonly [string, string],
): Promise<Row[]> {
  let at = new Date('2026-01-01T00:00:00Z')
  const server = await start(postgres, folder, 'nights', places, { now: () => at })
  try {
    const tenant = await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
    const { user } = await server.registry.loginOf(tenant.id)
    const ask = async (database: string, statement: string) => {
      const client = new Client({ connectionString: postgres.url(database) })
      await client.connect()
      try {
        await client.query(statement)
      } finally {
        await client.end()
      }
    }
    const inTenant = (statement: string) => ask(user, statement)
    await inTenant(fillFacts)
    const { injected, unasked, kept, drills } = await liveThrough({
      server,
      places,
      staging: join(folder, 'nights', 'backup'),
      setTime: (time) => (at = time),
      administer: (statement) => ask(postgres.maintenance, statement),
      inTenant,
      database: user,
      count: nights,
      each: 5,
      drills: true,
    })
    const silent = injected.filter(({ told }) => !told)
    return [
      {
        what: `failures brought about in ${nights} nights`,
        value: injected.length,
        unit: '',
        note: `${new Set(injected.map(({ what }) => what)).size} kinds, ${drills} weekly drills`,
      },
      {
        what: 'of these not told',
        value: silent.length,
        unit: '',
        bar: 'none',
        note: silent.map(({ what }) => what).join('; '),
      },
      { what: 'nights on which something else was told', value: unasked.length, unit: '', bar: 'none' },
      {
        what: 'backups kept in a place at the end',
        value: Math.max(...kept),
        unit: '',
        note: '7 days, 5 weeks, 12 months',
      },
    ]
  } finally {
    await server.stop()
  }
}
