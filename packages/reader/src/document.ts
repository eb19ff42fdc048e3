import { createHash } from 'node:crypto'
import { ReaderError } from './error.ts'
import { Deadline, limits as defaults } from './limits.ts'
import { checkText, readSource, splitLines, type ReadOptions } from './read.ts'
import type { ReadResult } from './schema.ts'
import { readLines } from './text.ts'

/**
 * Reads a document from its bytes (attacker-controlled).
 *
 * @throws {ReaderError} whatever makes it unreadable, with the remedy
 */
export async function readDocument(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const limits = { ...defaults, ...options.limits }
  if (bytes.length > limits.bytes)
    throw new ReaderError('too-large', { size: Math.ceil(bytes.length / 1048576), limit: limits.bytes / 1048576 })
  if (bytes.length === 0) throw new ReaderError('empty')
  const deadline = new Deadline(limits.milliseconds)
  const text = new TextDecoder().decode(bytes)
  checkText(text, limits)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return readSource(readLines(splitLines(text)), options.name.endsWith('.md') ? 'md' : 'txt', options, deadline, sha256)
}
