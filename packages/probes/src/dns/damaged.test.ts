import { createSocket } from 'node:dgram'
import packet from 'dns-packet'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testContext } from '../testing/servers.ts'
import { parseKey } from './dkim.ts'
import { resolver } from './query.ts'

type Change = readonly [isSet: boolean, where: number, value: number]
let list: readonly Change[] = []
const server = createSocket('udp4')
beforeAll(async () => {
  server.on('message', (bytes, from) => {
    const { id = 0, questions = [] } = packet.decode(bytes)
    let reply = packet.encode({
      type: 'response',
      id,
      questions,
      answers: [
        { type: 'TXT', name: 'example.com', ttl: 60, data: 'v=spf1 -all' },
        { type: 'MX', name: 'example.com', ttl: 60, data: { preference: 1, exchange: 'mx.example.com' } },
      ],
    })
    for (const [isSet, where, value] of list) {
      // The id stays, so that the answer is read and not waited beyond.
      const at = 2 + Math.floor(where * (reply.length - 2))
      if (isSet) reply[at] = value
      else reply = Buffer.concat([reply.subarray(0, at), reply.subarray(Math.min(reply.length, at + (value % 8)))])
    }
    server.send(reply, from.port, from.address)
  })
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve))
})
afterAll(() => void server.close())

it('a name server that answers anything is read, or passed over', async () => {
  const ask = await resolver(testContext({ resolver: [`127.0.0.1:${server.address().port}`] }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 0.99, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 4,
      }),
      async (changes) => {
        list = changes
        const answer = await ask('example.com', 'TXT').catch((error: unknown) => {
          expect(error === undefined || error instanceof Error).toBe(true)
          return null
        })
        if (answer !== null) expect(Array.isArray(answer.answers)).toBe(true)
      },
    ),
    { seed: 1, numRuns: 150 },
  )
})

it('a key record is judged, whatever stands in it', () => {
  const part = fc.constantFrom('v=DKIM1', 'k=rsa', 'k=ed25519', 'p=', 'p=MIIB', 'p=AAAA', ';', '=', ' ', 't=y:s')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join(';')),
      ),
      (text) => {
        expect(['valid', 'broken', 'revoked']).toContain(parseKey(text).state)
      },
    ),
    { seed: 2, numRuns: 2_000 },
  )
})
