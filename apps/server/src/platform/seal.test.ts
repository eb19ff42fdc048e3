import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { open, seal } from './seal.ts'

const key = randomBytes(32)

it('opens what it sealed, at the same place with the same key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (plain, place) => {
      expect([...open(key, place, seal(key, place, plain))]).toEqual([...plain])
    }),
  )
})

it('opens at no other place, with no other key and with no changed byte', () => {
  const sealed = seal(key, 'tenant:a/field', Buffer.from('secret'))
  expect(() => open(key, 'tenant:b/field', sealed)).toThrow(/does not open/)
  expect(() => open(randomBytes(32), 'tenant:a/field', sealed)).toThrow(/does not open/)
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed)
    changed[i] = (changed[i] ?? 0) ^ 1
    expect(() => open(key, 'tenant:a/field', changed), `byte ${i}`).toThrow(/sealed value/)
  }
  expect(() => open(key, 'tenant:a/field', sealed.subarray(0, 10))).toThrow(/unknown form/)
})

it('never gives the same bytes twice', () => {
  expect(seal(key, 'p', Buffer.from('x')).equals(seal(key, 'p', Buffer.from('x')))).toBe(false)
})
