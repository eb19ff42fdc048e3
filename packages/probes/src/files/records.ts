import { Unreadable } from '../engine/reading.ts'
import { openRegular } from './read.ts'

/** A single record longer than this is not kept: nothing that is judged needs so much. */
const mostRecordBytes = 2 * 1_048_576

/** Records of a file in order, and at its end whether all of it could be read. */
export type Records = { readonly modifiedAt: Date; readonly next: AsyncGenerator<unknown, { complete: boolean }> }

const quote = 0x22
const backslash = 0x5c
const openings = new Set([0x7b, 0x5b])
const closings = new Set([0x7d, 0x5d])
const between = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x1e])

/**
 * The objects of a file one after the other, whether they stand in an array, on lines of their own or simply behind each
 * other. Memory holds one record, however long the file is. A record that is too long, or no JSON, is left out, and the
 * end says so; the same where the file stops in the middle.
 *
 * @param mostBytes of the whole file
 */
export async function readRecords(path: string, signal: AbortSignal, mostBytes: number): Promise<Records> {
  const { file, bytes, modifiedAt } = await openRegular(path)
  if (bytes > mostBytes) {
    await file.close()
    throw new Unreadable('contract', `the file is larger than ${mostBytes / 1_048_576} MB`)
  }
  const chunks = file.createReadStream({ highWaterMark: 262_144, signal })
  return { modifiedAt, next: split(chunks as AsyncIterable<Buffer>) }
}

/** Cuts bytes into their outermost objects; an array around them is left aside. */
async function* split(chunks: AsyncIterable<Buffer>): AsyncGenerator<unknown, { complete: boolean }> {
  let parts: Buffer[] = []
  let kept = 0
  let depth = 0
  let inArray = false
  let inText = false
  let escaped = false
  let complete = true
  for await (const chunk of chunks) {
    let from = depth > 0 ? 0 : -1
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (inText) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inText = false
      } else if (byte === quote && depth > 0) inText = true
      else if (openings.has(byte)) {
        if (depth === 0 && byte === 0x5b && !inArray) inArray = true
        else {
          if (depth === 0) from = at
          depth += 1
        }
      } else if (closings.has(byte)) {
        if (depth === 0) inArray = false
        else if ((depth -= 1) === 0) {
          parts.push(chunk.subarray(from, at + 1))
          const record = kept + at + 1 - from > mostRecordBytes ? undefined : parse(parts)
          if (record === undefined) complete = false
          else yield record
          parts = []
          kept = 0
          from = -1
        }
      } else if (depth === 0 && !between.has(byte))
        throw new Unreadable('contract', 'the file is not a list of records')
    }
    if (from >= 0) {
      const rest = chunk.subarray(from)
      kept += rest.length
      if (kept <= mostRecordBytes) parts.push(Buffer.from(rest))
      else parts = []
    }
  }
  return { complete: complete && depth === 0 && !inArray }
}

function parse(parts: readonly Buffer[]): unknown {
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    return undefined
  }
}
