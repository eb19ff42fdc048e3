import { createHmac, createSecretKey } from 'node:crypto'
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import {
  createNonce,
  openInput,
  type Plan,
  profile,
  readPlan,
  run,
  writePlan,
} from '../../packages/shield/src/index.ts'
import { kernel } from '../../packages/shield/src/kernel/load.ts'
import { makeFields } from '../../packages/shield/src/format/fields-make.ts'
import { makePseudonyms } from '../../packages/shield/src/operation/pseudonym.ts'
import os from 'node:os'
import path from 'node:path'
import { rounded, type Row } from '../table.ts'
import { fileOf, type Kind } from './files.ts'
import { peer } from './peers.ts'

const secret = createSecretKey(new Uint8Array(32).fill(3))
const THREADS = 2
/** Megabytes, as much as memory is promised for: that two threads start is a fifth of a run of 200. */
const LARGE = 1_000

interface Measured {
  readonly perSecond: number
  readonly perCpuSecond: number
}

/** Megabytes of input per second, and per second of a processor; the best of `runs`. */
async function measured(file: string, plan: Plan, runs = 3): Promise<Measured> {
  const sizes = statSync(file).size / 1e6
  const nowhere = openSync('/dev/null', 'w')
  const all: Measured[] = []
  for (let turn = 0; turn < runs; turn += 1) {
    const input = await openInput(file, plan)
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    await run({
      input: input.begun,
      plan,
      threads: THREADS,
      key: { secret, tenant: 'bench', document: createNonce() },
      sink: async (bytes) => {
        writeSync(nowhere, bytes)
        await Promise.resolve()
      },
    })
    const { user, system } = process.cpuUsage(cpu)
    all.push({ perSecond: (sizes * 1000) / (performance.now() - start), perCpuSecond: sizes / ((user + system) / 1e6) })
  }
  closeSync(nowhere)
  return all.toSorted((one, other) => other.perSecond - one.perSecond)[0] ?? { perSecond: 0, perCpuSecond: 0 }
}

/** The plan that a look at the file suggests. */
async function suggested(file: string): Promise<Plan> {
  const input = await openInput(file)
  const plan = await profile(input, file)
  await input.begun.source.close()
  return plan
}

/** Nine columns keyed, what is text deleted, the rest kept. */
function nineKeyed(plan: Plan): Plan {
  let keyed = 0
  const columns = Object.entries(plan.columns).map(([name, column]) => {
    if (column.do === 'text') return [name, { type: column.type, do: 'delete' }]
    if (column.do === 'keep') return [name, { type: 'email', do: 'keep' }]
    keyed += 1
    return [name, keyed <= 9 ? { type: column.type, do: 'pseudonym' } : { type: column.type, do: 'keep' }]
  })
  return readPlan(
    writePlan({ ...plan, columns: Object.fromEntries(columns) as Plan['columns'], quasiIdentifiers: [] }),
    'plan',
  )
}

const row = (what: string, { perSecond, perCpuSecond }: Measured, bar: string, bare?: Row['bare']): Row => ({
  what,
  value: rounded(perSecond),
  unit: 'MB/s',
  bar,
  ...(bare === undefined ? {} : { bare }),
  note: `${rounded(perCpuSecond)} MB per second of a processor, ${THREADS} threads`,
})

/** How fast, on files of about so many megabytes. */
export async function speed(megabytes: number): Promise<readonly Row[]> {
  // As `bin/art32.mjs` does: a thread starts from what Node.js made of the sources before.
  process.env['NODE_COMPILE_CACHE'] ??= path.join(os.tmpdir(), 'art32-bench-compiled-1')
  const [table, json, logs] = await Promise.all(
    (['customers', 'events', 'logLines'] satisfies Kind[]).map(async (kind) => await fileOf(kind, megabytes)),
  )
  if (table === undefined || json === undefined || logs === undefined) throw new Error('a file was not made')
  const plan = await suggested(table)
  const naive = await naiveRate(table)
  const large = await fileOf('customers', Math.max(megabytes, LARGE))
  const keyed = await measured(large, nineKeyed(plan), 2)
  return [
    ...limits(table),
    row(
      `CSV, 23 columns, 9 keyed, ${Math.max(megabytes, LARGE) / 1000} GB`,
      keyed,
      'at least 60, aim 150; 10 × csv-parse and createHmac',
      naive === undefined ? undefined : { what: 'csv-parse and createHmac', value: naive },
    ),
    row('CSV, all detectors, notes in a third of the rows', await measured(table, plan), 'at least 25, aim 80'),
    row('NDJSON, nested', await measured(json, await suggested(json)), 'at least 40, aim 120'),
    row('logs', await measured(logs, await suggested(logs)), 'at least 30, aim 120'),
  ]
}

/** What the machine can do at most. */
function limits(file: string): Row[] {
  const handle = openSync(file, 'r')
  const block = new Uint8Array(1 << 20)
  const began = performance.now()
  let read = 0
  for (let got = 1; got > 0; read += got) got = readSync(handle, block, 0, block.length, null)
  const reading = read / 1e3 / (performance.now() - began)
  readSync(handle, block, 0, block.length, 0)
  closeSync(handle)
  const fields = makeFields()
  const scanning = rateOf(() => {
    kernel().scanCells(block, block.length, { delimiter: 44, quote: 34, terminator: 10 }, fields)
    return block.length / 1e6
  })
  const pseudonyms = makePseudonyms(new Uint8Array(32).fill(5))
  const value = new Uint8Array(24)
  const out = new Uint8Array(40)
  let serial = 0
  const keying = rateOf(() => {
    pseudonyms.clear()
    for (let place = 0; place < pseudonyms.capacity; place += 1) {
      serial += 1
      new DataView(value.buffer).setUint32(0, serial)
      pseudonyms.add(value, 0, value.length)
    }
    pseudonyms.run()
    for (let place = 0; place < pseudonyms.capacity; place += 1) pseudonyms.write(place, 'text', out, 0)
    return pseudonyms.capacity / 1e6
  })
  const key = createSecretKey(new Uint8Array(32).fill(5))
  const node = rateOf(() => {
    for (let turn = 0; turn < 1000; turn += 1) createHmac('sha256', key).update(value).digest()
    return 1000 / 1e6
  })
  return [
    { what: 'limit: reading the file', value: rounded(reading), unit: 'MB/s', note: 'one thread, from the page cache' },
    { what: 'limit: finding the cells', value: rounded(scanning), unit: 'MB/s', note: 'one thread' },
    {
      what: 'limit: HMAC-SHA256',
      value: rounded(keying),
      unit: 'M/s',
      bare: { what: 'createHmac with a KeyObject', value: rounded(node) },
      note: 'one thread, 24 bytes each, all different, written as text',
    },
  ]
}

/** Work done per second, for about a second; `work` returns how much it did. */
function rateOf(work: () => number): number {
  for (let turn = 0; turn < 20; turn += 1) work()
  const began = performance.now()
  let done = 0
  while (performance.now() - began < 1000) done += work()
  return (done * 1000) / (performance.now() - began)
}

/** What most people would write: csv-parse, createHmac for nine cells of a row, on the first 20 MB. Undefined where csv-parse cannot be had. */
async function naiveRate(file: string): Promise<number | undefined> {
  const parser = await peer<{ parse: (text: Uint8Array, options: object) => string[][] }>('csv-parse/sync')
  if (parser === undefined) return undefined
  const handle = openSync(file, 'r')
  const bytes = new Uint8Array(20e6)
  const length = readSync(handle, bytes, 0, bytes.length, 0)
  closeSync(handle)
  const whole = bytes.subarray(0, kernel().cutRecords(bytes, length, { delimiter: 44, quote: 34, terminator: 10 }))
  const key = createSecretKey(new Uint8Array(32).fill(5))
  const began = performance.now()
  const rows = parser.parse(whole, { relax_quotes: true })
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) =>
        column > 0 && column <= 9 ? createHmac('sha256', key).update(cell).digest('base64url') : cell,
      )
      .join(','),
  )
  Buffer.from(lines.join('\n'))
  return rounded(whole.length / 1e3 / (performance.now() - began))
}
