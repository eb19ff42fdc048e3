import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seeded } from '../../../../../scripts/testing/fuzz.ts'
import { listQueryOf } from './query.ts'
import { ScimRefusal } from './refusal.ts'

const parts = fc.constantFrom(
  'userName',
  'externalId',
  ' eq ',
  ' EQ ',
  ' and ',
  '"',
  '\\',
  "'; drop table member; --",
  'a@example.com',
  '\\u0000',
  '\\ud83d',
  '(',
  '[',
  ' pr',
  '\0',
)
const filter = fc.oneof(
  fc.string(),
  fc.array(parts, { maxLength: 8 }).map((list) => list.join('')),
)
const number = fc.oneof(fc.string(), fc.integer().map(String), fc.constantFrom('1e9', '-1', '0', '999999999', '٣'))

it('asks for one attribute and a bounded part of the list, whatever a directory sends', () => {
  fc.assert(
    fc.property(filter, number, number, (text, startIndex, count) => {
      try {
        const query = listQueryOf(new URLSearchParams({ filter: text, startIndex, count }), ['userName', 'externalId'])
        expect(query.offset).toBeGreaterThanOrEqual(0)
        expect(query.count).toBeGreaterThanOrEqual(0)
        expect(query.count).toBeLessThanOrEqual(200)
        expect(['userName', 'externalId']).toContain(query.filter?.attribute)
        expect(query.filter?.value.includes('\0')).toBe(false)
      } catch (error) {
        expect(error).toBeInstanceOf(ScimRefusal)
      }
    }),
    seeded(5_000),
  )
})
