import { createServer as createPlain } from 'node:http'
import { createServer as createTls } from 'node:https'
import type { RequestListener } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { issue } from '@art32/probes/testing'
import { post } from './post.ts'

const authority = issue({ name: 'Test CA', authority: true })
const certificate = issue({ hosts: ['hook.example.com'], issuer: authority })

const open: (Server & { closeAllConnections(): void })[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A receiver that counts who came. */
async function receiver(answer: RequestListener, tls = false): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = []
  const listen: RequestListener = (request, response) => {
    seen.push(request.url ?? '')
    answer(request, response)
  }
  const server = tls ? createTls({ key: certificate.key, cert: certificate.certificate }, listen) : createPlain(listen)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return { port: (server.address() as AddressInfo).port, seen }
}

const message = { headers: { 'content-type': 'application/json' }, body: '{}' }
const ok: RequestListener = (_, response) => response.writeHead(204).end()
/** A name server that answers each question with the next of these. */
const names = (...answers: readonly string[][]) => {
  let asked = 0
  return (_: string, done: (error: null, addresses: { address: string; family: number }[]) => void) =>
    done(
      null,
      (answers[asked++] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
}

describe('a message to an address that a stranger chose', () => {
  it.each([
    '127.0.0.1',
    '169.254.169.254',
    '[::1]',
    '[::ffff:7f00:1]',
    '[::ffff:169.254.169.254]',
    '0.0.0.0',
    '[::]',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '127.1',
  ])('never reaches this machine or its link as %s', async (host) => {
    const { port, seen } = await receiver(ok)
    const answer = await post(new URL(`http://${host}:${port}/`), message, { mayBeLocal: false, patienceMs: 500 })
    expect(answer).toEqual({ status: null, problem: 'local' })
    expect(seen).toEqual([])
    // The installation's own tenant may: the refusal above is no accident.
    if (!/169\.254|\[/.test(host))
      expect(await post(new URL(`http://${host}:${port}/`), message, { mayBeLocal: true })).toEqual({ status: 204 })
  })

  it('is refused when any address of its name is of this machine', async () => {
    const { port, seen } = await receiver(ok)
    for (const addresses of [['127.0.0.1'], ['93.184.215.14', '127.0.0.1'], ['::1'], ['64:ff9b::7f00:1']])
      expect(
        await post(new URL(`http://hook.example.com:${port}/`), message, {
          mayBeLocal: false,
          resolve: names(addresses),
        }),
      ).toEqual({ status: null, problem: 'local' })
    expect(seen).toEqual([])
  })

  it('goes to the address that was judged, whatever the name says a moment later', async () => {
    const { port, seen } = await receiver(ok)
    const answer = await post(new URL(`http://hook.example.com:${port}/`), message, {
      mayBeLocal: true,
      resolve: names(['127.0.0.1'], ['192.0.2.1']),
    })
    expect(answer).toEqual({ status: 204 })
    // The first answer was public, the second is this machine: what counts is the first, which nobody answers here.
    const rebound = await post(new URL(`http://hook.example.com:${port}/`), message, {
      mayBeLocal: false,
      patienceMs: 300,
      resolve: names(['192.0.2.1'], ['127.0.0.1']),
    })
    expect(rebound.status).toBeNull()
    expect(seen).toHaveLength(1)
  })

  it('does not follow a redirect', async () => {
    const target = await receiver(ok)
    const { port } = await receiver((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${target.port}/inside` }).end(),
    )
    expect(await post(new URL(`http://127.0.0.1:${port}/`), message, { mayBeLocal: true })).toEqual({ status: 307 })
    expect(target.seen).toEqual([])
  })

  it('is given up on in time, whether nothing comes or a little at a time', async () => {
    const silent = await receiver(() => undefined)
    const started = Date.now()
    const options = { mayBeLocal: true, patienceMs: 300 }
    expect(await post(new URL(`http://127.0.0.1:${silent.port}/`), message, options)).toEqual({
      status: null,
      problem: 'timeout',
    })
    expect(Date.now() - started).toBeLessThan(2_000)
  })

  it('reads nothing of an endless answer', async () => {
    let isClosed = false
    const endless = await receiver((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 5)
      response.on('close', () => {
        clearInterval(timer)
        isClosed = true
      })
    })
    expect(await post(new URL(`http://127.0.0.1:${endless.port}/`), message, { mayBeLocal: true })).toEqual({
      status: 200,
    })
    await vi.waitFor(() => expect(isClosed).toBe(true), { timeout: 1_000 })
  })

  it('goes to no one whose certificate is not valid for the name', async () => {
    const { port, seen } = await receiver(ok, true)
    const to = (host: string, trust?: string) =>
      post(new URL(`https://${host}:${port}/`), message, {
        mayBeLocal: true,
        resolve: names(['127.0.0.1']),
        ...(trust === undefined ? {} : { trust }),
      })
    expect(await to('hook.example.com')).toEqual({ status: null, problem: 'tls' })
    expect(await to('other.example.com', authority.certificate)).toEqual({ status: null, problem: 'tls' })
    expect(seen).toEqual([])
    expect(await to('hook.example.com', authority.certificate)).toEqual({ status: 204 })
  })
})
