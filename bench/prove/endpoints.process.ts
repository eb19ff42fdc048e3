/*
 * So many TLS servers, each on an address of the loopback of its own, in a process of its own. Its arguments: the
 * number, and the third part of the addresses. Each speaks TLS 1.0 to 1.3 with the suites of a server that leaves nobody out.
 */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:tls'
import { issue } from '../../packages/probes/src/testing/certificates.ts'

const count = Number(process.argv[2])
const part = Number(process.argv[3])
const issued = issue()
const options = {
  key: issued.key,
  cert: issued.certificate,
  minVersion: 'TLSv1',
  ciphers: 'ECDHE+AESGCM:ECDHE+AES:@SECLEVEL=0',
} as const

function listen(host: string): Promise<string> {
  const server = createServer(options, (socket) => socket.on('error', () => undefined).end())
  server.on('tlsClientError', () => undefined)
  return new Promise((resolve) =>
    server.listen({ host, port: 0, backlog: 64 }, () => resolve(`${host}:${(server.address() as AddressInfo).port}`)),
  )
}

const addresses = Array.from({ length: count }, (_, at) => `127.${part}.${Math.floor(at / 250)}.${(at % 250) + 1}`)
process.stdout.write(`${JSON.stringify(await Promise.all(addresses.map(listen)))}\n`)
