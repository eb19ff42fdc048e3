import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pieces, shielded } from './shielded.ts'

const encoder = new TextEncoder()
const value = fc.oneof(
  fc.string({
    maxLength: 8,
    unit: fc.constantFrom('a', 'ä', '😀', ' ', '\\', '"', "'", ',', ';', '\n', '\r\n', '\t', '0', '@'),
  }),
  fc.constantFrom(
    'Karla Ölner',
    'k@example.com',
    'mail k@example.com, please',
    '030 23125 099',
    '1984-03-12',
    '',
    '-1.5',
    '\\N',
  ),
)

/** A reader of RFC 4180 as plain as can be: cells of rows, each with where it stands. */
function readCsv(text: string, delimiter: string): { cell: string; from: number; to: number }[][] {
  const rows: { cell: string; from: number; to: number }[][] = []
  let row: { cell: string; from: number; to: number }[] = []
  for (let at = 0; at < text.length;) {
    const from = at
    let cell = ''
    if (text[at] === '"') {
      at += 1
      while (text[at] !== '"' || text[at + 1] === '"') {
        if (text[at] === '"') at += 1
        cell += text[at]
        at += 1
      }
      at += 1
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && !text.startsWith('\r\n', at)) {
        cell += text[at]
        at += 1
      }
    }
    row.push({ cell, from, to: at })
    if (text[at] === delimiter) {
      at += 1
      continue
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    rows.push(row)
    row = []
  }
  return rows
}

const steps = ['do: keep', 'do: pseudonym', 'do: delete', 'do: text']
const names = ['kept', 'name', 'gone', 'note']
const planned = (prefix: string) =>
  `columns:\n${names.map((name, index) => `  ${prefix}${name}: { type: ${['email', 'name', 'phone', 'text'][index] ?? ''}, ${steps[index] ?? ''} }\n`).join('')}`

const rows = fc.array(fc.tuple(value, value, value, value), { minLength: 1, maxLength: 6 })

describe('any table', () => {
  test.each([',', ';', '\t', '|'])(
    'cut at %j keeps its shape, and every byte outside of what was changed',
    async (delimiter) => {
      const quote = (cell: string, isQuoted: boolean) =>
        isQuoted || /["\r\n]/u.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell
      const plan = `format: { kind: csv, delimiter: "${delimiter === '\t' ? '\\t' : delimiter}" }\n${planned('')}`
      await fc.assert(
        fc.asyncProperty(rows, fc.boolean(), fc.constantFrom('\n', '\r\n'), async (values, isQuoted, end) => {
          const lines = values.map((row) => row.map((cell) => quote(cell, isQuoted)).join(delimiter))
          const text = `${names.join(delimiter)}${end}${lines.join(end)}${end}`
          const done = await shielded(text, plan)
          const [before, after] = [readCsv(text, delimiter), readCsv(done.text, delimiter)]
          expect(after.map((row) => row.length)).toEqual(before.map((row) => row.length))
          for (const [index, row] of before.entries()) {
            const now = after[index] ?? []
            if (index === 0) continue
            expect(now[0]?.cell).toBe(row[0]?.cell)
            expect(now[1]?.cell).toMatch(row[1]?.cell === '' ? /^$/u : /^(?:[a-z2-7]{26})?$/u)
            expect(now[2]?.cell).toBe('')
          }
          const stays = (source: string, cells: typeof before) =>
            cells.flat().map(({ to }) => (source[to] ?? '') + (source[to + 1] === '\n' ? '\n' : ''))
          expect(stays(done.text, after)).toEqual(stays(text, before))
        }),
        { numRuns: 25 },
      )
    },
  )
})

describe('any document', () => {
  const leaf = fc.oneof(
    value,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  )
  const item = fc.record({
    kept: leaf,
    name: value,
    gone: value,
    note: value,
    'more "x"': fc.array(leaf, { maxLength: 3 }),
  })

  test.each(['ndjson', 'json'])('as %s is one afterwards, of the same keys and lengths', async (kind) => {
    const plan = `format: { kind: ${kind} }\n${planned(kind === 'json' ? '"[].' : '').replaceAll(/"\[\]\.(\w+)/gu, '"[].$1"')}`
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(undefined, 1),
        async (items, indent) => {
          const text =
            kind === 'json'
              ? JSON.stringify(items, null, indent)
              : items.map((each) => `${JSON.stringify(each)}\n`).join('')
          const done = await shielded(text, plan)
          const after: unknown =
            kind === 'json'
              ? JSON.parse(done.text)
              : done.text
                  .trimEnd()
                  .split('\n')
                  .map((line): unknown => JSON.parse(line))
          expect(after).toHaveLength(items.length)
          expect(after).toEqual(
            items.map((each) => ({
              kept: Object.is(each.kept, -0) ? 0 : each.kept,
              name: expect.stringMatching(each.name === '' ? /^$/u : /^(?:[a-z2-7]{26})?$/u),
              gone: '',
              note: expect.any(String),
              // No plan names these: texts are emptied, numbers and words as well.
              'more "x"': each['more "x"'].map((one) => (typeof one === 'string' ? '' : null)),
            })),
          )
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('any script', () => {
  test('keeps its statements and rows', async () => {
    const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
    const copied = (text: string) =>
      text === ''
        ? '\\N'
        : text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
    const plan = `format: { kind: sql }\n${planned('t.')}`
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const clean = values.map((row) => row.map((cell) => cell.replaceAll('\\', '')))
        const text = [
          '-- a dump\nSET x = 1;\n',
          ...clean.map((row) => `INSERT INTO t (${names.join(', ')}) VALUES (${row.map(literal).join(', ')});\n`),
          `COPY t (${names.join(', ')}) FROM stdin;\n`,
          ...clean.map((row) => `${row.map(copied).join('\t')}\n`),
          '\\.\nSELECT 1;\n',
        ].join('')
        const done = await shielded(text, plan)
        // What is \N in a COPY is no value.
        const there = clean.filter(([kept]) => kept !== '').length
        expect(done.counts.columns['t.kept']?.values).toBe(values.length + there)
        const [inserts = '', copies = ''] = done.text.split('COPY t ')
        for (const row of clean) expect(inserts).toContain(`VALUES (${literal(row[0] ?? '')}, `)
        expect(
          copies
            .split('\n')
            .slice(1, -3)
            .map((line) => line.split('\t').length),
        ).toEqual(values.map(() => 4))
        expect(done.text.endsWith('\\.\nSELECT 1;\n')).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})

describe('a nasty file is the same wherever it is cut', () => {
  const nasty: readonly (readonly [string, string, string])[] = [
    [
      'CSV with semicolons',
      `format: { kind: csv, delimiter: ';' }\n${planned('')}`,
      'kept;name;gone;note\r\n1;"a;""b""";x;"mail k@example.com\r\n\n030 23125 099"\r\n\r\n;;;\n"";"";"";""\n2;Ö😀;\'y\';DE02 1203 0000 0000 2020 51',
    ],
    [
      'CSV with apostrophes',
      `format: { kind: csv, delimiter: ',', quote: "'" }\n${planned('')}`,
      "kept,name,gone,note\n1,'a,''b''',\"x\",'k@example.com\n'\n2,\"q\",'',\"a\n",
    ],
    [
      'JSON lines',
      `format: { kind: ndjson }\n${planned('')}`,
      '{"kept":"\\u00d6\\/","name":"\\"K\\"","gone":{"a":[1,{"b":"}"}]},"note":"k@example.com\\n"}\r\n\n {"note":"😀 \\\\", "kept" : -1.5e3 }\n[]\n"x"',
    ],
    [
      'text',
      'format: { kind: text }\ncolumns:\n  line: { type: text, do: text }\n',
      'a\r\n\n\nmail k@example.com\n030 23125 099 Ö😀\r\nDE02120300000000202051',
    ],
    [
      'SQL',
      `format: { kind: sql }\n${planned('t.')}`,
      "/* ; ' */ INSERT INTO t (kept, name) VALUES ('a''b;', 'K'), (NULL, 'ü');\n-- it's\nCOPY t (kept, note) FROM stdin;\n\\N\tk@example.com\\n\nx\t\\\\.\n\\.\nCREATE FUNCTION f() AS $a$ ; ' $a$;\nINSERT INTO t (gone) VALUES ('z');",
    ],
  ]

  test.each(nasty)('%s', async (_, plan, text) => {
    const bytes = encoder.encode(text)
    const whole = await shielded(bytes, plan)
    expect(whole.text).not.toMatch(/k@example|23125|1203 ?0000/u)
    for (let size = 1; size < bytes.length; size += size < 24 ? 1 : 7) {
      const done = await shielded(pieces(bytes, size), plan)
      expect(done.text).toBe(whole.text)
      expect(done.counts).toEqual(whole.counts)
    }
  })
})
