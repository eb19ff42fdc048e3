import { describe, expect, it } from 'vitest'
import { newCategory, slugOf, withEntry } from './app.ts'

describe('what is made for an app', () => {
  it('is an address that a link can hold', () => {
    expect(slugOf('Käufer & Straße 2.0')).toBe('kaeufer-strasse-2-0')
    expect(slugOf('—')).toBe('')
    expect(slugOf('a'.repeat(60))).toHaveLength(40)
  })

  it('is a key that no other category has', () => {
    const first = newCategory([])
    const second = newCategory([first])
    expect(newCategory([second]).key).not.toBe(second.key)
    expect(new Set([first.key, second.key, newCategory([first, second]).key]).size).toBe(3)
  })

  it('is a list with one entry changed or gone', () => {
    expect(withEntry(['a', 'b'], 1, 'c')).toEqual(['a', 'c'])
    expect(withEntry(['a', 'b'], 0, null)).toEqual(['b'])
  })
})
