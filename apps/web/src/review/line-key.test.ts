import { describe, expect, it } from 'vitest'
import { reviewAction } from './line-key.ts'

const press = (key: string, more: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })

describe('a key on an account of a review', () => {
  it.each([
    ['k', 'keep'],
    ['r', 'remove'],
    ['a', 'ask'],
    ['ArrowDown', 'next'],
    ['x', null],
  ])('%s does %s', (key, action) => {
    expect(reviewAction(press(key), true)).toBe(action)
  })

  it('does nothing with another key held, or where letters are switched off', () => {
    expect(reviewAction(press('r', { ctrlKey: true }), true)).toBeNull()
    expect(reviewAction(press('r'), false)).toBeNull()
    expect(reviewAction(press('ArrowUp'), false)).toBe('previous')
  })
})
