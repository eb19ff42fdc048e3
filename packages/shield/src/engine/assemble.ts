import type { Fields, Format } from '../format/fields.ts'
import { type Arena, copyBytes, copyView, room, viewOf } from './arena.ts'
import type { NewValues } from './new-values.ts'

/** How new values are put in the place of old ones. */
export interface Assembly {
  readonly format: Format
  /** Whether the output is likely to be opened in a spreadsheet. */
  readonly isSheet: boolean
  /** By column: 1 where the new values are letters and digits, which need no look at what they mean to the format. */
  readonly words: Uint8Array
}

/** Appends the new block to `out`: the old one of `length` bytes, with what was changed in its place. */
export function assemble(
  { format, isSheet, words }: Assembly,
  fields: Fields,
  length: number,
  values: NewValues,
  out: Arena,
): void {
  const { bytes, count, start: starts, end: ends, column: columns, form: forms } = fields
  const { start: newStarts, end: newEnds, bytes: made } = values
  const [oldView, newView] = [viewOf(bytes), viewOf(made)]
  let outView = viewOf(out.bytes)
  let copied = 0
  for (let field = 0; field < count; field += 1) {
    const start = newStarts[field] ?? -1
    if (start < 0) continue
    const end = newEnds[field] ?? 0
    const from = starts[field] ?? 0
    const form = forms[field] ?? 0
    const into = room(out, from - copied + 6 * (end - start) + 16)
    if (into.buffer !== outView.buffer) outView = viewOf(into)
    copyKept(bytes, oldView, copied, from, into, outView, out.length)
    const at = out.length + from - copied
    out.length = at
    if (words[columns[field] ?? 0] === 1 && format.isVerbatim?.(form) === true) {
      copyView(newView, start, end, outView, at)
      out.length = at + end - start
    } else if (isSheet && becomesFormula(made, start, end, bytes[from] ?? 0)) {
      out.length += encodeAsText(format, form, made.subarray(start, end), out)
    } else out.length += format.encode(form, made, start, end, into, at)
    copied = ends[field] ?? 0
  }
  const into = room(out, length - copied)
  copyBytes(bytes, copied, length, into, out.length)
  out.length += length - copied
}

/** From here on the copy of the engine is quicker. */
const LONG = 256

function copyKept(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  out: Uint8Array,
  outView: DataView,
  at: number,
): void {
  if (end - start > LONG) out.set(bytes.subarray(start, end), at)
  else copyView(view, start, end, outView, at)
}

const APOSTROPHE = 0x27

/** With an apostrophe before it, which spreadsheets take as: this is text. */
function encodeAsText(format: Format, form: number, value: Uint8Array, out: Arena): number {
  const text = new Uint8Array(value.length + 1)
  text[0] = APOSTROPHE
  text.set(value, 1)
  return format.encode(form, text, 0, text.length, room(out, 6 * text.length + 16), out.length)
}

/** Whether a spreadsheet would compute the new value (CWE-1236) though not the old one, of which this is the first byte. */
function becomesFormula(bytes: Uint8Array, start: number, end: number, before: number): boolean {
  return end > start && isFormulaStart(bytes[start] ?? 0) && !isFormulaStart(before)
}

/** = + - @, tab and carriage return. */
const isFormulaStart = (byte: number): boolean =>
  byte === 61 || byte === 43 || byte === 45 || byte === 64 || byte === 9 || byte === 13
