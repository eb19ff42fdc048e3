import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyError, type KeyErrorCode } from './error.ts'
import { createSealingKey, openSealingKey, readSealingKey } from './sealing-key.ts'
import { joinShares, splitSecret } from './shares.ts'
import { createVault, openVault, readVault } from './vault.ts'

const use = { tenant: 't', domain: 'crm', type: 'email', epoch: '1' }

function codeOf(act: () => unknown): KeyErrorCode | undefined {
  try {
    act()
  } catch (error) {
    if (error instanceof KeyError) return error.code
    throw error
  }
  return undefined
}

describe('shares of a secret', () => {
  it('restore it, any two of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 2, max: 9 }), (secret, people) => {
        const shares = splitSecret(secret, people)
        for (const a of shares) {
          for (const b of shares) if (a !== b) expect(joinShares(a, b)).toEqual(secret)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('follow the field of AES: a line through 0x53 at 0 and 0x53 ^ 0xca × 2 at 2', () => {
    // {53} • {ca} = {01} (FIPS 197 gives them as inverses), {ca} • {02} = {8f}.
    const at = (place: number, byte: number): { place: number; bytes: Uint8Array } => ({
      place,
      bytes: new Uint8Array([byte]),
    })
    expect(joinShares(at(1, 0x53 ^ 0xca), at(2, 0x53 ^ 0x8f))).toEqual(new Uint8Array([0x53]))
    expect(joinShares(at(0x53, 0x11 ^ 0x01), at(1, 0x11 ^ 0xca))).toEqual(new Uint8Array([0x11]))
  })

  it('say nothing one by one: every byte is as likely in each', () => {
    const counts = new Map<number, number>()
    for (let i = 0; i < 200; i += 1) {
      for (const byte of splitSecret(new Uint8Array(256), 3)[2]?.bytes ?? [])
        counts.set(byte, (counts.get(byte) ?? 0) + 1)
    }
    // 200 each; six standard deviations are 85.
    expect(counts.size).toBe(256)
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(85)
  })

  it.each([1, 0, 256, 2.5])('are not made for %d people', (people) => {
    expect(() => splitSecret(new Uint8Array(4), people)).toThrow(RangeError)
  })
})

describe('a vault', () => {
  const { vault, shares } = createVault(3)
  const [a = '', b = '', c = ''] = shares
  const other = createVault(2)

  it('opens with any two shares what was sealed with its public line alone', () => {
    const sealed = readVault(vault.line).seal(new Uint8Array([1, 2, 3]), 'header')
    for (const pair of [
      [a, b],
      [c, a],
      [b, c],
    ] as const) {
      expect(openVault(vault, pair).open(sealed, 'header')).toEqual(Buffer.from([1, 2, 3]))
    }
  })

  it('seals the same differently each time', () => {
    expect(vault.seal(new Uint8Array(3), '')).not.toEqual(vault.seal(new Uint8Array(3), ''))
  })

  it('opens with nothing less', () => {
    expect(codeOf(() => openVault(vault, [a, a]))).toBe('share')
    expect(codeOf(() => openVault(vault, [a, other.shares[1] ?? '']))).toBe('share')
    expect(codeOf(() => openVault(other.vault, [a, b]))).toBe('share')
    expect(codeOf(() => openVault(vault, [a, vault.line]))).toBe('malformed')
    expect(codeOf(() => openVault(vault, [a, `${b.slice(0, -1)}${b.endsWith('A') ? 'B' : 'A'}`]))).toBe('malformed')
  })

  it('notices another header, a change, another vault', () => {
    const sealed = vault.seal(new Uint8Array(8), 'header')
    const opened = openVault(vault, [a, b])
    expect(codeOf(() => opened.open(sealed, 'other'))).toBe('forged')
    for (const at of [0, 31, 32, sealed.length - 1]) {
      const changed = sealed.map((byte, i) => (i === at ? byte ^ 1 : byte))
      expect(codeOf(() => opened.open(changed, 'header'))).toBe('forged')
    }
    expect(codeOf(() => opened.open(new Uint8Array(10), 'header'))).toBe('forged')
    expect(codeOf(() => opened.open(other.vault.seal(new Uint8Array(8), 'header'), 'header'))).toBe('forged')
  })

  it('keeps a sealing key with what it was for', () => {
    const { key, sealed, line } = createSealingKey(vault, [use])
    const opened = openVault(vault, [a, b])
    expect(openSealingKey(opened, structuredClone(sealed)).derive(use)).toEqual(key.derive(use))
    expect(readSealingKey(`${line}\n`).derive(use)).toEqual(key.derive(use))
    expect(key.derive(use)).not.toEqual(key.derive({ ...use, type: 'phone' }))
    expect(JSON.stringify(sealed)).not.toContain(line.slice(-20))
    expect(codeOf(() => openSealingKey(opened, { ...sealed, uses: [] }))).toBe('forged')
    expect(codeOf(() => openSealingKey(opened, { ...sealed, key: '0'.repeat(16) }))).toBe('forged')
  })
})
