import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { targetErrors } from './errors.ts'
import type { Target, TargetFile } from './target.ts'

/** What a file is called until it is whole. */
const draftEnd = '.part'

/** A folder as a place: the size of a file need not be known before. */
export interface Folder extends Target {
  put(name: string, bytes: AsyncIterable<Uint8Array>, size?: number): Promise<void>
  /** Where a file lies on the disk. */
  pathOf(name: string): string
  /** Room that is left on its disk. Bytes. */
  free(): Promise<number>
  /** Removes what lies in one of its folders and is not kept, with all that is in it, also what is not whole. */
  keepOnly(below: string, isKept: (name: string) => boolean): Promise<void>
}

/** The bytes of a file on the disk. */
export function fileBytes(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 1_048_576 })
}

/**
 * A folder: of this machine, or of another one that is mounted here. It must be there: an empty mount point is no backup.
 *
 * @param isOurs it is made where it is not there
 */
export function folderTarget(folder: string, { isOurs = false }: { readonly isOurs?: boolean } = {}): Folder {
  const beThere = () => (isOurs ? mkdir(folder, { recursive: true, mode: 0o700 }) : mustBeThere(folder))
  const at = (name: string) => join(folder, ...name.split('/'))
  return {
    kind: 'folder',
    pathOf: at,
    async free() {
      await beThere()
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
    async keepOnly(below, isKept) {
      const entries = await readdir(at(below)).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      for (const name of entries) if (!isKept(name)) await rm(join(at(below), name), { recursive: true, force: true })
    },
    async list(prefix) {
      await beThere()
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      const files: TargetFile[] = []
      for (const entry of entries) {
        if (!entry.isFile() || entry.name.endsWith(draftEnd)) continue
        const path = join(entry.parentPath, entry.name)
        const name = relative(folder, path).split(sep).join('/')
        if (name.startsWith(prefix)) files.push({ name, bytes: (await stat(path)).size })
      }
      return files
    },
    async put(name, bytes, size) {
      await beThere()
      const path = at(name)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeWhole(path, bytes, size)
    },
    async *get(name) {
      try {
        yield* fileBytes(at(name))
      } catch (cause) {
        if (isMissing(cause)) throw targetErrors.missing({}, { cause })
        throw cause
      }
    },
    async remove(name) {
      await rm(at(name), { force: true })
      await rm(`${at(name)}${draftEnd}`, { force: true })
      // The folder of a set that has no files any more.
      await rmdir(dirname(at(name))).catch(() => undefined)
    },
    async removeHalf(below) {
      await beThere()
      const top = at(below)
      const entries = await readdir(top, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return []
        throw error
      })
      const folders = [top]
      for (const entry of entries) {
        const path = join(entry.parentPath, entry.name)
        if (entry.isDirectory()) folders.push(path)
        if (entry.isFile() && entry.name.endsWith(draftEnd)) await rm(path, { force: true })
      }
      // What lies in another comes before it.
      for (const path of folders.toSorted((a, b) => b.length - a.length)) await rmdir(path).catch(() => undefined)
    },
  }
}

/** Writes a file that is there whole, on the disk, or not at all. */
export async function writeWhole(path: string, bytes: AsyncIterable<Uint8Array>, size?: number): Promise<void> {
  const draft = `${path}${draftEnd}`
  const file = await open(draft, 'w', 0o600)
  try {
    let written = 0
    try {
      for await (const part of bytes) {
        await file.writeFile(part)
        written += part.length
      }
      if (size !== undefined && written !== size) throw targetErrors.short()
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    const folder = await open(dirname(path), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch (cause) {
    await rm(draft, { force: true })
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT'))
      throw targetErrors.full({}, { cause })
    throw cause
  }
}

async function mustBeThere(folder: string): Promise<void> {
  const found = await stat(folder).catch((cause: unknown) => {
    if (isMissing(cause)) throw targetErrors.no_folder({ folder }, { cause })
    throw cause
  })
  if (!found.isDirectory()) throw targetErrors.no_folder({ folder })
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
