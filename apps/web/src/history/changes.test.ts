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
  expect(changesOf({ before: null, after: { name: 'Host', duty_id: null, places: [] } })).toEqual([
    { field: 'name', after: 'Host' },
  ])
  expect(changesOf({ before: null, after: { role: 'dpo' } })).toEqual([{ field: 'role', after: 'dpo' }])
  expect(changesOf({ before: null, after: null })).toEqual([])
  const deep = { room: '73dc2e14-198a-4d35-9473-f9ad9afba49e', sections: [{ id: 1 }], counts: {}, text: 'x' }
  expect(changesOf({ before: null, after: deep })).toEqual([{ field: 'text', after: 'x' }])
})

it('says fields and values in words where there are some', () => {
  expect([fieldWord('visibility', german), valueWord('visibility', 'auditors', german, 'de')]).toEqual([
    'Sichtbar für',
    'Prüfer',
  ])
  expect([fieldWord('contract_of', german), valueWord('contract_of', 'us', german, 'de')]).toEqual([
    'Wessen Vertrag',
    'Unser eigener Vertrag',
  ])
  expect(valueWord('validFrom', '2026-01-31', german, 'de')).toBe('31.01.2026')
  expect([
    valueWord('paused', true, german, 'de'),
    valueWord('owner', null, german, 'de'),
    valueWord('scope', [], german, 'de'),
  ]).toEqual(['ja', '–', '–'])
  expect([fieldWord('odd', german), valueWord('odd', '<b>x</b>', german, 'de')]).toEqual(['odd', '<b>x</b>'])
})

it('cuts a long value', () => {
  expect(valueWord('text', 'x'.repeat(1_000), german, 'de')).toHaveLength(402)
})
