import { createInstance } from 'i18next'
import { expect, it } from 'vitest'
import { de } from '../language/de.ts'
import { en } from '../language/en.ts'
import { timeLeft } from './time-left.ts'

const speaking = createInstance()
await speaking.init({ lng: 'en', resources: { en: { translation: en }, de: { translation: de } } })
const english = speaking.getFixedT('en')
const now = Date.parse('2026-11-22T10:00:00Z')

it.each([
  ['2026-11-22T10:00:30Z', '1 minute'],
  ['2026-11-22T11:00:00Z', '60 minutes'],
  ['2026-11-22T12:00:00Z', '2 hours'],
  ['2026-11-29T10:00:00Z', '7 days'],
  ['2026-11-22T09:00:00Z', '0 minutes'],
])('until %s it is %s', (until, said) => {
  expect(timeLeft(until, english, now)).toBe(said)
})
