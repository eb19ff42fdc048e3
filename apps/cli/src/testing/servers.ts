import { X509Certificate, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** A server of a test, on a free port of the loopback. */
export interface TestServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Lets a server listen and close with all its connections. */
export async function listen(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** A real TLS server; security level 0, so that it can be as weak as the test wants it. */
export function tlsServer({ certificate, key }: Issued, options: TlsOptions = {}): Promise<TestServer> {
  const server = createTlsServer({ key, cert: certificate, ciphers: 'ALL:@SECLEVEL=0', ...options }, (socket) => {
    socket.on('error', () => undefined)
    socket.end('hello\n')
  })
  server.on('tlsClientError', () => undefined)
  return listen(server)
}

/** Takes the connection and never says a word. */
export const hangingServer = (): Promise<TestServer> => listen(createServer())

/** A certificate and its key, in PEM. */
export interface Issued {
  readonly certificate: string
  readonly key: string
  readonly name: string
}

const dayMs = 86_400_000
let serial = 1

/** Makes a certificate for `localhost`, or of an authority (RFC 5280): a bare machine has no program that does. */
export function issue(wish: { name: string; days?: number; issuer?: Issued; isAuthority?: boolean }): Issued {
  const { name, days = 90, issuer, isAuthority = false } = wish
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = seq(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)) // ecdsa-with-SHA256
  const body = seq(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(serial++)),
    algorithm,
    named(issuer?.name ?? name),
    seq(time(Date.now() + Math.min(0, days) * dayMs - dayMs), time(Date.now() + days * dayMs)),
    named(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, seq(isAuthority ? authority : forLocalhost)),
  )
  const signature = sign('sha256', body, issuer === undefined ? privateKey : createPrivateKey(issuer.key))
  return {
    certificate: new X509Certificate(seq(body, algorithm, der(0x03, Buffer.of(0), signature))).toString(),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    name,
  }
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

function seq(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts)
}

function oid(...bytes: number[]): Buffer {
  return der(0x06, Buffer.from(bytes))
}

function named(commonName: string): Buffer {
  return seq(der(0x31, seq(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(commonName)))))
}

/** GeneralizedTime. */
function time(at: number): Buffer {
  return der(0x18, Buffer.from(new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '')))
}

/** Basic constraints, critical: CA. */
const authority = seq(oid(0x55, 0x1d, 0x13), der(0x01, Buffer.of(0xff)), der(0x04, seq(der(0x01, Buffer.of(0xff)))))
/** Subject alternative names. */
const forLocalhost = seq(oid(0x55, 0x1d, 0x11), der(0x04, seq(der(0x82, Buffer.from('localhost')))))
