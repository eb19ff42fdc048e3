/** Runs a text engine over samples: bytes to characters and back. */
import type { Links, TextEngine } from '../../packages/shield/src/text/engine.ts'
import { makeSpans } from '../../packages/shield/src/text/spans.ts'
import type { Link } from './corpus.ts'
import type { Finder } from './score.ts'

const encoder = new TextEncoder()

/** The values of a record as the engine takes them. */
export function toLinks(engine: TextEngine, values: readonly Link[]): Links {
  const parts = values.map(({ value }) => encoder.encode(value))
  const links: Links = {
    bytes: new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0)),
    count: parts.length,
    start: new Int32Array(parts.length),
    end: new Int32Array(parts.length),
    type: Uint16Array.from(values, ({ type }) => engine.types.indexOf(type)),
  }
  let at = 0
  for (const [index, part] of parts.entries()) {
    links.bytes.set(part, at)
    links.start[index] = at
    at += part.length
    links.end[index] = at
  }
  return links
}

/** For each byte of the text the index of its character. */
function characterOf(text: string, length: number): Int32Array {
  const index = new Int32Array(length + 1)
  let byte = 0
  for (let at = 0; at < text.length; at += 1) {
    const point = text.codePointAt(at) ?? 0
    const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    index.fill(at, byte, byte + size)
    byte += size
    if (size === 4) at += 1
  }
  index[length] = text.length
  return index
}

export function findWith(engine: TextEngine): Finder {
  const spans = makeSpans()
  return (sample, useLinks) => {
    const bytes = encoder.encode(sample.text)
    const characters = characterOf(sample.text, bytes.length)
    const marks = new Uint8Array(sample.text.length)
    engine.find(bytes, 0, bytes.length, toLinks(engine, useLinks ? sample.links : []), spans)
    for (let index = 0; index < spans.count; index += 1) {
      marks.fill(1, characters[spans.start[index] ?? 0] ?? 0, characters[spans.end[index] ?? 0] ?? 0)
    }
    return marks
  }
}
