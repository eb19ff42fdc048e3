/** A piece of text on a page, with its place in points from the lower left corner. */
export type Piece = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Pieces on one base line, left to right. */
type Row = { readonly y: number; readonly height: number; readonly spans: Span[] }

/** Neighbouring pieces without a wide gap. */
type Span = { text: string; readonly x: number; end: number }

/** A gap wider than this many heights separates columns; a space between words is about a quarter. */
const COLUMN_GAP = 1.6

/**
 * Puts the pieces of a page back into lines of text. Two columns of prose are read one after the other; a two-column
 * table becomes rows with `|`; an empty line stands where the page leaves more room than between lines.
 */
export function layOut(pieces: readonly Piece[]): string[] {
  const rows = toRows(pieces)
  const border = columnBorder(rows)
  if (border === null)
    return withGaps(rows, (row) => row.spans.map((span) => span.text).join(row.spans.length > 1 ? '   ' : ''))
  const table = rows.findIndex((row) => row.spans.length === 2 && isTableHead(row))
  if (table >= 0) return layOutTable(rows, table, border)
  const left = rows.map((row) => side(row, (span) => span.x < border))
  const right = rows.map((row) => side(row, (span) => span.x >= border))
  const text = (row: Row) => row.spans.map((span) => span.text).join(' ')
  return [...withGaps(left.filter(isFilled), text), '', ...withGaps(right.filter(isFilled), text)]
}

function isTableHead(row: Row): boolean {
  return (
    /^(technical|technische|organi[sz]ational|organisatorische|measure|maßnahme)/i.test(row.spans[0]?.text ?? '') &&
    /^(organi[sz]ational|organisatorische|technical|technische|status|umsetzung|implementation|description|beschreibung)/i.test(
      row.spans[1]?.text ?? '',
    )
  )
}

function isFilled(row: Row): boolean {
  return row.spans.length > 0
}

function side(row: Row, belongs: (span: Span) => boolean): Row {
  return { ...row, spans: row.spans.filter(belongs) }
}

function toRows(pieces: readonly Piece[]): Row[] {
  const rows: { y: number; height: number; pieces: Piece[] }[] = []
  const sorted = pieces.filter((piece) => piece.text.trim() !== '').toSorted((a, b) => b.y - a.y || a.x - b.x)
  for (const piece of sorted) {
    const row = rows.at(-1)
    if (row && Math.abs(row.y - piece.y) <= Math.min(row.height, piece.height) * 0.5) row.pieces.push(piece)
    else rows.push({ y: piece.y, height: piece.height, pieces: [piece] })
  }
  return rows.map(({ y, height, pieces: own }) => ({
    y,
    height,
    spans: toSpans(
      own.toSorted((a, b) => a.x - b.x),
      height,
    ),
  }))
}

function toSpans(pieces: readonly Piece[], height: number): Span[] {
  const spans: Span[] = []
  for (const piece of pieces) {
    const last = spans.at(-1)
    const gap = last ? piece.x - last.end : 0
    if (!last || gap > height * COLUMN_GAP)
      spans.push({ text: piece.text.trim(), x: piece.x, end: piece.x + piece.width })
    else {
      const space = gap > height * 0.12 || piece.text.startsWith(' ') || last.text.endsWith(' ')
      last.text = `${last.text}${space ? ' ' : ''}${piece.text.trim()}`
      last.end = Math.max(last.end, piece.x + piece.width)
    }
  }
  return spans.map((span) => ({ ...span, text: bullet(span.text) }))
}

/** Private-use and odd bullets of word processors. */
function bullet(text: string): string {
  return text.replace(/^[\uE000-\uF8FF·▪■●○◦►➢✦]\s*/u, '• ')
}

/** The left edge of a second column: where many second spans start, with nothing reaching across. */
function columnBorder(rows: readonly Row[]): number | null {
  const starts = rows.flatMap((row) =>
    row.spans
      .slice(1)
      .filter((_, index) => !isMark(row.spans[index]?.text ?? ''))
      .map((span) => span.x),
  )
  if (starts.length < 3) return null
  const counted = starts.map((start) => ({
    start,
    count: starts.filter((other) => Math.abs(other - start) < 6).length,
  }))
  const best = counted.toSorted((a, b) => b.count - a.count || a.start - b.start)[0]
  if (!best || best.count < 3 || best.count < rows.length * 0.25) return null
  const crossing = rows.filter((row) =>
    row.spans.some((span) => span.x < best.start - 10 && span.end > best.start + 10),
  ).length
  return crossing > rows.length * 0.6 ? null : best.start - 6
}

/** A bullet or a number that stands apart from its text is no column. */
function isMark(text: string): boolean {
  return /^([•\-–*o]|\(?[\da-zA-Z]{1,3}[.)]|[\d.]{1,8})$/.test(text)
}

/** A table from its header row on: cells that go on in the next row are joined. */
function layOutTable(rows: readonly Row[], head: number, border: number): string[] {
  const plain = (row: Row) => row.spans.map((span) => span.text).join(' ')
  const before = withGaps(rows.slice(0, head), plain)
  const cells: [string, string][] = []
  const after: string[] = []
  let previous: Row | undefined
  for (const row of rows.slice(head)) {
    const left = plain(side(row, (span) => span.x < border))
    const right = plain(side(row, (span) => span.x >= border))
    const last = cells.at(-1)
    const near = previous !== undefined && previous.y - row.y < row.height * 1.6
    if (last && near && cells.length > 1 && goesOn(last[0], left) && goesOn(last[1], right)) {
      last[0] = join(last[0], left)
      last[1] = join(last[1], right)
    } else cells.push([left, right])
    previous = row
  }
  return [...before, '', ...cells.map(([left, right]) => `| ${left} | ${right} |`), ...after]
}

function goesOn(before: string, next: string): boolean {
  return next === '' || (before !== '' && /^[\p{Ll}(]/u.test(next)) || /[-,]$/.test(before)
}

function join(before: string, next: string): string {
  if (next === '') return before
  return /\p{Ll}-$/u.test(before) && /^\p{Ll}/u.test(next) ? before.slice(0, -1) + next : `${before} ${next}`
}

/** Lines of the rows, wrapped lines joined, with an empty line where the gap is wider than usual. */
function withGaps(rows: readonly Row[], text: (row: Row) => string): string[] {
  const gaps = rows
    .slice(1)
    .map((row, index) => (rows[index]?.y ?? 0) - row.y)
    .toSorted((a, b) => a - b)
  const usual = gaps[Math.floor(gaps.length * 0.3)] ?? 0
  const margin = Math.max(0, ...rows.map((row) => row.spans.at(-1)?.end ?? 0))
  const lines: string[] = []
  rows.forEach((row, index) => {
    const before = rows[index - 1]
    const own = text(row)
    const wide = before !== undefined && before.y - row.y > Math.max(usual * 1.35, row.height * 1.6)
    const last = lines.at(-1) ?? ''
    if (wide) lines.push('')
    const filled = before !== undefined && (before.spans.at(-1)?.end ?? 0) > margin * 0.8
    const goes =
      !wide &&
      last !== '' &&
      filled &&
      !/[.:!?]$/.test(last) &&
      !/^([•*–-]\s|\d+[.)]\s|\p{Lu}[\p{L} ]{2,40}:)/u.test(own)
    if (goes && before && Math.abs(before.height - row.height) < 1.5) lines[lines.length - 1] = join(last, own)
    else lines.push(own)
  })
  return lines
}
