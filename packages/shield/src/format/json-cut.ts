import { ShieldError } from '../error.ts'

/** What is open where a block of a document begins. */
export interface Container {
  readonly array: boolean
  /** Whether its elements are the records: an outermost array of objects. Nothing inside of it is remembered. */
  readonly records: boolean
  /** Of an object: the raw text of the key whose value is open. */
  readonly key: string | undefined
}

/** Where cutting a document stands. */
export interface JsonState {
  open: readonly Container[]
}

/** Deeper is no record but an attack on who reads it. */
export const DEEPEST = 500

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

export const startOfJson = (): JsonState => ({ open: [] })

/** Whether the array whose bracket is at `at` has objects in it. */
export function hasObjects(bytes: Uint8Array, at: number, length: number): boolean {
  for (let next = at + 1; next < length; next += 1) {
    const byte = bytes[next] ?? 0
    if (byte > 0x20) return byte === OPEN_OBJECT
  }
  return false
}

/**
 * Where a piece of a document may end: behind a comma between records. Moves `state` there.
 *
 * @returns how many bytes the piece has; 0 where it is not known yet
 */
export function cutJson(state: JsonState, bytes: Uint8Array, length: number, last: boolean): number {
  const open = [...state.open]
  /** Containers inside of a record: counted only. */
  let inner = 0
  let whole = 0
  let keyStart = 0
  let keyEnd = 0
  let inRecords = open.at(-1)?.records ?? false
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      keyStart = at + 1
      at += 1
      while (at < length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
      keyEnd = at
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (inRecords) inner += 1
      else {
        if (open.length === DEEPEST) throw new ShieldError(`The JSON document has more than ${DEEPEST} levels.`)
        const array = byte === OPEN_ARRAY
        const records = array && hasObjects(bytes, at, length)
        open.push({ array, records, key: undefined })
        inRecords = records
      }
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (inner > 0) inner -= 1
      else {
        open.pop()
        inRecords = false
      }
    } else if (byte === COMMA) {
      if (inRecords && inner === 0) whole = at + 1
    } else if (byte === COLON && !inRecords) {
      const container = open.at(-1)
      if (container !== undefined && !container.array) {
        open[open.length - 1] = { ...container, key: new TextDecoder().decode(bytes.subarray(keyStart, keyEnd)) }
      }
    }
    if (inRecords && whole === at + 1) state.open = openAt(state, open)
  }
  if (!last) return whole
  if (open.length > 0 || inner > 0) {
    throw new ShieldError('The JSON document ends before all its brackets are closed.')
  }
  state.open = []
  return length
}

/** The same list as long as it is the same: records come by the million. */
function openAt(state: JsonState, open: readonly Container[]): readonly Container[] {
  const same = state.open.length === open.length && state.open.every((container, level) => container === open[level])
  return same ? state.open : [...open]
}
