import { ShieldError } from '../error.ts'
import type { Begun } from '../input/open.ts'
import { rowsOf } from '../input/sniff.ts'
import { csvFormat, type Dialect, surplusColumn } from './csv.ts'
import type { Fields } from './fields.ts'
import { cellForm } from '../kernel/kernel.ts'
import { makeFields } from './fields-make.ts'

export interface Header {
  /** Unique names, in their order: a name that comes again is called `name#2`, one that is empty `#3` after its place. */
  readonly columns: readonly string[]
  /** Where the first record begins. */
  readonly end: number
}

const MOST_COLUMNS = 100_000
const BOM = [0xef, 0xbb, 0xbf]

/** What the first row says; without a header the columns are called by their place. @throws ShieldError where there is no whole row */
export function headerOf({ head, length }: Begun, dialect: Dialect & { readonly header: boolean }): Header {
  const from = BOM.every((byte, at) => head[at] === byte) ? BOM.length : 0
  const bytes = head.subarray(from, length)
  const whole = csvFormat([], dialect).cut(bytes, bytes.length, false)
  const fields = makeFields()
  // One row is wanted, but a row is known by what follows it; a file of one row has no line end.
  const sample = whole === 0 ? bytes : bytes.subarray(0, whole)
  if (sample.length === 0) return { columns: [], end: from }
  csvFormat([], dialect).read(sample, sample.length, null, fields)
  const count = fields.recordEnd[0] ?? 0
  if (count > MOST_COLUMNS) {
    throw new ShieldError(
      `The first row has ${count} cells; ${MOST_COLUMNS} columns are the most. Is the delimiter right?`,
    )
  }
  if (whole === 0 && length === head.length) {
    throw new ShieldError(
      `The first ${length} bytes have no whole row. Is the delimiter right, or a quote never closed?`,
    )
  }
  const last = fields.end[count - 1] ?? 0
  refuseBareReturns(fields, count, sample)
  if (!dialect.header) return { columns: Array.from({ length: count }, (_, place) => `#${place + 1}`), end: from }
  const lineEnd = sample.indexOf(10, last)
  const end = lineEnd === -1 ? sample.length : lineEnd + 1
  const names = rowsOf(new TextDecoder().decode(sample.subarray(0, end)), dialect.delimiter)[0] ?? []
  return { columns: unique(names.map((name) => name.trim())), end: from + end }
}

/** A carriage return within a bare cell ends a line in files of old programs; read as one row, all of the file would be its header. */
function refuseBareReturns(fields: Fields, count: number, bytes: Uint8Array): void {
  for (let field = 0; field < count; field += 1) {
    if (fields.form[field] !== cellForm.plain) continue
    const found = bytes.subarray(fields.start[field] ?? 0, fields.end[field]).indexOf(13)
    if (found < 0) continue
    throw new ShieldError(
      'The lines of this file end with a carriage return alone. Write them with line feeds first: tr "\\r" "\\n".',
    )
  }
}

/** What the shield itself calls columns; who calls one so must not get the treatment of those. */
const reserved = new Set([surplusColumn, '#keys', '#beyond', '#statements'])

function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name, place) => {
    const base = name === '' ? `#${place + 1}` : name
    let unique = base
    for (let times = (seen.get(base) ?? 0) + 1; seen.has(unique) || reserved.has(unique); times += 1) {
      unique = `${base}#${times}`
      seen.set(base, times)
    }
    if (!seen.has(unique)) seen.set(unique, 1)
    return unique
  })
}
