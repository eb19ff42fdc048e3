import { firstRowsApart, isRowKind, type Plan, type RootKey, rowsOf } from '@art32/shield'
import { pass, refusalOf } from './pass.ts'
import { once } from './shield.ts'

/** Rows and the characters of a cell that are shown. */
const mostRows = 20
const longestCell = 300

/** The beginning of a file as it is and as it would be kept, row by row. */
export interface Preview {
  /** Of a table: its columns; of a text: null, and each row is one line. */
  readonly columns: string[] | null
  readonly before: string[][]
  readonly after: string[][]
}

/**
 * Sends the first rows of a sample through the shield, here, since they are few.
 *
 * @param sample bytes of the beginning of a file, which may end within a row; of a workbook or a Parquet file all of it
 * @throws what `pass` throws
 */
export async function previewOf(sample: Uint8Array, plan: Plan, key: RootKey): Promise<Preview> {
  const { format } = plan
  if (isRowKind(format.kind)) return await previewOfRows(sample, plan, key)
  const text = new TextDecoder(plan.encoding).decode(sample)
  const cut = format.kind === 'json' ? text : wholeLines(text)
  const head = Buffer.from(cut)
  const parts: Buffer[] = []
  await pass({
    body: once(head),
    plan: { ...plan, encoding: 'utf-8' },
    key,
    limitMiB: 8,
    threads: 0,
    sink: (bytes) => Promise.resolve(void parts.push(Buffer.from(bytes))),
  })
  const after = Buffer.concat(parts).toString('utf8')
  if (format.kind !== 'csv') {
    const lines = (of: string) => of.split(/\r?\n/u, mostRows).map((line) => [shortened(line)])
    return { columns: null, before: lines(cut), after: lines(after) }
  }
  const rows = (of: string) =>
    rowsOf(of.replace(/^\uFEFF/u, ''), format.delimiter)
      .slice(0, mostRows + 1)
      .map((row) => row.map(shortened))
  const [first = [], ...others] = rows(cut)
  const done = rows(after)
  if (!format.header)
    return {
      columns: Object.keys(plan.columns),
      before: [first, ...others].slice(0, mostRows),
      after: done.slice(0, mostRows),
    }
  return { columns: first, before: others, after: done.slice(1) }
}

async function previewOfRows(whole: Uint8Array, plan: Plan, key: RootKey): Promise<Preview> {
  const parts: Uint8Array[] = []
  const sink = (bytes: Uint8Array) => Promise.resolve(void parts.push(bytes))
  await pass({ body: once(whole), plan, key, limitMiB: 8, threads: 0, sink })
  const shown = async (bytes: Uint8Array) => {
    const { columns, rows } = await firstRowsApart(bytes, plan, mostRows)
    return { columns, rows: rows.map((row) => row.map(shortened)) }
  }
  try {
    const [before, after] = [await shown(whole), await shown(Buffer.concat(parts))]
    return { columns: before.columns, before: before.rows, after: after.rows }
  } catch (error) {
    throw refusalOf(error) ?? error
  }
}

/** So many lines that they make the rows that are shown, though some have line ends within; never a part of one at the end. */
function wholeLines(text: string): string {
  let at = 0
  for (let line = 0; line <= mostRows * 5; line += 1) {
    const next = text.indexOf('\n', at)
    if (next < 0) return at === 0 ? text : line < mostRows ? text : text.slice(0, at)
    at = next + 1
  }
  return text.slice(0, at)
}

const shortened = (cell: string): string => (cell.length > longestCell ? `${cell.slice(0, longestCell)}…` : cell)
