import { createServer } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { post } from '../../apps/server/src/platform/post.ts'
import { rounds, tried } from './tried.ts'

const looks = rounds(200, 1_000)
const atOnce = 50

/** This machine in every clothing, and addresses for documentation, which nobody answers. */
const own = [
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '169.254.169.254',
  'fe80::1',
]
const foreign = ['192.0.2.1', '198.51.100.7', '203.0.113.9', '2001:db8::1']

const familyOf = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 })
const any = (list: readonly string[]) => list[Math.floor(Math.random() * list.length)] ?? ''

/** What a hostile name server says: the first look is judged, each later one would lead home. */
const lies: readonly (() => string[][])[] = [
  () => [[any(foreign)], [any(own)]],
  () => [[any(own)], [any(foreign)]],
  () => [[any(foreign), any(own)], [any(own)]],
  () => [[any(own), any(foreign)]],
  () => [
    [any(foreign), any(foreign)],
    [any(own), any(own)],
  ],
]

describe('a name that leads elsewhere at the second look', () => {
  const seen: string[] = []
  let sink: Server
  let port = 0
  beforeAll(async () => {
    sink = createServer((request, response) => {
      seen.push(request.headers.host ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => sink.listen(0, resolve))
    ;({ port } = sink.address() as AddressInfo)
  })
  afterAll(() => void sink.close())

  it('never brings a message to this machine', { timeout: 120_000 }, async (context) => {
    const message = { headers: {}, body: '{}' }
    let n = 0
    const look = async () => {
      while (n < looks) {
        const answers = (lies[n++ % lies.length] ?? (() => []))()
        let asked = 0
        const { status } = await post(new URL(`http://hook${n}.example.com:${port}/`), message, {
          mayBeLocal: false,
          patienceMs: 100,
          resolve: (_, done) => done(null, (answers[asked++] ?? answers.at(-1) ?? []).map(familyOf)),
        })
        // One look for one message: a second question would be answered with a lie.
        expect([status, asked]).toEqual([null, 1])
      }
    }
    await Promise.all(Array.from({ length: atOnce }, look))
    expect(seen).toEqual([])
    const reached = await post(new URL(`http://hook.example.com:${port}/`), message, {
      mayBeLocal: true,
      resolve: (_, done) => done(null, [familyOf('127.0.0.1')]),
    })
    expect([reached, seen.length]).toEqual([{ status: 200 }, 1])
    tried(context, looks)
  })
})
