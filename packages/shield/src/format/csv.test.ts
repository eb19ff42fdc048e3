import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { csvFormat, UnendedQuote } from './csv.ts'
import { makeFields } from './fields-make.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const dialect = { delimiter: ',', quote: '"' } as const

function cells(text: string): string[][] {
  const format = csvFormat(['a', 'b', 'c'], dialect)
  const bytes = encoder.encode(text)
  const fields = makeFields(2)
  format.read(bytes, bytes.length, null, fields)
  const rows: string[][] = []
  let first = 0
  for (let record = 0; record < fields.records; record += 1) {
    const end = fields.recordEnd[record] ?? 0
    const row: string[] = []
    for (let field = first; field < end; field += 1) {
      const out = new Uint8Array(bytes.length)
      const [start, stop] = [fields.start[field] ?? 0, fields.end[field] ?? 0]
      const length = format.decode(fields.form[field] ?? 0, bytes, start, stop, out, 0)
      row.push(decoder.decode(out.subarray(0, length)))
    }
    rows.push(row)
    first = end
  }
  return rows
}

describe('cells', () => {
  test.each([
    ['a,b,c\n', [['a', 'b', 'c']]],
    ['a,b,c', [['a', 'b', 'c']]],
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [',,\n', [['', '', '']]],
    ['"a,1","b\n2","c""3"\n', [['a,1', 'b\n2', 'c"3']]],
    ['"",""\n', [['', '']]],
    [
      '5" pipe,"x\ny"\nz,w\n',
      [
        ['5" pipe', 'x\ny'],
        ['z', 'w'],
      ],
    ],
    ['"a"b,c\n', [['"a"b', 'c']]],
    ['\n\na,b\n\n', [['a', 'b']]],
    ['"a\r\nb",c\r\n', [['a\r\nb', 'c']]],
    ['"""",x\n', [['"', 'x']]],
  ])('%j', (text, expected) => {
    expect(cells(text)).toEqual(expected)
  })
})

describe('cutting', () => {
  const rows = (text: string) => csvFormat([], dialect).cut(encoder.encode(text), encoder.encode(text).length, false)

  test('ends behind the last whole row, never inside of quotes', () => {
    expect(rows('a,b\nc,')).toBe(4)
    expect(rows('a,"b\nc')).toBe(0)
    expect(rows('a,"b""\n"\nd')).toBe(9)
  })

  test('says where the quote stands that is never closed', () => {
    const bytes = encoder.encode('a,b\nc,"d\n')
    const cut = () => csvFormat([], dialect).cut(bytes, bytes.length, true)
    expect(cut).toThrow(UnendedQuote)
    try {
      cut()
    } catch (error) {
      expect(error).toHaveProperty('at', 6)
    }
  })

  test('agrees with reading about where rows end, whatever the bytes', () => {
    const nasty = fc
      .array(fc.constantFrom('a', '"', ',', '\n', '\r\n', '""', ' '), { maxLength: 40 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(nasty, nasty, (one, two) => {
        const bytes = encoder.encode(one + two)
        const cut = csvFormat([], dialect).cut(bytes, bytes.length, false)
        const head = decoder.decode(bytes.subarray(0, cut))
        const rest = decoder.decode(bytes.subarray(cut))
        expect([...cells(head), ...cells(rest)]).toEqual(cells(one + two))
      }),
      { numRuns: 2000 },
    )
  })
})

test('a new value is quoted where it has to be', () => {
  const format = csvFormat(['a'], dialect)
  const written = (form: number, value: string) => {
    const out = new Uint8Array(64)
    const bytes = encoder.encode(value)
    return decoder.decode(out.subarray(0, format.encode(form, bytes, 0, bytes.length, out, 0)))
  }
  expect(written(0, 'plain')).toBe('plain')
  expect(written(0, 'a,b"c')).toBe('"a,b""c"')
  expect(written(1, 'a"b')).toBe('a""b')
})
