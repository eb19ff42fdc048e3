import { createHash } from 'node:crypto'
import type { Source } from './block.ts'
import { readDocx } from './docx.ts'
import { ReaderError } from './error.ts'
import { decode, recognise, type Recognised } from './format.ts'
import { readHtml } from './html.ts'
import { Deadline, limits as defaults, type Limits } from './limits.ts'
import { readPdf } from './pdf.ts'
import { checkText, readSource, splitLines, type ReadOptions } from './read.ts'
import type { ReadResult } from './schema.ts'
import { readLines } from './text.ts'

/**
 * Reads a document from its bytes (attacker-controlled): txt, Markdown, HTML, DOCX or PDF, in English or German.
 *
 * The format is told by the content; a name that says otherwise is refused, since one of the two is a mistake.
 *
 * @throws {ReaderError} whatever makes it unreadable, with the remedy
 * @limits see {@link Limits}; a file is meant to be checked for its size before it is read into memory
 */
export async function readDocument(bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  const limits = { ...defaults, ...options.limits }
  checkSize(bytes.length, limits)
  const deadline = new Deadline(limits.milliseconds)
  options.onProgress?.({ done: 0, total: 1, step: 'open' })
  const found = recognise(bytes, options.name)
  const source = await openSource(bytes, found, limits, deadline)
  deadline.check()
  options.onProgress?.({ done: 1, total: 1, step: 'open' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return readSource(source, found.format, options, deadline, sha256)
}

/**
 * Refuses a file by its size alone; for callers that know it before reading.
 *
 * @param size in bytes
 * @throws {ReaderError} too-large, empty
 */
export function checkSize(size: number, limits: Limits = defaults): void {
  const megabytes = (bytes: number) => Math.round((bytes / 1_048_576) * 10) / 10
  if (size > limits.bytes) throw new ReaderError('too-large', { size: megabytes(size), limit: megabytes(limits.bytes) })
  if (size === 0) throw new ReaderError('empty')
}

async function openSource(bytes: Uint8Array, found: Recognised, limits: Limits, deadline: Deadline): Promise<Source> {
  if (found.format === 'pdf') return checked(await readPdf(bytes, limits, deadline), limits)
  if (found.format === 'docx') return checked(await readDocx(bytes, found.entries, limits), limits)
  const text = decode(bytes)
  checkText(text, limits)
  return found.format === 'html' ? checked(readHtml(text, limits), limits) : readLines(splitLines(text))
}

function checked(source: Source, limits: Limits): Source {
  checkText(source.lines.join('\n'), limits)
  return source
}
