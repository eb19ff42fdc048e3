import { openRows } from '../engine/run-rows.ts'
import { CellBlock, isRowKind } from '../format/rows.ts'
import type { Plan } from '../plan/plan.ts'
import type { Input } from './input.ts'

/** Of one record in bytes: what is longer is not shown but refused. */
const LONGEST = 4 << 20

/** The first records of a file, as text. */
export interface FirstRows {
  readonly columns: string[]
  readonly rows: string[][]
}

/** The first records of a workbook or a Parquet file; a cell that a record does not have is empty. @throws ShieldError where it cannot be read */
export async function firstRows({ begun, format }: Input, plan: Plan, most: number): Promise<FirstRows> {
  if (!isRowKind(format.kind)) throw new Error('only of workbooks and Parquet files')
  const file = await openRows(format.kind, begun, plan, async () => {})
  const columns = [...file.columns]
  const rows: string[][] = []
  const block = new CellBlock(LONGEST)
  const decoder = new TextDecoder()
  try {
    while (rows.length < most && (await file.next(block))) {
      const { bytes, start, end, column, records, recordEnd } = block.fields
      let field = 0
      for (let record = 0; record < records && rows.length < most; record += 1) {
        const row = columns.map(() => '')
        for (; field < (recordEnd[record] ?? 0); field += 1)
          row[column[field] ?? 0] = decoder.decode(bytes.subarray(start[field], end[field]))
        rows.push(row)
      }
    }
  } finally {
    await file.close()
  }
  return { columns, rows }
}
