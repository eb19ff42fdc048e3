import { detectLanguage } from './language.ts'
import { Deadline, limits as defaults, type Limits } from './limits.ts'
import { ReaderError } from './error.ts'
import { readCoverage } from './coverage.ts'
import { describe } from './describe.ts'
import { findFaults } from './faults/faults.ts'
import { readStatements } from './statement.ts'
import { readLines } from './text.ts'
import type { Source } from './block.ts'
import type { Format, ReadResult } from './schema.ts'

/** How far the reading has come; `step` is one of "open", "statements", "faults". */
export type Progress = { readonly done: number; readonly total: number; readonly step: string }

/** What a reading is given besides the document. */
export type ReadOptions = {
  /** Name of the file; its ending is compared with the content. */
  readonly name: string
  /** The day on which it is read: decides what is stale. */
  readonly now: Date
  readonly limits?: Partial<Limits>
  readonly onProgress?: (progress: Progress) => void
}

/**
 * Reads a document whose text is already extracted.
 *
 * @throws {ReaderError} empty, too-long, binary, unsupported-language, timeout
 */
export function readText(text: string, options: ReadOptions & { readonly format?: Format }): ReadResult {
  const limits = { ...defaults, ...options.limits }
  const deadline = new Deadline(limits.milliseconds)
  checkText(text, limits)
  const source = readLines(splitLines(text))
  return readSource(source, options.format ?? 'txt', options, deadline, null)
}

/** Refuses text that is none, too long or binary. */
export function checkText(text: string, limits: Limits): void {
  if (text.length > limits.characters) throw new ReaderError('too-long', { limit: limits.characters })
  if (text.trim() === '') throw new ReaderError('empty')
  const control = text.slice(0, 100_000).match(/[\u0000-\u0008\u000E-\u001F\uFFFD]/g)?.length ?? 0
  if (control > 4 && control > Math.min(text.length, 100_000) * 0.02) throw new ReaderError('binary')
}

/** Lines of a text, whatever ends them; control characters inside are dropped. */
export function splitLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll(/[\u0000-\u0008\u000E-\u001F\u200B\u2060]/g, '')
    .replaceAll('\u00A0', ' ')
    .split(/\r\n|[\n\r\u2028\u2029\u000B\u000C]/)
}

/** The common end of all formats: language, statements, coverage, faults. */
export function readSource(
  source: Source,
  format: Format,
  options: ReadOptions,
  deadline: Deadline,
  sha256: string | null,
): ReadResult {
  const text = source.lines.join('\n')
  if (text.trim() === '') throw new ReaderError('empty')
  const language = detectLanguage(source.blocks.map((block) => block.text).join('\n'))
  const progress = (step: string) => (done: number, total: number) => options.onProgress?.({ done, total, step })
  const statements = readStatements(source, language, deadline, progress('statements'))
  const coverage = readCoverage(statements)
  const about = describe(source, statements)
  const document = {
    name: options.name,
    format,
    language,
    words: text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
    pages: source.pages,
    ...about,
    sha256,
  }
  deadline.check()
  const faults = findFaults({ source, statements, coverage, document, now: options.now })
  progress('faults')(1, 1)
  return { schema: 'art32.read/1', document, statements, coverage, faults }
}
