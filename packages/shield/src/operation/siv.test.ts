import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { siv } from './siv.ts'

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

function seal(key: Uint8Array, headers: readonly Uint8Array[], value: Uint8Array): Uint8Array {
  const out = new Uint8Array(value.length + 18)
  expect(siv(key, headers).seal(value, 0, value.length, out, 1)).toBe(value.length + 16)
  return out.slice(1, -1)
}

function open(key: Uint8Array, headers: readonly Uint8Array[], sealed: Uint8Array): Uint8Array | undefined {
  const out = new Uint8Array(sealed.length)
  const length = siv(key, headers).open(sealed, 0, sealed.length, out, 0)
  if (length < 0) expect(out.every((byte) => byte === 0)).toBe(true)
  return length < 0 ? undefined : out.slice(0, length)
}

/** RFC 5297, appendix A.1 and A.2. */
const vectors: [string, string, string[], string, string][] = [
  [
    'A.1',
    'fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff',
    ['10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627'],
    '11223344 55667788 99aabbcc ddee',
    '85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c',
  ],
  [
    'A.2',
    '7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f',
    [
      '00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 77665544 33221100',
      '10203040 50607080 90a0',
      '09f91102 9d74e35b d84156c5 635688c0',
    ],
    '74686973 20697320 736f6d65 20706c61 696e7465 78742074 6f20656e 63727970 74207573 696e6720 5349562d 414553',
    '7bdb6e3b 432667eb 06f4d14b ff2fbd0f cb900f2f ddbe4043 26601965 c889bf17 dba77ceb 094fa663 b7a3f748 ba8af829 ea64ad54 4a272e9c 485b62a3 fd5c0d',
  ],
]

describe('AES-SIV', () => {
  it.each(vectors)('gives the vector of RFC 5297, %s', (_, key, headers, plain, expected) => {
    expect(seal(hex(key), headers.map(hex), hex(plain))).toEqual(hex(expected))
    expect(open(hex(key), headers.map(hex), hex(expected))).toEqual(hex(plain))
  })

  it('opens what it sealed, of every length, and nothing that was changed', () => {
    const key = new Uint8Array(64).map((_, i) => i)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(), fc.nat(7), (value, place, bit) => {
        const sealed = seal(key, [], value)
        expect(open(key, [], sealed)).toEqual(value)
        sealed[place % sealed.length]! ^= 1 << bit
        expect(open(key, [], sealed)).toBeUndefined()
      }),
    )
  })

  it('changes nothing of what it is given, a Buffer neither', () => {
    const value = Buffer.from('a value of more than sixteen bytes')
    const sealed = Buffer.from(seal(new Uint8Array(64), [], value))
    const copies = [Uint8Array.from(value), Uint8Array.from(sealed)]
    expect(open(new Uint8Array(64), [], sealed)).toEqual(copies[0])
    expect([Uint8Array.from(value), Uint8Array.from(sealed)]).toEqual(copies)
  })

  it('opens nothing with another key or header, and nothing too short', () => {
    const key = new Uint8Array(64)
    const sealed = seal(key, [hex('01')], hex('aabb'))
    expect(open(new Uint8Array(64).fill(1), [hex('01')], sealed)).toBeUndefined()
    expect(open(key, [], sealed)).toBeUndefined()
    expect(open(key, [hex('01'), hex('')], sealed)).toBeUndefined()
    expect(open(key, [hex('01')], sealed.subarray(0, 15))).toBeUndefined()
  })
})
