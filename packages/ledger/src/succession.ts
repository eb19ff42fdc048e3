/**
 * Logs that succeed each other: after a restore from a copy a log goes on under the next origin with the same key, since
 * going on under the old one would sign a second history. Its first leaf, `log.continued`, holds the head of what was kept;
 * each `log.lost` behind that holds a head that is known to have been signed and is lost. A log whose key changes goes on
 * under the next origin with the new key: rotation.ts.
 *
 * Files of a bundle, beside those of its own log:
 *
 *     earlier/<n>/hashes            the leaf hashes of the log before (n = 0), of the one before that (1) …: 32 bytes each
 *     earlier/<n>/first             the first leaf of that log, which says whether it continues another; none where it is empty
 *     earlier/<n>/last              where its key was changed: its last leaf, which names the key of the log behind, and
 *     earlier/<n>/checkpoint        the head over that, signed by the key before
 *     later/<n>.leaf, later/<n>.tlog-proof    where the log was succeeded: leaf n of the next log, from its first, and its place there
 *
 * The root over `hashes` stands in the leaf `log.continued` of the log behind, so each byte is vouched for by the checkpoint.
 */

import { decodeBase64, encodeUtf8, equalBytes } from './bytes.ts'
import type { Hash, LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { parseLeaf, type ReadLeaf } from './leaf.ts'
import { type VerifierKey, verifierKey } from './note.ts'
import { policyOfKeys } from './policy.ts'
import { formatProof, type InclusionProof, openProof } from './proof.ts'
import { leafHash, treeRoot } from './tree.ts'
import { splitHashes } from './tiles.ts'

/** What a bundle carries of a log before its own. */
export interface EarlierPart {
  readonly hashes: readonly Hash[]
  /** Undefined where the log is empty. */
  readonly first: Uint8Array | undefined
  /** Where its key was changed: the last leaf, and the signed head over it. */
  readonly rotation?: { readonly last: Uint8Array; readonly checkpoint: string } | undefined
}

/** A first leaf of the log that succeeded the bundle's own. */
export interface LaterPart {
  readonly leaf: Uint8Array
  readonly proof: InclusionProof
}

/** A log before, as far as it was kept. */
export interface KeptLog {
  readonly origin: string
  readonly hashes: readonly Hash[]
  /** Over all of them. */
  readonly root: Hash
  /** Those that signed it. */
  readonly keys: readonly VerifierKey[]
}

/** A head that was signed and is lost. */
export interface LostHead {
  readonly origin: string
  readonly size: number
}

/** The files of a succession. */
export function successionFiles(earlier: readonly EarlierPart[], later: readonly LaterPart[]): [string, Uint8Array][] {
  return [
    ...earlier.flatMap(({ hashes, first, rotation }, n): [string, Uint8Array][] => [
      [`earlier/${n}/hashes`, joined(hashes)],
      ...(first === undefined ? [] : [[`earlier/${n}/first`, first] as [string, Uint8Array]]),
      ...(rotation === undefined
        ? []
        : ([
            [`earlier/${n}/last`, rotation.last],
            [`earlier/${n}/checkpoint`, encodeUtf8(rotation.checkpoint)],
          ] as [string, Uint8Array][])),
    ]),
    ...later.flatMap(({ leaf, proof }, n): [string, Uint8Array][] => [
      [`later/${n}.leaf`, leaf],
      [`later/${n}.tlog-proof`, encodeUtf8(formatProof(proof))],
    ]),
  ]
}

/** Whether two origins name logs that may have succeeded each other: they differ by the number at the end only. */
export function isSameFamily(a: string, b: string): boolean {
  return firstOrigin(a) === firstOrigin(b)
}

/** The same key under the name of another log. */
export function keyUnder(crypto: LedgerCrypto, key: VerifierKey, origin: string): VerifierKey {
  return verifierKey(crypto, { name: origin, type: key.type, publicKey: key.publicKey })
}

/** The heads that the first leaves of a log say are lost. */
export function lostHeads(leaves: Iterable<ReadLeaf>): LostHead[] {
  const lost: LostHead[] = []
  for (const { type, head, seq } of leaves) {
    if (type === 'key.compromised') continue
    if (type !== 'log.continued' && type !== 'log.lost') break
    if (type === 'log.lost' && head !== undefined) lost.push({ origin: head.origin, size: head.size })
    else if (type === 'log.continued' && seq > 0) break
  }
  return lost
}

/**
 * Reads and checks one earlier log.
 *
 * @param continuing the first leaf of the log behind
 * @param read       takes a file of the bundle; undefined where it is missing
 * @throws {LedgerError} `bundle` naming the file
 */
export function readEarlier(
  crypto: LedgerCrypto,
  n: number,
  continuing: ReadLeaf | undefined,
  read: (path: string) => Uint8Array | undefined,
): { readonly log: Omit<KeptLog, 'keys'>; readonly first: ReadLeaf | undefined } {
  const place = `earlier/${n}/hashes`
  const { head, type } = continuing ?? {}
  if (type !== 'log.continued' || head === undefined)
    throw new LedgerError('bundle', 'No first leaf says that a log before was continued.', place)
  const hashes = splitHashes(read(place) ?? new Uint8Array())
  if (hashes.length !== head.size || !equalBytes(treeRoot(crypto, hashes), decodeBase64(head.root)))
    throw new LedgerError('bundle', `These are not the hashes of the ${head.size} entries of ${head.origin}.`, place)
  const log = { origin: head.origin, hashes, root: decodeBase64(head.root) }
  if (head.size === 0) return { log, first: undefined }
  const file = `earlier/${n}/first`
  const bytes = read(file)
  if (bytes === undefined) throw new LedgerError('bundle', 'The file is missing.', file)
  if (!equalBytes(leafHash(crypto, bytes), hashes[0] ?? new Uint8Array()))
    throw new LedgerError('bundle', `This is not the first leaf of ${head.origin}.`, file)
  return { log, first: parseLeaf(bytes, file) }
}

/**
 * Reads and checks one first leaf of the log that succeeded the bundle's.
 *
 * @param own its keys sign the next log, too, unless that has a key of its own: `next` tells which
 * @throws {LedgerError} naming the file
 */
export function readLater(
  crypto: LedgerCrypto,
  n: number,
  own: { readonly origin: string; readonly size: number; readonly root: Hash; readonly keys: readonly VerifierKey[] },
  next: (leaf: ReadLeaf) => readonly VerifierKey[] | undefined,
  files: { readonly leaf: Uint8Array; readonly proof: string },
): ReadLeaf {
  const place = `later/${n}.leaf`
  const leaf = parseLeaf(files.leaf, place)
  if (leaf.log === own.origin || !isSameFamily(leaf.log, own.origin))
    throw new LedgerError('bundle', `The leaf belongs to ${leaf.log}, which does not succeed ${own.origin}.`, place)
  const policy = policyOfKeys(next(leaf) ?? own.keys.map((key) => keyUnder(crypto, key, leaf.log)))
  const proof = openProof(crypto, files.proof, files.leaf, policy)
  if (proof.extra !== undefined || proof.index !== n || leaf.seq !== n || proof.accepted.origin !== leaf.log)
    throw new LedgerError('bundle', `This is not leaf ${n} of ${leaf.log}.`, place)
  const { head } = leaf
  const isKept =
    head !== undefined &&
    head.origin === own.origin &&
    head.size === own.size &&
    equalBytes(decodeBase64(head.root), own.root)
  if (n === 0 && (leaf.type !== 'log.continued' || !isKept))
    throw new LedgerError('bundle', `The log ${leaf.log} does not begin with the head of this bundle's log.`, place)
  if (n > 0 && leaf.type !== 'log.lost' && leaf.type !== 'key.compromised')
    throw new LedgerError('bundle', 'Behind the first leaf only those that name what is lost belong here.', place)
  return leaf
}

function firstOrigin(origin: string): string {
  return origin.replace(/\/[1-9][0-9]{0,8}$/, '')
}

function joined(hashes: readonly Hash[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * 32)
  for (const [i, hash] of hashes.entries()) bytes.set(hash, i * 32)
  return bytes
}
