import {
  appendLeaves,
  emptyFrontier,
  endsLog,
  keyChangeCodes,
  leafHash,
  parseLeaf,
  parseVkey,
  proveInclusion,
} from '@art32/ledger'
import type { EarlierPart, Hash, HashReader, LaterPart } from '@art32/ledger'
import { bug } from '../kernel/index.ts'
import { ledgerCrypto } from '../platform/index.ts'
import { listEarlierEntries, listEarlierLogs } from './earlier.ts'
import type { EarlierLog } from './earlier.ts'
import * as store from './store.ts'
import type { Queryable } from './store.ts'

/** Leaves at the beginning of a log that may say what it continues and what is lost. */
const firstLeaves = 20

/** What they are about, behind the first. */
const toldFirst: readonly string[] = ['log.lost', 'key.compromised']

/**
 * The logs before the present one, the nearest first: by their hashes whoever kept a checkpoint of one of them sees that it is
 * continued.
 *
 * @param first the first leaf of the present log
 */
export async function earlierParts(
  sql: Queryable,
  first: Uint8Array | undefined,
): Promise<{ parts: EarlierPart[]; vkeys: string[] }> {
  const logs = await listEarlierLogs(sql)
  const parts: EarlierPart[] = []
  const vkeys: string[] = []
  let continued = originContinued(first)
  while (continued !== undefined) {
    const log = logs.find(({ origin }) => origin === continued)
    if (!log) break
    const leaves = (await listEarlierEntries(sql, log.id)).map(({ leaf }) => leaf)
    const last = leaves.at(-1)
    const rotation = last && endsLog(parseLeaf(last)) ? { last, checkpoint: log.note } : undefined
    if (rotation) vkeys.push(log.vkey)
    parts.push({ hashes: leaves.map((leaf) => leafHash(ledgerCrypto, leaf)), first: leaves[0], rotation })
    continued = originContinued(leaves[0])
  }
  return { parts, vkeys }
}

/** The first leaves of the log by which an earlier one was succeeded after a restore, each with its place there. */
export async function laterParts(
  sql: Queryable,
  { origin, vkey }: EarlierLog,
  present: string,
): Promise<{ parts: LaterPart[]; vkeys: string[] }> {
  const next = await findNext(sql, origin)
  const none = { parts: [], vkeys: [] }
  if (!next) return none
  const { code } = parseLeaf(next.leaves[0] ?? new Uint8Array())
  const nextKey = next.vkey ?? present
  // A log that moved to another installation goes on with another key, for which this one says nothing.
  const isTold =
    code === keyChangeCodes.rotation ||
    code === keyChangeCodes.compromise ||
    (code === 'after-restore' && isSameKey(nextKey, vkey))
  if (!isTold) return none
  const read = readerOf(next.leaves)
  const told = next.leaves
    .slice(0, firstLeaves)
    .findIndex((leaf, i) => i > 0 && !toldFirst.includes(parseLeaf(leaf).type))
  const parts = next.leaves.slice(0, told < 0 ? firstLeaves : told).map((leaf, index) => ({
    leaf,
    proof: { index, hashes: proveInclusion(ledgerCrypto, index, next.leaves.length, read), checkpoint: next.note },
  }))
  return { parts, vkeys: code === keyChangeCodes.compromise ? [nextKey] : [] }
}

/** The log whose first leaf continues this one. */
async function findNext(
  sql: Queryable,
  origin: string,
): Promise<{ leaves: Uint8Array[]; note: string; vkey: string | null } | undefined> {
  const state = await store.findState(sql)
  if (!state) throw bug('a log was not started')
  const [first] = await store.listEntries(sql, 0, 1)
  if (originContinued(first?.leaf) === origin) {
    const entries = await store.listEntries(sql, 0, state.size)
    return { leaves: entries.map(({ leaf }) => leaf), note: state.note, vkey: null }
  }
  for (const log of await listEarlierLogs(sql)) {
    const leaves = (await listEarlierEntries(sql, log.id)).map(({ leaf }) => leaf)
    if (originContinued(leaves[0]) === origin) return { leaves, note: log.note, vkey: log.vkey }
  }
  return undefined
}

function originContinued(leaf: Uint8Array | undefined): string | undefined {
  if (leaf === undefined) return undefined
  const { type, head } = parseLeaf(leaf)
  return type === 'log.continued' ? head?.origin : undefined
}

function isSameKey(one: string, other: string): boolean {
  const [a, b] = [one, other].map((vkey) => Buffer.from(parseVkey(ledgerCrypto, vkey).publicKey))
  return a !== undefined && b !== undefined && a.equals(b)
}

/** Reads the nodes of a tree that is built anew from its leaves. */
export function readerOf(leaves: readonly Uint8Array[]): HashReader {
  const nodes = new Map<string, Hash>()
  const hashes = leaves.map((leaf) => leafHash(ledgerCrypto, leaf))
  appendLeaves(ledgerCrypto, emptyFrontier, hashes, (level, index, hash) => void nodes.set(`${level}/${index}`, hash))
  return (wanted) =>
    wanted.map(({ level, index }) => {
      const hash = nodes.get(`${level}/${index}`)
      if (!hash) throw bug('a node of a tree is missing')
      return hash
    })
}
