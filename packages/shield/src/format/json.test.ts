import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeFields } from './fields-make.ts'
import type { Format } from './fields.ts'
import { jsonFormat, ndjsonFormat } from './json.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Each record as a list of `path=value`, read in the pieces that `cut` makes when `size` more bytes come at a time. */
function records(make: () => Format, text: string, size = Number.POSITIVE_INFINITY): string[][] {
  const [splitter, reader] = [make(), make()]
  const bytes = encoder.encode(text)
  const fields = makeFields(2)
  const found: string[][] = []
  let start = 0
  let end = 0
  while (start < bytes.length) {
    end = Math.min(bytes.length, end + size)
    const state = splitter.state()
    const length = splitter.cut(bytes.subarray(start, end), end - start, end === bytes.length)
    if (length === 0) continue
    const piece = bytes.slice(start, start + length)
    reader.read(piece, length, state, fields)
    found.push(...shown(reader, fields, piece))
    start += length
  }
  return found
}

function shown(format: Format, fields: ReturnType<typeof makeFields>, bytes: Uint8Array): string[][] {
  const rows: string[][] = []
  let first = 0
  for (let record = 0; record < fields.records; record += 1) {
    const end = fields.recordEnd[record] ?? 0
    const row: string[] = []
    for (let field = first; field < end; field += 1) {
      const out = new Uint8Array(bytes.length)
      const [from, to] = [fields.start[field] ?? 0, fields.end[field] ?? 0]
      const length = format.decode(fields.form[field] ?? 0, bytes, from, to, out, 0)
      row.push(`${format.columns[fields.column[field] ?? 0] ?? ''}=${decoder.decode(out.subarray(0, length))}`)
    }
    rows.push(row)
    first = end
  }
  return rows
}

const planned = ['user.name', 'user.mails[]', 'n', 'items[].note', 'title', '[].a', '"a.b"']
const lines = () => ndjsonFormat(planned)
const document = () => jsonFormat(planned)

describe('JSON lines', () => {
  test('gives each value its path', () => {
    const text = '{"user":{"name":"A \\"B\\"","mails":["x","y"]},"n":-1.5e3}\n{"n":null,"title":true}\n'
    expect(records(lines, text)).toEqual([
      ['user.name=A "B"', 'user.mails[]=x', 'user.mails[]=y', 'n=-1.5e3'],
      ['title=true'],
    ])
  })

  test('shows a key that no plan names as a value', () => {
    expect(records(lines, '{"user":{"ann@example.com":1}}')).toEqual(
      [['#keys=ann@example.com', 'user.ann@example."com"=1']].map(() => [
        '#keys=ann@example.com',
        'user."ann@example.com"=1',
      ]),
    )
  })

  test('decodes escapes of all planes', () => {
    expect(records(lines, String.raw`{"title":"\u00e4\ud83d\ude00\/\t\ud800"}`)).toEqual([['title=ä😀/\t\ufffd']])
  })

  test.each(['{"a":', '{"a"}', '{a:1}', '{"a":"b', '[1,2', '{"a":1}}', '{"a":tru3}', '{"a":tru}'])(
    'refuses %s',
    (text) => {
      expect(() => records(lines, text)).toThrow('not JSON')
    },
  )

  test('refuses what is nested to wear out a reader', () => {
    expect(() => records(lines, '['.repeat(600))).toThrow('500 levels')
  })
})

describe('a document', () => {
  const text =
    '{"title":"t","items":[{"note":"a,b"},{"note":"]}"},{"note":"c"}],"n":1,"user":{"mails":["p","q"],"name":"z"}}'
  const expected = [
    ['title=t'],
    ['items[].note=a,b'],
    ['items[].note=]}'],
    ['items[].note=c'],
    ['n=1', 'user.mails[]=p', 'user.mails[]=q', 'user.name=z'],
  ]

  test('has the objects of its outermost arrays as records', () => {
    const plain = records(document, text).map((row) => row.filter((each) => !each.startsWith('#keys')))
    expect(plain).toEqual(expected)
  })

  test('is the same however few bytes come at a time', () => {
    for (let size = 1; size < text.length; size += 1)
      expect(records(document, text, size)).toEqual(records(document, text))
  })

  test('is the same in pieces, whatever is in it', () => {
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, -1.5, '', 'a"b', '],}', '\\', 'ä'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'x"', '[', ''), tie('value'), { maxKeys: 3 }),
      ),
    })).value
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), fc.integer({ min: 1, max: 30 }), (values, size) => {
        const text = JSON.stringify({ a: values, b: values })
        expect(records(document, text, size)).toEqual(records(document, text))
      }),
      { numRuns: 300 },
    )
  })

  test('that ends too early is refused', () => {
    expect(() => records(document, '{"a":[{"b":1},')).toThrow('brackets')
  })
})
