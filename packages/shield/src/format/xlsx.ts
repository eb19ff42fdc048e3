import { unzipSync, zipSync } from 'fflate'
import readWorkbook from 'read-excel-file/node'
import writeWorkbook from 'write-excel-file/node'
import { ShieldError } from '../error.ts'
import { looksLikeHeader } from '../input/sniff.ts'
import { type CellBlock, type Changes, type RowFile } from './rows.ts'
import { valueParts, type WorkbookLimits, workbookLimits } from './xlsx-parts.ts'

/** A value of a cell; of a formula the one that was last computed. */
type Cell = string | number | boolean | Date | null

interface Sheet {
  readonly name: string
  readonly rows: Cell[][]
  /** Index of its first column in the file's. */
  readonly first: number
  readonly hasHeader: boolean
}

/**
 * A workbook (ECMA-376), held whole. Columns are called `sheet.header`, by the first row of each sheet; where that does not read like a
 * header, or the plan says so by its names, `sheet.#1` and so on.
 *
 * What comes out is made anew and holds values only: no formulas, comments, authors, hidden text, links or custom XML. A
 * sheet of which the plan names no column loses its name as well.
 *
 * @param planned names of the columns of the plan; undefined where there is none yet
 * @throws ShieldError no workbook, damaged, or too large
 */
export async function openWorkbook(
  bytes: Uint8Array,
  planned: readonly string[] | undefined,
  sink: (bytes: Uint8Array) => Promise<void>,
  limits: WorkbookLimits = workbookLimits,
): Promise<RowFile> {
  const columns: string[] = []
  const sheets = (await sheetsOf(bytes, limits)).map((sheet, index) => place(sheet, index, columns, planned))
  let sheet = 0
  let row = 0
  /** The rows of the last block: of which sheet, from where to where. */
  let blocks: { sheet: Sheet; from: number; to: number }[] = []

  return {
    columns,
    async next(block) {
      block.clear()
      blocks = []
      for (let current = sheets[sheet]; current !== undefined && !block.isFull; current = sheets[sheet]) {
        row = Math.max(row, current.hasHeader ? 1 : 0)
        const from = row
        while (row < current.rows.length && !block.isFull) {
          addRow(block, current, row)
          row += 1
        }
        blocks.push({ sheet: current, from, to: row })
        if (row < current.rows.length) break
        sheet += 1
        row = 0
      }
      return await Promise.resolve(block.fields.records > 0)
    },
    async put(changes) {
      let field = 0
      for (const {
        sheet: { rows },
        from,
        to,
      } of blocks) {
        for (const cells of rows.slice(from, to)) {
          for (const [index, cell] of cells.entries()) {
            cells[index] = changed(cell, field, changes)
            field += 1
          }
        }
      }
      await Promise.resolve()
    },
    async end() {
      const written = sheets.map(({ name, rows }) => ({
        sheet: name,
        data: rows.map((cells) => cells.map(cellToWrite)),
      }))
      await sink(undated(await writeWorkbook(written).toBuffer()))
    },
    close: async () => {},
  }
}

/** A date says how it is shown; a text is a text whatever it begins with. */
function cellToWrite(cell: Cell) {
  if (cell instanceof Date)
    return { value: cell, type: Date, format: isDay(cell) ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss' }
  if (typeof cell === 'string') return { value: cell, type: String }
  return cell
}

/** The same input gives the same bytes: an archive says of each part when it was made. 1980 is the first year that it can name. */
const undated = (archive: Uint8Array): Uint8Array => zipSync(unzipSync(archive), { mtime: '1980-01-01 00:00:00' })

async function sheetsOf(bytes: Uint8Array, limits: WorkbookLimits): Promise<{ name: string; rows: Cell[][] }[]> {
  if (bytes.length > limits.packedBytes) {
    throw new ShieldError(
      `The workbook has more than ${limits.packedBytes >> 20} MiB, and it has to be held whole. Save its sheets as CSV: those can be of any size.`,
    )
  }
  const parts = valueParts(bytes, limits)
  try {
    const sheets = await readWorkbook(parts, { trim: false })
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((row: readonly unknown[]) => row.map(cellOf)),
    }))
  } catch {
    // The library's own words may quote what it was reading.
    throw new ShieldError(
      'The workbook cannot be read: a part of it is not what ECMA-376 says. Open it in a spreadsheet program and save it again.',
    )
  }
}

function cellOf(value: unknown): Cell {
  if (value instanceof Date) return wholeSecond(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/** A spreadsheet counts in days, of which a second is no round fraction. */
function wholeSecond(date: Date): Date {
  const time = Math.round(date.getTime() / 1000) * 1000
  return Math.abs(time - date.getTime()) <= 2 ? new Date(time) : date
}

function place(
  { name, rows }: { name: string; rows: Cell[][] },
  number: number,
  columns: string[],
  planned: readonly string[] | undefined,
): Sheet {
  const first = columns.length
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const header = rows[0] ?? []
  const own = planned?.filter((column) => column.startsWith(`${name}.`)) ?? []
  const byPlace = own.some((column) => /^#\d+$/u.test(column.slice(name.length + 1)))
  const hasHeader = !byPlace && rows.length > 0 && (own.length > 0 || readsLikeHeader(header, rows))
  const seen = new Set(columns)
  for (let index = 0; index < width; index += 1) {
    const title = hasHeader ? String(header[index] ?? '').trim() : ''
    const base = `${name}.${title === '' ? `#${index + 1}` : title}`
    let unique = base
    for (let times = 2; seen.has(unique); times += 1) unique = `${base}#${times}`
    seen.add(unique)
    columns.push(unique)
  }
  const isKnown = planned === undefined || own.length > 0
  return { name: isKnown ? name : `Sheet ${number + 1}`, rows, first, hasHeader }
}

function readsLikeHeader(header: readonly Cell[], rows: readonly (readonly Cell[])[]): boolean {
  if (!header.every((cell) => typeof cell === 'string' || cell === null)) return false
  return looksLikeHeader(rows.slice(0, 200).map((row) => row.map((cell) => (cell === null ? '' : textOf(cell)))))
}

function addRow(block: CellBlock, { rows, first }: Sheet, row: number): void {
  for (const [index, cell] of (rows[row] ?? []).entries()) {
    block.add(first + index, cell === null ? '' : textOf(cell))
  }
  block.endRecord()
}

const isDay = (date: Date): boolean => date.getTime() % 86_400_000 === 0

/** As it is looked at and replaced: dates as ISO 8601 writes them. */
function textOf(cell: Exclude<Cell, null>): string {
  if (!(cell instanceof Date)) return String(cell)
  if (Number.isNaN(cell.getTime())) return ''
  return isDay(cell) ? cell.toISOString().slice(0, 10) : cell.toISOString().slice(0, 19)
}

const decoder = new TextDecoder()

/** What stays keeps its type; a date that was moved is a date; all else that was changed is text. */
function changed(cell: Cell, field: number, { start, end, bytes }: Changes): Cell {
  const from = start[field] ?? -1
  if (from < 0) return cell
  const text = decoder.decode(bytes.subarray(from, end[field]))
  if (text === '') return null
  if (cell instanceof Date && /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?$/u.test(text))
    return new Date(`${text}${text.length > 10 ? 'Z' : ''}`)
  return text
}
