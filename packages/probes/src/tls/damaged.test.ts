import { createServer } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSocket } from '../engine/network.ts'
import { listen, testContext } from '../testing/servers.ts'
import { upgrade, upgrades } from './starttls.ts'

/** What the server says to everything. */
let said = Buffer.alloc(0)
let port: number
let close: () => Promise<void>
beforeAll(async () => {
  const server = await listen(
    createServer((socket) => {
      socket.on('error', () => undefined)
      socket.write(said)
      socket.on('data', () => socket.end(said))
      setImmediate(() => socket.end())
    }),
  )
  ;({ port, close } = server)
})
afterAll(() => close())

const line = fc.constantFrom(
  '220 hello\r\n',
  '220-more\r\n',
  '250-STARTTLS\r\n',
  '250 STARTTLS\r\n',
  '250 OK\n',
  '* OK hello\r\n',
  'a1 OK begin\r\n',
  'a1 NO\r\n',
  'S',
  'N',
  '454 no\r\n',
  '\0',
  '220 ',
  '\r\n',
)

it('a dialogue before TLS ends with yes, no, or a reason, whatever a server says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...upgrades),
      fc.oneof(
        fc.array(line, { maxLength: 8 }).map((list) => Buffer.from(list.join(''), 'latin1')),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      ),
      async (protocol, bytes) => {
        said = bytes
        const context = testContext()
        const socket = await openSocket('127.0.0.1', port, context)
        try {
          expect(typeof (await upgrade(socket, protocol, context))).toBe('boolean')
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        } finally {
          socket.destroy()
        }
      },
    ),
    { seed: 1, numRuns: 300 },
  )
})
