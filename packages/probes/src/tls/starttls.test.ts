import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { collect } from '../engine/connector.ts'
import type { Reading } from '../engine/reading.ts'
import { issue } from '../testing/certificates.ts'
import { hangingServer, listen, plainServer, testContext } from '../testing/servers.ts'
import { tls } from './connector.ts'

const root = issue({ name: 'Test Root', authority: true })
const leaf = issue({ issuer: root })

type Line = readonly [asked: RegExp | string, said: string | Buffer, thenTls?: true]

/** A server that greets, answers by these lines, and begins TLS on the same socket where a line says so. */
const scripted = (greeting: string, lines: readonly Line[]) =>
  listen(
    createServer((socket: Socket) => {
      socket.write(greeting)
      const hear = (bytes: Buffer): void => {
        const text = bytes.toString('latin1')
        const line = lines.find(([asked]) => (typeof asked === 'string' ? text === asked : asked.test(text)))
        if (line === undefined) return
        const [, said, thenTls] = line
        if (thenTls === true) socket.off('data', hear)
        socket.write(said)
        if (thenTls === true)
          new TLSSocket(socket, {
            isServer: true,
            key: leaf.key,
            cert: leaf.certificate,
            minVersion: 'TLSv1.2',
            ciphers: 'ECDHE+AESGCM',
          }).on('error', () => undefined)
      }
      socket.on('data', hear)
    }),
  )

async function look(server: ReturnType<typeof scripted>, upgrade: string): Promise<Reading> {
  const { port, close } = await server
  const reading = await collect(tls, { host: 'localhost', port, upgrade, trust: root.certificate }, testContext())
  await close()
  return reading
}

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]).toString('latin1')
const smtp: readonly Line[] = [
  [/^EHLO /, '250-mail.example.com\r\n250-STARTTLS\r\n250 SIZE 1000\r\n'],
  [/^STARTTLS/, '220 go ahead\r\n', true],
]

const good = {
  read: 'ok',
  complete: true,
  facts: {
    upgrade: { facts: { offered: true } },
    protocols: {
      facts: expect.arrayContaining([expect.objectContaining({ version: '1.2', accepted: true })]) as unknown,
    },
    certificate: { facts: { anchor: 'trusted', nameMatches: true } },
  },
}
const missing = { facts: { upgrade: { facts: { offered: false } }, protocols: { read: 'no', why: 'not-configured' } } }

describe('a port that begins in the clear', () => {
  it.each([
    ['smtp', '220-mail.example.com\r\n220 ready\r\n', smtp],
    ['imap', '* OK ready\r\n', [[/^a1 STARTTLS/, 'a1 OK begin\r\n', true]]],
    ['postgres', '', [[sslRequest, 'S', true]]],
  ] as const)('is upgraded over %s and then looked at as any other', async (protocol, greeting, lines) => {
    expect(await look(scripted(greeting, lines), protocol)).toMatchObject(good)
  })

  it.each([
    ['smtp', '220 ready\r\n', [[/^EHLO /, '250-mail.example.com\r\n250 SIZE 1000\r\n']]],
    ['imap', '* OK ready\r\n', [[/^a1 STARTTLS/, 'a1 BAD no\r\n']]],
    ['postgres', '', [[sslRequest, 'N']]],
  ] as const)('says so where %s is not upgraded', async (protocol, greeting, lines) => {
    expect(await look(scripted(greeting, lines), protocol)).toMatchObject(missing)
  })

  it('could not look at one that is silent, or that speaks something else and hangs up', async () => {
    for (const protocol of ['smtp', 'imap', 'postgres'])
      expect(await look(hangingServer(), protocol)).toMatchObject({ read: 'no', why: 'unreachable' })
    expect(await look(plainServer(), 'imap')).toMatchObject({ read: 'no', why: 'contract' })
  })
})
