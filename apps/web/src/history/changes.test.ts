import { createInstance } from 'i18next'
import { expect, it } from 'vitest'
import { de } from '../language/de.ts'
import { en } from '../language/en.ts'
import { changesOf, fieldWord, valueWord } from './changes.ts'

const speaking = createInstance()
await speaking.init({ lng: 'en', resources: { en: { translation: en }, de: { translation: de } } })
const german = speaking.getFixedT('de')

it('shows what changed and leaves out what stayed or says nothing', () => {
  expect(
    changesOf({ before: { owner: null, cadence: 'P1D' }, after: { owner: 'IT', cadence: 'P1D', format: 'x/1' } }),
  ).toEqual([{ field: 'owner', before: null, after: 'IT' }])
  expect(changesOf({ before: null, after: { role: 'dpo' } })).toEqual([{ field: 'role', after: 'dpo' }])
  expect(changesOf({ before: null, after: null })).toEqual([])
})

it('says fields and values in words where there are some', () => {
  expect([fieldWord('visibility', german), valueWord('visibility', 'auditors', german)]).toEqual([
    'Sichtbar für',
    'Prüfer',
  ])
  expect([valueWord('paused', true, german), valueWord('owner', null, german), valueWord('scope', [], german)]).toEqual(
    ['ja', '–', '–'],
  )
  expect([fieldWord('odd', german), valueWord('odd', '<b>x</b>', german)]).toEqual(['odd', '<b>x</b>'])
})

it('cuts a long value', () => {
  expect(valueWord('text', 'x'.repeat(1_000), german)).toHaveLength(402)
})
