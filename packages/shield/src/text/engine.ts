import type { Spans } from './spans.ts'

/**
 * The other values of the record that a text stands in: its names, mail addresses, telephone numbers. Where they occur in
 * the text they are what they are there, however unusual. Ranges of decoded UTF-8 bytes in one buffer, reused.
 */
export interface Links {
  bytes: Uint8Array
  count: number
  start: Int32Array
  end: Int32Array
  /** Index in the list of types. */
  type: Uint16Array
}

/** Finds personal data in running text. One per worker; it keeps buffers and is not to be entered twice. */
export interface TextEngine {
  /** The types that it can find, by index as in `Spans.type`: ids of detectors, and `name`, `address`. */
  readonly types: readonly string[]
  /** Empties `spans` and fills it with what is in bytes [start, end), ascending, without overlap. */
  find(bytes: Uint8Array, start: number, end: number, links: Links, spans: Spans): void
  /** As `find`, of what has a structure of its own only: mail, numbers, secrets; no names, no places, no help of a record. */
  guard(bytes: Uint8Array, start: number, end: number, spans: Spans): void
  /**
   * The quick look at a value that should hold nothing: whether there is an anchor at all (an @, a run of seven digits,
   * something like a secret) so that `guard` is worth its time, which finds nothing where
   * there is none.
   */
  suspicious(bytes: Uint8Array, start: number, end: number): boolean
}
