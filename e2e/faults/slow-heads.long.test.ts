import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../scripts/testing/server.ts'
import type { TestServer } from '../../scripts/testing/server.ts'
import { tried } from './tried.ts'

const many = 50

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
}, 120_000)
afterAll(() => server.stop())

it(
  'a connection ends whose head comes a byte at a time, for as long as it likes',
  { timeout: 180_000 },
  async (context) => {
    const answers = await Promise.all(
      Array.from({ length: many }, async () => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
        socket.on('error', () => undefined)
        let answer = ''
        socket.on('data', (data) => void (answer += String(data)))
        socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
        const drip = setInterval(() => socket.write('x'), 1_000)
        await once(socket, 'close')
        clearInterval(drip)
        return answer.slice(0, 12)
      }),
    )
    expect(answers.filter((answer) => answer !== 'HTTP/1.1 408')).toEqual([])
    tried(context, many)
  },
)
