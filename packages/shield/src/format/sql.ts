import { ShieldError } from '../error.ts'
import { copyBytes } from '../engine/arena.ts'
import { clearFields, endRecord } from './fields-make.ts'
import type { Format } from './fields.ts'
import { isNumber } from './json-string.ts'
import { SqlReader, type SqlState, startOfSql } from './sql-read.ts'
import { decodeCopy, decodeLiteral, encodeCopy, encodeLiteral, sqlForm } from './sql-value.ts'

/** String literals and comments outside of rows: looked at as text, since a script without them would be none. */
export const statementsColumn = '#statements'

/**
 * SQL dumps as pg_dump and mysqldump write them: rows of COPY … FROM stdin and of INSERT … VALUES, whose columns are called
 * `schema.table.column` as the script names them. An INSERT without a list of columns goes by the CREATE TABLE before it, else its
 * columns are called by their place, `table.#1`.
 */
export function sqlFormat(): Format {
  const columns: string[] = [statementsColumn]
  const places = new Map<string, number>()
  const place = (name: string) => {
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, columns.length)
    columns.push(name)
    return columns.length - 1
  }
  let state: SqlState = startOfSql()
  return {
    columns,
    state: () => state,
    cut(bytes, length, last) {
      const reader = new SqlReader(bytes, length, state)
      reader.walk()
      if (last) {
        if (reader.open !== undefined) throw new ShieldError(`The script ends inside of ${reader.open}.`)
        state = reader.state
        return length
      }
      state = reader.keptState
      return reader.kept
    },
    read(bytes, length, from, fields) {
      clearFields(fields, bytes)
      const open = from as SqlState
      for (const column of open.columns ?? []) place(`${open.table}.${column}`)
      new SqlReader(bytes, length, from as SqlState, { fields, place }).walk()
      if (fields.count > (fields.recordEnd[fields.records - 1] ?? 0)) endRecord(fields)
    },
    decode(form, bytes, start, end, out, at) {
      if (form === sqlForm.copy || form === sqlForm.copyFilled) return decodeCopy(bytes, start, end, out, at)
      if (form === sqlForm.doubled || form === sqlForm.backslash) return decodeLiteral(form, bytes, start, end, out, at)
      copyBytes(bytes, start, end, out, at)
      return end - start
    },
    encode(form, value, start, end, out, at) {
      if (form === sqlForm.copyFilled) return encodeCopy(value, start, end, out, at)
      if (form === sqlForm.copy || form === sqlForm.copyPlain) {
        if (start !== end) return encodeCopy(value, start, end, out, at)
        copyBytes(COPY_NULL, 0, COPY_NULL.length, out, at)
        return COPY_NULL.length
      }
      if (form === sqlForm.comment) return encodeComment(value, start, end, out, at)
      if (form !== sqlForm.bare) return encodeLiteral(form, value, start, end, out, at)
      if (start === end) {
        copyBytes(NULL, 0, NULL.length, out, at)
        return NULL.length
      }
      if (isNumber(value, start, end)) {
        copyBytes(value, start, end, out, at)
        return end - start
      }
      out[at] = 0x27
      const length = encodeLiteral(sqlForm.doubled, value, start, end, out, at + 1)
      out[at + 1 + length] = 0x27
      return length + 2
    },
  }
}

/** Nothing is left of a value: NULL, which a date, a number or a document can be, too. */
const COPY_NULL = new TextEncoder().encode('\\N')

const NULL = new TextEncoder().encode('NULL')

/** A comment ends where its line does. */
function encodeComment(value: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  for (let from = start; from < end; from += 1) {
    const byte = value[from] ?? 0
    out[at + from - start] = byte === 10 || byte === 13 ? 32 : byte
  }
  return end - start
}
