import { describe, expect, it } from 'vitest'
import { catalogue } from '@art32/catalogue'
import { findMeasures } from './find.ts'

const ids = (wanted: string, language: 'en' | 'de' = 'en') =>
  findMeasures(catalogue, wanted, language).map(({ id }) => id)

describe('findMeasures', () => {
  it('finds by words of title and description in any order', () => {
    expect(ids('transit encryption')).toContain('transport-encryption')
    expect(ids('verschlüsselung transport', 'de')).toContain('transport-encryption')
  })

  it('does not mind missing umlauts and punctuation', () => {
    expect(ids('(transportverschlusselung)', 'de')).toContain('transport-encryption')
  })

  it('shows all when nothing is looked for, and none when nothing fits', () => {
    expect(ids('  ')).toHaveLength(catalogue.length)
    expect(ids('zeppelin mooring')).toEqual([])
  })
})
