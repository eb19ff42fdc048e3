import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fields } from '../format/fields.ts'
import type { Dialect, Kernel } from './kernel.ts'
import { plainKernel } from './load.ts'
import { simdKernel } from './simd.ts'

const simd = simdKernel()
const comma: Dialect = { delimiter: 44, quote: 34, terminator: 10 }

function emptyFields(): Fields {
  const column = (): Int32Array => new Int32Array(1)
  return {
    bytes: new Uint8Array(0),
    count: 0,
    start: column(),
    end: column(),
    column: column(),
    form: new Uint8Array(1),
    records: 0,
    recordEnd: column(),
  }
}

/** Records as lists of `form:value`, then whether it ended in quotes. */
function read(kernel: Kernel, text: string | Uint8Array, dialect: Dialect = comma): unknown[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const fields = emptyFields()
  const isOpen = kernel.scanCells(bytes, bytes.length, dialect, fields)
  const cells = Array.from(
    { length: fields.count },
    (_, i) =>
      `${String(fields.column[i])}.${String(fields.form[i])}:${Buffer.from(bytes.subarray(fields.start[i], fields.end[i])).toString('latin1')}`,
  )
  const ends = [0, ...fields.recordEnd.subarray(0, fields.records)]
  return [...ends.slice(1).map((end, i) => cells.slice(ends[i], end)), isOpen]
}

describe.each([simd, plainKernel])('cells by the $kind kernel', (kernel) => {
  it.each<[string, unknown[], string]>([
    ['', [false], 'nothing'],
    ['a,b\nc,d\n', [['0.0:a', '1.0:b'], ['0.0:c', '1.0:d'], false], 'two records'],
    ['a,b\nc,d', [['0.0:a', '1.0:b'], ['0.0:c', '1.0:d'], false], 'without the last terminator'],
    ['a,\r\n,b\r\n', [['0.0:a', '1.0:'], ['0.0:', '1.0:b'], false], 'CRLF and empty cells'],
    ['\n\r\n', [['0.0:'], ['0.0:'], false], 'empty lines'],
    ['a,', [['0.0:a', '1.0:'], false], 'ends with a delimiter'],
    ['"a,b\n",c\n', [['0.1:a,b\n', '1.0:c'], false], 'in quotes'],
    ['"a"\r\n"b"', [['0.1:a'], ['0.1:b'], false], 'quotes before CRLF and the end'],
    ['"a""b",""""\n', [['0.2:a""b', '1.2:""'], false], 'doubled quotes'],
    ['"",""\n', [['0.1:', '1.1:'], false], 'empty in quotes'],
    ['5" pipe,x"\n', [['0.0:5" pipe', '1.0:x"'], false], 'a quote inside is a character'],
    ['"a,b"c,d\n', [['0.0:"a,b"c', '1.0:d'], false], 'something behind the closing quote'],
    ['"a"b"c,d"\n', [['0.0:"a"b"c', '1.0:d"'], false], 'more quotes behind it'],
    ['"a" \n', [['0.0:"a" '], false], 'a space behind it'],
    ['x,"ab\n', [['0.0:x', '1.0:"ab\n'], true], 'ends within quotes'],
    ['a\rb\r\n', [['0.0:a\rb'], false], 'a CR alone is a character'],
  ])('%j: %o (%s)', (text, expected) => {
    expect(read(kernel, text)).toEqual(expected)
  })

  it.each([
    ['', 0],
    ['a,b', 0],
    ['a\nb', 2],
    ['a\n', 2],
    ['a\r\n"x\n', 3],
    ['a\n"x\n"', 2],
    ['a\n"x\n"\n', 7],
    ['"x"y\n5" z\n"', 10],
  ])('ends the records of %j at %i', (text, expected) => {
    expect(kernel.cutRecords(Buffer.from(text), text.length, comma)).toBe(expected)
  })

  it('knows tabs without quotes and CR as terminator', () => {
    expect(read(kernel, '"a\tb"\rc\r', { delimiter: 9, quote: undefined, terminator: 13 })).toEqual([
      ['0.0:"a', '1.0:b"'],
      ['0.0:c'],
      false,
    ])
  })
})

describe('both kernels', () => {
  const nasty = fc.array(fc.constantFrom('a', 'é', ',', '"', '""', '\n', '\r\n', '\r', '\0', 'plain text,', '"x",'), {
    maxLength: 400,
  })

  it('find the same cells in nasty text', () => {
    fc.assert(
      fc.property(nasty, fc.nat(130), (parts, ahead) => {
        const text = 'x'.repeat(ahead) + parts.join('')
        expect(read(simd, text)).toEqual(read(plainKernel, text))
        const bytes = Buffer.from(text)
        const cut = simd.cutRecords(bytes, bytes.length, comma)
        expect(cut).toBe(plainKernel.cutRecords(bytes, bytes.length, comma))
        const halves = [read(simd, bytes.subarray(0, cut)), read(simd, bytes.subarray(cut))]
        expect([...(halves[0] ?? []).slice(0, -1), ...(halves[1] ?? [])]).toEqual(read(simd, text))
      }),
      { numRuns: 400 },
    )
  })

  it('find the same cells wherever a window ends', () => {
    const tail = '"q,""r"\r\n"s"\r\n5" u,"v"w,\r\n,,"z\n"\n'
    for (let shift = 0; shift <= tail.length; shift += 1) {
      const text = `${'y'.repeat(65_536 - shift)},${tail}${tail}`
      expect(read(simd, text)).toEqual(read(plainKernel, text))
      const bytes = Buffer.from(text)
      expect(simd.cutRecords(bytes, bytes.length - 1, comma)).toBe(bytes.length - 7)
    }
  })

  it('find a cell for every byte of a block of delimiters', () => {
    const bytes = new Uint8Array(200_000).fill(44)
    expect(read(simd, bytes)).toEqual(read(plainKernel, bytes))
  })
})
