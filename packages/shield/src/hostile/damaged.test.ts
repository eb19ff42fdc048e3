import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import { ShieldError } from '../error.ts'
import { KeyError } from '../key/error.ts'
import { decodeLine } from '../key/key-file.ts'
import { readSealedKey } from '../key/sealed-key.ts'
import { readSealingKey } from '../key/sealing-key.ts'
import { readVault } from '../key/vault.ts'
import { readPlan } from '../plan/plan.ts'
import { shielded } from './shielded.ts'

const changes = fc.array(
  fc.tuple(
    fc.constantFrom('set', 'drop', 'double'),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.nat(255),
  ),
  { minLength: 1, maxLength: 5 },
)

/** A file with some bytes set, left out or doubled. */
function changed(good: Uint8Array, list: readonly (readonly ['set' | 'drop' | 'double', number, number])[]): Buffer {
  let bytes = Buffer.from(good)
  for (const [how, where, value] of list) {
    const at = Math.floor(where * bytes.length)
    if (how === 'set') bytes.fill(value, at, Math.min(at + 1, bytes.length))
    else if (how === 'drop') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + value)])
    else bytes = Buffer.concat([bytes.subarray(0, at + value), bytes.subarray(at)])
  }
  return bytes
}

const isTold = (error: unknown) => expect(error).toBeInstanceOf(ShieldError)

/** The mark stands in a column that the plan drops: in whatever comes out it must not stand. */
const mark = 'Wilrun Ostermoor'
async function goes(bytes: Uint8Array, plan: string): Promise<void> {
  const done = await shielded(bytes, plan).catch((error: unknown) => {
    isTold(error)
    return undefined
  })
  if (done !== undefined) expect(done.text.includes(mark)).toBe(false)
}

describe('a damaged file', () => {
  const plan = (kind: string, prefix = '') =>
    `format: { kind: ${kind} }\ncolumns:\n  ${prefix}id: { type: number, do: keep }\n  ${prefix}name: { type: name, do: delete }\n`

  test('of Parquet is worked on or refused', async () => {
    const good = new Uint8Array(
      parquetWriteBuffer({
        codec: 'SNAPPY',
        columnData: [
          { name: 'id', data: [1, 2, 3], type: 'INT32' },
          { name: 'name', data: [mark, 'Jendrik', mark], type: 'STRING' },
        ],
      }),
    )
    await fc.assert(
      fc.asyncProperty(changes, async (list) => await goes(changed(good, list), plan('parquet'))),
      { seed: 1, numRuns: 80 },
    )
  })

  test('of a workbook is worked on or refused', async () => {
    const good = await writeWorkbook([
      {
        sheet: 'S',
        data: [
          ['id', 'name'],
          [1, mark],
        ],
      },
    ]).toBuffer()
    await fc.assert(
      fc.asyncProperty(changes, async (list) => await goes(changed(good, list), plan('xlsx', 'S.'))),
      { seed: 2, numRuns: 30 },
    )
  })

  const table = Buffer.from(`id,name\n${'1,x\n'.repeat(200)}`)
  const dump = Buffer.from(
    `CREATE TABLE t (id int, name text);\nINSERT INTO t (id, name) VALUES (1, 'x'), (2, 'it''s');\nCOPY t (id, name) FROM stdin;\n3\tx\\ny\n\\.\n`,
  )
  const sqlPlan =
    'format: { kind: sql }\ncolumns:\n  t.id: { type: number, do: keep }\n  t.name: { type: name, do: delete }\n'
  const csvPlan =
    "format: { kind: csv, delimiter: ',' }\ncolumns:\n  id: { type: number, do: keep }\n  name: { type: name, do: delete }\n"
  const json = Buffer.from('{"id":1,"name":"x"}\n{"id":2,"name":"\\ud83d\\ude00"}\n')
  test.each([
    ['of gzip', gzipSync(table), csvPlan],
    ['of zstd', zstdCompressSync(table), csvPlan],
    ['of SQL', dump, sqlPlan],
    ['of JSON', json, plan('ndjson')],
    ['of CSV', table, csvPlan],
  ])('%s is worked on or refused', async (_, good, its) => {
    await fc.assert(
      fc.asyncProperty(changes, async (list) => await goes(changed(good, list), its)),
      { seed: 3, numRuns: 40 },
    )
  })
})

describe('any text', () => {
  const plans = [
    'plan: art32.shield/1',
    'format: { kind: csv }',
    'columns:',
    '  a: { type: name, do: delete }',
    '  b: { do: shift, days: 1e9 }',
    '  ? [a]',
    '  : *x',
    '&x [*x]',
    '<<: *x',
    '!!js/function a',
    '- a',
    '__proto__: { do: keep }',
    "'",
    '{',
    '%YAML 9.9',
  ]
  test('is a plan, or is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 80 }),
          fc.array(fc.constantFrom(...plans), { maxLength: 12 }).map((lines) => lines.join('\n')),
        ),
        (text) => {
          try {
            readPlan(text, 'plan')
          } catch (error) {
            isTold(error)
          }
        },
      ),
      { seed: 4, numRuns: 2_000 },
    )
  })

  test.each<readonly [string, (text: string) => unknown]>([
    ['a line of a key', (text) => decodeLine(text, 'art32-key-1', 32)],
    ['a sealed key', readSealedKey],
    ['a sealing key', readSealingKey],
    ['a vault', readVault],
  ])('is %s, or is refused', (_, read) => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.base64String()), (text) => {
        try {
          read(text)
        } catch (error) {
          if (!(error instanceof KeyError)) isTold(error)
        }
      }),
      { seed: 5, numRuns: 1_000 },
    )
  })
})
