import type { Fields } from '../format/fields.ts'

/** Makes room for so many fields and records, keeping what is there; doubles, so that a file settles after a few blocks. */
export function makeRoom(fields: Fields, count: number, records: number): void {
  if (count > fields.start.length) {
    const capacity = Math.max(count, fields.start.length * 2)
    fields.start = widened(fields.start, capacity)
    fields.end = widened(fields.end, capacity)
    fields.column = widened(fields.column, capacity)
    const form = new Uint8Array(capacity)
    form.set(fields.form)
    fields.form = form
  }
  if (records > fields.recordEnd.length) {
    fields.recordEnd = widened(fields.recordEnd, Math.max(records, fields.recordEnd.length * 2))
  }
}

function widened(column: Int32Array, capacity: number): Int32Array {
  const wider = new Int32Array(capacity)
  wider.set(column)
  return wider
}
