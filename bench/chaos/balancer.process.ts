/*
 * A load balancer as small as one can be: in turns, and the next one where nobody answers. Its arguments: a port of its own, then those behind it.
 *
 * As nginx by default (proxy_next_upstream, proxy_connect_timeout), it asks the next one for what cannot have been begun, and for
 * reads also where the answer broke off before its head.
 */
import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

const [own = 0, ...behind] = process.argv.slice(2).map(Number)
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
let turn = 0

async function serve(from: IncomingMessage, to: ServerResponse): Promise<void> {
  const body = await buffer(from)
  turn++
  for (let n = 0; n < behind.length; n++) {
    const answer = await ask(from, body, behind[(turn + n) % behind.length] ?? 0)
    if (answer !== 'next') {
      if (answer === 'broken') to.writeHead(502).end()
      else answer.pipe(to.writeHead(answer.statusCode ?? 502, answer.headers)).on('error', () => to.destroy())
      return
    }
  }
  to.writeHead(502).end()
}

function ask(from: IncomingMessage, body: Buffer, port: number): Promise<IncomingMessage | 'next' | 'broken'> {
  return new Promise((resolve) => {
    const { method = 'GET', url = '/', headers } = from
    const sent = request({ host: '127.0.0.1', port, method, path: url, headers, agent }, resolve)
    sent.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' || method === 'GET' ? 'next' : 'broken'),
    )
    sent.end(body)
  })
}

const server = createServer((from, to) => void serve(from, to).catch(() => to.destroy()))
process.once('SIGTERM', () => server.close().closeAllConnections())
server.listen(own, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: own })}\n`))
