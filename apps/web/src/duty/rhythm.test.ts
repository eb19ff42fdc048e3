import { describe, expect, it } from 'vitest'
import { filledFrom, listFrom, monthName } from './rhythm.ts'

describe('what a person typed', () => {
  it('is what the operation wants, without what is empty', () => {
    const field = (id: string, kind: 'text' | 'number' | 'yes-no' | 'list') => ({
      id,
      kind,
      label: id,
      required: false,
    })
    const form = [
      field('a', 'number'),
      field('b', 'yes-no'),
      field('c', 'list'),
      field('d', 'text'),
      field('e', 'number'),
    ]
    expect(filledFrom(form, { a: '0', b: 'no', c: 'one\n\n two ', d: ' x ', e: ' ' })).toEqual({
      a: 0,
      b: false,
      c: ['one', 'two'],
      d: 'x',
    })
  })
})

it('knows its lists and months', () => {
  expect([listFrom('done'), listFrom('other'), listFrom(undefined)]).toEqual(['done', 'mine', 'mine'])
  expect([monthName(1, 'en'), monthName(12, 'de')]).toEqual(['January', 'Dezember'])
})
