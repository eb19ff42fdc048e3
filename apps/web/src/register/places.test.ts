import { expect, it } from 'vitest'
import { aLine } from './a-line.ts'
import { placesOf } from './places.ts'
import { sectionsOf } from './register-view.ts'

const heading = (id: string, text: string) => ({ ...aLine(id, text, []), type: 'heading' as const, measure: null })
const sections = sectionsOf([
  heading('1', 'Access'),
  aLine('2', 'a', []),
  aLine('3', 'b', []),
  aLine('4', 'c', []),
  heading('5', 'Backup'),
  aLine('6', 'd', []),
])

it.each([
  ['2', null, '3', ['5']],
  ['3', '1', '4', ['5']],
  ['4', '2', null, ['5']],
  ['6', null, null, ['1']],
])('knows where line %s can go', (id, above, below, chapters) => {
  const places = placesOf(sections, id)
  expect([places.above, places.below, places.chapters.map((one) => one.id)]).toEqual([above, below, chapters])
})
