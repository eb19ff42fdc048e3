import { expect, it } from 'vitest'
import type { ComputerView } from '../api/api.ts'
import { inOrder, timeOff } from './order.ts'

const computer = (name: string, more: Partial<ComputerView> = {}): ComputerView => ({
  connectionId: name,
  systemId: name,
  name,
  computer: name,
  environment: 'production',
  paused: false,
  declared: true,
  last: null,
  counts: { pass: 0, fail: 0, info: 0, 'not-evaluated': 0, 'not-applicable': 0 },
  stale: 0,
  ...more,
})

it('shows first what somebody has to do something about', () => {
  const failing = { pass: 3, fail: 1, info: 0, 'not-evaluated': 0, 'not-applicable': 0 }
  const all = [
    computer('b'),
    computer('a'),
    computer('old', { stale: 2 }),
    computer('bad', { counts: failing }),
    computer('new', { declared: false }),
  ]
  expect(inOrder(all).map(({ name }) => name)).toEqual(['new', 'bad', 'old', 'a', 'b'])
})

it('tells of a clock that is minutes off, and not of the way', () => {
  expect([timeOff(0), timeOff(-119)]).toEqual([null, null])
  expect(timeOff(600)).toEqual({ isAhead: true, unit: 'minute', count: 10 })
  expect(timeOff(-7_200)).toEqual({ isAhead: false, unit: 'hour', count: 2 })
  expect(timeOff(-3 * 86_400)).toEqual({ isAhead: false, unit: 'day', count: 3 })
})
