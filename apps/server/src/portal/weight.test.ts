import { randomBytes, randomUUID } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { catalogue } from '@art32/catalogue'
import type { Block, EditionDocument, Line } from '@art32/press'
import { longEdition, withSections } from '../../../../packages/press/src/example-edition.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'
import { add } from '../edition/store.ts'

/** Most that a reader's browser may have to load for the page of 150 measures, headers not counted. */
const mostBytes = 100_000

/**
 * 150 lines that do not resemble each other more than those of a real document do: each with a text, a title, an id, leaves
 * and times of its own, so that nothing is won by packing the same line again and again.
 */
const edition = ((): EditionDocument => {
  const long = longEdition('en', 17)
  let n = 0
  const own = (line: Line): Line => {
    const measure = catalogue[n % catalogue.length]
    const at = new Date(Date.UTC(2026, 10, 22, 0, 17 * n++)).toISOString()
    const parts = line.parts.map((part) => ({
      ...part,
      measure: measure?.id ?? '',
      title: measure?.title.en ?? '',
      backing: part.backing.map((one) => ({ ...one, at, title: `${measure?.title.en}`, leaf: 7 * n })),
    }))
    return { ...line, id: randomUUID(), text: measure?.description.en ?? '', parts, cites: [7 * n], checkedAt: at }
  }
  const sections = long.sections.map((section) => ({
    ...section,
    blocks: section.blocks.flatMap((block): Block[] => (block.kind === 'text' ? [block] : n < 150 ? [own(block)] : [])),
  }))
  return withSections(long, sections)
})()

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await server.tenants.asSystem('alpha', (tx) =>
    add(
      tx,
      { ...edition, number: 1 },
      { id: tx.newId(), commitment: randomBytes(32), signedBy: randomUUID(), signedRole: 'signatory' },
      [],
    ),
  )
})
afterAll(() => server.stop())

/** The bytes that travel, as they travel. */
function load(path: string): Promise<{ bytes: Buffer; text: string }> {
  return new Promise((resolve, reject) => {
    request(`${server.local}${path}`, { headers: { 'accept-encoding': 'br, gzip' } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const bytes = Buffer.concat(parts)
        const isBrotli = response.headers['content-encoding'] === 'br'
        if (response.statusCode !== 200) reject(new Error(`${path} was answered with ${response.statusCode}`))
        else resolve({ bytes, text: (isBrotli ? brotliDecompressSync(bytes) : bytes).toString('utf8') })
      })
    })
      .on('error', reject)
      .end()
  })
}

it('weighs at most 100 kB for 150 measures, with its style, its typeface and its icon', async () => {
  const page = await load('/trust/alpha')
  expect(page.text.match(/class="line"/g)?.length).toBeGreaterThanOrEqual(130)
  // Everything that a browser asks for by itself: what the page loads, what its style loads, and the icon.
  const links = [...page.text.matchAll(/<link rel="(?:stylesheet|icon|preload)"[^>]* href="([^"]+)"/g)].map(
    (one) => one[1] ?? '',
  )
  const sources = [...page.text.matchAll(/ (?:src|srcset|poster|data)="([^"]+)"/g)].map((one) => one[1] ?? '')
  const styles = await Promise.all(links.map(load))
  const fonts = styles.flatMap(({ text }) => [...text.matchAll(/url\(([^)]+)\)/g)].map((one) => one[1] ?? ''))
  const rest = await Promise.all([...fonts, ...sources, '/favicon.ico'].map(load))
  const all = [page, ...styles, ...rest].map(({ bytes }) => bytes.byteLength)
  expect(links).toHaveLength(1)
  expect(fonts).toHaveLength(1)
  expect(sources).toEqual([])
  const sum = all.reduce((total, one) => total + one, 0)
  expect(sum, `the parts weigh ${all.join(', ')} bytes`).toBeLessThanOrEqual(mostBytes)
  if (process.env['ART32_SHOW']) process.stdout.write(`${all.join(' + ')} = ${sum} bytes\n`)
})
