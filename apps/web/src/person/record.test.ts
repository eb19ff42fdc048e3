import { expect, it } from 'vitest'
import { viewFrom } from './record.ts'

it.each([
  [undefined, true, 'all'],
  [undefined, false, 'mine'],
  ['items', true, 'items'],
  ['items', false, 'mine'],
  ['courses', false, 'courses'],
  ['made up', true, 'all'],
] as const)('the tab %s of who may read records (%s) is %s', (text, mayRead, view) => {
  expect(viewFrom(text, mayRead)).toBe(view)
})
