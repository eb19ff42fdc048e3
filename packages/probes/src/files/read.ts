import { constants } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { Unreadable, errorCode } from '../engine/reading.ts'

/** The longest file that is read as a whole. Reports and lockfiles have a few megabytes; more is a mistake or an attack. */
export const mostBytes = 32 * 1_048_576

/** A file of this machine, read to its end. */
export type ReadFile = { readonly text: string; readonly modifiedAt: Date }

/** Opens a regular file; a pipe or a device would never end, and the folder is not a file. */
export async function openRegular(path: string): Promise<{ file: FileHandle; bytes: number; modifiedAt: Date }> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw reasonOfFile(error)
  })
  const found = await file.stat()
  if (found.isFile()) return { file, bytes: found.size, modifiedAt: found.mtime }
  await file.close()
  throw new Unreadable('not-configured', 'there is something else than a file at this place')
}

/** Reads a file of at most `mostBytes`. @throws {Unreadable} not-configured, denied or contract */
export async function readWhole(path: string, signal: AbortSignal): Promise<ReadFile> {
  const { file, bytes, modifiedAt } = await openRegular(path)
  try {
    if (bytes > mostBytes) throw new Unreadable('contract', `the file is larger than ${mostBytes / 1_048_576} MB`)
    return { text: await file.readFile({ encoding: 'utf8', signal }), modifiedAt }
  } finally {
    await file.close()
  }
}

/** JSON of a text in the expected form. @throws {Unreadable} contract, with places and never with values */
export function parseJson<T>(text: string, schema: z.ZodType<T>): T {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Unreadable('contract', 'the file is not JSON')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'file'} (${issue.code})`)
  throw new Unreadable('contract', `the file has another form: ${places.join(', ')}`)
}

/**
 * A file itself, or the files of a folder with one of the endings, the newest first and no more than `most`.
 *
 * @throws {Unreadable} where there is nothing
 */
export async function filesAt(path: string, endings: readonly string[], most: number): Promise<string[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw reasonOfFile(error)
  })
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => endings.some((ending) => name.endsWith(ending)))
  const dated = await Promise.all(
    names.map(async (name) => ({ file: join(path, name), at: (await stat(join(path, name))).mtimeMs })),
  )
  if (dated.length === 0) throw new Unreadable('not-configured', `the folder holds no file that ends in ${endings[0]}`)
  return dated
    .toSorted((a, b) => b.at - a.at || (a.file < b.file ? -1 : 1))
    .slice(0, most)
    .map(({ file }) => file)
}

function reasonOfFile(error: unknown): unknown {
  const code = errorCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENXIO')
    return new Unreadable('not-configured', 'there is no file at this place')
  return error
}
