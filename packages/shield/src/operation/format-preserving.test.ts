import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aes, ff1 } from './ff1.ts'
import { type FormatOptions, formatPreserving, formatRestoring, shortestFor } from './format-preserving.ts'

const key = new Uint8Array(32).map((_, i) => i * 3)
const digits: FormatOptions = { alphabet: '0123456789' }
const alphanumeric: FormatOptions = { alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ' }

function all(make: typeof formatPreserving, options: FormatOptions, values: readonly string[]): (string | undefined)[] {
  const batch = make(key, options)
  const places = values.map((value) => batch.add(Buffer.from(value), 0, Buffer.byteLength(value)))
  batch.run()
  return places.map((place) => {
    if (place < 0) return undefined
    const out = new Uint8Array(130).fill(1)
    const length = batch.write(place, out, 1)
    expect([out[0], out[1 + length]]).toEqual([1, 1])
    return Buffer.from(out.subarray(1, 1 + length)).toString()
  })
}

const sampleKey = '2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94'
const tweakOfTen = '39383736353433323130'
const tweakOfEleven = '3737373770717273373737'

/** NIST, "Block Cipher Modes of Operation, FF1 Method for Format-Preserving Encryption": all nine samples. */
const samples: [number, number, number, string, string, string][] = [
  [1, 16, 10, '', '0123456789', '2433477484'],
  [2, 16, 10, tweakOfTen, '0123456789', '6124200773'],
  [3, 16, 36, tweakOfEleven, '0123456789abcdefghi', 'a9tv40mll9kdu509eum'],
  [4, 24, 10, '', '0123456789', '2830668132'],
  [5, 24, 10, tweakOfTen, '0123456789', '2496655549'],
  [6, 24, 36, tweakOfEleven, '0123456789abcdefghi', 'xbj3kv35jrawxv32ysr'],
  [7, 32, 10, '', '0123456789', '6657667009'],
  [8, 32, 10, tweakOfTen, '0123456789', '1001623463'],
  [9, 32, 36, tweakOfEleven, '0123456789abcdefghi', 'xs8a0azh2avyalyzuwd'],
]

describe('FF1', () => {
  it.each(samples)('gives NIST sample %i', (_, keyLength, radix, tweakHex, plain, expected) => {
    const sample = Buffer.from(sampleKey, 'hex').subarray(0, keyLength)
    const tweak = Buffer.from(tweakHex, 'hex')
    const numerals = (text: string): number[] => Array.from(text, (each) => Number.parseInt(each, 36))
    expect(ff1(aes(sample), radix, tweak, numerals(plain), 1)).toEqual(numerals(expected))
    expect(ff1(aes(sample), radix, tweak, numerals(expected), -1)).toEqual(numerals(plain))
  })

  it.each(samples.filter(([, keyLength]) => keyLength === 32))(
    'gives NIST sample %i in a batch',
    (_, _length, radix, tweakHex, plain, expected) => {
      const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix)
      const batch = formatPreserving(Buffer.from(sampleKey, 'hex'), { alphabet, tweak: Buffer.from(tweakHex, 'hex') })
      const place = batch.add(Buffer.from(plain), 0, plain.length)
      batch.run()
      const out = new Uint8Array(20)
      expect(Buffer.from(out.subarray(0, batch.write(place, out, 0))).toString()).toBe(expected)
    },
  )
})

describe('format-preserving encryption', () => {
  it('is in a batch what the standard says one by one, for every length and alphabet, and comes back', () => {
    const numeral = fc.integer({ min: 2, max: 36 }).chain((radix) =>
      fc.record({
        radix: fc.constant(radix),
        values: fc.array(fc.array(fc.nat(radix - 1), { minLength: shortestFor(radix), maxLength: 40 }), {
          maxLength: 8,
        }),
        tweak: fc.uint8Array({ maxLength: 12 }),
      }),
    )
    fc.assert(
      fc.property(numeral, ({ radix, values, tweak }) => {
        const options = { alphabet: '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix), tweak }
        const texts = values.map((numerals) => numerals.map((each) => each.toString(36)).join(''))
        const made = all(formatPreserving, options, texts)
        const expected = values.map((numerals) =>
          ff1(aes(key), radix, tweak, numerals, 1)
            .map((each) => each.toString(36))
            .join(''),
        )
        expect(made).toEqual(expected)
        expect(all(formatRestoring, options, expected)).toEqual(texts)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps separators and the case of letters in place', () => {
    const [card, phone, plate] = [
      all(formatPreserving, digits, ['4111 1111 1111 1111'])[0],
      all(formatPreserving, digits, ['+49 (30) 23125-000'])[0],
      all(formatPreserving, { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' }, ['AB-cd:EF'])[0],
    ]
    expect(card).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/)
    expect(phone).toMatch(/^\+\d\d \(\d\d\) \d{5}-\d{3}$/)
    expect(plate).toMatch(/^[A-Z]{2}-[a-z]{2}:[A-Z]{2}$/)
    expect(all(formatPreserving, digits, ['4111111111111111'])[0]).toBe(card?.replaceAll(' ', ''))
  })

  it('makes different values of different values', () => {
    const values = Array.from({ length: 500 }, (_, i) => String(i).padStart(6, '0'))
    expect(new Set(all(formatPreserving, digits, values)).size).toBe(500)
    expect(all(formatRestoring, digits, all(formatPreserving, digits, values).map(String))).toEqual(values)
  })

  it.each([
    ['12345', digits, 'too short'],
    ['', digits, 'empty'],
    ['1234567a', digits, 'another letter'],
    ['1234567é', digits, 'another alphabet'],
    ['1'.repeat(65), digits, 'too many digits'],
    [`1234567${' '.repeat(122)}`, digits, 'too long'],
    ['AB1', alphanumeric, 'fewer than four of 36'],
  ])('does not take %j (%#: %o %s)', (text, options) => {
    expect(all(formatPreserving, options, [text])).toEqual([undefined])
  })

  it('refuses domains of less than a million, and says why', () => {
    expect(() => formatPreserving(key, { ...digits, shortest: 5 })).toThrow(/100000 possible values.*NIST SP 800-38G/)
    expect(() => formatPreserving(key, { alphabet: '01', shortest: 19 })).toThrow(RangeError)
    expect([shortestFor(10), shortestFor(36), shortestFor(2)]).toEqual([6, 4, 20])
    expect(formatPreserving(key, { ...digits, shortest: 6 }).capacity).toBe(512)
  })

  it.each(['0', '00', '0123456789é', 'ab-', 'abcA'])('refuses %j as alphabet', (alphabet) => {
    expect(() => formatPreserving(key, { alphabet, shortest: 60 })).toThrow(RangeError)
  })
})
