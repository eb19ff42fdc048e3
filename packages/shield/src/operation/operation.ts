/**
 * What can be done with a value; names after ISO/IEC 20889. Each works on the decoded UTF-8 bytes of one value and writes what takes
 * its place; none makes a string of it. What comes out depends on nothing but the value, the parameters and the key, so that
 * any number of machines give the same.
 */
export interface Operation {
  /**
   * Writes to `out` from `at`; returns the length, 0 where nothing is left and where the value is not what the operation is for: what cannot be
   * read does not pass. `out` has room for 4 × length + 64 bytes, of which all may be overwritten.
   */
  apply(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number
}

/** As `Operation`, of which the key depends on who the record is about (a shift of dates per subject). */
export interface SubjectOperation {
  apply(bytes: Uint8Array, start: number, end: number, subject: Uint8Array, out: Uint8Array, at: number): number
}

/**
 * Keyed pseudonyms, HMAC-SHA256 cut to 128 bits, made in batches: `add` as many as `capacity`, `run`, then `write` each. One per
 * key. The value is canonicalised by whoever adds it.
 */
export interface Pseudonyms {
  readonly capacity: number
  readonly count: number
  /** Takes in the canonical value; returns its place in the batch. Any length. */
  add(bytes: Uint8Array, start: number, end: number): number
  /** Computes all that were added. */
  run(): void
  /** Writes the pseudonym of a place as 26 characters a–z2–7 (RFC 4648 base32, lower case, no padding) or as a UUID (version 8, RFC 9562), 36 characters; returns the length. */
  write(place: number, form: 'text' | 'uuid', out: Uint8Array, at: number): number
  /**
   * As `write` of all places as text, `textRoom` bytes apart; `out` has room for as many. Only those have it whose text is always 26 letters and
   * digits.
   */
  writeTexts?(out: Uint8Array, at: number): void
  /** Empties the batch. */
  clear(): void
}
