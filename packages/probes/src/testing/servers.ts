import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { TlsOptions } from 'node:tls'
import { defaultContext } from '../engine/prove.ts'
import type { Context } from '../engine/connector.ts'
import type { Issued } from './certificates.ts'

/** A server of a test, on a free port of the loopback. */
export type TestServer = { readonly port: number; readonly close: () => Promise<void> }

/** Where a server listens: on a free port of the loopback unless told. */
export type ListenAt = { readonly host?: string; readonly port?: number }

/** Lets a server listen and close with all its connections. */
export async function listen(server: Server, { host = '127.0.0.1', port = 0 }: ListenAt = {}): Promise<TestServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** A real TLS server that greets and ends. Security level 0, so that it can be as weak as the test wants it. */
export function tlsServer(issued: Issued, options: TlsOptions = {}): Promise<TestServer> {
  const server = createTlsServer(
    { key: issued.key, cert: issued.certificate, ciphers: 'ALL:@SECLEVEL=0', ...options },
    (socket) => {
      socket.on('error', () => undefined)
      socket.end('hello\n')
    },
  )
  server.on('tlsClientError', () => undefined)
  return listen(server)
}

/** Takes the connection and never says a word. */
export const hangingServer = (): Promise<TestServer> => listen(createServer())

/** Resets every connection as soon as something arrives. */
export const resettingServer = (): Promise<TestServer> =>
  listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())))

/** Speaks something else. */
export const plainServer = (): Promise<TestServer> =>
  listen(createServer((socket) => socket.end('220 mail.example.com\r\n')))

/** A context with short limits. */
export const testContext = (given: Partial<Omit<Context, 'signal'>> = {}): Context =>
  defaultContext(new AbortController().signal, { limits: { silenceMs: 400, answerBytes: 1_048_576 }, ...given })
