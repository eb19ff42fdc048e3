import { expect, it } from 'vitest'
import { linesOf, transferLines, transfersOf } from './activity.ts'

it('reads one thing a line', () => {
  expect(linesOf(' a \n\n b\n')).toEqual(['a', 'b'])
})

it('reads transfers and writes them back', () => {
  const all = [
    { country: 'United States', recipient: 'Example Inc.', safeguard: 'Standard contractual clauses | module 3' },
    { country: 'Switzerland', recipient: '', safeguard: 'Adequacy decision' },
    { country: 'Japan', recipient: '', safeguard: '' },
  ]
  expect(transfersOf(transferLines(all))).toEqual(all)
})
