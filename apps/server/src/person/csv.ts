/** A line of a CSV file, with the number of the line on which it begins. */
export interface CsvLine {
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Lines of a CSV file (RFC 4180), its head among them; comma, semicolon or tab, whichever the first line has most of.
 *
 * @throws {RangeError} a quote that does not end
 */
export function readLines(text: string): CsvLine[] {
  const source = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const [head = ''] = source.split('\n', 1)
  const [separator = ','] = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)
  const lines: CsvLine[] = []
  let cells: string[] = []
  let cell = ''
  let [line, begun, quoted] = [1, 1, false]
  const end = () => {
    cells.push(cell)
    if (cells.some((one) => one.trim() !== '')) lines.push({ line: begun, cells })
    cells = []
    cell = ''
  }
  for (let i = 0; i < source.length; i++) {
    const c = source[i] ?? ''
    if (c === '\n') line++
    if (quoted) {
      if (c !== '"') cell += c
      else if (source[i + 1] === '"') {
        cell += c
        i++
      } else quoted = false
    } else if (c === '"' && cell === '') quoted = true
    else if (c === separator) {
      cells.push(cell)
      cell = ''
    } else if (c === '\n') {
      end()
      begun = line
    } else cell += c
  }
  if (quoted) throw new RangeError('a quote does not end')
  end()
  return lines
}
