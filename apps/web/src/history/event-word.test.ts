import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { de } from '../language/de.ts'
import { en } from '../language/en.ts'
import { cadenceWord } from '../measure/cadence.ts'
import { codeWord, eventWord } from './event-word.ts'

const speaking = createInstance()
await speaking.init({ lng: 'en', resources: { en: { translation: en }, de: { translation: de } } })
const english = speaking.getFixedT('en')
const german = speaking.getFixedT('de')

describe('eventWord', () => {
  it('says what happened in both languages', () => {
    expect(eventWord('mapping.confirmed', english)).toBe('Meaning confirmed')
    expect(eventWord('mapping.confirmed', german)).toBe('Bedeutung bestätigt')
  })

  it('leaves a type without words as it is written', () => {
    expect(eventWord('witness.cosigned', english)).toBe('witness.cosigned')
    expect(eventWord('odd', english)).toBe('odd')
  })
})

describe('codeWord', () => {
  it('translates what it knows', () => {
    expect([codeWord('not-evaluated', german), codeWord('strange', german)]).toEqual(['nicht prüfbar', 'strange'])
  })
})

describe('cadenceWord', () => {
  it.each([
    ['P1D', 'daily', 'täglich'],
    ['P3M', 'every 3 months', 'alle 3 Monate'],
    ['P1Y6M', 'P1Y6M', 'P1Y6M'],
  ])('says %s as %s and %s', (duration, inEnglish, inGerman) => {
    expect([cadenceWord(duration, english), cadenceWord(duration, german)]).toEqual([inEnglish, inGerman])
  })
})
