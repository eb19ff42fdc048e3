import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load, quantile } from '../load.ts'
import { startProcess } from '../process.ts'
import { rounded, type Row } from '../table.ts'
import type { Published } from './art32.process.ts'

const connections = 50
const seconds = 5

/** An edition of 150 measures is published, and its public page asked for by many at once. */
export async function measure(): Promise<readonly Row[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'art32-bench-trust-')))
  const art32 = await startProcess<Published>(new URL('art32.process.ts', import.meta.url), folder)
  try {
    const { page, lines, first, second } = art32.said
    const { rate, times } = await load(page, { connections, seconds, headers: { 'accept-encoding': 'gzip, br' } })
    const bytes = await sizeOf(page)
    const claim = await claimTimes(page, join(folder, 'line.tlog-proof'))
    const count = `${lines} measures`
    return [
      { what: `an edition of ${count} published, the first one`, value: rounded(first), unit: 'ms' },
      { what: `an edition of ${count} published`, value: rounded(second), unit: 'ms', bar: 'at most 2000 ms' },
      { what: `the public page of ${count}`, value: rounded(rate), unit: '/s', note: `${connections} connections` },
      { what: `the public page, p50`, value: rounded(quantile(times, 0.5)), unit: 'ms' },
      { what: `the public page, p95`, value: rounded(quantile(times, 0.95)), unit: 'ms', bar: 'at most 20 ms' },
      { what: 'all that the page loads, as sent', value: rounded(bytes / 1_000), unit: 'kB', bar: 'at most 100 kB' },
      {
        what: 'one claim verified by the single file, beyond the start of Node',
        value: rounded(claim.verified - claim.bare),
        unit: 'ms',
        bare: { what: 'the start of Node', value: rounded(claim.bare) },
        bar: 'at most 100 ms',
      },
    ]
  } finally {
    await art32.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How long the proof of one line takes in a process of its own, and a process that does nothing; milliseconds. */
async function claimTimes(page: string, file: string): Promise<{ verified: number; bare: number }> {
  const [path] = /[^"]+\.tlog-proof/.exec(await (await fetch(page)).text()) ?? []
  writeFileSync(file, await (await fetch(new URL(path ?? '', page))).bytes())
  const verifier = fileURLToPath(new URL('../../apps/server/verifier/art32-verify.mjs', import.meta.url))
  return { verified: middleOf([verifier, file]), bare: middleOf(['-e', '0']) }
}

function middleOf(argv: readonly string[]): number {
  const times = Array.from({ length: 11 }, () => {
    const start = performance.now()
    execFileSync(process.execPath, argv, { stdio: 'ignore' })
    return performance.now() - start
  })
  return quantile(
    times.toSorted((a, b) => a - b),
    0.5,
  )
}

/** Bytes over the wire: of the page and of everything that it asks for by itself. */
async function sizeOf(page: string): Promise<number> {
  const html = await (await fetch(page)).text()
  const files = new Set([page, ...loadedBy(html, page)])
  for (const file of [...files].filter((one) => one.endsWith('.css')))
    for (const more of loadedBy(await (await fetch(file)).text(), file)) files.add(more)
  const sizes = await Promise.all([...files].map(bytesOf))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function loadedBy(text: string, base: string): string[] {
  const links = text.matchAll(/<link rel="stylesheet" href="([^"]+)"|<img[^>]* src="([^"]+)"|url\("?([^")]+)"?\)/g)
  return [...links].map(([, style, picture, other]) => new URL(style ?? picture ?? other ?? '', base).href)
}

async function bytesOf(url: string): Promise<number> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'gzip, br' } })
  // What fetch unpacks, the server has told the packed length of, or sent in parts.
  const length = response.headers.get('content-length')
  return length === null ? (await response.arrayBuffer()).byteLength : Number(length)
}
