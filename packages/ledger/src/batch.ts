/**
 * Sequencing, purely: what a log's state, together with the events that wait, becomes.
 *
 * The caller reads state and events, and writes the result, in one transaction; nothing here is remembered. A log must
 * never sign a checkpoint that contradicts an earlier one, so the state is first compared with the last checkpoint.
 */

import { type Checkpoint, formatCheckpoint } from './checkpoint.ts'
import type { Hash, Hasher } from './crypto.ts'
import { concatBytes, equalBytes } from './bytes.ts'
import { LedgerError } from './errors.ts'
import { encodeLeaf, type LeafEvent } from './leaf.ts'
import { appendLeaves, type Frontier, frontierRoot, leafHash } from './tree.ts'
import { type TileGrowth, tileWidth } from './tiles.ts'

/** All that a writer must keep of a log besides its entries. */
export interface LogState {
  readonly origin: string
  readonly frontier: Frontier
  /** The last checkpoint that was signed; undefined only for a log that never signed one. */
  readonly last: Checkpoint | undefined
}

/** What to write, and the checkpoint to sign. */
export interface Batch {
  /** Index of the first new leaf. */
  readonly first: number
  readonly entries: readonly Uint8Array[]
  readonly leafHashes: readonly Hash[]
  /** New hashes per tile, each to be put behind what the tile has. */
  readonly tiles: readonly TileGrowth[]
  readonly frontier: Frontier
  readonly checkpoint: Checkpoint
  /** The text to sign with signNote. */
  readonly text: string
}

/**
 * Gives events their places, in order.
 *
 * @throws {LedgerError} `inconsistent` when the state contradicts its last checkpoint, `leaf` for an unacceptable event
 */
export function sequence(crypto: Hasher, state: LogState, events: readonly LeafEvent[]): Batch {
  const { origin, frontier } = state
  return sequenceEntries(
    crypto,
    state,
    events.map((event, i) => encodeLeaf({ ...event, log: origin, seq: frontier.size + i, v: 1 })),
  )
}

/** Like {@link sequence}, for entries of any kind. */
export function sequenceEntries(crypto: Hasher, state: LogState, entries: readonly Uint8Array[]): Batch {
  checkState(crypto, state)
  const growing = new GrowingTiles()
  const leafHashes = entries.map((entry) => leafHash(crypto, entry))
  const frontier = appendLeaves(crypto, state.frontier, leafHashes, (level, index, hash) =>
    growing.add(level, index, hash),
  )
  const checkpoint = { origin: state.origin, size: frontier.size, root: frontierRoot(crypto, frontier) }
  return {
    first: state.frontier.size,
    entries,
    leafHashes,
    tiles: growing.tiles(),
    frontier,
    checkpoint,
    text: formatCheckpoint(checkpoint),
  }
}

function checkState(crypto: Hasher, { origin, frontier, last }: LogState): void {
  if (last === undefined) {
    if (frontier.size > 0)
      throw new LedgerError(
        'inconsistent',
        `The log has ${frontier.size} leaves but never signed a checkpoint.`,
        origin,
      )
    return
  }
  if (last.origin !== origin)
    throw new LedgerError('inconsistent', `The last checkpoint is of the log ${last.origin}.`, origin)
  if (last.size !== frontier.size) {
    throw new LedgerError(
      'inconsistent',
      `The last checkpoint has ${last.size} leaves, the state has ${frontier.size}.`,
      origin,
    )
  }
  if (!equalBytes(last.root, frontierRoot(crypto, frontier))) {
    throw new LedgerError('inconsistent', `The root over ${last.size} leaves is not the one that was signed.`, origin)
  }
}

/** Collects the hashes that belong into tiles: those of every eighth level. */
class GrowingTiles {
  readonly #tiles = new Map<string, { level: number; index: number; from: number; hashes: Hash[] }>()

  add(level: number, index: number, hash: Hash): void {
    if (level % 8 !== 0) return
    const tile = { level: level / 8, index: Math.floor(index / tileWidth), from: index % tileWidth, hashes: [hash] }
    const name = `${tile.level}/${tile.index}`
    const known = this.#tiles.get(name)
    if (known === undefined) this.#tiles.set(name, tile)
    else known.hashes.push(hash)
  }

  tiles(): TileGrowth[] {
    return [...this.#tiles.values()].map(({ level, index, from, hashes }) => ({
      level,
      index,
      from,
      width: from + hashes.length,
      data: concatBytes(hashes),
    }))
  }
}
