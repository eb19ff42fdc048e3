import { chmodSync, createReadStream, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createZstdCompress } from 'node:zlib'
import type { Client } from 'pg'
import { readConfig, startServer } from '../../apps/server/src/main.ts'
import type { Server } from '../../apps/server/src/main.ts'
import { openLog } from '../../apps/server/src/platform/index.ts'
import { startPostgres, withClient } from '../../apps/server/src/platform/postgres/index.ts'
import type { RunningPostgres } from '../../apps/server/src/platform/postgres/index.ts'
import { openRetention } from '../../apps/server/src/privacy/retention.ts'
import { setUp } from '../client.ts'
import type { Owner } from '../client.ts'
import { quantile } from '../load.ts'
import { rounded, type Row } from '../table.ts'
import { partitioned } from './partitions.ts'
import { planned } from './plan.ts'
import { addRegister } from '../register.ts'
import { connect, look, lookOnce, multiply, slug } from './sample.ts'
import type { Looked } from './sample.ts'
import { grown, lyingIn, tableSizes } from './sizes.ts'

/** Ten tenants of the plan in one: a year of them, so that what grows shows. */
const outcomes = Number(process.env['ART32_BENCH_OUTCOMES'] ?? 100_000)
const measures = 1_000
const empties = Number(process.env['ART32_BENCH_EMPTY'] ?? 200)
const calls = 40

/** One year of a large tenant and many empty ones, measured; and what that means for the plan of growth, calculated. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-scale-')))
  const postgres = await startPostgres({ folder: join(folder, 'postgres') })
  try {
    const server = await startServer(readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' }), {
      postgres,
      limits: { caller: 1e9, token: 1e9, change: 1e9 },
    })
    try {
      return await measureOn({ server, postgres, folder, owner: await setUp(server) })
    } finally {
      await server.stop()
    }
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What everything is measured on. */
interface Bench {
  readonly server: Server
  readonly postgres: RunningPostgres
  readonly folder: string
  readonly owner: Owner
}

async function measureOn(bench: Bench): Promise<readonly Row[]> {
  const { server, postgres, owner } = bench
  const alone = await crash(bench)
  const empty = await createEmpty(bench)
  const crowded = await crash(bench)
  await owner.post('/api/tenant/create', { name: 'Sample', slug, language: 'en' })
  const login = await server.registry.loginOf((await server.registry.open(slug)).tenant.id)
  return await withClient(postgres.url(login.user), async (client) => {
    const none = await tableSizes(client)
    await addRegister(server, slug, measures)
    const read = await tableSizes(client)
    await connect(server)
    await look(server, 1)
    const few = await look(server)
    const pagesOfFew = await pages(bench)
    await client.query('vacuum analyze')
    const before = await tableSizes(client)
    const more = await multiply(client, outcomes)
    const after = await tableSizes(client)
    const many = await look(server)
    const pagesOfMany = await pages(bench)
    const sizes = await sizesOf(client, before, after, more)
    const backup = await backUp(bench, client)
    const parts = await partitioned(client)
    const deleted = await retain(bench, client)
    const nothing = await retainEmpty(bench)
    const measureBytes = grown(none, read, ['document', 'statement', 'measure', 'mapping']) / measures
    return [
      ...emptyRows(empty, alone, crowded),
      {
        what: 'a measure in the register',
        value: rounded(measureBytes),
        unit: 'bytes',
        note: `of ${measures}, with its statement, what it means and all indexes`,
      },
      ...sizes.rows,
      ...lookRows(few, many, more.outcomes),
      ...pageRows(pagesOfFew, pagesOfMany, more.outcomes),
      ...backup.rows,
      ...deleted,
      {
        what: 'the daily deletion in a tenant that has nothing to delete',
        value: rounded(nothing),
        unit: 'ms',
        note: `mean of ${empties + 1}, one after the other`,
      },
      ...parts,
      ...planned({
        tenant: empty.bytes,
        filesOfTenant: empty.files,
        measure: measureBytes,
        outcome: sizes.outcome,
        ledger: sizes.ledger,
        outcomesOfLook: more.outcomes / more.looks,
        look: sizes.look,
        facts: sizes.facts,
        anchor: sizes.leaf,
        backup: backup.ratio,
        outcomesPerSecond: (many.outcomes * 1_000) / many.taken,
        deletion: nothing,
      }),
    ]
  })
}

/** What an empty tenant takes. */
interface Empty {
  readonly bytes: number
  readonly files: number
  readonly catalogue: number
  readonly control: number
}

async function createEmpty({ server, postgres, folder }: Bench): Promise<Empty> {
  const below = join(folder, 'postgres', 'data', 'base')
  const controlSize = async () => {
    const { rows } = await server.databases.control.query<{ n: string }>(
      'select pg_database_size(current_database()) as n',
    )
    return Number(rows[0]?.n)
  }
  const [lay, held] = [lyingIn(below), await controlSize()]
  for (let i = 1; i <= empties; i++)
    await server.registry.create({ name: `Empty ${i}`, slug: `empty-${i}`, language: 'en' })
  await withClient(postgres.url(postgres.maintenance), (client) => client.query('checkpoint'))
  const lies = lyingIn(below)
  const { rows } = await server.tenants.asSystem('empty-1', ({ sql }) =>
    sql.query<{ n: number }>('select count(*)::int as n from pg_class'),
  )
  return {
    bytes: (lies.bytes - lay.bytes) / empties,
    files: (lies.files - lay.files) / empties,
    catalogue: rows[0]?.n ?? Number.NaN,
    control: ((await controlSize()) - held) / empties,
  }
}

function emptyRows({ bytes, files, catalogue, control }: Empty, alone: number, crowded: number): Row[] {
  const note = `mean of ${empties}`
  return [
    { what: 'an empty tenant on the disk', value: rounded(bytes / 1e6), unit: 'MB', note },
    { what: 'an empty tenant, files', value: rounded(files), unit: '', note: `${note}; each is an inode` },
    { what: 'an empty tenant, tables, indexes and views of its catalogue', value: catalogue, unit: '' },
    {
      what: 'an empty tenant in the control database',
      value: rounded(control / 1_000),
      unit: 'kB',
      note: `${note}, the heads in the installation's log among it`,
    },
    {
      what: `PostgreSQL answers again after kill -9, with ${empties} tenants`,
      value: rounded(crowded),
      unit: 'ms',
      bare: { what: 'with none', value: rounded(alone) },
    },
  ]
}

/** Kills PostgreSQL, which art32 starts again. @returns milliseconds until it answers */
async function crash({ postgres }: Bench): Promise<number> {
  const begun = performance.now()
  const { pid } = postgres
  process.kill(pid, 'SIGKILL')
  for (;;) {
    await sleep(10)
    const isBack = await withClient(postgres.url(postgres.maintenance), (client) => client.query('select 1')).then(
      () => postgres.pid !== pid,
      () => false,
    )
    if (isBack) return performance.now() - begun
    if (performance.now() - begun > 300_000) throw new Error('PostgreSQL did not come back')
  }
}

interface Sizes {
  readonly rows: readonly Row[]
  readonly outcome: number
  readonly ledger: number
  readonly leaf: number
  readonly look: number
  readonly facts: number
}

const ledgerTables = ['log_entry', 'opening', 'log_tile', 'log_checkpoint'] as const

async function sizesOf(
  client: Client,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  more: Awaited<ReturnType<typeof multiply>>,
): Promise<Sizes> {
  const by = (names: readonly string[]) => grown(before, after, names)
  const { rows } = await client.query<{ facts: string; plain: string; leaves: string; subjects: number; leaf: number }>(
    `select (select avg(pg_column_size(facts)) from reading) as facts, (select avg(octet_length(facts)) from reading) as plain,
       (select count(*) from leaf) as leaves, (select avg(pg_column_size(subjects))::int from outcome) as subjects,
       (select avg(octet_length(leaf))::int from log_entry) as leaf`,
  )
  const [found] = rows
  const leaves = Number(found?.leaves)
  const outcome = by(['outcome']) / more.outcomes
  const ledger = by(ledgerTables) / more.outcomes
  const look = by(['run', 'reading']) / more.looks
  const facts = Number(found?.facts)
  const leaf = by(ledgerTables) / leaves
  const row = (what: string, value: number, note: string): Row => ({ what, value: rounded(value), unit: 'bytes', note })
  return {
    outcome,
    ledger,
    leaf,
    look: look - facts,
    facts,
    rows: [
      row(
        'an outcome',
        outcome,
        `of ${more.outcomes.toLocaleString('en')}, with all indexes; ${found?.subjects} bytes of it are its subjects, which go after 13 months`,
      ),
      row(
        'what the ledger holds for an outcome',
        ledger,
        `${rounded(leaves / more.outcomes)} leaves with what they commit to, hashes and signed heads; those of its look among them`,
      ),
      row('a leaf with what it commits to', leaf, `the leaf itself has ${found?.leaf} bytes`),
      row(
        'a look, without facts',
        look - facts,
        `run and reading; ${rounded(more.outcomes / more.looks)} outcomes each`,
      ),
      row(
        'the facts of a look',
        facts,
        'sealed, kept for 13 months; each look keeps its own, also where nothing changed',
      ),
    ],
  }
}

function lookRows(few: Looked, many: Looked, size: number): Row[] {
  const each = ({ taken, outcomes: judged }: Looked) => rounded(taken / judged)
  return [
    {
      what: `an outcome judged, kept and signed, with ${size.toLocaleString('en')} before it`,
      value: each(many),
      unit: 'ms',
      bare: { what: `with ${few.outcomes} before it`, value: each(few) },
      note: `mean of ${many.outcomes}, one look after the other`,
    },
  ]
}

type Pages = ReadonlyMap<string, number>

/** p95 of pages of the sample, as its owner reads them. */
async function pages({ owner }: Bench): Promise<Pages> {
  const at = (operation: string) => `/api/tenants/${slug}/${operation}`
  const list = (await (await owner.get(at('outcome/list?checkId=tls.protocols'))).json()) as {
    outcomes: { id: string }[]
  }
  const paths: readonly (readonly [what: string, path: string])[] = [
    ['a page of the register', at('measure/list')],
    ['the latest outcomes', at('outcome/list')],
    ["an outcome's twelve months", at(`outcome/history?outcomeId=${list.outcomes[0]?.id}`)],
    ['the connections with their last look', at('connection/list')],
    ['the last runs', at('run/list')],
    ['the head of the ledger', at('ledger/show')],
    ['a page of the ledger', at('ledger/entries')],
  ]
  const taken = new Map<string, number>()
  for (const [what, path] of paths)
    taken.set(what, await p95(async () => void (await (await owner.get(path)).arrayBuffer())))
  return taken
}

function pageRows(few: Pages, many: Pages, size: number): Row[] {
  return [...many].map(([what, value]) => ({
    what: `p95, ${what}, with ${size.toLocaleString('en')} outcomes`,
    value: rounded(value),
    unit: 'ms',
    bare: { what: 'with a few hundred', value: rounded(few.get(what) ?? Number.NaN) },
    bar: 'at most 100 ms',
  }))
}

async function p95(work: () => Promise<void>): Promise<number> {
  const taken: number[] = []
  for (let run = 0; run < calls + 3; run += 1) {
    const begun = performance.now()
    await work()
    // The first ones warm up.
    if (run >= 3) taken.push(performance.now() - begun)
  }
  return quantile(
    taken.toSorted((a, b) => a - b),
    0.95,
  )
}

/** Every table copied out as a backup does it, and compressed. */
async function backUp({ folder }: Bench, client: Client): Promise<{ rows: readonly Row[]; ratio: number }> {
  const target = join(folder, 'postgres', 'copied')
  mkdirSync(target)
  // PostgreSQL writes there as another account.
  chmodSync(target, 0o777)
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  const size = await client.query<{ n: string }>('select pg_database_size(current_database()) as n')
  const begun = performance.now()
  let [plain, packed] = [0, 0]
  for (const { name } of rows) {
    const file = join(target, name)
    await client.query(`copy ${client.escapeIdentifier(name)} to ${client.escapeLiteral(file)} (format binary)`)
    const read = createReadStream(file)
    for await (const bytes of read.pipe(createZstdCompress())) packed += (bytes as Buffer).length
    plain += read.bytesRead
    rmSync(file)
  }
  const taken = performance.now() - begun
  const whole = Number(size.rows[0]?.n)
  return {
    ratio: packed / whole,
    rows: [
      {
        what: 'a backup of the sample',
        value: rounded(packed / 1e6),
        unit: 'MB',
        bare: { what: 'its database', value: rounded(whole / 1e6) },
        note: `COPY in binary (${rounded(plain / 1e6)} MB) and zstd; sealed facts, salts and hashes do not get smaller`,
      },
      { what: 'a backup of the sample, time', value: rounded(taken / 1_000), unit: 's' },
    ],
  }
}

const dayMs = 86_400_000

/** The deletion as the product does it, thirteen months and a day later: a whole year at once, while others look and read. */
async function retain({ server, owner }: Bench, client: Client): Promise<Row[]> {
  const later = new Date(Date.now() + 396 * dayMs)
  const { tenant } = await server.registry.open(slug)
  const retention = openRetention({
    control: server.databases.control,
    registry: {
      ...server.registry,
      list: async () => (await server.registry.list()).filter(({ id }) => id === tenant.id),
    },
    tenants: {
      ...server.tenants,
      asSystem: (id, work, options) => server.tenants.asSystem(id, (tx) => work({ ...tx, now: later }), options),
    },
    now: () => new Date(),
    log: openLog('error', () => new Date()),
  })
  const alone = await longest(server, owner, sleep(2_000))
  const begun = performance.now()
  const beside = await longest(server, owner, retention.run())
  const taken = performance.now() - begun
  const left = await client.query<{ n: number }>(
    `select count(*)::int as n from outcome where subjects <> '[]' and at < now() - interval '1 hour'`,
  )
  if (left.rows[0]?.n !== 0) throw new Error('the deletion left something')
  const sizes = await tableSizes(client)
  const vacuumed = performance.now()
  await client.query('vacuum analyze outcome, reading, run')
  const cleaned = performance.now() - vacuumed
  return [
    {
      what: 'the deletion of a whole year at once',
      value: rounded(taken / 1_000),
      unit: 's',
      note: 'in transactions of 1,000 rows; a day is a 365th of it',
    },
    {
      what: 'the slowest page beside it',
      value: rounded(beside.page),
      unit: 'ms',
      bare: { what: 'without it', value: rounded(alone.page) },
    },
    {
      what: 'the slowest look beside it',
      value: rounded(beside.look),
      unit: 'ms',
      bare: { what: 'without it', value: rounded(alone.look) },
      note: 'judges, keeps and signs',
    },
    {
      what: 'vacuum of outcomes and looks after it',
      value: rounded(cleaned),
      unit: 'ms',
      note: `outcome and reading have ${rounded(((sizes.get('outcome') ?? 0) + (sizes.get('reading') ?? 0)) / 1e6)} MB then`,
    },
  ]
}

/** The slowest page and the slowest look while something else goes on, in milliseconds. */
async function longest(server: Server, owner: Owner, other: Promise<void>): Promise<{ page: number; look: number }> {
  const over = new AbortController()
  const slowest = async (work: () => Promise<unknown>) => {
    let most = 0
    do {
      const begun = performance.now()
      await work()
      most = Math.max(most, performance.now() - begun)
    } while (!over.signal.aborted)
    return most
  }
  const readers = Promise.all([
    slowest(async () => await (await owner.get(`/api/tenants/${slug}/outcome/list`)).arrayBuffer()),
    slowest(async () => await lookOnce(server)),
  ])
  await other.finally(() => over.abort())
  const [page, looked] = await readers
  return { page, look: looked }
}

/** The daily deletion over every tenant, which finds nothing. @returns milliseconds of one */
async function retainEmpty({ server }: Bench): Promise<number> {
  const retention = openRetention({
    control: server.databases.control,
    registry: server.registry,
    tenants: server.tenants,
    now: () => new Date(),
    log: openLog('error', () => new Date()),
  })
  const begun = performance.now()
  await retention.run()
  return (performance.now() - begun) / (await server.registry.list()).length
}
