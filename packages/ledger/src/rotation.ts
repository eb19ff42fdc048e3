/**
 * Changes of a log's key. The last leaf of the log before, `key.rotated` with the code `log-key`, names the new key and, in
 * `head`, the empty log that begins with it; the key before signs the head over that leaf and nothing after it. The first leaf
 * of the next log is `log.continued` with the code `after-rotation`.
 *
 * Where the key before is in foreign hands its signature proves nothing: the next log begins with `log.continued`,
 * `after-compromise`, and `key.compromised` with the key that is not to be trusted any more. Nothing leads from that key to
 * the new one, which everybody has to get another way.
 */

import { decodeBase64, decodeUtf8, encodeBase64, equalBytes } from './bytes.ts'
import type { LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { type LeafEvent, leafHead, parseLeaf, type ReadLeaf } from './leaf.ts'
import { formatVkey, type VerifierKey, verifierKey } from './note.ts'
import { acceptCheckpoint, policyOfKeys } from './policy.ts'
import { isSameFamily, type KeptLog } from './succession.ts'
import { emptyFrontier, frontierRoot, leafHash } from './tree.ts'

/** The code of the leaf `key.rotated` that ends a log; other keys have other codes, or none. */
export const logKeyCode = 'log-key'

/** How a log goes on after a change of its key. */
export const keyChangeCodes = { rotation: 'after-rotation', compromise: 'after-compromise' } as const

/** A change of a key that the key before signed. */
export interface Rotation {
  readonly from: VerifierKey
  readonly to: VerifierKey
  /** By the clock of the log's owner. */
  readonly at: string
}

/** The members by which a leaf names the key of the next log, and that log. */
export function namedNext(crypto: LedgerCrypto, next: VerifierKey): Pick<LeafEvent, 'key' | 'head'> {
  const root = frontierRoot(crypto, emptyFrontier)
  return { key: keyMember(next), head: leafHead({ origin: next.name, size: 0, root }) }
}

/** A key as a leaf holds it: base64(type ‖ public key). */
export function keyMember(key: VerifierKey): string {
  return encodeBase64(Uint8Array.of(key.type, ...key.publicKey))
}

/** The key that a leaf holds, under the name of a log. @throws {LedgerError} `key` */
export function keyInLeaf(crypto: LedgerCrypto, { key }: Pick<ReadLeaf, 'key'>, name: string): VerifierKey | undefined {
  if (key === undefined) return undefined
  const bytes = decodeBase64(key)
  if (bytes[0] !== 0x01) throw new LedgerError('key', 'The key in the leaf is not an Ed25519 key.')
  return verifierKey(crypto, { name, type: 0x01, publicKey: bytes.subarray(1) })
}

/** Whether a leaf is the last of its log, since the key changed. */
export function endsLog({ type, code }: Pick<ReadLeaf, 'type' | 'code'>): boolean {
  return type === 'key.rotated' && code === logKeyCode
}

/** The key of the next log as the last leaf of a log names it; undefined where it names none of this log. */
export function namedKey(crypto: LedgerCrypto, last: ReadLeaf, next: string): VerifierKey | undefined {
  if (!endsLog(last) || last.head?.origin !== next || last.head.size !== 0 || !isSameFamily(last.log, next))
    return undefined
  return keyInLeaf(crypto, last, next)
}

/**
 * Checks that the key of an earlier log names the key of the log behind it.
 *
 * @param log    the earlier log, as its hashes show it
 * @param listed the keys that may have signed it
 * @param behind the log behind, and its keys
 * @throws {LedgerError} naming the file
 */
export function readRotation(
  crypto: LedgerCrypto,
  n: number,
  log: Omit<KeptLog, 'keys'>,
  listed: readonly VerifierKey[],
  behind: { readonly origin: string; readonly keys: readonly VerifierKey[] },
  read: (path: string) => Uint8Array | undefined,
): Rotation {
  const place = `earlier/${n}/last`
  const head = `earlier/${n}/checkpoint`
  const bytes = read(place)
  const note = read(head)
  if (bytes === undefined || note === undefined)
    throw new LedgerError('bundle', 'The last leaf of the log or the head over it is missing.', place)
  const signed = at(head, () => acceptCheckpoint(crypto, policyOfKeys(listed), decodeUtf8(note, head)))
  const last = log.hashes.at(-1)
  const leaf = parseLeaf(bytes, place)
  if (
    signed.origin !== log.origin ||
    signed.size !== log.hashes.length ||
    signed.note.verified.length !== listed.length
  )
    throw new LedgerError('bundle', `This is not the last head of ${log.origin}.`, head)
  if (signed.note.unknown.length > 0 || signed.extensions !== undefined)
    throw new LedgerError('bundle', 'Nothing vouches for a line of it.', head)
  // The root over the hashes was compared with what the log behind continues; here with what the key before signed.
  if (!equalBytes(signed.root, log.root))
    throw new LedgerError('bundle', `The key before signed another head of ${log.origin}.`, head)
  if (last === undefined || !equalBytes(leafHash(crypto, bytes), last) || leaf.log !== log.origin)
    throw new LedgerError('bundle', `This is not the last leaf of ${log.origin}.`, place)
  const to = namedKey(crypto, leaf, behind.origin)
  const [from] = signed.note.verified
  if (to === undefined || from === undefined || !behind.keys.every((key) => equalBytes(key.publicKey, to.publicKey)))
    throw new LedgerError('key', `The log ${log.origin} ended without naming the key of ${behind.origin}.`, place)
  return { from: from.key, to, at: leaf.at }
}

/** Names the file in what is refused. */
function at<T>(place: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof LedgerError) throw new LedgerError(error.code, error.reason, place)
    throw error
  }
}

/** A plain sentence on a change of a key. */
export function sayRotation({ from, to, at }: Rotation, isTrusted: boolean): string {
  const why = isTrusted ? ': you trust that one, and it leads to this' : ''
  return `The key ${formatVkey(to)} came after ${formatVkey(from)}, which signed that at ${at} as the last entry of its log${why}.`
}

/** What the first leaves of a log say about the key before it; undefined: nothing. */
export function compromiseIn(leaves: Iterable<ReadLeaf>): ReadLeaf | undefined {
  for (const leaf of leaves) {
    if (leaf.type === 'key.compromised' && leaf.seq === 1) return leaf
    if (leaf.seq > 1) break
  }
  return undefined
}
