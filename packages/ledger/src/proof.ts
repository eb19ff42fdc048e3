/**
 * Proof files (C2SP tlog-proof): one entry's inclusion in a log, verifiable offline with a policy alone.
 *
 *     c2sp.org/tlog-proof@v1
 *     index 73894
 *     <base64 hash>…
 *
 *     <signed checkpoint>
 */

import { decodeBase64, encodeBase64, parseDecimal } from './bytes.ts'
import type { Hash, LedgerCrypto } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { acceptCheckpoint, type AcceptedCheckpoint, type Policy } from './policy.ts'
import { isHash, leafHash, verifyInclusion } from './tree.ts'

const header = 'c2sp.org/tlog-proof@v1'
// A tree of 2^53 leaves has 53 levels; more lines than levels are an attack.
const maxHashes = 63

/** A proof file taken apart. */
export interface InclusionProof {
  readonly index: number
  /** Sibling hashes from the leaf to the root's child. */
  readonly hashes: readonly Hash[]
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string
  /** Opaque and not authenticated; art32 writes none. */
  readonly extra?: Uint8Array
}

/** The text of a proof file; its usual ending is `.tlog-proof`. */
export function formatProof(proof: InclusionProof): string {
  const extra = proof.extra === undefined ? '' : `extra ${encodeBase64(proof.extra)}\n`
  const hashes = proof.hashes.map((hash) => `${encodeBase64(hash)}\n`).join('')
  return `${header}\n${extra}index ${proof.index}\n${hashes}\n${proof.checkpoint}`
}

/** Takes a proof file apart without trusting it. @throws {LedgerError} `proof` */
export function parseProof(text: string): InclusionProof {
  const border = text.indexOf('\n\n')
  const lines = text.slice(0, Math.max(border, 0)).split('\n')
  if (lines.shift() !== header) throw new LedgerError('proof', `A proof file begins with the line ${header}.`, 'line 1')
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined
  const indexLine = lines.shift()
  const index = indexLine?.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined
  if (index === undefined)
    throw new LedgerError('proof', 'A proof file names the index of its entry: "index" and a decimal.')
  if (lines.length > maxHashes) throw new LedgerError('proof', `An inclusion proof has at most ${maxHashes} hashes.`)
  const hashes = lines.map((line, i) => decodeBase64(line, `proof hash ${i + 1}`))
  if (!hashes.every(isHash)) throw new LedgerError('proof', 'Each hash of a proof has 32 bytes.')
  const proof = { index, hashes, checkpoint: text.slice(border + 2) }
  return extraLine === undefined ? proof : { ...proof, extra: decodeBase64(extraLine, 'extra line') }
}

/**
 * Verifies that an entry is in a log that the policy accepts.
 *
 * @throws {LedgerError} `proof`, `signature` or `policy`, with the reason
 */
export function openProof(
  crypto: LedgerCrypto,
  text: string,
  entry: Uint8Array,
  policy: Policy,
): InclusionProof & { readonly accepted: AcceptedCheckpoint } {
  const proof = parseProof(text)
  const accepted = acceptCheckpoint(crypto, policy, proof.checkpoint)
  const { size, root } = accepted
  const claim = { index: proof.index, size, root, leafHash: leafHash(crypto, entry), proof: proof.hashes }
  if (!verifyInclusion(crypto, claim)) {
    throw new LedgerError(
      'proof',
      `The entry is not number ${proof.index} of the ${size} in the log ${accepted.origin}.`,
    )
  }
  return { ...proof, accepted }
}
