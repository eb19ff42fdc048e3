import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStamped } from '../../../../scripts/testing/stamped.ts'
import type { Stamped } from '../../../../scripts/testing/stamped.ts'
import { makeAuthority } from '@art32/timestamp/testing'
import type { Answering, TestAuthority } from '@art32/timestamp/testing'

let stamped: Stamped
let stranger: TestAuthority

beforeAll(async () => {
  stamped = await startStamped()
  stranger = makeAuthority({ name: 'Stranger' })
})
afterAll(async () => {
  await stamped.stop()
  stranger.remove()
})

describe('a time-stamping authority', () => {
  it.each<readonly [string, Answering, string]>([
    ['refuses by HTTP', (_, response) => void response.writeHead(403).end(), 'refused'],
    [
      'refuses by its status',
      (_, response) => response.end(stamped.authority.reply(Uint8Array.of(0x30, 0))),
      'refused',
    ],
    ['answers with a page', (_, response) => response.end('<html>hello'), 'garbage'],
    ['answers with nothing', (_, response) => response.end(), 'garbage'],
    [
      'stamps something else',
      (request, response) => response.end(stamped.authority.reply(otherImprint(request))),
      'imprint',
    ],
    [
      'repeats an old answer',
      (request, response) => response.end(stamped.authority.reply(otherNonce(request))),
      'nonce',
    ],
    ['has a root that nobody named', (request, response) => response.end(stranger.reply(request)), 'untrusted'],
    [
      'has a certificate that is over',
      (request, response) => response.end(stamped.expired.reply(request)),
      'untrusted',
    ],
    [
      'sends elsewhere',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'refused',
    ],
    ['answers without end', (_, response) => void response.end(Buffer.alloc(2_000_000)), 'unreachable'],
    ['hangs up', (_, response) => void response.destroy(), 'unreachable'],
  ])('that %s is told apart, and nothing of it is kept', async (_, lie, problem) => {
    stamped.answer(lie)
    await stamped.minute()
    expect(await stamped.shown()).toEqual({ host: stamped.host, last: null, problem })
    expect((await stamped.server.databases.control.query('select 1 from time_stamp')).rows).toEqual([])
  })

  it('that never answers is given up after seconds, and asked again', async () => {
    stamped.answer(() => undefined)
    await stamped.minute()
    expect(await stamped.shown()).toMatchObject({ last: null, problem: 'unreachable' })
  }, 20_000)
})

/** The request for another text: the hash stands after its length of 32. */
function otherImprint(request: Uint8Array): Uint8Array {
  const at = Buffer.from(request).indexOf(Buffer.of(4, 32)) + 5
  return request.map((byte, i) => (i === at ? byte ^ 1 : byte))
}

/** The same request with another number in it: the nonce stands after the hash. */
function otherNonce(request: Uint8Array): Uint8Array {
  const at = Buffer.from(request).indexOf(Buffer.of(4, 32)) + 34 + 6
  return request.map((byte, i) => (i === at ? byte ^ 1 : byte))
}
