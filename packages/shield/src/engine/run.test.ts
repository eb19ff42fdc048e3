import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { begin } from '../input/open.ts'
import { streamSource } from '../input/source.ts'
import { readPlan } from '../plan/plan.ts'
import { run } from './run.ts'

const secret = createSecretKey(new Uint8Array(32).fill(7))
const encoder = new TextEncoder()

/** The bytes in pieces of this many. */
async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

async function shielded(
  text: string,
  plan: string,
  { size = 1 << 16, threads = 0, longestRecord = 1 << 20, head = 4096 } = {},
) {
  const out: Uint8Array[] = []
  const input = await begin(streamSource(pieces(encoder.encode(text), size)), head)
  const outcome = await run({
    input,
    plan: readPlan(`plan: art32.shield/1\n${plan}`, 'plan'),
    key: { secret, tenant: 'example', document: new Uint8Array(16) },
    threads,
    longestRecord,
    sink: async (bytes) => {
      out.push(Uint8Array.from(bytes))
      await Promise.resolve()
    },
  })
  return { text: Buffer.concat(out).toString(), ...outcome }
}

const csv = `format: { kind: csv, delimiter: ',' }
columns:
  id: { type: subject-id, do: pseudonym, as: uuid }
  name: { type: name, do: pseudonym }
  mail: { type: email, do: mask, first: 1 }
  born: { type: birth-date, do: generalise, to: year }
  note: { type: text, do: text }
  state: { type: code, do: keep }
quasiIdentifiers: [born, state]
`

const nasty = [
  '\uFEFFid,name,mail,born,note,state\r\n',
  '1,"Wollschläger, Annegret",a.w@example.com,1984-03-12,"rief an: ""Annegret"" \r\n\n030 23125 099",x\r\n',
  '\r\n',
  '2,"","",,"",""\n',
  '3,Jörn "der Große" Ölßner,jörn@exämple.example,02.11.1990,"Herr Ölßner, j.oe@example.org",\n',
  '4,"😀",b@example.com,1979,DE02 1203 0000 0000 2020 51,y',
].join('')

describe('a file', () => {
  test.each([0, 2])('is counted to the last byte, its header too, with %i threads', async (threads) => {
    const { text, counts } = await shielded(nasty, csv, { threads })
    expect(counts.bytesIn).toBe(encoder.encode(nasty).length)
    expect(counts.bytesOut).toBe(encoder.encode(text).length)
  })

  test('is the same wherever it is cut', async () => {
    const whole = await shielded(nasty, csv)
    const bytes = encoder.encode(nasty).length
    for (let size = 1; size < bytes; size += 1) {
      const piecewise = await shielded(nasty, csv, { size, head: 64 })
      expect(piecewise.text).toBe(whole.text)
      expect(piecewise.counts).toEqual(whole.counts)
    }
  })

  test('is the same with threads', async () => {
    const many =
      nasty.replace('\uFEFF', '') +
      '\n' +
      '5,Ann Example,c@example.com,2001-01-01,call 030 23125 099,z\n'.repeat(60_000)
    const [alone, together] = await Promise.all([shielded(many, csv), shielded(many, csv, { threads: 3 })])
    expect(together.text === alone.text).toBe(true)
    expect(together.counts).toEqual(alone.counts)
    expect(together.residual.classes).toEqual(alone.residual.classes)
  })

  test('loses nobody and keeps none of what was planned to go', async () => {
    const { text, counts } = await shielded(nasty, csv)
    expect(counts.records).toBe(4)
    for (const gone of ['Wollschl', 'Annegret', 'Ölßner', 'example.com', '03-12', '23125', 'DE02', '😀'])
      expect(text).not.toContain(gone)
    expect(text).toContain('1984')
    expect(text.split('\r\n')[0]).toBe('\uFEFFid,name,mail,born,note,state')
    expect(text).toMatch(/\n[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12},"",""/u)
  })

  test('that is only kept comes out as it went in, whatever its bytes', async () => {
    const cell = fc.constantFrom('a', '', '"a,b"', '"x""y"', '"l\nm"', '"odd"s', ' ', 'ä', '\u0000', '5"', "'")
    const row = fc.array(cell, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(','))
    const rows = fc.array(fc.tuple(row, fc.constantFrom('\n', '\r\n', '\n\n')), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const text = `a,b,c,d\n${lines.map((line) => line.join('')).join('')}`
        const plan = `format: { kind: csv, delimiter: ',' }\ncolumns:\n${['a', 'b', 'c', 'd'].map((name) => `  ${name}: { type: code, do: keep }`).join('\n')}\n`
        expect((await shielded(text, plan, { size })).text).toBe(text)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what no plan foresees', () => {
  const plan = `format: { kind: csv, delimiter: ';' }\ncolumns:\n  a: { type: code, do: keep }\n`

  test('is kept back and counted', async () => {
    const { text, unknown, counts } = await shielded('a;b\n1;Karla\n2;\n3;x;surplus\n', plan)
    expect(text).toBe('a;b\n1;\n2;\n3;;\n')
    expect(unknown).toEqual(['b'])
    expect(counts.columns['b']).toMatchObject({ quarantined: 2, empty: 1 })
    expect(counts.columns['#surplus']).toMatchObject({ quarantined: 1 })
  })

  test('is removed where it appears late in a column that is to hold nothing', async () => {
    const { text, counts } = await shielded(`a\n${'7\n'.repeat(70_000)}karla@example.com\n`, plan)
    expect(text.endsWith('7\n[email]\n')).toBe(true)
    expect(counts.columns['a']?.found).toEqual({ email: 1 })
  })

  test('is named when the plan expects what is not there', async () => {
    const { missing } = await shielded('b\n1\n', plan)
    expect(missing).toEqual(['a'])
  })
})

describe('JSON', () => {
  const plan = `columns:
  user.name: { type: name, do: pseudonym }
  user.note: { type: text, do: text }
  n: { type: number, do: keep }
  items[].mail: { type: email, do: delete }
  items[].n: { type: number, do: mask }
`
  const line =
    '{"user":{"name":"Karla \\u00d6lner","note":"Karla Ölner, \\"+49 30 23125 099\\""},"n":12.50,"items":[{"mail":"k@example.com","n":17},{"mail":null}]}'

  test('lines keep their shape', async () => {
    const { text } = await shielded(`${line}\n${line}`, `format: { kind: ndjson }\n${plan}`)
    const [one, two] = text.split('\n').map((each): unknown => JSON.parse(each))
    expect(one).toEqual(two)
    expect(one).toEqual({
      user: { name: expect.stringMatching(/^[a-z2-7]{26}$/u), note: '[name], "[phone]"' },
      n: 12.5,
      items: [{ mail: '', n: '**' }, { mail: null }],
    })
    expect(text).toContain('"n":12.50')
  })

  test('a document keeps its shape, and is the same in small pieces', async () => {
    const document = `{ "n" : 1, "items" : [ ${`${line.slice(line.indexOf('[') + 1, -2)}, `.repeat(3)}{"mail":"z@example.com"} ] }`
    const format = `format: { kind: json }\n${plan}`
    const whole = await shielded(document, format)
    expect(Object.keys(JSON.parse(whole.text) as object)).toEqual(['n', 'items'])
    expect(whole.text).not.toContain('example.com')
    for (let size = 1; size < 40; size += 1)
      expect((await shielded(document, format, { size, head: 8 })).text).toBe(whole.text)
  })

  test('a key that is an address does not stay', async () => {
    const { text } = await shielded('{"karla@example.com":{"n":1}}\n', `format: { kind: ndjson }\n${plan}`)
    expect(text).toBe('{"[email]":{"n":null}}\n')
  })
})

describe('refuses', () => {
  test('a quote that is never closed, and says where', async () => {
    await expect(shielded('id\n1\n"2\n3\n', csv)).rejects.toThrow('begins at byte 5 is never closed')
  })

  test('a record without an end', async () => {
    const text = `id\n"${'x'.repeat(3_000_000)}`
    await expect(shielded(text, csv, { longestRecord: 1 << 20 })).rejects.toThrow('longer than 1048576 bytes')
  })

  test('what is no JSON, in a thread too', async () => {
    for (const threads of [0, 2]) {
      await expect(shielded('{"a":1}\n{"a"\n', 'format: { kind: ndjson }\ncolumns: {}\n', { threads })).rejects.toThrow(
        'not JSON',
      )
    }
  })
})

test('another key, tenant, domain or epoch gives pseudonyms that cannot be joined', async () => {
  const plan = (more: string) =>
    `format: { kind: csv, delimiter: ',' }\n${more}columns:\n  a: { type: name, do: pseudonym }\n`
  const texts = await Promise.all(
    ['', 'domain: other\n', 'epoch: 1\n'].map(async (more) => (await shielded('a\nKarla\n', plan(more))).text),
  )
  expect(new Set(texts).size).toBe(3)
})
