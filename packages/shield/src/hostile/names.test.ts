import { describe, expect, test } from 'vitest'
import { csvPlan, shielded } from './shielded.ts'

describe('columns that are called as something else', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '#surplus', '#keys', '#beyond', '#statements'])(
    '%s is a column like any other: what no plan names is kept back',
    async (name) => {
      const { text, counts } = await shielded(`a,${name}\n1,Karla\n`, csvPlan('a: { type: code, do: keep }'))
      expect(text).toBe(`a,${name}\n1,\n`)
      const [own] = Object.entries(counts.columns).filter(([column]) => column.startsWith(name))
      expect(own?.[1]).toMatchObject({ values: 1, quarantined: 1 })
      expect(Object.prototype).not.toHaveProperty('quarantined')
    },
  )

  test.each(['__proto__', 'constructor', '#keys', '#beyond'])('%s in JSON as well', async (name) => {
    const plan = 'format: { kind: ndjson }\ncolumns:\n  a: { type: code, do: keep }\n'
    const { text } = await shielded(`{"a":1,"${name}":"Karla"}\n`, plan)
    expect(text).toBe(`{"a":1,"${name}":""}\n`)
  })

  test('that come twice are told apart', async () => {
    const { text, unknown } = await shielded(
      'a,a,a#2,,\n1,Karla,Karla,Karla,\n',
      csvPlan('a: { type: code, do: keep }'),
    )
    expect(text).toBe('a,a,a#2,,\n1,,,,\n')
    expect(new Set(unknown).size).toBe(4)
  })

  test('by half a megabyte', async () => {
    const name = 'n'.repeat(500_000)
    const { text } = await shielded(`a,${name}\n1,Karla\n`, csvPlan('a: { type: code, do: keep }'))
    expect(text).toBe(`a,${name}\n1,\n`)
  })

  test('with a byte order mark in the middle, which is no letter of it', async () => {
    const { text } = await shielded(
      'a,\uFEFFb\n1,Karla\n',
      csvPlan('a: { type: code, do: keep }', 'b: { type: name, do: delete }'),
    )
    expect(text).toBe('a,\uFEFFb\n1,\n')
  })

  test('in a table that is called with a NUL', async () => {
    const { text } = await shielded(
      "COPY t\u0000x (a) FROM stdin;\nKarla\n\\.\nINSERT INTO t\u0000x (a) VALUES ('Karla');\n",
      'format: { kind: sql }\ncolumns: {}\n',
    ).catch((error: unknown) => ({ text: error instanceof Error && error.name === 'ShieldError' ? '' : String(error) }))
    expect(text).not.toContain('Karla')
  })
})

describe('files that are not what they seem', () => {
  test('with carriage returns alone as line ends are refused: all of one would be its header', async () => {
    await expect(shielded('a,b\r1,Karla\r2,Wilrun\r', csvPlan('a: { type: code, do: keep }'))).rejects.toThrow(
      'carriage return alone',
    )
    const headless = `format: { kind: csv, delimiter: ',', header: false }\ncolumns:\n  '#1': { type: code, do: keep }\n`
    await expect(shielded('1,Karla\r2,Wilrun\r', headless)).rejects.toThrow('carriage return alone')
  })

  test('but a workbook or Parquet, with the plan of a table, are refused', async () => {
    for (const start of ['PK\u0003\u0004', 'PAR1'])
      await expect(shielded(`${start}a,b\n1,Karla\n`, csvPlan('a: { type: code, do: keep }'))).rejects.toThrow(
        'the plan is for csv',
      )
  })

  test('with a header that is a person are refused', async () => {
    await expect(
      shielded('w.ostermoor@example.com,Karla\nk@example.com,Wilrun\n', csvPlan('a: { type: code, do: keep }')),
    ).rejects.toThrow('header: false')
  })

  test('with a COPY that never ends are refused', async () => {
    const plan = 'format: { kind: sql }\ncolumns:\n  t.a: { type: name, do: delete }\n'
    await expect(shielded(`COPY t (a) FROM stdin;\n${'Karla\n'.repeat(100_000)}Karla`, plan)).rejects.toThrow(
      'ends inside of the rows of t',
    )
  })

  test('with NUL bytes keep them, and lose the rest', async () => {
    const { text } = await shielded(
      'a,b\n\u0000,Kar\u0000la\n"x\u0000",\u0000\n',
      csvPlan('a: { type: code, do: keep }', 'b: { type: name, do: delete }'),
    )
    expect(text).toBe('a,b\n\u0000,\n"x\u0000",\n')
  })

  test('with escaped NULs and half characters are still JSON', async () => {
    const plan = 'format: { kind: ndjson }\ncolumns:\n  a: { type: code, do: keep }\n  b: { type: text, do: text }\n'
    const line = '{"a":"\\u0000\\ud800x","b":"\\udc00 mail k@example.com \\ud83d"}'
    const { text } = await shielded(`${line}\n`, plan)
    const { a, b } = JSON.parse(text) as { a: string; b: string }
    expect(a).toBe('\u0000\ud800x')
    expect(b).toContain('[email]')
    expect(text).not.toContain('example')
  })
})
