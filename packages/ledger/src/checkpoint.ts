/** Checkpoints (C2SP tlog-checkpoint v1.0.0): a log's origin, size and root as the text of a signed note. */

import { decodeBase64, encodeBase64, parseDecimal } from './bytes.ts'
import type { Hash } from './crypto.ts'
import { LedgerError } from './errors.ts'
import { hashSize } from './tree.ts'

/** A log's head. */
export interface Checkpoint {
  /** The log's name, at the same time the name of its key. */
  readonly origin: string
  /** Number of leaves. */
  readonly size: number
  /** RFC 6962 root over them. */
  readonly root: Hash
  /** Further lines, whose meaning is the log's own; art32 writes none. */
  readonly extensions?: readonly string[]
}

/** The text to sign: origin, size and base64 root on a line each. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const lines = [
    checkpoint.origin,
    String(checkpoint.size),
    encodeBase64(checkpoint.root),
    ...(checkpoint.extensions ?? []),
  ]
  const text = lines.map((line) => `${line}\n`).join('')
  parseCheckpoint(text)
  return text
}

/** A checkpoint from the text of a note. @throws {LedgerError} `checkpoint` */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  const end = lines.pop()
  const [origin, decimal, base64, ...extensions] = lines
  const size = parseDecimal(decimal ?? '')
  if (end !== '' || !origin || size === undefined || base64 === undefined || extensions.includes('')) {
    throw new LedgerError('checkpoint', 'A checkpoint has three lines: origin, size in decimal, root in base64.')
  }
  const root = decodeBase64(base64, 'root of the checkpoint')
  if (root.length !== hashSize) throw new LedgerError('checkpoint', 'The root of a checkpoint has 32 bytes.')
  return extensions.length === 0 ? { origin, size, root } : { origin, size, root, extensions }
}
