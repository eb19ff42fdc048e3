import type { Dialect } from '../format/csv.ts'
import type { FormatPlan, Plan } from '../plan/plan.ts'

export type Encoding = Plan['encoding']
export type Compression = 'none' | 'gzip' | 'zstd'

/** By the first bytes (RFC 1952, RFC 8878). */
export function sniffCompression(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd'
  return 'none'
}

/**
 * The encoding of a text by its byte order mark, by zeros in every other place, by whether it is well-formed UTF-8; else
 * Windows-1252, the one in which every byte is something.
 *
 * @param head the beginning; may end within a character
 */
export function sniffEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const looked = Math.min(head.length, 4096)
  let even = 0
  let odd = 0
  for (let at = 0; at < looked; at += 1) {
    if (head[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  if (odd > looked / 5 && even === 0) return 'utf-16le'
  if (even > looked / 5 && odd === 0) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** Whether these are the first bytes of a file that is no text: of a ZIP archive, which a workbook is, or of Parquet. */
export function sniffContainer(head: Uint8Array): 'xlsx' | 'parquet' | undefined {
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return 'xlsx'
  if (head[0] === 0x50 && head[1] === 0x41 && head[2] === 0x52 && head[3] === 0x31) return 'parquet'
  return undefined
}

/** What a file most likely is, by its first bytes as UTF-8. A name says more where it has a known ending; the caller knows it. */
export function sniffFormat(head: Uint8Array): FormatPlan {
  const text = new TextDecoder().decode(head.subarray(0, 65_536)).replace(/^\uFEFF/u, '')
  const trimmed = text.trimStart()
  if (trimmed.startsWith('{')) return isJsonLines(trimmed) ? { kind: 'ndjson' } : { kind: 'json' }
  if (/^\[\s*(?:[[{"\d\]-]|true|false|null)/u.test(trimmed)) return { kind: 'json' }
  if (
    /^(?:--|\/\*|SET |CREATE |INSERT INTO |COPY |BEGIN|DROP |USE |LOCK )/imu.test(trimmed.slice(0, 2000)) &&
    /\b(?:INSERT INTO|COPY [^\n]+ FROM stdin|CREATE TABLE)\b/iu.test(text)
  ) {
    return { kind: 'sql' }
  }
  const dialect = sniffDialect(text)
  return dialect === undefined ? { kind: 'text' } : { kind: 'csv', ...dialect }
}

function isJsonLines(text: string): boolean {
  const end = text.indexOf('\n')
  const line = end === -1 ? text : text.slice(0, end)
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

const delimiters = [',', ';', '\t', '|'] as const

/** The delimiter that cuts most rows into equally many cells; undefined where none does, as in running text. */
function sniffDialect(text: string): (Dialect & { readonly header: boolean }) | undefined {
  const whole = text.includes('\n') ? text.slice(0, text.lastIndexOf('\n')) : text
  const candidates = delimiters.map((delimiter) => {
    const rows = rowsOf(whole, delimiter).slice(0, 200)
    const width = mostCommon(rows.map((row) => row.length))
    const alike = rows.filter((row) => row.length === width).length / Math.max(1, rows.length)
    return { delimiter, rows, width, score: width < 2 ? 0 : alike * (1 + Math.log2(width) / 10) }
  })
  const best = candidates.reduce((one, other) => (other.score > one.score ? other : one))
  if (best.score < 0.8) return undefined
  // A text whose lines happen to have a comma each is not a table; a table's first row names its columns or is like the others.
  if (best.rows.length < 2 && best.width < 3) return undefined
  return { delimiter: best.delimiter, quote: '"', header: looksLikeHeader(best.rows) }
}

function mostCommon(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  return [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), [0, 0])[0]
}

/** Rows of a sample; a quote opens at the beginning of a cell only. */
export function rowsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      at += 1
      for (;;) {
        const end = text.indexOf('"', at)
        cell += text.slice(at, end === -1 ? text.length : end)
        at = end === -1 ? text.length : end + 1
        if (text[at] !== '"') break
        cell += '"'
        at += 1
      }
    }
    const from = at
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at += 1
    cell += text.slice(from, at).replace(/\r$/u, '')
    row.push(cell)
    if (text[at] === delimiter) {
      at += 1
      if (at === text.length) row.push('')
      continue
    }
    at += 1
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  if (row.length > 0) rows.push(row)
  return rows
}

/** The first row names the columns when it has only words, all different, and some column below is not of words alone. */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...others] = rows
  if (first === undefined) return false
  const isName = (cell: string) =>
    /^[\p{L}_#@$][\p{L}\p{N} _.\-/()[\]#%€$:&'+*?]*$/u.test(cell.trim()) && !/@|\d{5,}/u.test(cell)
  const named = first.filter((cell) => cell.trim() !== '')
  if (named.length < first.length / 2 || !named.every(isName) || new Set(named).size < named.length) return false
  if (others.length === 0) return true
  // Where every row has only words, the first one is a header if it never comes again as a value of its column.
  return first.every((cell, column) => cell === '' || others.every((row) => row[column] !== cell))
}
