/**
 * Reads a table (RFC 4180) strictly, without its byte order mark.
 *
 * @throws {Error} a quote stands where none may, or a row does not end
 */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /"((?:[^"]|"")*)"(,|\r\n)|([^",\r\n]*)(,|\r\n)/y
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const found = cell.exec(text)
    if (found === null) throw new Error(`not a cell at ${at}: ${text.slice(at, at + 80)}`)
    const [, quoted, endOfQuoted, plain = '', end] = found
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if ((endOfQuoted ?? end) === '\r\n') {
      rows.push(row)
      row = []
    }
  }
  if (row.length > 0) throw new Error('the last row does not end')
  return rows
}
