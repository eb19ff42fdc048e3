import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { backendsOf } from './backends.ts'
import { postmasterOf } from '../../e2e/durability/doomed.ts'
import { quantile } from '../load.ts'
import { proportionalMiB } from '../memory.ts'
import { ledgerFaults, mixOf } from '../mixed/mix.ts'
import type { Seeded } from '../mixed/mix.ts'
import { pace } from '../mixed/pace.ts'
import type { SeededTenant } from '../mixed/seed.ts'
import { startProcess } from '../process.ts'
import { rounded, type Row } from '../table.ts'
import { keep } from './kept.ts'
import type { Kept } from './kept.ts'

const minutes = Number(process.env['ART32_BENCH_MINUTES'] ?? 60)
const tenants = 20
const perSecond = 100
const killEveryMs = Math.min(60_000, (minutes * 60_000) / 5)
const lookEveryMs = 5_000

/**
 * Two processes that answer and one that works, on one PostgreSQL, behind a balancer; each minute one of all processes is killed,
 * by lot. A process of art32 is started again after a second, PostgreSQL by itself.
 */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-chaos-')))
  const postgresFolder = join(folder, 'postgres')
  const postgres = await startProcess<{ url: string }>(new URL('postgres.process.ts', import.meta.url), postgresFolder)
  const [front = 0, ...ports] = await freePorts(4)
  const origin = `http://localhost:${front}`
  const settingsOf = (name: string, port: number, role: string) => {
    const data = join(folder, name)
    mkdirSync(data)
    return {
      ART32_DATA: data,
      ART32_PORT: String(port),
      ART32_ROLE: role,
      ART32_URL: origin,
      ART32_DATABASE_URL: postgres.said.url,
      ART32_MASTER_KEY: masterKey,
      ART32_LOG: 'error',
      ART32_TRUSTED_PROXIES: '127.0.0.1',
    }
  }
  Object.assign(process.env, settingsOf('seed', 0, 'all'))
  const seeder = await startProcess<{ tenants: SeededTenant[] }>(
    new URL('seed.process.ts', import.meta.url),
    String(tenants),
  )
  await seeder.stop()
  const kept = ['web', 'web', 'worker'].map((role, n) => keep(role, settingsOf(`${role}-${n}`, ports[n] ?? 0, role)))
  const balancer = await startProcess(
    new URL('balancer.process.ts', import.meta.url),
    ...[front, ...ports.slice(0, 2)].map(String),
  )
  try {
    await Promise.all(ports.slice(0, 3).map(untilReady))
    const seeded: Seeded = { url: `http://127.0.0.1:${front}`, origin, tenants: seeder.said.tenants }
    return await run(seeded, kept, { folder: postgresFolder, url: postgres.said.url })
  } finally {
    await balancer.stop()
    await Promise.all(kept.map((one) => one.stop()))
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const masterKey = randomBytes(32).toString('base64')

/** Where it keeps its files, and its maintenance database. */
type Database = Readonly<{ folder: string; url: string }>

async function run(seeded: Seeded, kept: readonly Kept[], database: Database): Promise<readonly Row[]> {
  const ask = mixOf(seeded)
  const acknowledged: string[] = []
  const wrong: Record<string, number> = {}
  const times: number[] = []
  const over = new AbortController()
  const killed: Record<string, number> = {}
  const killing = (async () => {
    await sleep(killEveryMs / 2)
    while (!over.signal.aborted) {
      const [name, pid] = drawVictim(kept, database.folder)
      if (pid !== undefined) {
        process.kill(pid, 'SIGKILL')
        killed[name] = (killed[name] ?? 0) + 1
      }
      await sleep(killEveryMs)
    }
  })()
  const flatness = watchFlatness(
    () => [...kept.map((one) => one.pid()), ...backendsOf(database.folder)],
    () => jobsDue(database.url),
  )
  await pace({ perSecond, seconds: minutes * 60 }, ask, (answer, asked, text) => {
    times.push(answer.ms)
    if (answer.isRight) {
      if (asked.method === 'POST') acknowledged.push((JSON.parse(text) as { commentId: string }).commentId)
    } else {
      const kind = `${asked.method} ${answer.status ?? 'no answer'}`
      wrong[kind] = (wrong[kind] ?? 0) + 1
    }
  })
  over.abort()
  const flat = flatness.end()
  await killing
  await sleep(10_000)
  const sorted = times.toSorted((a, b) => a - b)
  const total = times.length
  return [
    {
      what: `not answered right of ${total} requests, ${perSecond} a second for ${rounded(minutes)} minutes`,
      value: Object.values(wrong).reduce((a, b) => a + b, 0),
      unit: '',
      bar: `at most ${Math.floor(total / 1_000)}, which is 0.1 %, in an hour`,
      note: describe(wrong),
    },
    {
      what: 'processes killed meanwhile',
      value: Object.values(killed).reduce((a, b) => a + b, 0),
      unit: '',
      bar: 'one a minute',
      note: describe(killed),
    },
    {
      what: 'acknowledged changes that are gone',
      value: await countGone(seeded, acknowledged),
      unit: '',
      bar: '0',
      note: `of ${acknowledged.length}`,
    },
    { what: 'faults of the ledgers afterwards', value: await ledgerFaults(seeded), unit: '', bar: '0' },
    { what: 'p50', value: rounded(quantile(sorted, 0.5)), unit: 'ms' },
    { what: 'p99', value: rounded(quantile(sorted, 0.99)), unit: 'ms' },
    ...flat,
  ]
}

/** One of the processes by lot: of art32, PostgreSQL itself, or one of its backends, after which it starts all of them anew. */
function drawVictim(kept: readonly Kept[], postgresFolder: string): [name: string, pid: number | undefined] {
  const victims: (readonly [string, () => number | undefined])[] = [
    ...kept.map((one) => [one.name, () => one.pid()] as const),
    ['PostgreSQL', () => postmasterOf(postgresFolder)?.pid],
    ['a backend of PostgreSQL', () => draw(backendsOf(postgresFolder))],
  ]
  const [name, pidOf] = draw(victims) ?? ['nobody', () => undefined]
  return [name, pidOf()]
}

const draw = <T>(items: readonly T[]): T | undefined => items[Math.floor(Math.random() * items.length)]

const describe = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ') || 'none'

/** What is watched, and how it is told of. */
const watched = {
  mib: { what: 'memory of all processes', unit: 'MiB' },
  handles: { what: 'open files and sockets of all processes', unit: '' },
  jobs: { what: 'jobs that are due and not done', unit: '' },
} as const

/** Whether what all processes hold, and what waits for them, grows: the middle of the last third beside that of the first one. */
function watchFlatness(
  pids: () => readonly (number | undefined)[],
  jobs: () => Promise<number | null>,
): { end(): Row[] } {
  const looks: Record<keyof typeof watched, number[]> = { mib: [], handles: [], jobs: [] }
  const look = () => {
    const alive = pids().filter((pid) => pid !== undefined)
    looks.mib.push(alive.reduce((sum, pid) => sum + proportionalMiB(pid), 0))
    looks.handles.push(alive.reduce((sum, pid) => sum + handlesOf(pid), 0))
    void jobs().then((count) => count !== null && looks.jobs.push(count))
  }
  const timer = setInterval(look, lookEveryMs)
  const middle = (part: readonly number[]) =>
    quantile(
      part.toSorted((a, b) => a - b),
      0.5,
    )
  return {
    end() {
      clearInterval(timer)
      return (['mib', 'handles', 'jobs'] as const).map((kind) => {
        const { what, unit } = watched[kind]
        const third = Math.floor(looks[kind].length / 3)
        return {
          what: `${what}, last third`,
          value: rounded(middle(looks[kind].slice(-third))),
          unit,
          bare: { what: 'the first third', value: rounded(middle(looks[kind].slice(0, third))) },
          bar: 'flat',
          note: `at most ${rounded(Math.max(...looks[kind]))}`,
        }
      })
    },
  }
}

/** Those of all queues. @returns null while PostgreSQL is away */
async function jobsDue(url: string): Promise<number | null> {
  const address = new URL(url)
  address.pathname = '/art32_control'
  const client = new Client({ connectionString: address.href, connectionTimeoutMillis: 2_000, query_timeout: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ due: number }>(
      `select count(*)::int as due from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()`,
    )
    return rows[0]?.due ?? null
  } catch {
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}

function handlesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return 0
  }
}

/** How many of the comments that were acknowledged no tenant has. */
async function countGone({ url, tenants: all }: Seeded, acknowledged: readonly string[]): Promise<number> {
  const there = new Set<string>()
  const look = async ({ slug, cookies, measureIds }: SeededTenant) => {
    for (const measureId of measureIds) {
      const response = await fetch(`${url}/api/tenants/${slug}/comment/list?measureId=${measureId}`, {
        headers: { cookie: cookies[0] ?? '' },
      })
      if (!response.ok) throw new Error(`comments of ${slug} were answered with ${response.status}`)
      const { comments } = (await response.json()) as { comments: { commentId: string }[] }
      for (const { commentId } of comments) there.add(commentId)
      // Below what one person may ask in a minute.
      await sleep(60)
    }
  }
  await Promise.all(all.map(look))
  return acknowledged.filter((id) => !there.has(id)).length
}

async function untilReady(port: number): Promise<void> {
  for (const giveUp = performance.now() + 120_000; performance.now() < giveUp; await sleep(200)) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (response?.ok) return
  }
  throw new Error(`nobody was ready on port ${port} within two minutes`)
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await once(server, 'listening')
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}
