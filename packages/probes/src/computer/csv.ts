/**
 * Rows of a CSV file (RFC 4180) by the names of its first line; comma or semicolon, whichever the first line has more of.
 *
 * @throws {RangeError} a quote that does not end
 */
export function readCsv(text: string): { readonly columns: readonly string[]; readonly rows: readonly string[][] } {
  const [head = ''] = text.split('\n', 1)
  const separator = head.split(';').length > head.split(',').length ? ';' : ','
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') {
        cell += c
        i++
      } else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === separator || c === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      if (c === '\n') rows.push([])
    } else if (c !== '\r') cell += c
  }
  if (quoted) throw new RangeError('a quote does not end')
  rows.at(-1)?.push(cell)
  const [columns = [], ...rest] = rows
  return { columns, rows: rest.filter((row) => row.some((one) => one !== '')) }
}
