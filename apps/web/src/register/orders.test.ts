import { describe, expect, it } from 'vitest'
import { views } from '@art32/catalogue'
import { aLine } from './a-line.ts'
import { counts } from './register-view.ts'
import { isWanted, sectionsIn, wantedFrom } from './orders.ts'

const lines = [
  aLine('1', 'All traffic uses TLS 1.2.', ['transport-encryption']),
  aLine('2', 'Visitors are escorted.', ['visitor-escort']),
  aLine('3', 'Nobody knows what this means.', []),
]

describe('orders of the register', () => {
  it.each(views.map(({ id }) => id))('has every line exactly once in %s', (order) => {
    const ids = sectionsIn(order, lines, 'en').flatMap(({ statements }) => statements.map(({ id }) => id))
    expect(ids.toSorted()).toEqual(lines.filter(counts).map(({ id }) => id))
  })

  it('names gaps, references and what has no place, in the language of the reader', () => {
    const sections = sectionsIn('classic', lines, 'de')
    const section = (name: string) => sections.find((one) => one.name === name)
    expect(section('4. Weitergabekontrolle')?.statements.map(({ id }) => id)).toEqual(['1'])
    expect(section('3. Zugriffskontrolle')?.also?.map(({ id }) => id)).toEqual(['1'])
    expect(section('5. Eingabekontrolle')?.note).toBe('Zu dieser Überschrift sagt die Fassung nichts.')
    expect(section('Nicht zugeordnet')?.statements.map(({ id }) => id)).toEqual(['3'])
  })
})

describe('what is looked for', () => {
  it('comes from the address, without what is none', () => {
    expect(wantedFrom({ order: 'sdm', find: ' tls ', by: 'us' })).toEqual({ order: 'sdm', find: ' tls ', by: 'us' })
    expect(wantedFrom({ order: 'other', find: '  ', by: ['us'] })).toEqual({})
  })

  it('holds every word in any order, without marks', () => {
    const line = aLine('1', 'Verfügbarkeit der Sicherungen', [])
    expect(isWanted(line, { find: 'sicherung VERFUGBAR' })).toBe(true)
    expect(isWanted(line, { find: 'sicherung tls' })).toBe(false)
    expect(isWanted(line, { by: 'customer' })).toBe(false)
  })
})
