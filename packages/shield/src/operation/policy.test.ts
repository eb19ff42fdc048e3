import { describe, expect, it } from 'vitest'
import type { Pseudonyms } from './operation.ts'
import { createNonce, documentKey, nonceLength, randomPseudonyms } from './policy.ts'
import { makePseudonyms } from './pseudonym.ts'

function tokens(pseudonyms: Pseudonyms, values: readonly string[]): string[] {
  const out = new Uint8Array(26)
  pseudonyms.clear()
  for (const value of values) pseudonyms.add(Buffer.from(value), 0, value.length)
  pseudonyms.run()
  return values.map((_, i) => Buffer.from(out.subarray(0, pseudonyms.write(i, 'text', out, 0))).toString())
}

const key = new Uint8Array(32).fill(9)

describe('pseudonyms of one document', () => {
  it('are the same within it, and others in the next', () => {
    const nonces = [createNonce(), createNonce()]
    const [one, again, next] = [0, 0, 1].map((i) => makePseudonyms(documentKey(key, nonces[i] ?? new Uint8Array())))
    const made = [one, again, next].map((each) => (each ? tokens(each, ['a', 'b', 'a']) : []))
    expect(made[0]).toEqual(made[1])
    expect(made[0]?.[0]).toBe(made[0]?.[2])
    expect(new Set(made.flat()).size).toBe(4)
    expect(tokens(makePseudonyms(key), ['a'])[0]).not.toBe(made[0]?.[0])
  })

  it('depend on the key and not on the nonce alone', () => {
    const nonce = new Uint8Array(nonceLength)
    expect(documentKey(key, nonce)).not.toEqual(documentKey(new Uint8Array(32), nonce))
    expect(() => documentKey(key, new Uint8Array(15))).toThrow(RangeError)
  })
})

describe('pseudonyms of one value', () => {
  it('are never the same twice', () => {
    const random = randomPseudonyms()
    const same = Array.from({ length: random.capacity }, () => 'a')
    const made = [...tokens(random, same), ...tokens(random, same)]
    expect(new Set(made).size).toBe(2 * random.capacity)
    for (const token of made) expect(token).toMatch(/^[a-z2-7]{26}$/)
    expect(() => random.add(new Uint8Array(), 0, 0)).toThrow(RangeError)
  })
})
