/**
 * Witnesses (C2SP tlog-witness v1.0.0), purely: what a log sends, what a witness answers, what the log makes of it.
 *
 * A witness remembers one head per log and cosigns only what continues it, so that a log cannot show two histories to those
 * who ask for its cosignature. Whoever uses this must read the head, decide and persist the new one as one step, and must
 * have persisted it before the cosignature leaves: otherwise two requests at once roll the witness back.
 */

import { decodeBase64, decodeUtf8, encodeBase64, equalBytes, parseDecimal } from './bytes.ts'
import { parseCheckpoint } from './checkpoint.ts'
import type { Hash, LedgerCrypto, Signer } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { addSignatures, openNote, parseNote, signNote, type VerifierKey } from './note.ts'
import { type OpenedCheckpoint, openCheckpoint } from './policy.ts'
import { emptyFrontier, frontierRoot, isHash, verifyConsistency } from './tree.ts'

/** The specification allows no more proof lines: no tree has more levels. */
const maxProofLines = 63

/** The body of `POST <prefix>/add-checkpoint`. */
export interface AddCheckpoint {
  /** The size of the head that the log believes the witness to know. */
  readonly oldSize: number
  /** The consistency proof from that size to the checkpoint's. */
  readonly proof: readonly Hash[]
  /** The log's signed checkpoint, verbatim. */
  readonly checkpoint: string
}

/** The last head of a log that a witness cosigned. */
export interface WitnessedHead {
  readonly size: number
  readonly root: Hash
}

/** A request by a log that the witness trusts; whether it continues the known head is not yet decided. */
export interface Submission extends AddCheckpoint {
  readonly opened: OpenedCheckpoint
}

/** What a witness answers, apart from the cosignature itself. */
export type WitnessAnswer =
  /** Persist the checkpoint, then answer with the cosignature. */
  | { readonly status: 200; readonly submission: Submission }
  | { readonly status: 400 | 403 | 404 | 422; readonly reason: string }
  /**
   * The body is the known size, in `text/x.tlog.size`.
   *
   * `isFork`: the log signed another root for a size that it had cosigned. Keep both checkpoints: they convict it.
   */
  | { readonly status: 409; readonly reason: string; readonly size: number; readonly isFork: boolean }

/** The body of a request. @throws {LedgerError} `proof` for too many hashes */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  if (proof.length > maxProofLines) throw tooManyHashes()
  return `old ${oldSize}\n${proof.map((hash) => `${encodeBase64(hash)}\n`).join('')}\n${checkpoint}`
}

/** Takes a request apart without trusting it. @throws {LedgerError} naming the line */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const border = body.indexOf('\n\n')
  const lines = body.slice(0, Math.max(border, 0)).split('\n')
  const first = lines.shift() ?? ''
  const oldSize = first.startsWith('old ') ? parseDecimal(first.slice('old '.length)) : undefined
  if (oldSize === undefined)
    throw new LedgerError('proof', 'A request begins with "old", a space and the old size in decimal.', 'line 1')
  if (lines.length > maxProofLines) throw tooManyHashes()
  const proof = lines.map((line, i) => {
    const hash = decodeBase64(line, `line ${i + 2}`)
    if (!isHash(hash)) throw new LedgerError('proof', 'Each hash of a proof has 32 bytes.', `line ${i + 2}`)
    return hash
  })
  const checkpoint = body.slice(border + 2)
  parseNote(checkpoint)
  return { oldSize, proof, checkpoint }
}

/**
 * Reads a request as far as the witness need not know its own state.
 *
 * @param body   as it came; never trusted
 * @param keysOf the keys that the witness trusts for a log; none where it does not know the log
 */
export function readSubmission(
  crypto: LedgerCrypto,
  body: Uint8Array,
  keysOf: (origin: string) => readonly VerifierKey[],
): Submission | Extract<WitnessAnswer, { status: 400 | 403 | 404 | 422 }> {
  try {
    const request = parseAddCheckpoint(decodeUtf8(body))
    const { origin, size } = parseCheckpoint(parseNote(request.checkpoint).text)
    const keys = keysOf(origin)
    if (keys.length === 0) return { status: 404, reason: 'This witness does not know the log.' }
    // Whoever has no key of the log learns nothing further, and so this comes before sizes.
    const opened = openedBy(crypto, request.checkpoint, keys)
    if (opened === null) return { status: 403, reason: 'No key that this witness trusts for the log has signed.' }
    if (request.oldSize > size) return { status: 400, reason: 'The old size is larger than that of the checkpoint.' }
    return { ...request, opened }
  } catch (error) {
    if (error instanceof LedgerError) return { status: 400, reason: error.message }
    throw error
  }
}

/** Decides about a request. @param known the last head that was cosigned for this log; undefined: none yet */
export function answerSubmission(
  crypto: LedgerCrypto,
  submission: Submission,
  known: WitnessedHead | undefined,
): WitnessAnswer {
  const { oldSize, proof, opened } = submission
  const head = known ?? { size: 0, root: frontierRoot(crypto, emptyFrontier) }
  const conflict = (reason: string, isFork: boolean) => ({ status: 409, reason, size: head.size, isFork }) as const
  const isSame = equalBytes(opened.root, head.root)
  // A log that asks for another root of the known size has forked, whatever old size it names.
  if (opened.size === head.size && !isSame) return conflict('The log signed another root for the known size.', true)
  if (oldSize !== head.size) return conflict('The old size is not that of the last checkpoint cosigned here.', false)
  if (opened.size === head.size || head.size === 0) {
    if (proof.length > 0) return { status: 422, reason: 'Between these sizes a proof has no hashes.' }
    return { status: 200, submission }
  }
  const claim = { oldSize, oldRoot: head.root, size: opened.size, root: opened.root, proof }
  if (!verifyConsistency(crypto, claim))
    return { status: 422, reason: 'The proof does not show that the checkpoint continues the last one.' }
  return { status: 200, submission }
}

/** The body of a 200: the witness's signature lines. @param posixTime seconds since 1970 */
export function formatCosignatures(
  crypto: LedgerCrypto,
  { opened }: Submission,
  signers: readonly Signer[],
  posixTime: number,
): string {
  const { text } = opened.note
  return signNote(crypto, text, signers, posixTime).slice(text.length + 1)
}

/**
 * Adds to a checkpoint what a witness answered; signatures by other keys are left out.
 *
 * @throws {LedgerError} `note` for a body that is none, `signature` where no key of the witness signed this checkpoint
 */
export function addCosignatures(
  crypto: LedgerCrypto,
  checkpoint: string,
  body: Uint8Array,
  keys: readonly VerifierKey[],
): string {
  const { text } = parseNote(checkpoint)
  const answer = parseNote(`${text}\n${decodeUtf8(body)}`)
  const lines = answer.signatures.filter((line) => keys.some(({ name, id }) => name === line.name && id === line.id))
  const cosigned = addSignatures(checkpoint, lines)
  openNote(crypto, cosigned, keys)
  return cosigned
}

function openedBy(crypto: LedgerCrypto, note: string, keys: readonly VerifierKey[]): OpenedCheckpoint | null {
  try {
    return openCheckpoint(crypto, note, keys)
  } catch (error) {
    if (error instanceof LedgerError && (error.code === 'signature' || error.code === 'policy')) return null
    throw error
  }
}

function tooManyHashes(): LedgerError {
  return new LedgerError('proof', `A request has at most ${maxProofLines} hashes.`)
}
