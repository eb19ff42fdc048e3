import { describe, expect, it } from 'vitest'
import { magnitudeOf } from './estimate.ts'
import { passwordStrength } from './password.ts'

describe('passwordStrength', () => {
  it.each([
    ['', 'short'],
    ['a'.repeat(11), 'short'],
    ['a'.repeat(12), 'fair'],
    ['a'.repeat(16), 'good'],
    ['four words are better', 'good'],
    ['a'.repeat(24), 'strong'],
  ])('judges %j as %s by its length alone', (password, strength) => {
    expect(passwordStrength(password)).toBe(strength)
  })

  it.each([
    ['password', 'short'],
    ['a'.repeat(24), 'weak'],
    ['Password2026!', 'weak'],
    ['qwertyuiop123', 'weak'],
    ['annabergannaberg', 'weak'],
    ['monkey dragon', 'fair'],
    ['k7#Vq!m2zP0x', 'good'],
    ['correct horse battery staple', 'strong'],
  ])('judges %j as %s by the guesses it stands', (password, strength) => {
    expect(passwordStrength(password, magnitudeOf(password, ['Anna Berg', 'anna@example.com']))).toBe(strength)
  })
})
