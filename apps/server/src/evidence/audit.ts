import {
  appendLeaves,
  emptyFrontier,
  encodeFrontier,
  frontierRoot,
  isOpenedBy,
  leafHash,
  LedgerError,
  openCheckpoint,
  parseLeaf,
} from '@art32/ledger'
import type { Frontier, ReadLeaf, VerifierKey } from '@art32/ledger'
import { ledgerCrypto } from '../platform/index.ts'
import * as store from './store.ts'
import type { Queryable } from './store.ts'

/**
 * What is wrong with a place: it is gone; it is not what was recorded or signed; it was recorded elsewhere; its signature
 * does not hold; nothing recorded it.
 */
export const logFaultKinds = ['missing', 'changed', 'moved', 'unsigned', 'stray'] as const
/** One of {@link logFaultKinds}. */
type LogFaultKind = (typeof logFaultKinds)[number]

/** A place where what is stored contradicts itself or what was signed. */
export interface LogFault {
  readonly kind: LogFaultKind
  /** `leaf 7`, `tile 0/3`, `head of 12 leaves`, `content of leaf 7 (outcome)`. */
  readonly place: string
  /** A plain English sentence. */
  readonly say: string
}

/** What was found when everything that is stored of a log was computed again. */
export interface LogAudit {
  readonly size: number
  /** How much was looked at. */
  readonly heads: number
  readonly tiles: number
  readonly contents: number
  /** Contents that were erased with their salts; their leaves and proofs stay. */
  readonly erased: number
  /** At most {@link maxFaults}. Empty: all of it fits together and is what was signed. */
  readonly faults: readonly LogFault[]
}

/** Naming each of a million wrong leaves helps nobody. */
const maxFaults = 100
const pageSize = 2_000
const tileWidth = 256

/**
 * Computes a stored log again from its leaves: their hashes, every tile, every head that was ever signed, every content.
 * Since the heads that were signed are many, a changed leaf is found between two of them even where all hashes fit it.
 *
 * It looks at one database by its own words: whoever has the key of the log too can sign what they like. Only checkpoints
 * that others hold, or witnesses, find that.
 *
 * @param keys of the log, from elsewhere than this database
 * @param recorded leaves of the instance log with heads of this one, the oldest first: a log that was restored from a copy
 *   does not continue the last of them
 */
export async function auditLog(
  db: Queryable,
  keys: readonly VerifierKey[],
  recorded: readonly Uint8Array[],
): Promise<LogAudit> {
  const state = await store.findState(db)
  if (!state) return { ...nothing, faults: [{ kind: 'missing', place: 'head', say: 'There is no head of a log.' }] }
  const audit = new Audit(keys, state)
  const heads = await store.listHeads(db, state.size)
  audit.expect(recorded)
  let frontier = audit.heads(emptyFrontier, heads)
  for (let from = 0; from < state.size; from += pageSize) {
    const to = Math.min(state.size, from + pageSize)
    const entries = await store.listStoredEntries(db, from, to)
    frontier = audit.entries(frontier, from, to, entries, heads)
    audit.contents(await store.listStoredOpenings(db, from, to))
  }
  audit.head(frontier, heads)
  const tiles = await store.listTiles(db)
  // Tiles grow while they are looked at; only of a log that stands still are they exactly these.
  const isStill = (await store.findState(db))?.size === state.size
  audit.tiles(tiles, isStill)
  return audit.result()
}

const nothing: LogAudit = { size: 0, heads: 0, tiles: 0, contents: 0, erased: 0, faults: [] }

class Audit {
  readonly #keys: readonly VerifierKey[]
  readonly #state: store.StateRow
  readonly #faults: LogFault[] = []
  readonly #tiles = new Map<string, Uint8Array[]>()
  /** Commitments of the leaves of a page that nobody was seen to open yet. */
  #awaited = new Map<string, { readonly place: string; readonly length: number | null }>()
  /** Leaves of a page whose commitments nobody can read any more. */
  readonly #unread = new Set<number>()
  readonly #recorded: { readonly size: number; readonly root: string }[] = []
  #counts = { heads: 0, tiles: 0, contents: 0, erased: 0 }
  #lastGood = 0
  #isBroken = false

  constructor(keys: readonly VerifierKey[], state: store.StateRow) {
    this.#keys = keys
    this.#state = state
  }

  entries(
    before: Frontier,
    from: number,
    to: number,
    rows: readonly store.StoredEntry[],
    heads: readonly store.HeadRow[],
  ): Frontier {
    let frontier = before
    const byIndex = new Map(rows.map((row) => [row.idx, row]))
    for (let index = from; index < to; index++) {
      const row = byIndex.get(index)
      const hash = row === undefined ? new Uint8Array(32) : this.#leaf(row)
      if (row === undefined) this.#unread.add(index)
      if (row === undefined) this.#fault('missing', `leaf ${index}`, 'It is gone.')
      frontier = appendLeaves(ledgerCrypto, frontier, [hash], (level, at, node) => this.#node(level, at, node))
      frontier = this.heads(frontier, heads)
    }
    return frontier
  }

  #leaf(row: store.StoredEntry): Uint8Array {
    const place = `leaf ${row.idx}`
    const hash = leafHash(ledgerCrypto, row.leaf)
    if (!row.leaf_hash.equals(hash)) this.#fault('changed', place, 'Its stored hash is not the one of its bytes.')
    const leaf = this.#read(row, place)
    if (leaf === undefined) return hash
    if (leaf.seq !== row.idx) this.#fault('moved', place, `It was recorded as number ${leaf.seq}.`)
    if (leaf.log !== this.#state.origin) this.#fault('moved', place, `It was recorded in the log ${leaf.log}.`)
    if (leaf.type !== row.type || leaf.subj.id !== row.subject)
      this.#fault('changed', place, 'The columns by which it is found say something else than its bytes.')
    this.#awaited.set(leaf.actor.c, { place: `content of ${place} (actor)`, length: null })
    for (const { c, n, role } of leaf.obj) this.#awaited.set(c, { place: `content of ${place} (${role})`, length: n })
    return hash
  }

  #read(row: store.StoredEntry, place: string): ReadLeaf | undefined {
    try {
      return parseLeaf(row.leaf)
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      this.#fault('changed', place, error.reason)
      this.#unread.add(row.idx)
      return undefined
    }
  }

  contents(rows: readonly store.StoredOpening[]): void {
    for (const { idx, role, commitment, salt, content, erased } of rows) {
      if (this.#unread.has(idx)) continue
      const c = commitment.toString('base64')
      const awaited = this.#awaited.get(c)
      this.#awaited.delete(c)
      const place = `content of leaf ${idx} (${role})`
      if (awaited?.place !== place) this.#fault('stray', place, 'No leaf recorded it at this place.')
      else if (erased) this.#counts.erased += 1
      else if (salt === null || content === null || !isOpenedBy(ledgerCrypto, c, salt, content))
        this.#fault('changed', place, 'It is not the content, or not the salt, that the leaf recorded.')
      else if (awaited.length !== null && awaited.length !== content.length)
        this.#fault('changed', place, `The leaf recorded a length of ${awaited.length} bytes.`)
      else this.#counts.contents += 1
    }
    for (const { place } of this.#awaited.values())
      this.#fault('missing', place, 'It is gone, and nothing says that it was erased.')
    this.#awaited = new Map()
  }

  /** What the log of the installation recorded of this one. */
  expect(leaves: readonly Uint8Array[]): void {
    for (const leaf of leaves) {
      const { head } = parseLeaf(leaf)
      if (head?.origin !== this.#state.origin) continue
      if (head.size <= this.#state.size) this.#recorded.push({ size: head.size, root: head.root })
      else
        this.#fault(
          'missing',
          `leaves ${this.#state.size} to ${head.size - 1}`,
          `The installation recorded a head of ${head.size} leaves; the log has ${this.#state.size}.`,
        )
    }
    this.#recorded.sort((a, b) => a.size - b.size)
  }

  #compareRecorded(frontier: Frontier): void {
    for (let head = this.#recorded[0]; head && head.size <= frontier.size; head = this.#recorded[0]) {
      this.#recorded.shift()
      if (head.root !== Buffer.from(frontierRoot(ledgerCrypto, frontier)).toString('base64'))
        this.#fault(
          'changed',
          `head of ${head.size} leaves`,
          'It is not the one that the installation recorded in its own log.',
        )
    }
  }

  /** Compares the heads that were signed at this size. */
  heads(frontier: Frontier, heads: readonly store.HeadRow[]): Frontier {
    this.#compareRecorded(frontier)
    for (let row = heads[this.#counts.heads]; row && row.size <= frontier.size; row = heads[this.#counts.heads]) {
      this.#counts.heads += 1
      const root = frontierRoot(ledgerCrypto, frontier)
      const place = `head of ${row.size} leaves`
      const signed = this.#signed(row.note, place)
      if (signed && (signed.size !== row.size || signed.origin !== this.#state.origin))
        this.#fault('changed', place, `What was signed is the head of ${signed.size} leaves of ${signed.origin}.`)
      else if (signed && !row.root.equals(signed.root))
        this.#fault('changed', place, 'Its stored root is not the signed one.')
      else if (signed && !equal(signed.root, root)) this.#changedBefore(row.size)
      else if (signed) this.#lastGood = row.size
    }
    return frontier
  }

  #signed(note: string, place: string) {
    try {
      return openCheckpoint(ledgerCrypto, note, this.#keys)
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      this.#fault('unsigned', place, `Its signature does not hold: ${error.reason}`)
      return undefined
    }
  }

  /** All later heads stand on the same leaves, so only the first one says where. */
  #changedBefore(size: number): void {
    if (this.#isBroken) return
    this.#isBroken = true
    const first = this.#lastGood
    const place = size - first === 1 ? `leaf ${first}` : `leaves ${first} to ${size - 1}`
    this.#fault(
      'changed',
      place,
      `The head of ${size} leaves was signed over others; the one of ${first} leaves still fits.`,
    )
  }

  head(frontier: Frontier, heads: readonly store.HeadRow[]): void {
    const { size, root, frontier: stored, note } = this.#state
    const last = heads.at(-1)
    if (last?.size !== size || last.note !== note)
      this.#fault(
        'changed',
        'head',
        `It is not the last of those that were signed, which has ${last?.size ?? 0} leaves.`,
      )
    if (!equal(root, frontierRoot(ledgerCrypto, frontier)) || !equal(stored, encodeFrontier(frontier)))
      this.#fault('changed', 'head', `It does not stand on the ${size} leaves that there are.`)
  }

  tiles(rows: readonly store.TileRow[], isStill: boolean): void {
    for (const { level, n, width, data } of rows) {
      const place = `tile ${level}/${n}`
      const hashes = this.#tiles.get(place)
      this.#tiles.delete(place)
      if (hashes === undefined) {
        if (isStill) this.#fault('stray', place, 'No leaf needs it.')
        continue
      }
      this.#counts.tiles += 1
      const wanted = Buffer.concat(hashes)
      const isWhole = width * 32 === data.length && (isStill ? width : Math.min(width, hashes.length)) === hashes.length
      if (!isWhole || !data.subarray(0, wanted.length).equals(wanted))
        this.#fault('changed', place, 'Its hashes are not those of the leaves.')
    }
    for (const place of this.#tiles.keys()) this.#fault('missing', place, 'It is gone.')
  }

  result(): LogAudit {
    return { size: this.#state.size, ...this.#counts, faults: this.#faults }
  }

  #node(level: number, index: number, hash: Uint8Array): void {
    if (level % 8 !== 0) return
    const place = `tile ${level / 8}/${Math.floor(index / tileWidth)}`
    const hashes = this.#tiles.get(place)
    if (hashes) hashes.push(hash)
    else this.#tiles.set(place, [hash])
  }

  #fault(kind: LogFaultKind, place: string, say: string): void {
    if (this.#faults.length < maxFaults) this.#faults.push({ kind, place, say })
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
