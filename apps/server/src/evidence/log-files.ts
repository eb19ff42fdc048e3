import { encodeEntries, LedgerError, parseTilePath, tilePath } from '@art32/ledger'
import type { TileId } from '@art32/ledger'
import * as store from './store.ts'

/** A file of a log as C2SP tlog-tiles names it. */
export interface LogFile {
  readonly bytes: Uint8Array
  readonly type: string
  /** Whether it never changes: everything but the head. */
  readonly isFinal: boolean
}

const hashesPerTile = 256

/**
 * One file of the log in a database, below the log's prefix: `checkpoint`, `tile/<L>/<N>[.p/<W>]`, `tile/entries/<N>[.p/<W>]`.
 * The bytes are those of c2sp.org/tlog-tiles.
 *
 * @param entries whether entries may be seen, and not just their hashes
 * @returns null for what the log does not have, or not yet
 */
export async function logFile(
  db: store.Queryable,
  path: string,
  { entries }: { readonly entries: boolean },
): Promise<LogFile | null> {
  const state = await store.findState(db)
  if (!state) return null
  if (path === 'checkpoint')
    return { bytes: Buffer.from(state.note), type: 'text/plain; charset=utf-8', isFinal: false }
  const tile = tileOf(path)
  if (tile === null || (tile.level === 'entries' && !entries)) return null
  const first = tile.index * hashesPerTile
  const levels = tile.level === 'entries' ? 0 : tile.level
  if (first + tile.width > Math.floor(state.size / hashesPerTile ** levels)) return null
  const bytes =
    tile.level === 'entries'
      ? encodeEntries((await store.listEntries(db, first, first + tile.width)).map(({ leaf }) => leaf))
      : (await store.findTile(db, tile.level, tile.index))?.subarray(0, tile.width * 32)
  return bytes ? { bytes, type: 'application/octet-stream', isFinal: true } : null
}

function tileOf(path: string): TileId | null {
  try {
    const tile = parseTilePath(path)
    // One spelling only: a full tile has no width.
    return tilePath(tile) === path ? tile : null
  } catch (error) {
    if (error instanceof LedgerError) return null
    throw error
  }
}
