import { expect, it } from 'vitest'
import { guestsFrom } from './guests.ts'

it('reads one guest a line, with a name or without', () => {
  expect(guestsFrom('a@example.com\n\n Bea Example <bea@example.com> \n<c@example.com>')).toEqual([
    { name: 'a@example.com', email: 'a@example.com' },
    { name: 'Bea Example', email: 'bea@example.com' },
    { name: 'c@example.com', email: 'c@example.com' },
  ])
  expect(guestsFrom(' \n ')).toEqual([])
})
