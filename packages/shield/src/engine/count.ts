/** What happened in one column; numbers only, never a value. Added up over blocks. */
export interface ColumnCount {
  values: number
  /** Of those, empty or null: nothing was done with them. */
  empty: number
  /** Something else stands there now. */
  changed: number
  /** The step could not read the value (no date, no number): it was deleted. */
  unreadable: number
  /** Columns that no plan names: what was kept back. */
  quarantined: number
  /** Found inside: by type. In a column that should hold nothing it is drift. */
  found: Record<string, number>
}

/** What happened in a file, a block, a run. */
export interface Counts {
  records: number
  bytesIn: number
  bytesOut: number
  /** By name of the column. */
  columns: Record<string, ColumnCount>
}

/** A column may be called `__proto__` or `constructor`: its record inherits nothing. */
export const noCounts = (): Counts => ({ records: 0, bytesIn: 0, bytesOut: 0, columns: emptyRecord() })

function emptyRecord(): Record<string, ColumnCount> {
  const record: Record<string, ColumnCount> = {}
  Object.setPrototypeOf(record, null)
  return record
}

export const noColumnCount = (): ColumnCount => ({
  values: 0,
  empty: 0,
  changed: 0,
  unreadable: 0,
  quarantined: 0,
  found: {},
})

/** Adds `more` to `sum`. */
export function addCounts(sum: Counts, more: Counts): void {
  sum.records += more.records
  sum.bytesIn += more.bytesIn
  sum.bytesOut += more.bytesOut
  for (const [name, count] of Object.entries(more.columns)) {
    const into = (sum.columns[name] ??= noColumnCount())
    into.values += count.values
    into.empty += count.empty
    into.changed += count.changed
    into.unreadable += count.unreadable
    into.quarantined += count.quarantined
    for (const [type, found] of Object.entries(count.found)) into.found[type] = (into.found[type] ?? 0) + found
  }
}
