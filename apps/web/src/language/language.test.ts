import { describe, expect, it } from 'vitest'
import { chooseLanguage } from './language.ts'

describe('chooseLanguage', () => {
  it.each([
    ['de', ['en-GB'], 'de', 'the choice wins'],
    [null, ['fr-FR', 'de-AT', 'en'], 'de', 'the first that exists'],
    [null, ['sv'], 'en', 'English where none exists'],
    ['xx', ['de'], 'de', 'a foreign choice counts for nothing'],
  ] as const)('of %s and %j takes %s: %s', (chosen, wanted, language, _why) => {
    expect(chooseLanguage(chosen, wanted)).toBe(language)
  })
})
