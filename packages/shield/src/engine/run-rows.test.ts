import { createSecretKey } from 'node:crypto'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import readWorkbook from 'read-excel-file/node'
import { describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { openInput } from '../file/input.ts'
import { profile } from '../file/profile.ts'
import { readPlan } from '../plan/plan.ts'
import { run } from './run.ts'

const secret = createSecretKey(new Uint8Array(32).fill(7))

async function* pieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 65_536) yield await Promise.resolve(bytes.subarray(at, at + 65_536))
}

async function shielded(bytes: Uint8Array, plan: string, longestRecord?: number) {
  const out: Uint8Array[] = []
  const read = readPlan(`plan: art32.shield/1\n${plan}`, 'plan')
  const input = await openInput(pieces(bytes), read)
  const outcome = await run({
    input: input.begun,
    plan: read,
    key: { secret, tenant: 'example', document: new Uint8Array(16) },
    threads: 2,
    longestRecord,
    sink: async (piece) => {
      out.push(Uint8Array.from(piece))
      await Promise.resolve()
    },
  })
  return { bytes: Buffer.concat(out), ...outcome }
}

const born = new Date('1984-03-12T00:00:00Z')
const seen = new Date('2024-05-06T07:08:09Z')

const people = async () =>
  await writeWorkbook([
    {
      sheet: 'People',
      data: [
        ['id', 'name', 'born', 'seen', 'vip', 'amount', 'note'],
        [
          1,
          'Wilrun Ostermoor',
          { value: born, type: Date, format: 'yyyy-mm-dd' },
          { value: seen, type: Date, format: 'yyyy-mm-dd hh:mm:ss' },
          true,
          12.5,
          'Ms Ostermoor, w.ostermoor@example.com',
        ],
        [2, '=cmd()', null, null, false, 4_111_111_111_111_111, null],
      ],
    },
    { sheet: 'Left', data: [['word'], ['Wilrun']] },
  ]).toBuffer()

const workbookPlan = `format: { kind: xlsx }
columns:
  People.id: { type: number, do: keep }
  People.name: { type: name, do: pseudonym }
  People.born: { type: birth-date, do: shift, days: 10, subject: People.id }
  People.seen: { type: date, do: keep }
  People.vip: { type: boolean, do: keep }
  People.amount: { type: number, do: keep }
  People.note: { type: text, do: text }
`

describe('a workbook', () => {
  test('comes out as values of their types, without what was planned to go', async () => {
    const { bytes, counts, unknown } = await shielded(await people(), workbookPlan)
    const [sheet, other] = await readWorkbook(bytes)
    expect(sheet?.sheet).toBe('People')
    expect(sheet?.data[0]).toEqual(['id', 'name', 'born', 'seen', 'vip', 'amount', 'note'])
    expect(sheet?.data[1]).toEqual([
      1,
      expect.stringMatching(/^[a-z2-7]{26}$/u),
      expect.any(Date),
      expect.any(Date),
      true,
      12.5,
      'Ms [name], [email]',
    ])
    expect(sheet?.data[1]?.[2]).not.toEqual(born)
    expect(Math.abs(Number(sheet?.data[1]?.[3]) - seen.getTime())).toBeLessThan(3)
    expect(sheet?.data[2]?.[5]).toBe('[card]')
    expect(counts.records).toBe(3)
    expect(other).toEqual({ sheet: 'Sheet 2', data: [['word']] })
    expect(unknown).toEqual(['Left.word'])
    for (const gone of ['Ostermoor', 'Wilrun', 'example.com', '=cmd'])
      expect(JSON.stringify(await readWorkbook(bytes))).not.toContain(gone)
  })

  test('is the same whenever it is made', async () => {
    const { bytes } = await shielded(await people(), workbookPlan)
    // Where the first part's time and date stand (PKWARE APPNOTE 4.3.7): midnight, 1 January 1980.
    expect([...bytes.subarray(10, 14)]).toEqual([0, 0, 0x21, 0])
    expect((await shielded(await people(), workbookPlan)).bytes.equals(bytes)).toBe(true)
  })

  test('is profiled, and then worked on, also from a stream', async () => {
    const input = await openInput(pieces(await people()))
    const plan = await profile(input, undefined)
    const key = { secret, tenant: 'example', document: new Uint8Array(16) }
    const { counts } = await run({ input: input.begun, plan, key, threads: 0, sink: async () => {} })
    expect(counts.records).toBe(3)
    expect(plan.format).toEqual({ kind: 'xlsx' })
    expect(Object.keys(plan.columns)).toEqual([
      ...['id', 'name', 'born', 'seen', 'vip', 'amount', 'note'].map((name) => `People.${name}`),
      'Left.word',
    ])
    expect(plan.columns['People.name']).toMatchObject({ do: 'pseudonym' })
  })

  test('whose first row is data is refused, or read by places', async () => {
    const rows = [
      ['w.ostermoor@example.com', 'x'],
      ['k@example.com', 'y'],
    ]
    const book = await writeWorkbook([{ sheet: 'A', data: rows }]).toBuffer()
    await expect(shielded(book, 'format: { kind: xlsx }\ncolumns:\n  A.x: { type: code, do: keep }\n')).rejects.toThrow(
      'Sheet1.#1',
    )
    const byPlace =
      'format: { kind: xlsx }\ncolumns:\n  A.#1: { type: email, do: delete }\n  A.#2: { type: code, do: keep }\n'
    const [sheet] = await readWorkbook((await shielded(book, byPlace)).bytes)
    expect(sheet?.data).toEqual([
      [null, 'x'],
      [null, 'y'],
    ])
  })

  test('resolves no entity, from outside or many times over', async () => {
    const parts = unzipSync(await writeWorkbook([{ sheet: 'A', data: [['word'], ['PLACE']] }]).toBuffer())
    const doubled = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('')
    const entities = `<!DOCTYPE x [<!ENTITY file SYSTEM "file://${import.meta.filename}"><!ENTITY e0 "grown">${doubled}]>`
    for (const entity of ['file', 'e30']) {
      const planted = Object.entries(parts).map(([name, bytes]): [string, Uint8Array] => {
        const text = strFromU8(bytes)
        if (!text.includes('PLACE')) return [name, bytes]
        return [name, strToU8(text.replace('PLACE', `&${entity};`).replace(/\?>/, `?>${entities}`))]
      })
      expect(planted.some(([, bytes]) => strFromU8(bytes).includes('<!DOCTYPE'))).toBe(true)
      const plan = 'format: { kind: xlsx }\ncolumns:\n  A.word: { type: code, do: keep }\n'
      const said = await shielded(zipSync(Object.fromEntries(planted)), plan).then(
        async ({ bytes }) => JSON.stringify(await readWorkbook(bytes)),
        (error: Error) => error.message,
      )
      expect(said).not.toMatch(/resolves no entity|growngrown/)
      expect(said.length).toBeLessThan(1_000)
    }
  })

  test('of many rows is the same in blocks', async () => {
    const rows = Array.from({ length: 3_000 }, (_, row) => [row, `Person ${row}`, 'x'.repeat(700)])
    const book = await writeWorkbook([{ sheet: 'A', data: [['n', 'name', 'text'], ...rows] }]).toBuffer()
    const { bytes, counts } = await shielded(
      book,
      'format: { kind: xlsx }\ncolumns:\n  A.n: { type: number, do: keep }\n  A.name: { type: name, do: pseudonym }\n  A.text: { type: text, do: delete }\n',
    )
    const [sheet] = await readWorkbook(bytes)
    expect(counts.records).toBe(3_000)
    expect(sheet?.data.slice(1).map(([n]) => n)).toEqual(rows.map(([n]) => n))
    expect(new Set(sheet?.data.map(([, name]) => name)).size).toBe(3_001)
  })

  const zip = (files: Record<string, string>) =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])))

  test.each([
    ['no workbook', zip({ 'word/document.xml': '<a/>' }), 'no workbook in this file'],
    ['a bomb', zip({ 'xl/workbook.xml': '<a/>', 'xl/worksheets/sheet1.xml': ' '.repeat(40 << 20) }), 'has more than'],
    [
      'a sheet with a cell in the far corner',
      zip({ 'xl/workbook.xml': '<a/>', 'xl/worksheets/sheet1.xml': '<c r="A1"/><c r="XFD1048576"/>' }),
      'a sheet of 1048576 rows and 16384 columns',
    ],
    ['half of one', zip({ 'xl/workbook.xml': '<a/>' }).subarray(0, 60), 'damaged'],
    ['nonsense in it', zip({ 'xl/workbook.xml': 'Karla' }), 'cannot be read'],
  ])('that is %s is refused', async (_, bytes, message) => {
    await expect(shielded(bytes, workbookPlan)).rejects.toThrow(message)
    await expect(shielded(bytes, workbookPlan)).rejects.not.toThrow('Karla')
  })
})

describe('a Parquet file', () => {
  const file = () =>
    new Uint8Array(
      parquetWriteBuffer({
        kvMetadata: [{ key: 'author', value: 'Wilrun' }],
        schema: [
          { name: 'root', num_children: 8 },
          { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
          { name: 'name', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
          { name: 'born', type: 'INT32', converted_type: 'DATE', repetition_type: 'OPTIONAL' },
          {
            name: 'at',
            type: 'INT64',
            logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' },
            repetition_type: 'OPTIONAL',
          },
          {
            name: 'price',
            type: 'INT64',
            converted_type: 'DECIMAL',
            scale: 2,
            precision: 18,
            repetition_type: 'OPTIONAL',
          },
          { name: 'number', type: 'INT64', repetition_type: 'OPTIONAL' },
          { name: 'user', num_children: 1, repetition_type: 'OPTIONAL' },
          { name: 'mail', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
          { name: 'tags', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
          { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
          { name: 'element', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        ],
        columnData: [
          { name: 'id', data: [1n, 2n, 3n] },
          { name: 'name', data: ['Wilrun Ostermoor', null, 'Jendrik'] },
          { name: 'born', data: [born, born, null] },
          { name: 'at', data: [1_700_000_000_123_456_789n, null, 1n] },
          { name: 'price', data: [123_456_789_012_345_678n, 5n, null] },
          { name: 'number', data: [4_111_111_111_111_111n, 7n, null] },
          { name: 'user', data: [{ mail: 'w@example.com' }, { mail: null }, null] },
          { name: 'tags', data: [['a', 'call 030 23125 099', null], [], null] },
        ],
      }),
    )
  const plan = `format: { kind: parquet }
columns:
  id: { type: number, do: keep }
  name: { type: name, do: pseudonym }
  born: { type: birth-date, do: shift, days: 10, subject: id }
  at: { type: date, do: keep }
  price: { type: number, do: keep }
  number: { type: number, do: keep }
  user.mail: { type: email, do: mask, first: 1 }
  tags[]: { type: text, do: text }
`

  test('comes out as values of their types, and says nothing of who wrote it', async () => {
    const { bytes, counts, missing, unknown } = await shielded(file(), plan)
    const buffer = Uint8Array.from(bytes).buffer
    const metadata = parquetMetadata(buffer)
    expect(metadata.key_value_metadata ?? []).toEqual([])
    expect(missing).toEqual([])
    expect(unknown).toEqual([])
    expect(counts.records).toBe(3)
    const rows = await parquetReadObjects({ file: buffer, parsers: { timestampFromNanoseconds: (nanos) => nanos } })
    expect(rows[0]).toEqual({
      id: 1n,
      name: expect.stringMatching(/^[a-z2-7]{26}$/u),
      born: expect.any(Date),
      at: 1_700_000_000_123_456_789n,
      price: expect.closeTo(1_234_567_890_123_456, -1),
      // A number cannot be a label.
      number: null,
      user: { mail: expect.stringMatching(/^w\*+$/u) },
      tags: ['a', 'call [phone]', null],
    })
    expect(rows[0]?.['born']).not.toEqual(born)
    expect(rows[1]).toMatchObject({ id: 2n, name: null, number: 7n, tags: [] })
    for (const gone of ['Wilrun', 'Ostermoor', 'example.com', '23125']) expect(bytes.includes(gone)).toBe(false)
  })

  test('keeps the digits of decimals', async () => {
    const { bytes } = await shielded(
      file(),
      plan.replace('price: { type: number, do: keep }', 'price: { type: number, do: text }'),
    )
    const rows = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer, columns: ['price'] })
    expect(rows.map(({ price }: Record<string, unknown>) => price)).toEqual(['1234567890123456.78', '0.05', null])
  })

  test('is profiled by its paths', async () => {
    const made = await profile(await openInput(pieces(file())), undefined)
    expect(Object.keys(made.columns)).toEqual(['id', 'name', 'born', 'at', 'price', 'number', 'user.mail', 'tags[]'])
  })

  test('with a map does not let it through', async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        schema: [
          { name: 'root', num_children: 2 },
          { name: 'id', type: 'INT32', repetition_type: 'OPTIONAL' },
          { name: 'by', num_children: 1, converted_type: 'MAP', repetition_type: 'OPTIONAL' },
          { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
          { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
          { name: 'value', type: 'INT32', repetition_type: 'OPTIONAL' },
        ],
        columnData: [
          { name: 'id', data: [1, 2] },
          { name: 'by', data: [{ Wilrun: 1 }, null] },
        ],
      }),
    )
    const keep = 'format: { kind: parquet }\ncolumns:\n  id: { type: number, do: keep }\n'
    const done = await shielded(bytes, keep)
    expect(done.bytes.includes('Wilrun')).toBe(false)
    expect(done.counts.columns['by']).toMatchObject({ quarantined: 1 })
    expect(await parquetReadObjects({ file: Uint8Array.from(done.bytes).buffer })).toEqual([
      { id: 1, by: null },
      { id: 2, by: null },
    ])
    await expect(shielded(bytes, `${keep}  by: { type: code, do: keep }\n`)).rejects.toThrow('by: values of this kind')
  })

  test('of many row groups comes out whole', async () => {
    const ids = Array.from({ length: 60_000 }, (_, index) => index)
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'id', data: ids, type: 'INT32' },
          { name: 'name', data: ids.map((id) => `Person ${id % 100}`), type: 'STRING' },
        ],
        rowGroupSize: 10_000,
      }),
    )
    const done = await shielded(
      bytes,
      'format: { kind: parquet }\ncolumns:\n  id: { type: number, do: keep }\n  name: { type: name, do: pseudonym }\n',
    )
    const rows = await parquetReadObjects({ file: Uint8Array.from(done.bytes).buffer })
    expect(rows.map(({ id }: Record<string, unknown>) => id)).toEqual(ids)
    expect(new Set(rows.map(({ name }: Record<string, unknown>) => name)).size).toBe(100)
    expect(done.bytes.includes('Person')).toBe(false)
  })

  test('that is damaged is refused without its words', async () => {
    for (const length of [10, 200, file().length - 1]) {
      await expect(shielded(file().subarray(0, length), plan)).rejects.toThrow('cannot be read')
    }
  })
})
