import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from '../process.ts'
import { rounded } from '../table.ts'
import type { Row } from '../table.ts'
import type { Seeded } from './art32.process.ts'

/** How often each page is asked for. */
const times = 200

/** What the pages of 1,000 customers, their agreements and the record of processing ask the server for. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-customers-')))
  const art32 = await startProcess<Seeded>(new URL('art32.process.ts', import.meta.url), folder)
  try {
    const { customerId, announcementId } = art32.said
    const pages = {
      'list of customers': 'customer/list',
      'list of customers, found by a word': 'customer/list?find=abc',
      'list of those that end soon': 'customer/list?of=ending',
      'one customer': `customer/show?customerId=${customerId}`,
      'what is open at all customers': 'matter/list',
      notices: 'announcement/list',
      'whom a notice reached': `announcement/show?announcementId=${announcementId}`,
      'record of processing': 'processing/list',
    }
    const rows: Row[] = []
    for (const [what, path] of Object.entries(pages)) {
      const value = await p95(art32.said, path)
      rows.push({ what: `${what}, p95`, value: rounded(value), unit: 'ms', bar: 'at most 100 ms' })
    }
    return rows
  } finally {
    await art32.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function p95({ url, cookie, slug }: Seeded, path: string): Promise<number> {
  const taken: number[] = []
  for (let n = 0; n < times; n++) {
    const start = performance.now()
    const response = await fetch(`${url}/api/tenants/${slug}/${path}`, { headers: { cookie } })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`)
    taken.push(performance.now() - start)
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times * 0.95)] ?? Number.NaN
}
