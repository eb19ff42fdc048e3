import { mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setUp, signIn } from '../e2e/durability/client.ts'
import type { Caller } from '../e2e/durability/client.ts'
import { orphansOf, processesOf, startDoomed } from '../e2e/durability/doomed.ts'
import { findPostgres, withClient } from '../apps/server/src/platform/postgres/index.ts'
import { backendsOf } from './chaos/backends.ts'
import { quantile } from './load.ts'
import { proportionalMiB } from './memory.ts'
import { rounded, time, type Row } from './table.ts'

const many = Number(process.env['ART32_BENCH_TENANTS'] ?? 1_000)
/** `ART32_BENCH_LAYOUT=schema npm run bench tenants` measures tenants that are schemas of one database. */
const settings = { ART32_LAYOUT: process.env['ART32_BENCH_LAYOUT'] ?? 'database' }
const group = Math.min(100, Math.floor(many / 2))
const copies = 20
const owner = { name: 'Owner', email: 'owner@example.com', password: 'seven quiet herons by the river' }
/** A tenant that nothing may be left of, by its very name. */
const canary = 'canary7f3e9deleted'

/** Many tenants on the embedded PostgreSQL: what each costs, what a crash of everything costs, and what a deleted one leaves. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-tenants-')))
  try {
    // As `art32` keeps what Node.js made of its sources: a start after a crash is not the first one.
    process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'compiled')
    const first = await startDoomed(folder, 'home', settings)
    await first.reached('done')
    await setUp(first.url, first.token ?? '', owner)
    const caller = await signIn(first.url, owner)
    const empty = memoryOf(first.pid, folder)
    const taken = await createAll(caller)
    const full = memoryOf(first.pid, folder)
    const open = backendsOf(folder).length
    const bare = await copyBare(join(folder, 'postgres'))
    const overview = await time(() => caller.get('/api/overview/list'))
    const whoami = await time(() => caller.get('/api/account/whoami'))
    // As if the machine lost its power: nobody ends in order, and nobody starts another one again.
    for (const pid of pidsOf(first.pid, folder)) process.kill(pid, 'SIGKILL')
    await first.kill()
    await orphansOf(folder)
    const begun = performance.now()
    const again = await startDoomed(folder, 'stay', settings)
    await signIn(again.url, owner)
    const restart = performance.now() - begun
    const late = await signIn(again.url, owner)
    const cold = await lookAtAll(late)
    const deletion = await removeOne(late, folder)
    await again.kill()
    await orphansOf(folder)
    const sorted = taken.toSorted((a, b) => a - b)
    return [
      {
        what: `creating a tenant, median of ${many}`,
        value: rounded(quantile(sorted, 0.5)),
        unit: 'ms',
        bare: { what: `PostgreSQL alone copies such a database, median of ${copies}`, value: rounded(bare) },
        bar: 'at most 150 ms',
      },
      {
        what: `creating a tenant, median of the last ${group}`,
        value: rounded(median(taken.slice(-group))),
        unit: 'ms',
        bare: { what: `that of the first ${group}`, value: rounded(median(taken.slice(0, group))) },
        bar: 'at most 1.3 times',
      },
      {
        what: 'memory of server and PostgreSQL with all of them',
        value: rounded(full),
        unit: 'MiB',
        bare: { what: 'with none', value: rounded(empty) },
        note: 'proportional set size',
      },
      { what: 'processes of PostgreSQL', value: open, unit: '' },
      { what: 'overview over all of them', value: rounded(overview), unit: 'ms' },
      { what: 'who am I, with all of them', value: rounded(whoami), unit: 'ms' },
      {
        what: 'start after everything was killed at once, until somebody is signed in',
        value: rounded(restart),
        unit: 'ms',
        bar: 'at most 3,000 ms',
      },
      {
        what: `first page of each of ${many} tenants after it, p99`,
        value: rounded(quantile(cold, 0.99)),
        unit: 'ms',
        bar: 'at most 100 ms',
        note: `p50 ${rounded(quantile(cold, 0.5))} ms; each opens a connection of its own, one after the other`,
      },
      { what: 'deleting one of them', value: rounded(deletion.ms), unit: 'ms' },
      {
        what: 'files of the data folder that hold its name afterwards',
        value: deletion.left,
        unit: '',
        bare: { what: 'before', value: deletion.before },
        bar: '0',
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Creates them one after the other as a person would. @returns milliseconds of each */
async function createAll(caller: Caller): Promise<number[]> {
  const taken: number[] = []
  for (let i = 1; i <= many; i++) {
    const begun = performance.now()
    await caller.post('/api/tenant/create', { name: `Tenant ${i}`, slug: `tenant-${i}`, language: 'en' })
    taken.push(performance.now() - begun)
  }
  return taken
}

/** Copies the template with nothing around it, on the same server in the same moment. @returns the median of milliseconds */
async function copyBare(folder: string): Promise<number> {
  return await withClient(findPostgres(folder).url('postgres') ?? '', async (client) => {
    const { rows } = await client.query<{ name: string }>('select datname as name from pg_database where datistemplate')
    const template = rows.find(({ name }) => name.startsWith('art32_template_'))?.name
    const taken: number[] = []
    for (let i = 0; i < copies; i++) {
      taken.push(await time(() => client.query(`create database bare template ${template} strategy file_copy`), 1))
      await client.query('drop database bare')
    }
    return median(taken)
  })
}

/** The same page of each tenant, in an order in which they were not made. @returns milliseconds of each, ascending */
async function lookAtAll(caller: Caller): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < many; i++) {
    // 7919 is a prime number: each has its turn once.
    const slug = `tenant-${1 + ((i * 7_919) % many)}`
    const begun = performance.now()
    await caller.get(`/api/tenants/${slug}/connection/list`)
    taken.push(performance.now() - begun)
  }
  return taken.toSorted((a, b) => a - b)
}

async function removeOne(caller: Caller, folder: string): Promise<{ ms: number; before: number; left: number }> {
  await caller.post('/api/tenant/create', { name: `${canary} Ltd`, slug: canary, language: 'en' })
  await caller.post(`/api/tenants/${canary}/connection/add`, { target: `dns:${canary}.example` })
  const before = holdersOf(folder)
  // Reading all that took so long that the server has ended the connections that nobody used, which has to be heard first.
  await sleep(1_000)
  const begun = performance.now()
  await caller.post('/api/tenant/delete', { slug: canary, confirm: canary })
  return { ms: performance.now() - begun, before, left: holdersOf(folder) }
}

/** How many files below a folder hold the name. */
function holdersOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => {
    try {
      return entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(canary)
    } catch {
      // Gone since it was listed.
      return false
    }
  }).length
}

/** The server, its PostgreSQL and whoever watches over it. */
function pidsOf(pid: number, folder: string): number[] {
  return [...new Set([pid, ...processesOf(folder).map((one) => one.pid), ...backendsOf(folder)])]
}

function memoryOf(pid: number, folder: string): number {
  return pidsOf(pid, folder).reduce((sum, one) => sum + proportionalMiB(one), 0)
}

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}
