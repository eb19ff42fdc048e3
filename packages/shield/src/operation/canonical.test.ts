import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Canonical,
  canonicalIdentifier,
  canonicalMail,
  canonicalName,
  canonicalPhone,
  canonicalText,
} from './canonical.ts'

function form(canonical: Canonical, text: string): string {
  const value = Buffer.from(text)
  const bytes = Buffer.concat([Buffer.from('9+'), value, Buffer.from('+9')])
  const out = new Uint8Array(value.length * 4 + 66)
  return Buffer.from(out.subarray(1, 1 + canonical(bytes, 2, 2 + value.length, out, 1))).toString()
}

const german = canonicalPhone({ country: '49' })
const name = canonicalName()
const merging = canonicalName({ mergesUmlauts: true })

describe('the canonical form', () => {
  it.each<[string, Canonical, readonly string[], string]>([
    ['of mail', canonicalMail, ['Anna@Example.ORG', ' anna@example.org\t', '<anna@example.org>'], 'anna@example.org'],
    ['of mail with umlauts', canonicalMail, ['MÜLLER@EXÄMPLE.ORG'], 'müller@exämple.org'],
    ['of a tag', canonicalMail, ['anna+Shop@example.org'], 'anna+shop@example.org'],
    [
      'of a phone',
      german,
      ['+49 30 23125-000', '0049 (30) 23125000', '030/23125 000', '+49 (0)30 23125000', 'Tel. 030 23125000'],
      '+493023125000',
    ],
    [
      'of a copied phone',
      german,
      ['+49\u00a030\u200923125\u2011000', '\u202a０３０ ２３１２５０００\u202c'],
      '+493023125000',
    ],
    ['of a foreign phone', german, ['+1 (202) 555-0100', '001 202 555 0100'], '+12025550100'],
    ['of a phone without country', canonicalPhone(), ['030 / 23125-000'], '03023125000'],
    ['of a short number', german, ['110', ' 110 '], '110'],
    ['of no phone', german, ['', '--'], ''],
    [
      'of an IBAN',
      canonicalIdentifier,
      ['DE89 3704 0044 0532 0130 00', 'de89370400440532013000', ' DE89-3704-0044-0532-0130-00'],
      'DE89370400440532013000',
    ],
    [
      'of a copied IBAN',
      canonicalIdentifier,
      ['DE89\u00a03704\u20090044\u200b0532\ufeff013000', 'ＤＥ８９370400440532013000'],
      'DE89370400440532013000',
    ],
    ['of an identifier with an umlaut', canonicalIdentifier, ['mü-1', 'MÜ 1', 'mu\u03081'], 'MÜ1'],
    ['of text', canonicalText, ['  a  B \r\n', 'a  B'], 'a  B'],
    ['of blanks', canonicalText, ['', ' \t'], ''],
    ['of a name', name, ['Müller', 'MÜLLER', ' müller ', 'Mu\u0308ller', 'ＭÜLLER'], 'müller'],
    ['of a name with what is not seen', name, ['An\u200bna', 'Anna\u00ad'], 'anna'],
    ['of a sharp s', name, ['Strauß', 'STRAUSS', 'STRAUẞ', 'strauss'], 'strauss'],
    ['of two names', name, ['Anna  Lena', 'ANNA\tLENA', 'anna\u00a0lena'], 'anna lena'],
    ['of a Greek name', name, ['ΟΔΥΣΣΕΥΣ', 'Οδυσσευς'], 'οδυσσευσ'],
    ['of a Polish name', name, ['Łukasz', 'ŁUKASZ'], 'łukasz'],
    ['of a merged name', merging, ['Müller', 'Mueller', 'MUELLER', 'Mu\u0308ller'], 'mueller'],
    ['of merged Łódź', merging, ['ÜŁ', 'üł', 'UEŁ'], 'ueł'],
  ])('%s', (_, canonical, writings, expected) => {
    expect(writings.map((writing) => form(canonical, writing))).toEqual(writings.map(() => expected))
  })

  it('keeps Müller and Mueller apart unless told otherwise', () => {
    expect(form(name, 'Müller')).not.toBe(form(name, 'Mueller'))
  })

  it('is its own canonical form, and case does not matter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const canonical of [name, merging, canonicalMail, canonicalText, german, canonicalIdentifier]) {
          expect(form(canonical, form(canonical, text))).toBe(form(canonical, text))
        }
        expect(form(name, text.toUpperCase())).toBe(form(name, text))
      }),
    )
  })

  it('is for letters of Western Europe what the tables say', () => {
    const western = fc.string({ unit: fc.constantFrom(...Array.from('aZ ÀÿßÖ×÷é\u0301')), maxLength: 12 })
    fc.assert(
      fc.property(western, (text) => {
        // A letter that only the tables know forces the other way; it folds to itself.
        const byTables = form(name, `ł ${text} ł`)
        const byBytes = form(name, `l ${text} l`)
        expect(`ł${byBytes.slice(1, -1)}ł`).toBe(byTables)
      }),
    )
  })

  it('leaves what would grow beyond its room as it is', () => {
    const salutation = '\ufdfa'.repeat(100)
    expect(form(name, salutation)).toBe(salutation)
  })

  it('keeps what is no UTF-8 apart', () => {
    const out = new Uint8Array(200)
    for (const canonical of [name, canonicalMail, canonicalIdentifier, canonicalText]) {
      const forms = [0xfc, 0xf6].map((byte) => {
        const bytes = new Uint8Array([77, byte, 108])
        return Buffer.from(out.subarray(0, canonical(bytes, 0, 3, out, 0))).toString('hex')
      })
      expect(forms[0]).not.toBe(forms[1])
    }
  })

  it('refuses a country that is none', () => {
    expect(() => canonicalPhone({ country: '+49' })).toThrow(RangeError)
  })
})
