import { expect, it } from 'vitest'
import { isPseudonym, kindFrom } from './account-kind.ts'

it('takes only kinds that there are from an address', () => {
  expect(kindFrom('left')).toBe('left')
  expect(kindFrom('toString')).toBeUndefined()
  expect(kindFrom(undefined)).toBeUndefined()
})

it('knows pseudonyms from ids of vendors', () => {
  expect(isPseudonym(`person-${'0a'.repeat(16)}`)).toBe(true)
  expect(isPseudonym('person-anna')).toBe(false)
})
