import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathOfHash, rootName } from './place.ts'
import { Published, PublishedPages } from './shape.ts'

/** Reads what is published. */
export interface PublishedReader {
  /** What is published now; null: nothing yet. Where it cannot be read, what was before. */
  root(): Promise<Published | null>
  /** Undefined: it is not there any more, since something else was published meanwhile. */
  pages(hash: string): Promise<PublishedPages | undefined>
  /** The bytes with this hash, and no others. */
  bytes(hash: string): Promise<Buffer | undefined>
}

/** Bytes of files that are held in memory: pages of some hundreds of tenants. */
const mostBytes = 64 * 1_048_576
/** Lists of pages that are held in memory. */
const mostLists = 200

/** @param most bytes held in memory; what was asked for longest ago goes first */
export function openPublishedReader(folder: string, most: number = mostBytes): PublishedReader {
  let seen: { readonly mark: string; readonly root: Published } | null = null
  const lists = new Map<string, PublishedPages>()
  const files = new Map<string, Buffer>()
  let held = 0

  async function read(hash: string): Promise<Buffer | undefined> {
    const bytes = await readFile(join(folder, pathOfHash(hash))).catch(() => undefined)
    return bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === hash ? bytes : undefined
  }

  return {
    async root() {
      const path = join(folder, rootName)
      try {
        const { ino, size, mtimeMs } = await stat(path)
        const mark = [ino, size, mtimeMs].join(' ')
        if (seen?.mark === mark) return seen.root
        seen = { mark, root: Published.parse(JSON.parse(await readFile(path, 'utf8'))) }
      } catch {
        // Gone, or of another version: what was read before still holds.
      }
      return seen?.root ?? null
    },
    async pages(hash) {
      const known = lists.get(hash)
      if (known) return known
      const bytes = await read(hash)
      const parsed = bytes === undefined ? undefined : PublishedPages.safeParse(JSON.parse(bytes.toString('utf8'))).data
      if (parsed === undefined) return undefined
      lists.set(hash, parsed)
      for (const oldest of lists.keys()) {
        if (lists.size <= mostLists) break
        lists.delete(oldest)
      }
      return parsed
    },
    async bytes(hash) {
      const known = files.get(hash)
      if (known) {
        // Put at the end: whoever was asked for longest ago is forgotten first.
        files.delete(hash)
        files.set(hash, known)
        return known
      }
      const bytes = await read(hash)
      if (bytes === undefined || bytes.byteLength > most / 8) return bytes
      if (!files.has(hash)) held += bytes.byteLength
      files.set(hash, bytes)
      for (const [oldest, { byteLength }] of files) {
        if (held <= most) break
        files.delete(oldest)
        held -= byteLength
      }
      return bytes
    },
  }
}
