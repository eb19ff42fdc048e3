import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { rounds, tried } from './tried.ts'

const many = rounds(150, 1_000)
/** Others who ask meanwhile. */
const others = 50

/** What a slow client sends at first. The rest never comes, or a byte at a time. */
const beginnings: Readonly<Record<string, string>> = {
  head: 'GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  body: 'POST /api/account/setup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{"token":"',
  reader: 'GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20),
}

describe('connections that are held open by slow clients', () => {
  let server: TestServer
  const open: Socket[] = []
  beforeAll(async () => {
    server = await startTestServer()
  }, 120_000)
  afterEach(() => {
    for (const socket of open.splice(0)) socket.destroy()
  })
  afterAll(() => server.stop())

  /** Opens connections that have begun in one way and go on by a byte a second, and read nothing. */
  async function hold(beginning: string, count: number): Promise<Socket[]> {
    const sockets = Array.from({ length: count }, () => connect(Number(new URL(server.url).port), '127.0.0.1'))
    open.push(...sockets)
    await Promise.all(
      sockets.map(async (socket) => {
        socket.on('error', () => undefined)
        socket.pause()
        await once(socket, 'connect')
        socket.write(beginning)
        const drip = setInterval(() => socket.write('x'), 1_000)
        socket.once('close', () => clearInterval(drip))
      }),
    )
    return sockets
  }

  it.for(Object.keys(beginnings))(
    'keep nobody else waiting: a slow %s',
    { timeout: 120_000 },
    async (part, context) => {
      await hold(beginnings[part] ?? '', many)
      const answers = await Promise.all(
        Array.from({ length: others }, () => fetch(`${server.url}/health`, { signal: AbortSignal.timeout(20_000) })),
      )
      expect(answers.filter(({ status }) => status !== 200)).toEqual([])
      tried(context, many)
    },
  )
})
