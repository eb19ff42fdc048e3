import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at } from '../../../../scripts/testing/published.ts'
import { startTestServer, testPassword } from '../../../../scripts/testing/server.ts'
import type { Person, TestServer } from '../../../../scripts/testing/server.ts'
import { office } from './testing/samples.ts'

const fiveGigabytes = 5 * 1_073_741_824
const mebibyte = 1_048_576

let server: TestServer
let owner: Person
let cookie: string
beforeAll(async () => {
  server = await startTestServer()
  await server.registry.create({ name: 'Alpha', slug: 'alpha', language: 'en' })
  owner = await server.addPerson('owner-of-large@example.com', 'alpha', 'owner')
  const signed = await fetch(`${server.local}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'owner-of-large@example.com', password: testPassword }),
  })
  cookie = signed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
})
afterAll(() => server.stop())

interface Sent {
  readonly status: number
  readonly code: string
  /** Bytes that were handed over before the answer came. */
  readonly bytes: number
}

/** Sends without end until somebody answers or hangs up. */
async function sendEndlessly(headers: Record<string, string | number>): Promise<Sent> {
  const part = Buffer.alloc(mebibyte, 'a')
  let bytes = 0
  const sending = request(`${server.local}${at('file.add')}?name=large.txt`, {
    method: 'POST',
    headers: { origin: server.url, cookie, ...headers },
  })
  const seen: { answer?: IncomingMessage; isOver: boolean; wake: () => void } = { isOver: false, wake: () => {} }
  const end = () => {
    seen.isOver = true
    seen.wake()
  }
  sending
    .on('response', (response) => {
      seen.answer = response
      seen.wake()
    })
    .on('drain', () => seen.wake())
    .on('error', end)
    .on('close', end)
  while (!seen.answer && !seen.isOver && bytes < fiveGigabytes) {
    bytes += part.length
    if (!sending.write(part)) await new Promise<void>((resolve) => (seen.wake = resolve))
    await new Promise(setImmediate)
  }
  const text = seen.answer ? (await buffer(seen.answer)).toString('utf8') : '{}'
  sending.destroy()
  const { code = '' } = JSON.parse(text) as { code?: string }
  return { status: seen.answer?.statusCode ?? 0, code, bytes }
}

const stored = async () =>
  await server.tenants.asSystem(
    'alpha',
    async ({ sql }) => (await sql.query('select 1 from evidence_content')).rows.length,
  )

describe('five gigabytes', () => {
  it.each([
    ['that say so', { 'content-length': fiveGigabytes }, 16],
    ['that do not say so', { 'transfer-encoding': 'chunked' }, 64],
  ])('%s are refused early, without memory and disk', async (_, headers, mostMiB) => {
    const [memory, folders] = [process.memoryUsage().rss, readdirSync(tmpdir()).length]
    const { status, code, bytes } = await sendEndlessly(headers)
    expect([status, code]).toEqual([413, 'http.too_large'])
    expect(bytes / mebibyte).toBeLessThan(mostMiB)
    // Sender and receiver are one process here.
    expect((process.memoryUsage().rss - memory) / mebibyte).toBeLessThan(200)
    expect(Math.abs(readdirSync(tmpdir()).length - folders)).toBeLessThan(20)
    expect(await stored()).toBe(0)
    expect((await owner.get(at('file.search'))).status).toBe(200)
  })
})

describe('a document that unpacks to gigabytes', () => {
  const zeros = Buffer.alloc(20 * mebibyte)
  const parts = (says: number) =>
    Array.from({ length: 200 }, (_, i) => ({ name: `word/media/${i}.xml`, content: zeros, says }))

  it.each([
    ['honestly', zeros.length],
    ['while it says that it is small', 100],
  ])('%s is refused soon, without the gigabytes', async (_, says) => {
    const bomb = office.docx(parts(says))
    expect(bomb.length).toBeLessThan(25 * mebibyte)
    const [memory, from] = [process.memoryUsage().rss, performance.now()]
    const answer = await owner.upload(`${at('file.add')}?name=bomb.docx`, bomb)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([415, 'file.unpacks_too_far'])
    expect(performance.now() - from).toBeLessThan(8_000)
    expect((process.memoryUsage().rss - memory) / mebibyte).toBeLessThan(200)
    expect(await stored()).toBe(0)
  })
})
