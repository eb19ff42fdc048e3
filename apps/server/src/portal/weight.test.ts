import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishLines } from '../../../../scripts/testing/published-lines.ts'
import { startTestServer } from '../../../../scripts/testing/server.ts'
import type { TestServer } from '../../../../scripts/testing/server.ts'

/** Most that a reader's browser may have to load for the page of 150 measures, headers not counted. */
const mostBytes = 100_000

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ ART32_URL: 'http://art32.example' })
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  await publishLines(server, 'alpha', 150)
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
  expect(page.text.match(/class="line"/g)?.length).toBe(150)
  // Everything that a browser asks for by itself: what the page loads, what its style loads, and the icon.
  const links = [...page.text.matchAll(/<link rel="(?:stylesheet|icon|preload)"[^>]* href="([^"]+)"/g)].map(
    (one) => one[1] ?? '',
  )
  const sources = [...page.text.matchAll(/ (?:src|srcset|poster|data)="([^"]+)"/g)].map((one) => one[1] ?? '')
  const styles = await Promise.all(links.map(load))
  const fonts = styles.flatMap(({ text }) => [...text.matchAll(/url\(([^)]+)\)/g)].map((one) => one[1] ?? ''))
  const rest = await Promise.all([...fonts, ...sources].map(load))
  // The workplace need not be built here: its icon as it lies in the source.
  const icon = readFileSync(new URL('../../../web/public/icon.svg', import.meta.url))
  const all = [...[page, ...styles, ...rest].map(({ bytes }) => bytes), icon].map((bytes) => bytes.byteLength)
  expect(links).toHaveLength(1)
  expect(fonts).toHaveLength(1)
  expect(sources).toEqual([])
  const sum = all.reduce((total, one) => total + one, 0)
  expect(sum, `the parts weigh ${all.join(', ')} bytes`).toBeLessThanOrEqual(mostBytes)
  if (process.env['ART32_SHOW']) process.stdout.write(`${all.join(' + ')} = ${sum} bytes\n`)
})
