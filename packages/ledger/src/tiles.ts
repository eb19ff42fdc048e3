/**
 * Tiles: a Merkle tree and its entries as immutable files (C2SP tlog-tiles).
 *
 * A hash tile of level L holds up to 256 hashes of subtrees with 256^L leaves; the subtrees between are recomputed from
 * it. An entry bundle holds the entries below one tile of level 0, each behind its length as two big-endian bytes. Full
 * tiles never change; the partial ones at the right edge only grow.
 */

import { concatBytes, parseDecimal } from './bytes.ts'
import type { Hash, Hasher } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { hashSize, type HashReader, type NodeId, treeRoot } from './tree.ts'

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256

/** The longest entry that a bundle can carry, in bytes: its length has sixteen bits. */
export const maxEntrySize = 65_535

/** A tile or (level `entries`) an entry bundle, as wide as it is at some size of the log. */
export interface TileId {
  readonly level: number | 'entries'
  readonly index: number
  /** 1 to 256; 256 is a full tile. */
  readonly width: number
}

/** Hashes to put behind those that a tile has already. */
export interface TileGrowth {
  readonly level: number
  readonly index: number
  /** Hashes that the tile had before, 0 to 255. */
  readonly from: number
  /** Hashes that it has afterwards, 1 to 256. */
  readonly width: number
  /** The new hashes, one after the other: (width − from) · 32 bytes. */
  readonly data: Uint8Array
}

/** The path of a tile below the log's prefix: `tile/0/x001/x234/067.p/8`. */
export function tilePath(tile: TileId): string {
  const digits = String(tile.index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${tile.level}/${name}${tile.width === tileWidth ? '' : `.p/${tile.width}`}`
}

/** The tile that a path names, in its one valid spelling. @throws {LedgerError} `tile` */
export function parseTilePath(path: string): TileId {
  const parts = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path)
  const level = parts?.[1] === 'entries' ? ('entries' as const) : parseDecimal(parts?.[1] ?? '')
  const index = Number(parts?.[2]?.replaceAll(/[x/]/g, ''))
  const width = parts?.[3] === undefined ? tileWidth : parseDecimal(parts[3])
  if (parts !== null && level !== undefined && width !== undefined && width >= 1 && Number.isSafeInteger(index)) {
    const tile = { level, index, width }
    if ((level === 'entries' || level <= 63) && tilePath(tile) === path) return tile
  }
  throw new LedgerError('tile', 'This is not the path of a tile.', path.slice(0, 200))
}

/** All tiles of a log of some size, hash tiles by level, then entry bundles. */
export function tilesOf(size: number): TileId[] {
  return newTiles(0, size)
}

/** The tiles that are new or wider at `size` than at `oldSize`: what a writer must write. */
export function newTiles(oldSize: number, size: number): TileId[] {
  const tiles: TileId[] = []
  const widen = (level: number | 'entries', before: number, now: number) => {
    for (let index = Math.floor(before / tileWidth); index * tileWidth < now; index++) {
      tiles.push({ level, index, width: Math.min(tileWidth, now - index * tileWidth) })
    }
  }
  let before = oldSize
  let now = size
  for (let level = 0; now > before; level++) {
    widen(level, before, now)
    before = Math.floor(before / tileWidth)
    now = Math.floor(now / tileWidth)
  }
  if (size > oldSize) widen('entries', oldSize, size)
  return tiles
}

/** Entries behind their lengths. @throws {LedgerError} `tile` for an entry of more than 65,535 bytes */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    if (entry.length > maxEntrySize)
      throw new LedgerError('tile', `An entry has ${entry.length} bytes; at most 65,535 fit.`)
    parts.push(Uint8Array.of(entry.length >> 8, entry.length & 255), entry)
  }
  return concatBytes(parts)
}

/** The entries of a bundle, views of the given bytes. @throws {LedgerError} `tile` when cut off or too many */
export function decodeEntries(bytes: Uint8Array, place?: string): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const start = at + 2
    const end = start + ((bytes[at]! << 8) | (bytes[at + 1] ?? 0))
    if (start > bytes.length || end > bytes.length) {
      throw new LedgerError('tile', `The entry bundle ends within its entry ${entries.length}.`, place)
    }
    if (entries.length === tileWidth)
      throw new LedgerError('tile', 'The entry bundle has more than 256 entries.', place)
    entries.push(bytes.subarray(start, end))
    at = end
  }
  return entries
}

/** The tile after its growth. @throws {LedgerError} `tile` when `before` is not the tile that the growth continues */
export function growTile(before: Uint8Array | undefined, growth: TileGrowth): Uint8Array {
  const old = before ?? new Uint8Array(0)
  if (old.length !== growth.from * hashSize) {
    throw new LedgerError(
      'tile',
      `The tile has ${old.length / hashSize} hashes; the growth continues ${growth.from}.`,
      growthPath(growth),
    )
  }
  return concatBytes([old, growth.data])
}

/** Where a grown tile is stored. */
export function growthPath(growth: TileGrowth): string {
  return tilePath(growth)
}

/** The tiles in which the hashes of nodes are found in a log of some size, each once. */
export function tilesForNodes(nodes: readonly NodeId[], size: number): TileId[] {
  const tiles = new Map<string, TileId>()
  for (const node of nodes) {
    const tile = tileOfNode(node, size)
    tiles.set(tilePath(tile), tile)
  }
  return [...tiles.values()]
}

/**
 * Reads hashes of nodes out of tiles, as {@link HashReader} for a log of some size.
 *
 * @param read  gives the bytes of a tile, as wide as asked for or wider
 */
export function tileReader(crypto: Hasher, size: number, read: (tile: TileId) => Uint8Array): HashReader {
  return (nodes) =>
    nodes.map((node) => {
      const tile = tileOfNode(node, size)
      const bytes = read(tile)
      if (bytes.length < tile.width * hashSize || bytes.length % hashSize !== 0) {
        throw new LedgerError('tile', `The tile should have ${tile.width} hashes.`, tilePath(tile))
      }
      const count = 2 ** (node.level % 8)
      const first = (node.index * count) % tileWidth
      return treeRoot(crypto, splitHashes(bytes.subarray(first * hashSize, (first + count) * hashSize)))
    })
}

/** The hashes of a tile, views of the given bytes. */
export function splitHashes(bytes: Uint8Array): Hash[] {
  const hashes: Hash[] = []
  for (let at = 0; at < bytes.length; at += hashSize) hashes.push(bytes.subarray(at, at + hashSize))
  return hashes
}

function tileOfNode(node: NodeId, size: number): TileId {
  const level = Math.floor(node.level / 8)
  const inTile = 2 ** (node.level % 8)
  const index = Math.floor((node.index * inTile) / tileWidth)
  const hashes = Math.floor(size / tileWidth ** level)
  const width = Math.min(tileWidth, hashes - index * tileWidth)
  if (!Number.isSafeInteger(node.index) || node.index < 0 || (node.index + 1) * inTile > hashes) {
    throw new LedgerError('range', `A tree of ${size} leaves has no node ${node.index} at level ${node.level}.`)
  }
  return { level, index, width }
}
