import { hkdfSync } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { KeyError } from './error.ts'
import { rootKey, type KeyUse } from './root-key.ts'

const use: KeyUse = { tenant: 'Müller & Söhne', domain: 'crm', type: 'email', epoch: '2026' }
const bytes = new Uint8Array(32).map((_, i) => i)

describe('a root key', () => {
  it('derives by HKDF-SHA256 with tenant as salt and the use as info', () => {
    const expected = hkdfSync('sha256', bytes, 'Müller & Söhne', 'art32/shield/v1|crm|email|2026', 32)
    expect(rootKey(bytes).derive(use)).toEqual(new Uint8Array(expected))
    const shift = hkdfSync('sha256', bytes, 'Müller & Söhne', 'art32/shield/v1|crm|email|2026|shift', 32)
    expect(rootKey(bytes).derive({ ...use, purpose: 'shift' })).toEqual(new Uint8Array(shift))
  })

  /** RFC 5869, appendix A.1 and A.3: that what is derived with is the standard's. */
  it.each([
    [
      '000102030405060708090a0b0c',
      'f0f1f2f3f4f5f6f7f8f9',
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    ['', '', '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
  ])('rests on an HKDF that gives the test vector with salt %j', (salt, info, expected) => {
    const hex = (text: string): Buffer => Buffer.from(text, 'hex')
    const made = hkdfSync('sha256', hex('0b'.repeat(22)), hex(salt), hex(info), 42)
    expect(Buffer.from(made).toString('hex')).toBe(expected)
  })

  it('keeps its bytes even when the caller overwrites them', () => {
    const mine = bytes.slice()
    const key = rootKey(mine)
    mine.fill(0)
    expect(key.derive(use)).toEqual(rootKey(bytes).derive(use))
  })

  it('has an id of 16 digits, and shows nothing but it', () => {
    const key = rootKey(bytes)
    expect(key.id).toMatch(/^[0-9a-f]{16}$/)
    expect(key.id).not.toBe(rootKey(new Uint8Array(32)).id)
    const shown = inspect(key, { depth: null, showHidden: true }) + JSON.stringify(key)
    expect(shown).not.toContain(Buffer.from(bytes).toString('hex').slice(0, 8))
    expect(shown).not.toContain(Buffer.from(bytes).toString('base64').slice(0, 8))
    expect(Object.keys(key)).toEqual(['secret', 'id', 'derive'])
  })

  it.each(['', 'a|b', 'a b', 'é', 'x'.repeat(201)])('refuses %j as domain, type or epoch', (name) => {
    const key = rootKey(bytes)
    for (const part of ['domain', 'type', 'epoch']) {
      expect(() => key.derive({ ...use, [part]: name })).toThrow(KeyError)
    }
  })

  it('refuses another length', () => {
    expect(() => rootKey(new Uint8Array(31))).toThrow(KeyError)
  })
})
