import { generateKeyPairSync } from 'node:crypto'
import {
  appendLeaves,
  emptyFrontier,
  encodeUtf8,
  formatAddCheckpoint,
  formatCheckpoint,
  formatVkey,
  leafHash,
  proveConsistency,
  signNote,
  treeRoot,
  verifierKey,
} from '@art32/ledger'
import type { Hash, Signer } from '@art32/ledger'
import { ledgerCrypto, ledgerSigner } from '../../platform/index.ts'

/** A log of somebody else, honest or not: any leaves, any head, signed by its key. */
export interface OwnLog {
  readonly signer: Signer
  readonly vkey: string
  /** Its signed head over the first `size` leaves. */
  note(size: number): string
  /** A request to cosign `size`, from what the witness is said to know. */
  request(from: number, size: number): string
  /** The same log, but for other leaves from an index on. */
  forkAt(index: number): OwnLog
}

/** Makes a log. */
export function ownLog(
  origin: string,
  signer: Signer = ledgerSigner(
    origin,
    generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }),
  ),
  leafAt: (index: number) => string = (index) => `leaf ${index}`,
): OwnLog {
  const hashes = (size: number) =>
    Array.from({ length: size }, (_, index) => leafHash(ledgerCrypto, encodeUtf8(leafAt(index))))
  const note = (size: number) =>
    signNote(ledgerCrypto, formatCheckpoint({ origin, size, root: treeRoot(ledgerCrypto, hashes(size)) }), [signer])
  const prove = (from: number, size: number) => {
    if (from === 0 || from >= size) return []
    const nodes = new Map<string, Hash>()
    appendLeaves(
      ledgerCrypto,
      emptyFrontier,
      hashes(size),
      (level, index, hash) => void nodes.set(`${level}/${index}`, hash),
    )
    return proveConsistency(ledgerCrypto, from, size, (wanted) =>
      wanted.map(({ level, index }) => nodes.get(`${level}/${index}`) ?? new Uint8Array(32)),
    )
  }
  return {
    signer,
    vkey: formatVkey(verifierKey(ledgerCrypto, signer)),
    note,
    request: (from, size) => formatAddCheckpoint({ oldSize: from, proof: prove(from, size), checkpoint: note(size) }),
    forkAt: (index) => ownLog(origin, signer, (at) => (at < index ? leafAt(at) : `other ${at}`)),
  }
}
