/**
 * What was found in a text: ranges of bytes with their type, ascending, without overlap. Columns of numbers, reused for
 * every text, so that a file of gigabytes makes no garbage.
 */
export interface Spans {
  count: number
  start: Int32Array
  end: Int32Array
  /** Index in the list of types that the engine was made with. */
  type: Uint16Array
}

export function makeSpans(capacity = 64): Spans {
  return {
    count: 0,
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    type: new Uint16Array(capacity),
  }
}

/** Appends; the caller keeps the order. */
export function addSpan(spans: Spans, start: number, end: number, type: number): void {
  if (spans.count === spans.start.length) grow(spans)
  spans.start[spans.count] = start
  spans.end[spans.count] = end
  spans.type[spans.count] = type
  spans.count += 1
}

function grow(spans: Spans): void {
  const capacity = spans.start.length * 2
  const start = new Int32Array(capacity)
  const end = new Int32Array(capacity)
  const type = new Uint16Array(capacity)
  start.set(spans.start)
  end.set(spans.end)
  type.set(spans.type)
  spans.start = start
  spans.end = end
  spans.type = type
}
