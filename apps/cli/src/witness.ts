import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { formatVkey, type LedgerCrypto, LedgerError, parseVkey, type VerifierKey, verifierKey } from '@art32/ledger'
import { namesOneHost } from '@art32/server/said-host'
import { nodeCrypto } from './node-crypto.ts'
import { Refusal, errorCode } from './refusal.ts'
import { clean, type Terminal } from './terminal.ts'
import { Witness } from './witness-answer.ts'
import { openWitnessState } from './witness-state.ts'

/** Options of `art32 witness`. */
export interface WitnessOptions {
  /** The one file that holds the key and the last head of each log. */
  readonly state: string
  /** The name of a new witness; one that is there keeps its own. */
  readonly name?: string
  readonly allow?: readonly string[]
  readonly host: string
  readonly port: string
}

/** 63 hashes and a checkpoint with many signatures, some of them ML-DSA-44, fit; nothing honest is larger. */
const mostBytes = 128 * 1024

/** Time for a whole request, which one packet or two can carry. */
const requestMs = 10_000

/** Starts a witness and stays until it is told to stop. @throws {Refusal} */
export async function witness(options: WitnessOptions, terminal: Terminal): Promise<void> {
  const keys = keysOf(options.allow ?? [], nodeCrypto)
  const port = portOf(options.port)
  const state = await openWitnessState(options.state, options.name)
  try {
    const answering = new Witness({ state, keys, crypto: nodeCrypto, now: () => new Date() })
    const server = serverOf(answering, terminal)
    await listen(server, options.host, port)
    const { address, port: open } = server.address() as AddressInfo
    terminal.out(`witness  ${formatVkey(verifierKey(nodeCrypto, state.signer))}\n`)
    terminal.out(`address  http://${address.includes(':') ? `[${address}]` : address}:${open}\n`)
    for (const key of keys) {
      const head = state.headOf(key.name)
      terminal.out(`log      ${clean(key.name)}, ${head ? `last at size ${head.size}` : 'not seen yet'}\n`)
    }
    if (keys.length === 0)
      terminal.err('No log is allowed, so that nothing will be cosigned. Name the keys of logs with --allow.\n')
    await untilTold(server)
  } finally {
    await state.close()
  }
}

function keysOf(vkeys: readonly string[], crypto: LedgerCrypto): VerifierKey[] {
  return vkeys.map((vkey) => {
    try {
      const key = parseVkey(crypto, vkey)
      if (key.type === 0x04) throw new Refusal(`--allow: ${clean(key.name)} is the key of a witness, not of a log.`)
      return key
    } catch (error) {
      if (error instanceof LedgerError) throw new Refusal(`--allow: ${error.message}`, 2, { cause: error })
      throw error
    }
  })
}

function portOf(text: string): number {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new Refusal('--port: a port is a number up to 65535; 0 takes a free one.')
  return port
}

function serverOf(answering: Witness, terminal: Terminal): Server {
  const server = createServer(
    { requestTimeout: requestMs, headersTimeout: requestMs, connectionsCheckingInterval: 2_000, maxHeaderSize: 8_192 },
    (request, response) => {
      handle(answering, request, response, terminal).catch((error: unknown) => {
        // Whoever sent it has hung up before the end.
        if (!request.complete) return
        // Without the disk it can keep nothing, and what it cannot keep it must not sign.
        terminal.err(`${new Date().toISOString()} 500 not cosigned: ${reasonOf(error)}\n`)
        if (!response.headersSent) send(response, 500, 'The witness could not keep the checkpoint.\n')
      })
    },
  )
  server.maxHeadersCount = 0
  // More than any number of logs needs, and few enough for the smallest machine.
  server.maxConnections = 200
  return server
}

async function handle(answering: Witness, request: IncomingMessage, response: ServerResponse, terminal: Terminal) {
  if (!namesOneHost(request)) {
    response.setHeader('connection', 'close')
    send(response, 400, 'A request names one host, and names it once (RFC 9112, 3.2).\n')
    return
  }
  if (request.url !== '/add-checkpoint') {
    send(response, 404, 'A witness answers POST /add-checkpoint (c2sp.org/tlog-witness).\n')
    return
  }
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST')
    send(response, 405, 'A witness answers POST /add-checkpoint (c2sp.org/tlog-witness).\n')
    return
  }
  const body = await bodyOf(request)
  if (body === null) {
    response.setHeader('connection', 'close')
    send(response, 413, `A request has at most ${mostBytes} bytes.\n`)
    return
  }
  const { status, type, text, line } = await answering.answer(body)
  terminal.err(`${new Date().toISOString()} ${status} ${clean(line)}\n`)
  send(response, status, text, type)
}

function send(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  const bytes = Buffer.from(text)
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(bytes)
}

/** The body, or null where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, resolve)
    })
  } catch (error) {
    throw new Refusal(`It cannot listen at ${clean(host)}:${port}: ${reasonOf(error)}.`, 2, { cause: error })
  }
}

function untilTold(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      // What is being answered is finished; kept connections are not waited for.
      server.close(() => resolve())
      server.closeIdleConnections()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message
  return errorCode(error) || (error instanceof Error ? error.name : 'unknown')
}
