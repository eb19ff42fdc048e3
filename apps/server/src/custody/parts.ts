import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { z } from 'zod'
import type { AppError } from '../kernel/index.ts'
import { openArchive } from '../platform/index.ts'
import type { Archive } from '../platform/index.ts'
import { custodyErrors } from './errors.ts'
import { Manifest, mayBeNamed } from './manifest.ts'

/** An export that was opened: its manifest, and each file as a stream that was found to be what the manifest says. */
export interface Parts {
  readonly manifest: z.output<typeof Manifest>
  /** The lines of a list, with their numbers from one. */
  lines(path: string): AsyncGenerator<{ line: number; text: string }>
  /** A file that fits into memory. */
  whole(path: string): Promise<Buffer>
  close(): Promise<void>
}

/** Unpacked, all files together. */
const mostBytes = 64 * 1_073_741_824
const longestManifest = 32 * 1_048_576
const longestLine = 64 * 1_048_576
const largestFile = 256 * 1_048_576

/**
 * Opens an export and reads all of it once: names, sizes and hashes are those of its manifest.
 *
 * @throws {archive.damaged | custody.bad_file}
 */
export async function openParts(path: string): Promise<Parts> {
  const archive = await openArchive(path, { mayBeNamed, mostBytes })
  try {
    const manifest = await readManifest(archive)
    const listed = new Map(manifest.files.map((file) => [file.path, file]))
    for (const name of archive.files.keys())
      if (name !== 'manifest.json' && !listed.has(name)) throw bad('manifest.json', 'it does not list every file')
    for (const table of Object.keys(manifest.tables))
      if (!listed.has(`tables/${table}.ndjson`)) throw bad('manifest.json', 'it does not list the file of a table')
    for (const { path: name, bytes, sha256, rows } of manifest.files) {
      if (!mayBeNamed(name) || !archive.files.has(name)) throw bad('manifest.json', 'it lists a file that is missing')
      const hash = createHash('sha256')
      let size = 0
      let lines = 0
      for await (const part of archive.read(name)) {
        hash.update(part)
        size += part.length
        if (rows !== undefined) lines += countLines(part)
      }
      if (size !== bytes || hash.digest('hex') !== sha256) throw bad(name, 'it is not the file that the manifest lists')
      if (rows !== undefined && lines !== rows) throw bad(name, 'it has another number of rows than the manifest says')
    }
    return {
      manifest,
      lines: (name) => linesOf(archive, name),
      async whole(name) {
        if ((archive.files.get(name) ?? 0) > largestFile) throw bad(name, 'it is larger than 256 MiB')
        return await buffer(archive.read(name))
      },
      close: () => archive.close(),
    }
  } catch (error) {
    await archive.close()
    throw error
  }
}

async function readManifest(archive: Archive): Promise<z.output<typeof Manifest>> {
  const size = archive.files.get('manifest.json')
  if (size === undefined || size > longestManifest) throw bad('manifest.json', 'it is missing or too large')
  const text = (await buffer(archive.read('manifest.json'))).toString('utf8')
  const parsed = Manifest.safeParse(jsonOf(text))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const place = issue?.path.filter((part) => typeof part !== 'string' || /^[a-zA-Z]{1,20}$/.test(part)).join('.')
    throw bad(
      'manifest.json',
      place === 'format' ? 'its format is not known to this release' : `its ${place || 'form'} is not valid`,
    )
  }
  const { files } = parsed.data
  if (new Set(files.map((file) => file.path)).size !== files.length) throw bad('manifest.json', 'it lists a file twice')
  return parsed.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function countLines(part: Buffer): number {
  let lines = 0
  for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++
  return lines
}

async function* linesOf(archive: Archive, path: string): AsyncGenerator<{ line: number; text: string }> {
  let rest: Buffer[] = []
  let length = 0
  let line = 0
  for await (const part of archive.read(path)) {
    let from = 0
    for (let end = part.indexOf(10); end >= 0; end = part.indexOf(10, from)) {
      rest.push(part.subarray(from, end))
      yield { line: ++line, text: textOf(Buffer.concat(rest), path, line) }
      rest = []
      length = 0
      from = end + 1
    }
    rest.push(part.subarray(from))
    length += part.length - from
    if (length > longestLine) throw badLine(path, line + 1, 'it is longer than 64 MiB')
  }
  if (length > 0) throw badLine(path, line + 1, 'it does not end')
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Buffer, path: string, line: number): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw badLine(path, line, 'it is not UTF-8')
  }
}

/** A line as an object of exactly this shape. @throws {custody.bad_line} */
export function parseLine<T extends z.ZodType>(schema: T, path: string, line: number, text: string): z.output<T> {
  const parsed = schema.safeParse(jsonOf(text))
  if (!parsed.success) throw badLine(path, line, 'it has not the fields that it should')
  return parsed.data
}

/** A fault of a whole file. The problem is one of our own sentences, never what the file says. */
export function bad(file: string, problem: string, cause?: unknown): AppError {
  return custodyErrors.bad_file({ file, problem }, { cause })
}

/** A fault of one line. */
export function badLine(file: string, line: number | string, problem: string, cause?: unknown): AppError {
  return custodyErrors.bad_line({ file, line, problem }, { cause })
}
