import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load, quantile } from '../load.ts'
import type { Load } from '../load.ts'
import { startProcess } from '../process.ts'
import { rounded, type Row } from '../table.ts'
import type { Seeded } from './art32.process.ts'

const connections = 20
const rounds = 3
const seconds = 4

/** A page of 50 of 10,000 measures, and one measure, beside a bare handler that asks the same of the same database. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-http-')))
  const art32 = await startProcess<Seeded>(new URL('art32.process.ts', import.meta.url), folder)
  const bare = await startProcess<{ url: string }>(
    new URL('bare.process.ts', import.meta.url),
    JSON.stringify(art32.said),
  )
  try {
    const { url, slug, measureId, cookie } = art32.said
    const api = `${url}/api/tenants/${slug}/measure`
    const pages = [
      {
        what: 'a page of 50 of 10,000 measures',
        own: `${api}/list?after=5000`,
        peer: `${bare.said.url}/list?after=5000`,
      },
      {
        what: 'one measure',
        own: `${api}/show?measureId=${measureId}`,
        peer: `${bare.said.url}/show?measureId=${measureId}`,
      },
    ]
    const asked = { connections, seconds, headers: { cookie } }
    const rows: Row[] = []
    for (const { what, own, peer } of pages) {
      const runs: { own: Load; peer: Load }[] = []
      // In turns, so that whatever else the machine does meets both.
      for (let i = 0; i < rounds; i++) runs.push({ own: await load(own, asked), peer: await load(peer, asked) })
      const best = middle(runs, (run) => run.own.rate / run.peer.rate)
      rows.push({
        what,
        value: rounded(best.own.rate),
        unit: '/s',
        bare: { what: 'a bare handler', value: rounded(best.peer.rate) },
        bar: 'at least 0.5 times',
        note: `${connections} connections, the middle of ${rounds} runs in turns`,
      })
      for (const [name, share, bar] of [
        ['p50', 0.5, undefined],
        ['p95', 0.95, 'at most 50 ms'],
        ['p99', 0.99, undefined],
      ] as const)
        rows.push({
          what: `${what}, ${name}`,
          value: rounded(quantile(best.own.times, share)),
          unit: 'ms',
          bare: { what: 'a bare handler', value: rounded(quantile(best.peer.times, share)) },
          ...(bar === undefined ? {} : { bar }),
        })
    }
    return rows
  } finally {
    await bare.stop()
    await art32.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function middle<T>(items: readonly T[], of: (item: T) => number): T {
  const item = items.toSorted((a, b) => of(a) - of(b))[Math.floor(items.length / 2)]
  if (item === undefined) throw new Error('nothing was measured')
  return item
}
