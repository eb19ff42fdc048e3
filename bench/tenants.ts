import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, startServer } from '../apps/server/src/main.ts'
import type { Server } from '../apps/server/src/main.ts'
import { processesOf } from '../e2e/durability/doomed.ts'
import { setUp } from './client.ts'
import type { Owner } from './client.ts'
import { proportionalMiB } from './memory.ts'
import { rounded, time, type Row } from './table.ts'

const many = Number(process.env['ART32_BENCH_TENANTS'] ?? 1_000)
const group = Math.min(100, Math.floor(many / 2))

/** Many tenants on the embedded PostgreSQL: what each costs, and whether the last cost more than the first. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-tenants-')))
  const config = readConfig({ ART32_DATA: folder, ART32_PORT: '0', ART32_LOG: 'error' })
  try {
    const server = await startServer(config)
    const owner = await setUp(server)
    const empty = memoryOf(folder)
    const taken = await createAll(owner)
    const full = memoryOf(folder)
    const idle = await connectionsOf(server)
    const overview = await time(async () => await (await owner.get('/api/overview/list')).arrayBuffer())
    const whoami = await time(async () => await (await owner.get('/api/account/whoami')).arrayBuffer())
    await server.stop()
    const begun = performance.now()
    const again = await startServer(config)
    const restart = performance.now() - begun
    await again.stop()
    return [
      {
        what: `creating a tenant, median of the last ${group} of ${many}`,
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
      { what: 'open connections to PostgreSQL', value: idle, unit: '' },
      { what: 'overview over all of them', value: rounded(overview), unit: 'ms' },
      { what: 'who am I, with all of them', value: rounded(whoami), unit: 'ms' },
      { what: 'next start with all of them', value: rounded(restart), unit: 'ms' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Creates them one after the other as a person would. @returns milliseconds of each */
async function createAll(owner: Owner): Promise<number[]> {
  const taken: number[] = []
  for (let i = 1; i <= many; i++) {
    const begun = performance.now()
    await owner.post('/api/tenant/create', { name: `Tenant ${i}`, language: 'en' })
    taken.push(performance.now() - begun)
  }
  return taken
}

/** The server runs in this very process; PostgreSQL in its own ones. */
function memoryOf(folder: string): number {
  const pids = new Set([process.pid, ...processesOf(folder).map(({ pid }) => pid)])
  return [...pids].reduce((sum, pid) => sum + proportionalMiB(pid), 0)
}

async function connectionsOf({ databases }: Server): Promise<number> {
  const { rows } = await databases.control.query<{ open: number }>(
    'select count(*)::int as open from pg_stat_activity where datname is not null',
  )
  return rows[0]?.open ?? Number.NaN
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
