import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { listen, usualPatience } from './listen.ts'

const patient = { timeout: 20_000 }
const patience = { ...usualPatience, end: 60_000 }

/** One connection that is told to stay; what comes over it, and whether it is over. */
async function connection(port: number) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  let text = ''
  socket.on('data', (part: Buffer) => void (text += part.toString()))
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  return {
    ask: (path: string) =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: ${path === '/stream' ? 'text/event-stream' : '*/*'}\r\nConnection: keep-alive\r\n\r\n`,
      ),
    text: () => text,
    closed,
    destroy: () => socket.destroy(),
  }
}

it('answers what came before it was ready', async () => {
  const listener = await listen(0, '127.0.0.1')
  const early = await connection(listener.port)
  early.ask('/early')
  listener.answer((request, response) => void response.end(request.url))
  await expect.poll(early.text, patient).toContain('/early')
  await listener.close()
})

it('when it closes lets answers end, streams not, and takes nobody new', async () => {
  const listener = await listen(0, '127.0.0.1', patience)
  const begun = new Map<string, ServerResponse>()
  listener.answer((request: IncomingMessage, response) => {
    begun.set(request.url ?? '', response)
    if (request.url === '/stream') response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    if (request.url === '/idle') response.end('idle')
    if (request.url === '/half') response.writeHead(200, { 'content-type': 'text/plain' }).write('first ')
  })
  const paths = ['/work', '/stream', '/idle', '/half']
  const all = await Promise.all(paths.map(() => connection(listener.port)))
  for (const [index, one] of all.entries()) one.ask(paths[index] ?? '')
  const [work, stream, idle, half] = all
  await expect.poll(() => begun.size, patient).toBe(4)
  await expect.poll(() => idle?.text(), patient).toContain('idle')

  const closed = listener.close()
  await Promise.all([stream?.closed, idle?.closed])
  await expect(connection(listener.port)).rejects.toThrow('ECONNREFUSED')
  expect(work?.text()).toBe('')
  begun.get('/work')?.end('done')
  begun.get('/half')?.end('second')
  await closed
  await Promise.all([work?.closed, half?.closed])
  expect(work?.text()).toContain('done')
  expect(work?.text()).toMatch(/connection: close/i)
  expect(half?.text()).toContain('second')
})

it('waits no longer than it was told for answers that never end', async () => {
  const listener = await listen(0, '127.0.0.1', { ...patience, end: 50 })
  let asked = 0
  listener.answer(() => void asked++)
  const one = await connection(listener.port)
  one.ask('/never')
  await expect.poll(() => asked, patient).toBe(1)
  await listener.close()
  await one.closed
  expect(one.text()).toBe('')
})
