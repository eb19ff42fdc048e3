import { describe, expect, it } from 'vitest'
import { asksForHelp, lineAction } from './keys.ts'

const press = (key: string, held: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

describe('lineAction', () => {
  it.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['c', 'confirm'],
    ['Enter', 'confirm'],
    ['i', 'ignore'],
    ['x', null],
  ])('maps %s to %s', (key, action) => {
    expect(lineAction(press(key), true)).toBe(action)
  })

  it('leaves the shortcuts of the browser alone', () => {
    expect(lineAction(press('c', { ctrlKey: true }), true)).toBeNull()
    expect(lineAction(press('m', { metaKey: true }), true)).toBeNull()
  })

  it('keeps arrows and Enter when letters are switched off', () => {
    expect(lineAction(press('c'), false)).toBeNull()
    expect(lineAction(press('ArrowDown'), false)).toBe('next')
    expect(lineAction(press('Enter'), false)).toBe('confirm')
  })
})

describe('asksForHelp', () => {
  it('opens by a question mark outside of text fields only', () => {
    expect(asksForHelp(press('?'), false, true)).toBe(true)
    expect(asksForHelp(press('?'), true, true)).toBe(false)
    expect(asksForHelp(press('?'), false, false)).toBe(false)
  })
})
