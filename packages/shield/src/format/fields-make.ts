import type { Fields } from './fields.ts'

/** Room for `capacity` fields; it grows with `growFields`. */
export function makeFields(capacity = 4096): Fields {
  return {
    bytes: new Uint8Array(0),
    count: 0,
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    column: new Int32Array(capacity),
    form: new Uint8Array(capacity),
    records: 0,
    recordEnd: new Int32Array(capacity),
  }
}

/** Doubles the room; what is there stays. Arrays that were taken out before are to be taken out again. */
export function growFields(fields: Fields): void {
  const capacity = fields.start.length * 2
  fields.start = grown(fields.start, capacity)
  fields.end = grown(fields.end, capacity)
  fields.column = grown(fields.column, capacity)
  fields.recordEnd = grown(fields.recordEnd, capacity)
  const form = new Uint8Array(capacity)
  form.set(fields.form)
  fields.form = form
}

function grown(old: Int32Array, capacity: number): Int32Array {
  const room = new Int32Array(capacity)
  room.set(old)
  return room
}

/** For readers that are not in a hurry: one field more. */
export function addField(fields: Fields, start: number, end: number, column: number, form: number): void {
  if (fields.count === fields.start.length) growFields(fields)
  fields.start[fields.count] = start
  fields.end[fields.count] = end
  fields.column[fields.count] = column
  fields.form[fields.count] = form
  fields.count += 1
}

/** The record to which the fields so far belong is whole. */
export function endRecord(fields: Fields): void {
  if (fields.records === fields.recordEnd.length) growFields(fields)
  fields.recordEnd[fields.records] = fields.count
  fields.records += 1
}

/** Nothing in it, of this block. */
export function clearFields(fields: Fields, bytes: Uint8Array): void {
  fields.bytes = bytes
  fields.count = 0
  fields.records = 0
}
