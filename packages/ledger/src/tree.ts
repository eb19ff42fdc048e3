/**
 * The Merkle tree of RFC 6962 section 2.1, without storage.
 *
 * A *frontier* (compact range) is all that a writer must remember: the roots of the complete subtrees that a size is made
 * of, largest first, one per set bit of the size. Proofs are made in two steps, so that the caller may read hashes from
 * anywhere, also asynchronously: a *plan* lists the nodes that are needed, each once and from left to right, and
 * {@link combineProof} folds their hashes into the proof. A tree of n leaves needs at most about 2·log₂ n nodes.
 *
 * Sizes and indexes are safe integers (below 2^53), therefore plain arithmetic instead of 32-bit operators.
 */

import { concatBytes, decodeUint64, encodeUint64, equalBytes } from './bytes.ts'
import type { Hash, Hasher } from './crypto.ts'
import { LedgerBug, LedgerError } from './errors.ts'

/** Bytes of a SHA-256 hash. */
export const hashSize = 32

/** The compact range of a tree: one hash per set bit of `size`, largest subtree first. */
export interface Frontier {
  readonly size: number
  readonly hashes: readonly Hash[]
}

/** The complete subtree over the leaves [index·2^level, (index+1)·2^level). */
export interface NodeId {
  readonly level: number
  readonly index: number
}

/** What a proof is made of: each element is the hash over one range of leaves, folded from the nodes of its part. */
export interface ProofPlan {
  /** All nodes needed, in the order in which {@link combineProof} takes their hashes. */
  readonly nodes: readonly NodeId[]
  /** How many of `nodes` make up each element of the proof, in the order of the proof. */
  readonly parts: readonly number[]
}

/** Is told of each complete subtree as it is closed, bottom up and left to right. */
export type NodeListener = (level: number, index: number, hash: Hash) => void

/** Gives the hashes of the nodes asked for, in that order. */
export type HashReader = (nodes: readonly NodeId[]) => readonly Hash[]

// One array for the hashes of all entries of a usual size: a copy of its own for each costs as much time as its hash.
const prefixed = new Uint8Array(4 * 1024)

/** The hash of an entry: SHA-256(0x00 ‖ entry). */
export function leafHash(crypto: Hasher, entry: Uint8Array): Hash {
  const length = entry.length + 1
  const bytes = length <= prefixed.length ? prefixed.subarray(0, length) : new Uint8Array(length)
  bytes[0] = 0
  bytes.set(entry, 1)
  return crypto.sha256(bytes)
}

// One array for all node hashes: allocating 65 bytes a node costs a third of the time of an append.
const node = new Uint8Array(1 + 2 * hashSize)
node[0] = 1

/** The hash of two children: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(crypto: Hasher, left: Hash, right: Hash): Hash {
  node.set(left, 1)
  node.set(right, 1 + hashSize)
  return crypto.sha256(node)
}

/** The frontier of the empty tree. */
export const emptyFrontier: Frontier = { size: 0, hashes: [] }

/**
 * The frontier after appending leaf hashes in order. About one node hash a leaf.
 *
 * @param onNode  told of each subtree that becomes complete, leaves included; {@link Frontier} does not keep them
 */
export function appendLeaves(
  crypto: Hasher,
  frontier: Frontier,
  leafHashes: readonly Hash[],
  onNode?: NodeListener,
): Frontier {
  const hashes = [...frontier.hashes]
  let size = frontier.size
  for (const leaf of leafHashes) {
    let hash = leaf
    let level = 0
    let index = size
    onNode?.(0, index, hash)
    while (index % 2 === 1) {
      const left = hashes.pop()
      if (left === undefined) throw new LedgerBug('A frontier has fewer hashes than its size has set bits.')
      hash = nodeHash(crypto, left, hash)
      index = (index - 1) / 2
      level += 1
      onNode?.(level, index, hash)
    }
    hashes.push(hash)
    size += 1
  }
  return { size, hashes }
}

/** The root of the tree that a frontier stands for; of the empty tree SHA-256 of nothing. */
export function frontierRoot(crypto: Hasher, frontier: Frontier): Hash {
  const root = foldRight(crypto, frontier.hashes)
  return root ?? crypto.sha256(new Uint8Array(0))
}

/** The root of the tree over leaf hashes (RFC 6962 MTH). */
export function treeRoot(crypto: Hasher, leafHashes: readonly Hash[]): Hash {
  return frontierRoot(crypto, appendLeaves(crypto, emptyFrontier, leafHashes))
}

/** Bytes to store a frontier: the size as eight big-endian bytes, then the hashes. */
export function encodeFrontier(frontier: Frontier): Uint8Array<ArrayBuffer> {
  return concatBytes([encodeUint64(frontier.size), ...frontier.hashes])
}

/** A frontier from its stored bytes. @throws {LedgerError} `range` when size and number of hashes disagree */
export function decodeFrontier(bytes: Uint8Array): Frontier {
  const size = decodeUint64(bytes, 0)
  if (size === undefined || bytes.length !== 8 + hashSize * setBits(size)) {
    throw new LedgerError('range', 'These bytes are not a frontier: size and number of hashes disagree.')
  }
  const hashes = []
  for (let at = 8; at < bytes.length; at += hashSize) hashes.push(bytes.slice(at, at + hashSize))
  return { size, hashes }
}

/** The nodes for the inclusion proof (RFC 6962 "audit path") of a leaf in a tree. @throws {LedgerError} `range` */
export function planInclusion(index: number, size: number): ProofPlan {
  if (!isCount(index) || !isCount(size) || index >= size) {
    throw new LedgerError('range', `There is no leaf ${index} in a tree of ${size} leaves.`)
  }
  const ranges: Range[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from)
    if (index < middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
    }
  }
  return planOf(ranges.reverse())
}

/** The nodes for the proof that the tree of `size` leaves continues the one of `oldSize`. @throws {LedgerError} `range` */
export function planConsistency(oldSize: number, size: number): ProofPlan {
  if (!isCount(oldSize) || !isCount(size) || oldSize < 1 || oldSize > size) {
    throw new LedgerError('range', `A tree of ${size} leaves cannot be shown to continue one of ${oldSize}.`)
  }
  const ranges: Range[] = []
  let from = 0
  let to = size
  while (oldSize < to) {
    const middle = from + largestPowerBelow(to - from)
    if (oldSize <= middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
    }
  }
  // The verifier knows the old root; only where the old tree is not itself this subtree must its hash be told.
  if (from > 0) ranges.push([from, to])
  return planOf(ranges.reverse())
}

/** The proof from the hashes of a plan's nodes, given in the plan's order. */
export function combineProof(crypto: Hasher, plan: ProofPlan, hashes: readonly Hash[]): Hash[] {
  if (hashes.length !== plan.nodes.length)
    throw new LedgerBug('A hash reader gave another number of hashes than asked.')
  let at = 0
  return plan.parts.map((count) => {
    const element = foldRight(crypto, hashes.slice(at, at + count))
    if (element === undefined) throw new LedgerBug('A proof plan has an empty part.')
    at += count
    return element
  })
}

/** The inclusion proof of a leaf, from its sibling up. */
export function proveInclusion(crypto: Hasher, index: number, size: number, read: HashReader): Hash[] {
  const plan = planInclusion(index, size)
  return combineProof(crypto, plan, read(plan.nodes))
}

/** The consistency proof between two sizes of a log. */
export function proveConsistency(crypto: Hasher, oldSize: number, size: number, read: HashReader): Hash[] {
  const plan = planConsistency(oldSize, size)
  return combineProof(crypto, plan, read(plan.nodes))
}

/** Whether a leaf hash is at an index of the tree with this size and root. All arguments attacker-controlled. @source RFC 9162 §2.1.3.2 */
export function verifyInclusion(
  crypto: Hasher,
  claim: { index: number; size: number; leafHash: Hash; root: Hash; proof: readonly Hash[] },
): boolean {
  if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false
  if (![claim.leafHash, claim.root, ...claim.proof].every(isHash)) return false
  let position = claim.index
  let last = claim.size - 1
  let hash = claim.leafHash
  for (const sibling of claim.proof) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(crypto, sibling, hash)
      while (position % 2 === 0 && position !== 0) {
        position /= 2
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(crypto, hash, sibling)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(hash, claim.root)
}

/**
 * Whether the tree with the second size and root continues the first. All arguments attacker-controlled.
 *
 * An empty first tree is refused, also against an empty second one: such a proof would say nothing.
 *
 * @source RFC 9162 §2.1.4.2
 */
export function verifyConsistency(
  crypto: Hasher,
  claim: { oldSize: number; oldRoot: Hash; size: number; root: Hash; proof: readonly Hash[] },
): boolean {
  const { oldSize, oldRoot, size, root, proof } = claim
  if (!isCount(oldSize) || !isCount(size) || oldSize < 1 || oldSize > size) return false
  if (oldSize === size) return proof.length === 0 && equalBytes(oldRoot, root)
  if (![oldRoot, root, ...proof].every(isHash)) return false
  let position = oldSize - 1
  let last = size - 1
  while (position % 2 === 1) {
    position = (position - 1) / 2
    last = Math.floor(last / 2)
  }
  const path = position === 0 ? [oldRoot, ...proof] : proof
  const seed = path[0]
  if (proof.length === 0 || seed === undefined) return false
  let oldHash = seed
  let hash = seed
  for (const sibling of path.slice(1)) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      oldHash = nodeHash(crypto, sibling, oldHash)
      hash = nodeHash(crypto, sibling, hash)
      while (position % 2 === 0 && position !== 0) {
        position /= 2
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(crypto, hash, sibling)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(oldHash, oldRoot) && equalBytes(hash, root)
}

/** Whether a value is a 32-byte hash. */
export function isHash(value: Uint8Array): boolean {
  return value.length === hashSize
}

type Range = readonly [from: number, to: number]

function planOf(ranges: readonly Range[]): ProofPlan {
  const parts = ranges.map(completeSubtrees)
  return { nodes: parts.flat(), parts: parts.map((part) => part.length) }
}

/** The complete subtrees that make up a range of leaves as it occurs in a tree, largest (leftmost) first. */
function completeSubtrees([from, to]: Range): NodeId[] {
  const nodes: NodeId[] = []
  let at = from
  while (at < to) {
    let level = 0
    let width = 1
    while (width * 2 <= to - at) {
      width *= 2
      level += 1
    }
    if (at % width !== 0) throw new LedgerBug('A range of leaves does not lie on the borders of subtrees.')
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

function foldRight(crypto: Hasher, hashes: readonly Hash[]): Hash | undefined {
  let folded: Hash | undefined
  for (let i = hashes.length - 1; i >= 0; i--) {
    const left = hashes[i]!
    folded = folded === undefined ? left : nodeHash(crypto, left, folded)
  }
  return folded
}

function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

function setBits(n: number): number {
  let count = 0
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

function isCount(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}
