import { describe, expect, test } from 'vitest'
import { csvPlan, shielded } from './shielded.ts'

const GIGABYTE = 1 << 30
const MEGABYTE = 1 << 20

/** A head, then a gigabyte of the same; counts how much of it anybody asked for. */
function endless(head: string, filling: string, size = 65_536) {
  const piece = new TextEncoder().encode(filling.repeat(Math.ceil(size / filling.length)))
  const asked = { bytes: 0 }
  async function* stream() {
    yield await Promise.resolve(new TextEncoder().encode(head))
    for (; asked.bytes < GIGABYTE; asked.bytes += piece.length) yield piece.slice()
  }
  return { stream: stream(), asked }
}

const plans: Readonly<Record<string, string>> = {
  csv: csvPlan('a: { type: text, do: text }'),
  ndjson: 'format: { kind: ndjson }\ncolumns:\n  a: { type: text, do: text }\n',
  json: 'format: { kind: json }\ncolumns: {}\n',
  text: 'format: { kind: text }\ncolumns:\n  line: { type: text, do: text }\n',
  sql: 'format: { kind: sql }\ncolumns: {}\n',
}

describe('a record that never ends is refused at the limit, whatever it is of', () => {
  test.each([
    ['csv', 'a\n"', 'x'],
    ['csv', 'a\n', 'x'],
    ['csv', 'a\n', 'x,'],
    ['csv', 'a\n"', '""'],
    ['ndjson', '{"a":"', 'x'],
    ['ndjson', '{"a":', '['],
    ['ndjson', '', ' '],
    ['json', '[{"a":"', 'x'],
    ['json', '', '['],
    ['json', '[{"a":', '{"a":'],
    ['json', '[1', '0'],
    ['text', '', '7'],
    ['text', '', '\u0000'],
    ['sql', "INSERT INTO t VALUES ('", 'x'],
    ['sql', "INSERT INTO t VALUES ('", "''"],
    ['sql', '/*', 'x'],
    ['sql', 'COPY t (a) FROM stdin;\n', 'x'],
    ['sql', 'CREATE FUNCTION f() AS $a$', '$b$ '],
  ])('%s: %j and %j', async (kind, head, filling) => {
    const { stream, asked } = endless(head, filling)
    await expect(shielded(stream, plans[kind] ?? '', 2 * MEGABYTE)).rejects.toThrow(/longer than|levels/u)
    expect(asked.bytes).toBeLessThan(16 * MEGABYTE)
  })

  test('and small pieces of it cost no more than large ones', async () => {
    const spent = async (size: number) => {
      const before = process.cpuUsage()
      await expect(shielded(endless('a\n"', 'x', size).stream, plans['csv'] ?? '', 2 * MEGABYTE)).rejects.toThrow(
        'longer than',
      )
      return process.cpuUsage(before).user
    }
    await spent(65_536)
    const large = await spent(65_536)
    expect(await spent(256)).toBeLessThan(large * 20 + 200_000)
  })
})

describe('a million of', () => {
  test('columns is refused in words', async () => {
    const header = Array.from({ length: 150_000 }, (_, index) => `c${index}`).join(',')
    await expect(shielded(`${header}\n1\n`, plans['csv'] ?? '')).rejects.toThrow(/columns are the most|no whole row/u)
    await expect(shielded(`${'c,'.repeat(1_000_000)}\n1\n`, plans['csv'] ?? '')).rejects.toThrow(
      /columns are the most|no whole row/u,
    )
  })

  test('cells in a row are surplus, and kept back', async () => {
    const { text, counts } = await shielded(`a\n${'7,'.repeat(1_000_000)}7\n`, plans['csv'] ?? '')
    expect(text).toBe(`a\n7${','.repeat(1_000_000)}\n`)
    expect(counts.columns['#surplus']?.quarantined).toBe(1_000_000)
  })

  test('empty lines is none', async () => {
    const { text, counts } = await shielded(`a,b\n${'\n'.repeat(1_000_000)}`, plans['csv'] ?? '')
    expect(text).toHaveLength(1_000_004)
    expect(counts.records).toBe(0)
  })

  test('keys has no more columns than can be held', async () => {
    const document = `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":"Karla"`).join(',')}}\n`
    const { text, counts } = await shielded(document, plans['ndjson'] ?? '')
    expect(text).not.toContain('Karla')
    expect(Object.keys(counts.columns).length).toBeLessThan(11_000)
    expect(counts.columns['#beyond']?.quarantined).toBeGreaterThan(80_000)
  })
})

describe('what is nested a hundred thousand times', () => {
  test.each([
    ['ndjson', `${'['.repeat(100_000)}"Karla"${']'.repeat(100_000)}\n`],
    ['ndjson', `${'{"a":'.repeat(100_000)}"Karla"${'}'.repeat(100_000)}\n`],
    ['json', `[${'['.repeat(100_000)}"Karla"${']'.repeat(100_000)}]`],
  ])('%s comes out without a name, or is refused', async (kind, text) => {
    const done = await shielded(text, plans[kind] ?? '').catch((error: unknown) => error)
    if (done instanceof Error) expect(done.name).toBe('ShieldError')
    else expect(done).toMatchObject({ text: expect.not.stringContaining('Karla') })
  })
})
