import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyStates } from './hmac.ts'
import { batchCapacity, type Kernel, messageRoom } from './kernel.ts'
import { plainKernel } from './load.ts'
import { simdKernel } from './simd.ts'

const simd = simdKernel()

function codes(kernel: Kernel, key: Uint8Array, messages: readonly Uint8Array[]): string[] {
  // What lies behind a message is not part of it: filled with ones, so that a kernel that reads it differs.
  const room = new Uint8Array(batchCapacity * messageRoom).fill(0xff)
  const lengths = new Uint8Array(batchCapacity)
  messages.forEach((message, i) => {
    room.set(message, i * messageRoom)
    lengths[i] = message.length
  })
  const made = new Uint8Array(batchCapacity * 16)
  kernel.hmac(keyStates(key), room, lengths, messages.length, made)
  return messages.map((_, i) => Buffer.from(made.subarray(i * 16, i * 16 + 16)).toString('hex'))
}

function byNode(key: Uint8Array, message: Uint8Array): string {
  return createHmac('sha256', key).update(message).digest('hex').slice(0, 32)
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))

/** RFC 4231, section 4: those whose key and message fit a block each. Test case 5 is the cut to 128 bits. */
const rfc4231: [string, Uint8Array, Uint8Array, string][] = [
  ['4.2', new Uint8Array(20).fill(0x0b), bytes('4869205468657265'), 'b0344c61d8db38535ca8afceaf0bf12b'],
  ['4.3', bytes('4a656665'), Buffer.from('what do ya want for nothing?'), '5bdcc146bf60754e6a042426089575c7'],
  ['4.4', new Uint8Array(20).fill(0xaa), new Uint8Array(50).fill(0xdd), '773ea91e36800e46854db8ebd09181a7'],
  [
    '4.5',
    bytes('0102030405060708090a0b0c0d0e0f10111213141516171819'),
    new Uint8Array(50).fill(0xcd),
    '82558a389a443c0ea4cc819899f2083a',
  ],
  ['4.6', new Uint8Array(20).fill(0x0c), Buffer.from('Test With Truncation'), 'a3b6167473100ee06e0c796c2955552b'],
]

describe.each([simd, plainKernel])('HMAC-SHA256 by the $kind kernel', (kernel) => {
  it.each(rfc4231)('gives the code of RFC 4231, %s', (_, key, message, expected) => {
    expect(codes(kernel, key, [message])).toEqual([expected])
  })

  it('gives what node:crypto gives for every length in every lane', () => {
    const key = new Uint8Array(32).map((_, i) => i * 7)
    const messages = Array.from({ length: 56 * 5 }, (_, i) => new Uint8Array(i % 56).map((_, j) => i + j * 31))
    expect(codes(kernel, key, messages)).toEqual(messages.map((message) => byNode(key, message)))
  })

  it('gives what node:crypto gives for anything', () => {
    const message = fc.uint8Array({ maxLength: 55 })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(message, { maxLength: 9 }), (key, messages) => {
        expect(codes(kernel, key, messages)).toEqual(messages.map((each) => byNode(key, each)))
      }),
    )
  })

  it('fills a whole batch', () => {
    const key = new Uint8Array(32).fill(1)
    const messages = Array.from({ length: batchCapacity }, (_, i) => Buffer.from(`value ${String(i)}`))
    expect(codes(kernel, key, messages)).toEqual(messages.map((message) => byNode(key, message)))
  })
})

it('refuses a key longer than a block', () => {
  expect(() => keyStates(new Uint8Array(65))).toThrow(RangeError)
})
