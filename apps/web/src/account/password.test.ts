import { describe, expect, it } from 'vitest'
import { passwordStrength } from './password.ts'

describe('passwordStrength', () => {
  it.each([
    ['', 'short'],
    ['a'.repeat(11), 'short'],
    ['a'.repeat(12), 'fair'],
    ['a'.repeat(16), 'good'],
    ['four words are better', 'good'],
    ['a'.repeat(24), 'strong'],
  ])('judges %j as %s', (password, strength) => {
    expect(passwordStrength(password)).toBe(strength)
  })
})
