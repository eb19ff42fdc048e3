type Row = Readonly<Record<string, string>>

/** The rows that a form keeps as JSON; none where that is something else. */
export function cellsOf(json: string): Row[] {
  try {
    const rows: unknown = JSON.parse(json)
    return Array.isArray(rows) ? rows.map(rowOf) : []
  } catch {
    return []
  }
}

function rowOf(value: unknown): Row {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, cell]) => (typeof cell === 'string' ? [[name, cell]] : [])),
  )
}

/** The rows with one cell changed. */
export function withCell(rows: readonly Row[], at: number, name: string, cell: string): Row[] {
  return rows.map((row, n) => (n === at ? { ...row, [name]: cell } : row))
}
