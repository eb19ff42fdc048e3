import { expect, it } from 'vitest'
import { openAnswers } from './answers.ts'

it('keeps as many answers as there is room for, those that were asked for last', () => {
  const answers = openAnswers(40)
  const keep = (key: string) => answers.set(key, { etag: key, body: 'x'.repeat(10) })
  for (const key of ['a', 'b', 'c', 'd']) keep(key)
  answers.get('a')
  keep('e')
  expect(['a', 'b', 'c', 'd', 'e'].filter((key) => answers.get(key))).toEqual(['a', 'c', 'd', 'e'])
  answers.set('too-big', { etag: '', body: 'x'.repeat(11) })
  expect(answers.get('too-big')).toBeUndefined()
})
