import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { networks } from './address.ts'
import { coarsenCoordinates } from './coordinates.ts'
import { ageBands, bands, bucketDates } from './generalise.ts'
import { keep, mask, remove, truncate } from './mask.ts'
import type { Operation } from './operation.ts'

/** Applied in the middle of other bytes, which have to stay as they are. */
function apply(operation: Operation, text: string): string {
  const value = Buffer.from(text)
  const bytes = Buffer.concat([Buffer.from('7#'), value, Buffer.from('#7')])
  const out = new Uint8Array(value.length * 4 + 64 + 4).fill(1)
  const length = operation.apply(bytes, 2, 2 + value.length, out, 2)
  expect(length).toBeLessThanOrEqual(value.length * 4 + 64)
  expect([out[0], out[1], out[value.length * 4 + 66], out.at(-1)]).toEqual([1, 1, 1, 1])
  return Buffer.from(out.subarray(2, 2 + length)).toString()
}

it('keeps, and removes', () => {
  expect([apply(keep, 'Zoë'), apply(remove, 'Zoë')]).toEqual(['Zoë', ''])
})

describe('a mask', () => {
  it.each<[Parameters<typeof mask>[0], string, string]>([
    [{}, 'Zoë Ö.', '******'],
    [{ first: 1 }, 'Ömer', 'Ö***'],
    [{ last: 4 }, '4111111111111111', '************1111'],
    [{ first: 1, last: 1 }, '日本語', '日*語'],
    [{ first: 1, last: 1 }, 'ab', '**'],
    [{ first: 2, last: 1, cover: '•', length: 3 }, 'Annabel', 'An•••l'],
    [{ length: 5 }, 'x', '*****'],
    [{ length: 5 }, '', ''],
    [{ first: 1, cover: '😀' }, '😀bc', '😀😀😀'],
  ])('%j of %j is %j', (options, text, expected) => {
    expect(apply(mask(options), text)).toBe(expected)
  })

  it('never shows more than it may, and keeps UTF-8 whole', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme-ascii' })
          .map((text) => text.replaceAll('a', 'é').replaceAll('b', '日').replaceAll('c', '😀')),
        fc.nat(4),
        fc.nat(4),
        (text, first, last) => {
          const characters = Array.from(Buffer.from(text).toString())
          const masked = Array.from(apply(mask({ first, last }), text))
          const isLong = characters.length > first + last
          expect(masked).toEqual(
            characters.map((each, i) => (isLong && (i < first || i >= characters.length - last) ? each : '*')),
          )
        },
      ),
    )
  })

  it.each([{ first: -1 }, { last: 0.5 }, { cover: '' }, { cover: '**' }, { length: 17 }, { length: 0 }])(
    'refuses %j',
    (options) => {
      expect(() => mask(options)).toThrow(RangeError)
    },
  )

  it('covers each byte of what is no UTF-8', () => {
    const out = new Uint8Array(80)
    const length = mask().apply(new Uint8Array([0xff, 0xc3, 0x28, 0xe2, 0x82]), 0, 5, out, 0)
    expect(Buffer.from(out.subarray(0, length)).toString()).toBe('*****')
  })
})

describe('truncating', () => {
  it.each([
    [2, '10115', '10'],
    [3, 'DE300', 'DE3'],
    [2, 'ÄÖÜ', 'ÄÖ'],
    [5, '10115', '1011'],
    [1, 'x', ''],
    [1, '', ''],
  ])('to %i of %j is %j', (characters, text, expected) => {
    expect(apply(truncate(characters), text)).toBe(expected)
  })
})

describe('bands of numbers', () => {
  it.each<[Parameters<typeof bands>[0], string, string]>([
    [{ edges: 10 }, '37', '30..39'],
    [{ edges: 10 }, ' 40 ', '40..49'],
    [{ edges: 10 }, '39.99', '30..39'],
    [{ edges: 10 }, '-0.5', '-10..-1'],
    [{ edges: 10 }, '-1', '-10..-1'],
    [{ edges: 1 }, '7', '7'],
    [{ edges: 1000 }, '12,345.67', '12000..12999'],
    [{ edges: 1000, decimal: ',' }, '12.345,67', '12000..12999'],
    [{ edges: 1000, decimal: ',' }, "12'345", '12000..12999'],
    [{ edges: [18, 30, 65] }, '17.9', '<18'],
    [{ edges: [18, 30, 65] }, '18', '18..29'],
    [{ edges: [18, 30, 65] }, '64', '30..64'],
    [{ edges: [18, 30, 65] }, '+65', '65+'],
    [{ edges: 10 }, '', ''],
    [{ edges: 10 }, '-', ''],
    [{ edges: 10 }, '12 a', ''],
    [{ edges: 10 }, '1.2.3', ''],
    [{ edges: 10 }, '1,23', ''],
    [{ edges: 10 }, '1234567890123456', ''],
  ])('%j: %j is in %j', (options, text, expected) => {
    expect(apply(bands(options), text)).toBe(expected)
  })

  it.each<[readonly number[] | number]>([[0], [-1], [0.5], [[]], [[2, 1]], [[1, 1]]])('refuses %j', (edges) => {
    expect(() => bands({ edges })).toThrow(RangeError)
  })
})

describe('buckets of dates', () => {
  it.each<[Parameters<typeof bucketDates>[0], string, string]>([
    ['month', '1980-02-03', '1980-02'],
    ['quarter', '3.12.1980', '1980-Q4'],
    ['quarter', '31/03/1980', '1980-Q1'],
    ['year', '19800203T101500Z', '1980'],
    ['decade', '1989-12-31 23:59:59.123456+02:00', '1980s'],
    ['year', '03.02.29', '2029'],
    ['year', '03.02.30', '1930'],
    ['year', '29.02.2000', '2000'],
    ['year', '29.02.1900', ''],
    ['year', '2024-13-01', ''],
    ['year', '1980-02-03 4930123456', ''],
    ['year', 'unknown', ''],
    ['year', '1980', ''],
  ])('%s of %j is %j', (bucket, text, expected) => {
    expect(apply(bucketDates(bucket), text)).toBe(expected)
  })

  it.each([
    ['1980-02-03', '40..49'],
    ['1976-11-23', '50..59'],
    ['1976-11-24', '40..49'],
    ['2026-11-24', ''],
    ['2026-11-23', '0..9'],
  ])('the age on 23 November 2026 of who was born on %s is in %j', (text, expected) => {
    expect(apply(ageBands({ year: 2026, month: 11, day: 23 }, 10), text)).toBe(expected)
  })

  it('knows that months come first where they do', () => {
    expect(apply(bucketDates('month', 'mdy'), '12/31/1999')).toBe('1999-12')
    expect(apply(bucketDates('month', 'dmy'), '12/31/1999')).toBe('')
  })
})

describe('networks', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::7', '2001:db8::/48'],
    ['::1', '::/48'],
    ['fe80::1%eth0', 'fe80::/48'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['64:ff9b::192.0.2.33', '64:ff9b::/48'],
    ['2001:DB8:ABCD::', '2001:db8:abcd::/48'],
    ['192.0.2.256', ''],
    ['192.0.2', ''],
    ['1.2.3.4.5', ''],
    ['1::2::3', ''],
    [':1:2:3:4:5:6:7', ''],
    ['1:2:3:4:5:6:7:', ''],
    ['1:2:3:4:5:6:7:8:9', ''],
    ['1:2:3:4:5:6:7:8::', ''],
    ['12345::', ''],
    ['localhost', ''],
    ['', ''],
  ])('%j is in %j', (text, expected) => {
    expect(apply(networks(), text)).toBe(expected)
  })

  it('keeps any number of bits', () => {
    expect(apply(networks({ v4: 20 }), '203.0.113.77')).toBe('203.0.112.0/20')
    expect(apply(networks({ v6: 127 }), '1:2:3:4:5:6:7:9')).toBe('1:2:3:4:5:6:7:8/127')
    expect(apply(networks({ v6: 36 }), '2001:db8:ffff::1')).toBe('2001:db8:f000::/36')
  })
})

describe('coordinates', () => {
  it.each([
    [2, '52.520008', '52.52'],
    [2, '-0.127758', '-0.12'],
    [1, '52.520008, 13.404954', '52.5, 13.4'],
    [0, '(52.520008,-13.404954)', '(52,-13)'],
    [2, '52,520008; 13,404954', '52,52; 13,40'],
    [3, '52.5', '52.5'],
    [2, '+49 30 23125', ''],
    [2, '030 231 250', ''],
    [2, '1980-02-03', ''],
    [2, '(52.5', ''],
    [2, 'Berlin', ''],
    [2, '', ''],
  ])('with %i decimals of %j are %j', (decimals, text, expected) => {
    expect(apply(coarsenCoordinates(decimals), text)).toBe(expected)
  })
})

it('writes within its room for any bytes, whatever the operation', () => {
  const all = [
    mask({ cover: '😀', length: 16 }),
    truncate(3),
    bands({ edges: [0, 5] }),
    bucketDates('quarter'),
    ageBands({ year: 2026, month: 1, day: 1 }, 5),
    networks(),
    coarsenCoordinates(3),
  ]
  const nasty = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,:-/ abcdefT+%()😀')), maxLength: 60 })
  fc.assert(
    fc.property(nasty, fc.constantFrom(...all), (text, operation) => void apply(operation, text)),
    {
      numRuns: 1000,
    },
  )
})
