import { describe, expect, it } from 'vitest'
import { newTotpSecret, stepOf, totpCode, totpUri, typedSecret } from './totp.ts'

// RFC 6238 appendix B, SHA-1; its codes have eight digits, ours are their last six.
const secret = '12345678901234567890'
const vectors = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const

describe('a code', () => {
  it.each(vectors)('at %d seconds is the one of RFC 6238', (seconds, code) => {
    expect(totpCode(secret, Math.floor(seconds / 30))).toBe(code.slice(-6))
  })

  it('belongs to its step and one beside it, and to no step that was used', () => {
    const code = totpCode(secret, 1_000)
    const at = (step: number) => new Date(step * 30_000 + 1_500)
    expect([998, 999, 1_000, 1_001, 1_002].map((step) => stepOf(secret, code, at(step), 0))).toEqual([
      null,
      1_000,
      1_000,
      1_000,
      null,
    ])
    expect(stepOf(secret, code, at(1_000), 1_000)).toBeNull()
    expect(stepOf(secret, code, at(1_000), 999)).toBe(1_000)
    for (const wrong of ['', '0', `${code}0`, '００００００', 'abcdef'])
      expect(stepOf(secret, wrong, at(1_000), 0)).toBeNull()
  })
})

describe('a secret', () => {
  it('has 150 random bits and is typed as base 32', () => {
    const secrets = new Set(Array.from({ length: 100 }, newTotpSecret))
    expect(secrets.size).toBe(100)
    for (const one of secrets) expect(typedSecret(one)).toMatch(/^[A-Z2-7]{40}$/)
    expect(typedSecret('12345678901234567890')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  })

  it('stands in an address whose parts cannot break out', () => {
    const uri = new URL(totpUri(secret, 'a&b=c?d@example.com', 'art32 x.example'))
    expect(uri.pathname).toBe('/art32%20x.example:a%26b%3Dc%3Fd%40example.com')
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      secret: typedSecret(secret),
      issuer: 'art32 x.example',
    })
  })
})
