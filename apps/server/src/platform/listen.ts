import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { namesOneHost } from './said-host.ts'

/** Milliseconds after which the server waits no longer. */
export interface Patience {
  /** For the headers of a request. */
  readonly headers: number
  /** For a whole request. */
  readonly request: number
  /** For the next part of a body. */
  readonly body: number
  /** For the next byte of an answer to be made, or taken. */
  readonly answer: number
  /** For the next request on a connection. */
  readonly idle: number
  /** For answers under way when it is told to stop. */
  readonly end: number
}

/** As long as honest clients on slow lines need: 4 GiB in five minutes is the largest that anybody sends. */
export const usualPatience: Patience = {
  headers: 10_000,
  request: 300_000,
  body: 30_000,
  answer: 600_000,
  idle: 10_000,
  end: 10_000,
}

/** More connections than this are closed as they come: each holds memory and a file. */
const mostConnections = 2_000

/** Answers a request. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** A port on which the server answers. */
export interface Listener {
  readonly address: string
  readonly port: number
  readonly tls: boolean
  /** Requests are answered from here on; earlier ones wait. */
  answer(handle: Handle): void
  /** Takes no further connection, lets answers end for a while, streams not at all, and closes the rest. */
  close(): Promise<void>
}

/** Listens without TLS: for this machine, or for a proxy in front. */
export async function listen(port: number, host: string, patience: Patience = usualPatience): Promise<Listener> {
  return await openListener(createServer(serverOptions(patience)), { port, host, tls: false, patience })
}

/** What Node.js has to know before there is a server. */
export function serverOptions({ headers, request, idle }: Patience): ServerOptions {
  return {
    headersTimeout: headers,
    requestTimeout: request,
    keepAliveTimeout: idle,
    // By default it looks only every half a minute whether somebody is too slow.
    connectionsCheckingInterval: Math.max(20, Math.min(2_000, headers / 4)),
  }
}

/** Lets a server listen. */
export async function openListener(
  server: Server,
  { port, host, tls, patience }: { port: number; host: string; tls: boolean; patience: Patience },
): Promise<Listener> {
  server.maxConnections = mostConnections
  // By default those behind the two thousandth are not looked at; how long all of them may be together is limited anyway.
  server.maxHeadersCount = 0
  const answers = openAnswers(server, patience)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: given, address } = server.address() as AddressInfo
  return { address, port: given, tls, ...answers }
}

function openAnswers(server: Server, patience: Patience): Pick<Listener, 'answer' | 'close'> {
  const open = new Set<ServerResponse>()
  const early: Parameters<Handle>[] = []
  let handle: Handle = (request, response) => void early.push([request, response])
  let isClosing = false
  const refused = new WeakSet<Socket>()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    hurry(request, patience)
    // What was sent behind a refused request came in the same go, and is not looked at.
    if (refused.has(request.socket)) return
    if (!namesOneHost(request)) {
      refused.add(request.socket)
      refuseHost(response)
      return
    }
    open.add(response)
    if (isClosing) response.setHeader('connection', 'close')
    response.once('close', () => {
      open.delete(response)
      if (isClosing) setImmediate(() => server.closeIdleConnections())
    })
    handle(request, response)
  })
  return {
    answer(given) {
      handle = given
      for (const [request, response] of early.splice(0)) given(request, response)
    },
    close: () =>
      new Promise((resolve) => {
        isClosing = true
        const rest = setTimeout(() => server.closeAllConnections(), patience.end)
        server.close(() => {
          clearTimeout(rest)
          resolve()
        })
        server.closeIdleConnections()
        for (const response of open) lastAnswer(response)
      }),
  }
}

/** Says so, and ends the connection. */
function refuseHost(response: ServerResponse): void {
  response.writeHead(400, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.end('A request names one host, and names it once (RFC 9112, 3.2).\n')
}

/** Whoever follows a stream asks again by itself; everybody else is told to. */
function lastAnswer(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
  else if (response.req.headers.accept?.includes('text/event-stream')) response.destroy()
}

/** Ends a connection on which nothing moves. */
function hurry(request: IncomingMessage, { body, answer }: Patience): void {
  if (!hasBody(request)) {
    request.socket.setTimeout(answer)
    return
  }
  request.socket.setTimeout(body)
  request.once('end', () => request.socket.setTimeout(answer))
}

/** Whether a request has a body that is still to come (RFC 9112 §6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
