import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isMissing, pathOfHash, rootName } from './place.ts'
import { Published } from './shape.ts'
import type { PublishedPages } from './shape.ts'

/** Writes what is published into a folder that others only read. */
export interface PublishedWriter {
  /** Keeps bytes under their hash. */
  keep(bytes: Uint8Array): Promise<string>
  /** Keeps a list of pages. */
  keepPages(pages: PublishedPages): Promise<string>
  /** What was published last, also by a process before this one; null: nothing, or nothing that can be read. */
  last(): Promise<Published | null>
  /** Pages of what was published last; undefined where they are not there as they were. */
  pages(hash: string): Promise<PublishedPages | undefined>
  /** Replaces what is published, and removes every file that is not of it. @param used every file that is */
  publish(published: Published, used: ReadonlySet<string>): Promise<void>
}

/** Opens the folder; it is made where it is not there. Others may read it: nothing in it is a secret. */
export function openPublishedWriter(folder: string): PublishedWriter {
  /** Files that are known to hold what their names say. */
  const whole = new Set<string>()
  const at = (hash: string) => join(folder, pathOfHash(hash))

  async function keep(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes)
    // One of a process that was killed, or of a machine that lost its power, may be torn.
    if (whole.has(hash) || (await isWhole(at(hash), hash))) {
      whole.add(hash)
      return hash
    }
    for (const path of [join(folder, 'files'), dirname(at(hash))]) await beThere(path)
    const draft = `${at(hash)}.part`
    await writeFile(draft, bytes)
    await chmod(draft, 0o644)
    await rename(draft, at(hash))
    whole.add(hash)
    return hash
  }

  async function sweep(used: ReadonlySet<string>): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      if (!entry.isFile() || (entry.parentPath === folder && entry.name === rootName)) continue
      if (used.has(entry.name)) continue
      whole.delete(entry.name)
      await rm(join(entry.parentPath, entry.name), { force: true })
    }
  }

  return {
    keep,
    keepPages: (pages) => keep(Buffer.from(JSON.stringify(pages))),
    async last() {
      try {
        return Published.parse(JSON.parse(await readFile(join(folder, rootName), 'utf8')))
      } catch {
        return null
      }
    },
    async pages(hash) {
      const bytes = await readFile(at(hash)).catch(() => null)
      if (bytes === null || sha256(bytes) !== hash) return undefined
      // It was parsed by whoever wrote it: a hash that fits says that these are those bytes.
      return JSON.parse(bytes.toString('utf8')) as PublishedPages
    },
    async publish(published, used) {
      const draft = join(folder, `${rootName}.part`)
      const file = await open(draft, 'w')
      try {
        await file.chmod(0o644)
        await file.writeFile(JSON.stringify(published))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, join(folder, rootName))
      await sweep(used)
    },
  }
}

/** A folder that others may read, whatever the process leaves to others by itself (umask). */
async function beThere(path: string): Promise<void> {
  if (await mkdir(path, { recursive: true })) await chmod(path, 0o755)
}

async function isWhole(path: string, hash: string): Promise<boolean> {
  try {
    return sha256(await readFile(path)) === hash
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
