import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isToken, newToken, tokenPattern } from './token-text.ts'

const tokens = fc.constant(null).map(newToken)

it('makes tokens that it knows, and that a scanner finds in a text', () => {
  fc.assert(
    fc.property(tokens, (token) => {
      expect(token).toMatch(/^art32_[0-9A-Za-z]{38}$/)
      expect(isToken(token)).toBe(true)
      expect(tokenPattern.exec(`Authorization: Bearer ${token}\n`)?.[0]).toBe(token)
    }),
  )
})

it.each([
  ['whose checksum has all of its digits', 'art32_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA3Ae0o2'],
  // The checksum of this one is small: 46275 is 12 · 62² + 2 · 62 + 23.
  ['whose checksum begins with zeroes', 'art32_00000000000000000000000000009122000C2N'],
])('knows a token that another program made, %s', (_, token) => {
  expect(isToken(token)).toBe(true)
})

it('knows none in which one character is another', () => {
  fc.assert(
    fc.property(tokens, fc.nat(43), fc.constantFrom('0', 'A', 'a', '9', 'Z', 'z', '_', '-'), (token, place, other) => {
      fc.pre(token[place] !== other)
      expect(isToken(token.slice(0, place) + other + token.slice(place + 1))).toBe(false)
    }),
  )
})

it('knows none that is cut, or that something stands around', () => {
  fc.assert(
    fc.property(tokens, fc.constantFrom('x', ' ', '\n', 'art32_'), (token, more) => {
      for (const text of [token + more, more + token, token.slice(1), token.slice(0, -1), token.toLowerCase()])
        if (text !== token) expect(isToken(text), text).toBe(false)
    }),
  )
})

it('makes no two alike, of every letter and digit', () => {
  const made = Array.from({ length: 500 }, newToken)
  expect(new Set(made).size).toBe(500)
  const secrets = made.map((token) => token.slice('art32_'.length, -6))
  expect(new Set(secrets.join('')).size).toBe(62)
})
