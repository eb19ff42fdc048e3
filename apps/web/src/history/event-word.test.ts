import { readFileSync } from 'node:fs'
import path from 'node:path'
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

  it('has words for every type of event that a ledger holds', () => {
    const source = readFileSync(path.join(import.meta.dirname, '../../../../packages/ledger/src/leaf.ts'), 'utf8')
    const types = [...source.matchAll(/^ {2}'([a-z-]+\.[a-z-]+)',$/gm)].map(([, type = '']) => type)
    expect(types.length).toBeGreaterThan(200)
    expect(types.filter((type) => [english, german].some((t) => eventWord(type, t) === type))).toEqual([])
  })

  it('leaves a type without words as it is written', () => {
    expect(eventWord('witness.sang', english)).toBe('witness.sang')
    expect(eventWord('odd', english)).toBe('odd')
  })
})

describe('codeWord', () => {
  it('translates what it knows', () => {
    expect([codeWord('not-evaluated', german), codeWord('strange', german)]).toEqual(['nicht einsehbar', 'strange'])
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
