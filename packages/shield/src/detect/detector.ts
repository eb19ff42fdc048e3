/**
 * What a detector is: everything that is known about one type of personal data, as data and small pure functions over
 * bytes. Nothing here makes a string of a value: a detector runs on every cell of files of gigabytes.
 *
 * A value is the range [start, end) of UTF-8 bytes. `end - start` may be anything; a detector looks at no more than its layout
 * needs, in linear time, and never throws.
 */

/** In which words a detector is shown. */
export type Words = { readonly en: string; readonly de: string }

interface Described {
  /**
   * Stable: it stands in plans, in reports and in the derivation of keys. Lower case; what only one country has begins
   * with its ISO 3166 code: `email`, `iban`, `de.idnr`, `fr.nir`.
   */
  readonly id: string
  readonly title: Words
  /** The law or standard that defines it. */
  readonly basis: string
  /** Where its layout is described, an address. */
  readonly source: string
  /** Its layout and check in one sentence. */
  readonly layout: Words
  /** Fictitious, from a reserved range where there is one; `is` accepts it. */
  readonly example: string
  /** What it mistakes and what it misses, in one sentence with figures. */
  readonly accuracy: Words
  /** Share of random values of the layout that pass: 1/97 for an IBAN's check digits, 1 where nothing is checked. */
  readonly chance: number
}

/**
 * An identifier that is a row of letters and digits, perhaps in groups: IBAN, card, tax and insurance numbers. It is
 * judged in compact form: separators removed, ASCII letters in upper case.
 */
export interface IdentifierDetector extends Described {
  readonly family: 'identifier'
  /** The lengths of the compact form that are possible, ascending. */
  readonly lengths: readonly number[]
  /** What the compact form may begin with: digits, letters or both; a quick first look. */
  readonly begins: 'digit' | 'letter' | 'either'
  /** Whether the compact form [start, start + length) of `compact` is one. */
  valid(compact: Uint8Array, start: number, length: number): boolean
  /**
   * Words that stand near it in text, lower case, whole words, German, English, French and the country's own. A detector
   * whose `chance` is above 1/40 counts in text only near one of them.
   */
  readonly cues: readonly string[]
}

/** What has a structure of its own: mail and IP addresses, URLs, telephone numbers, dates, secrets. */
export interface StructureDetector extends Described {
  readonly family: 'structure'
  /** The byte at which it is looked for in text: one of a set (`@`, `:`, a digit …), 256 flags. */
  readonly anchors: Uint8Array
  /**
   * Which runs of digits it is asked at, when digits are its anchors: those with so many digits [least, most], followed by one of
   * these bytes and preceded by one of those (256 flags, 0 for the
   * ends of the text). It is asked at the first digit of a run only.
   */
  readonly first?: {
    readonly runs?: readonly [least: number, most: number]
    readonly next?: Uint8Array
    /** Runs of so many digits are asked about whatever follows. */
    readonly unless?: number
    readonly before?: Uint8Array
  }
  /** Whether the whole value [start, end) is one. */
  is(bytes: Uint8Array, start: number, end: number): boolean
  /**
   * Looks around the anchor at `at` within the text [start, end); true when there is one, whose range is then in `found`.
   */
  find(bytes: Uint8Array, at: number, start: number, end: number, found: Range): boolean
  /**
   * Writes the canonical form of the value to `out` from `at` on, and returns its length (never longer than the value + 16):
   * two writings of the same thing become the same pseudonym.
   */
  canonical(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number
}

/** What is known of one type of personal data, and how it is recognised. */
export type Detector = IdentifierDetector | StructureDetector

/** Set by who finds; reused, so that finding makes no garbage. */
export interface Range {
  start: number
  end: number
}
