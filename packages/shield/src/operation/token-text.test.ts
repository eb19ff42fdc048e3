import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base32Length, readBase32, writeBase32, writeUuid } from './token-text.ts'

function base32(bytes: Uint8Array): string {
  const out = new Uint8Array(400)
  return Buffer.from(out.subarray(0, writeBase32(bytes, 0, bytes.length, out, 0))).toString()
}

function fromBase32(text: string): string | undefined {
  const out = new Uint8Array(400)
  const length = readBase32(Buffer.from(text), 0, text.length, out, 0)
  return length < 0 ? undefined : Buffer.from(out.subarray(0, length)).toString('latin1')
}

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('writes %j as RFC 4648, section 10, does: %s', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected)
    expect(fromBase32(expected)).toBe(text)
  })

  it('reads back what it wrote, in either case, and says its length before', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = base32(bytes)
        expect(text).toHaveLength(base32Length(bytes.length))
        expect(fromBase32(text.toUpperCase())).toBe(Buffer.from(bytes).toString('latin1'))
      }),
    )
  })

  it.each(['m', 'mz1q', 'mzx', 'mzxw6y', 'mz', 'ÿÿ', 'my======'])('refuses %j', (text) => {
    expect(fromBase32(text)).toBeUndefined()
  })
})

it('writes the UUID of version 8 of RFC 9562, appendix B.2', () => {
  const out = new Uint8Array(40)
  const bytes = Buffer.from('5c146b143c52fafd138a375d0df1fbf6f7', 'hex')
  expect(writeUuid(bytes, 0, out, 2)).toBe(36)
  expect(Buffer.from(out.subarray(2, 38)).toString()).toBe('5c146b14-3c52-8afd-938a-375d0df1fbf6')
})
