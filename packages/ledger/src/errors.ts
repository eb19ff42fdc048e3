/**
 * What can be wrong with a ledger's bytes, as a closed list.
 *
 * Everything that comes from outside (notes, proofs, tiles, leaves, bundles) is attacker-controlled and always ends as a
 * {@link LedgerError}; a broken invariant of our own ends as a {@link LedgerBug}. Nothing else is thrown.
 */
export type LedgerErrorCode =
  | 'encoding' // not UTF-8, base64 or hexadecimal in the one form that is allowed
  | 'json' // not JSON, not canonical JSON, or a value that canonical JSON cannot carry
  | 'range' // an index, size or width outside of the tree
  | 'tile' // a tile or entry bundle of the wrong shape
  | 'note' // not a signed note
  | 'key' // not a verifier key
  | 'envelope' // not a signed envelope
  | 'signature' // no trusted signature, or one that does not verify
  | 'checkpoint' // not a checkpoint
  | 'proof' // not a proof file, or a proof that does not hold
  | 'policy' // not a policy, or a checkpoint that it does not accept
  | 'leaf' // not a leaf of this schema
  | 'commitment' // a salt of the wrong length
  | 'inconsistent' // a log state that contradicts its last checkpoint
  | 'bundle' // a bundle that cannot be read at all

/**
 * The input is not acceptable: says what and where. Carries no personal data, since leaves carry none.
 *
 * `place` is a path, a line or an index, as precise as known (`tile/entries/000.p/7 leaf 3`).
 */
export class LedgerError extends Error {
  override readonly name = 'LedgerError'
  readonly code: LedgerErrorCode
  readonly place: string | undefined
  /** The sentence without the place. */
  readonly reason: string

  constructor(code: LedgerErrorCode, reason: string, place?: string) {
    super(place === undefined ? reason : `${place}: ${reason}`)
    this.code = code
    this.place = place
    this.reason = reason
  }
}

/** An invariant of this package is broken; never caused by input alone. */
export class LedgerBug extends Error {
  override readonly name = 'LedgerBug'
}
