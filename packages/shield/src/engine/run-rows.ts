import { openParquet } from '../format/parquet.ts'
import { CellBlock, rowFormat, type RowFile } from '../format/rows.ts'
import { openWorkbook } from '../format/xlsx.ts'
import { rangesOf } from '../input/ranges.ts'
import type { Begun } from '../input/open.ts'
import { readGazetteer } from '../names/gazetteer.ts'
import type { Plan } from '../plan/plan.ts'
import { textEngineFor } from './detection.ts'
import type { KeyMaterial } from './job.ts'
import { refuseData } from './header-data.ts'
import { makeMeans } from './means.ts'
import type { Counted } from './pool.ts'
import { Transformer } from './transform.ts'

export type OpenedRows = RowFile & { readonly withheld?: ReadonlySet<string> }

/** Opens such a file. @param plan undefined where there is none yet: then nothing is written */
export async function openRows(
  kind: 'xlsx' | 'parquet',
  input: Begun,
  plan: Plan | undefined,
  sink: (bytes: Uint8Array) => Promise<void>,
): Promise<OpenedRows> {
  const ranges = await rangesOf(input, kind)
  if (kind === 'parquet') return await openParquet(ranges, plan, sink)
  const bytes = new Uint8Array(await ranges.read(0, ranges.size))
  return await openWorkbook(bytes, plan === undefined ? undefined : Object.keys(plan.columns), sink)
}

interface RowsOptions {
  readonly input: Begun
  readonly sink: (bytes: Uint8Array) => Promise<void>
  readonly plan: Plan
  readonly key: KeyMaterial
  readonly longestRecord: number
  readonly progress?: ((bytes: number, records: number) => void) | undefined
}

/** What stands in the first row of the sheet: behind the sheet's name. */
const titleOf = (column: string): string => column.slice(column.indexOf('.') + 1)

/** `run` for files that a library reads: in one thread, by blocks of records, into a new file. */
export async function runRows(
  kind: 'xlsx' | 'parquet',
  options: RowsOptions,
): Promise<Counted & { columns: readonly string[] }> {
  const { input, plan, key } = options
  const file = await openRows(kind, input, plan, options.sink)
  if (kind === 'xlsx') refuseData(file.columns, file.columns.map(titleOf), plan)
  const format = rowFormat(file.columns)
  const means = makeMeans(key, plan)
  const transformer = new Transformer(format, plan, means, textEngineFor(plan, readGazetteer()))
  const { counts, watch } = transformer
  const block = new CellBlock(options.longestRecord)
  try {
    while (await file.next(block)) {
      await file.put(transformer.change(block.fields, block.length))
      options.progress?.(counts.bytesIn, counts.records)
    }
    await file.end()
  } finally {
    await file.close()
  }
  return { counts, watch, columns: file.columns }
}
