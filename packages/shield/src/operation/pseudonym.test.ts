import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textLength, textRoom } from '../kernel/kernel.ts'
import { plainKernel } from '../kernel/load.ts'
import { rootKey, type KeyUse } from '../key/root-key.ts'
import type { Pseudonyms } from './operation.ts'
import { makePseudonyms } from './pseudonym.ts'

const use: KeyUse = { tenant: 'example', domain: 'test', type: 'email', epoch: '1' }
const root = rootKey(new Uint8Array(32).fill(1))

function tokens(pseudonyms: Pseudonyms, values: readonly Uint8Array[], form: 'text' | 'uuid' = 'text'): string[] {
  const out = new Uint8Array(40)
  const made: string[] = []
  for (let from = 0; from < values.length; from += pseudonyms.capacity) {
    pseudonyms.clear()
    const batch = values.slice(from, from + pseudonyms.capacity)
    for (const value of batch) pseudonyms.add(value, 0, value.length)
    pseudonyms.run()
    for (let i = 0; i < batch.length; i += 1) {
      made.push(Buffer.from(out.subarray(0, pseudonyms.write(i, form, out, 0))).toString())
    }
  }
  return made
}

function textTokens(key: Uint8Array, values: readonly string[], form: 'text' | 'uuid' = 'text'): string[] {
  return tokens(
    makePseudonyms(key),
    values.map((value) => Buffer.from(value)),
    form,
  )
}

describe('a pseudonym', () => {
  it('is the HMAC of node:crypto, however long the value', () => {
    const key = root.derive(use)
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 30 }), (values) => {
        const expected = values.map((value) =>
          createHmac('sha256', key).update(value).digest().subarray(0, 16).toString('hex'),
        )
        const uuids = tokens(makePseudonyms(key), values, 'uuid').map((uuid) => uuid.replaceAll('-', ''))
        // Version and variant take the place of six bits.
        const mask = (hex: string): string => hex.slice(0, 12) + hex.slice(13, 16) + hex.slice(17)
        expect(uuids.map(mask)).toEqual(expected.map(mask))
        expect(tokens(makePseudonyms(key, plainKernel), values)).toEqual(tokens(makePseudonyms(key), values))
      }),
    )
  })

  it('is 26 characters or a UUID of version 8', () => {
    expect(textTokens(root.derive(use), ['a@example.org'])[0]).toMatch(/^[a-z2-7]{26}$/)
    expect(textTokens(root.derive(use), ['a@example.org'], 'uuid')[0]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })

  it('is the same where all texts are written at once', () => {
    const pseudonyms = makePseudonyms(root.derive(use))
    const values = Array.from({ length: 300 }, (_, i) => `${i % 7}${'x'.repeat(i % 80)}`)
    for (const value of values) pseudonyms.add(Buffer.from(value), 0, value.length)
    pseudonyms.run()
    const out = new Uint8Array(5 + pseudonyms.count * textRoom)
    pseudonyms.writeTexts?.(out, 5)
    const each = values.map((_, i) => {
      const from = 5 + i * textRoom
      return Buffer.from(out.subarray(from, from + textLength)).toString()
    })
    expect(each).toEqual(textTokens(root.derive(use), values))
  })

  it('stays the same in another batch, at another place and under a key derived anew', () => {
    const one = textTokens(root.derive(use), ['x', 'y', 'z'])
    const other = textTokens(rootKey(new Uint8Array(32).fill(1)).derive({ ...use }), ['z', 'x', 'y'])
    expect(other).toEqual([one[2], one[0], one[1]])
  })

  it.each<[string, Uint8Array]>([
    ['tenant', root.derive({ ...use, tenant: 'another' })],
    ['domain', root.derive({ ...use, domain: 'another' })],
    ['type', root.derive({ ...use, type: 'phone' })],
    ['epoch', root.derive({ ...use, epoch: '2' })],
    ['purpose', root.derive({ ...use, purpose: 'shift' })],
    ['root key', rootKey(new Uint8Array(32).fill(2)).derive(use)],
  ])('is another one under another %s: no two of 10,000 are the same, half of all bits differ', (_, key) => {
    const values = Array.from({ length: 10_000 }, (_, i) => `person${String(i)}@example.org`)
    const here = textTokens(root.derive(use), values)
    const there = textTokens(key, values)
    expect(new Set([...here, ...there]).size).toBe(20_000)
    let differing = 0
    here.forEach((token, i) => (differing += differingBits(token, there[i] ?? '')))
    // 1.25 million coins: five standard deviations are 2,795.
    expect(Math.abs(differing - 625_000)).toBeLessThan(2795)
  })

  it('has every bit set half of the time', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => String(i))
    const counts = Array.from({ length: 125 }, () => 0)
    for (const token of textTokens(root.derive(use), values)) {
      for (let bit = 0; bit < 125; bit += 1) counts[bit]! += (fiveBits(token, Math.floor(bit / 5)) >> (bit % 5)) & 1
    }
    // Of 10,000 coins five and a half standard deviations are 275: once in 100,000 rows of 125.
    expect(Math.max(...counts.map((count) => Math.abs(count - 5000)))).toBeLessThan(275)
  })

  it('refuses more than a batch holds', () => {
    const pseudonyms = makePseudonyms(root.derive(use))
    for (let i = 0; i < pseudonyms.capacity; i += 1) pseudonyms.add(new Uint8Array(1), 0, 1)
    expect(() => pseudonyms.add(new Uint8Array(1), 0, 1)).toThrow(RangeError)
  })
})

function fiveBits(token: string, index: number): number {
  return 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(token.charAt(index))
}

function differingBits(a: string, b: string): number {
  let count = 0
  for (let i = 0; i < 25; i += 1) {
    for (let bits = fiveBits(a, i) ^ fiveBits(b, i); bits > 0; bits >>= 1) count += bits & 1
  }
  return count
}
