import { expect, it } from 'vitest'
import { daysLeft, nextOf, standOf } from './request-view.ts'

it('counts days to the end across a change of clocks', () => {
  expect(daysLeft('2026-03-30', '2026-03-28')).toBe(2)
  expect(daysLeft('2026-10-24', '2026-10-26')).toBe(-2)
})

it.each([
  ['open', '2026-05-10', false, 'runs'],
  ['open', '2026-05-03', false, 'soon'],
  ['extended', '2026-04-30', true, 'over'],
  ['answered', '2026-04-30', false, 'done'],
] as const)('a request that is %s and due on %s stands as it is', (state, dueOn, isOverdue, stand) => {
  expect(standOf({ state, dueOn, isOverdue }, '2026-05-01')).toBe(stand)
})

it('asks for the role first, and offers a processor nothing but to pass it on', () => {
  const row = { role: null, state: 'open', lookedAt: null } as const
  expect(nextOf(row)).toEqual(['triage'])
  expect(nextOf({ ...row, role: 'processor' })).toEqual(['forward'])
  expect(nextOf({ ...row, role: 'controller' })).toEqual(['look', 'answer'])
  expect(nextOf({ ...row, role: 'controller', state: 'identity' })).toEqual(['identified'])
  expect(nextOf({ ...row, role: 'controller', state: 'refused' })).toEqual([])
})
