import type { Instant, OutcomeState } from './edition.ts'

/**
 * What the ledger leaf of a check outcome commits to, under the role `outcome`.
 *
 * The edition's lines cite these leaves; opened in a bundle they show a stranger what the check really said.
 */
export interface OutcomeRecord {
  readonly format: 'art32.outcome/1'
  /** Id of the check, such as `tls.protocols`. */
  readonly check: string
  readonly checkVersion: string
  /** Random id of the system: never its name or address. */
  readonly system: string
  /** What of the system was judged, as an id or a key of the facts; empty for the whole. */
  readonly subject: string
  readonly state: OutcomeState
  /** For `not-evaluated`: denied, unlicensed, unreachable, throttled, contract, incomplete, not-configured. */
  readonly reason?: string
  readonly at: Instant
  /** The parameters the check was given, such as `{"minimum": "1.2"}`. */
  readonly params: Readonly<Record<string, unknown>>
  /** SHA-256 of the facts, hex. */
  readonly factsHash: string
  readonly freshUntil: Instant
  /** Who signed the facts, as name and id of the key; null: nobody. Absent: nobody could. */
  readonly signedBy?: string | null
}

/** What the leaf of a confirmed mapping commits to, under the role `confirmation`. */
export interface ConfirmationRecord {
  readonly format: 'art32.confirmation/1'
  /** Id of the statement, the same as the id of the edition's line. */
  readonly statement: string
  /** Ids of the catalogue measures that the statement was confirmed to mean. */
  readonly measures: readonly string[]
  readonly by: 'person' | 'release'
  readonly at: Instant
}

/** What the leaf of a sign-off commits to, under the role `sign-off`: that somebody entitled said so, with evidence. */
export interface SignOffRecord {
  readonly format: 'art32.sign-off/1'
  readonly measure: string
  readonly at: Instant
  /** The day on which it was done, apart from when that was written down. */
  readonly effectiveOn?: string
  /** The end of the cadence it was given for. */
  readonly freshUntil: Instant
  /** SHA-256 of each piece of evidence, hex. */
  readonly evidence: readonly string[]
}

/** What the leaf of a processor's agreement commits to, under the role `agreement`: that it and a report are on file. */
export interface AgreementRecord {
  readonly format: 'art32.agreement/1'
  /** Ids of the catalogue measures that the processor guarantees in it. */
  readonly measures: readonly string[]
  readonly at: Instant
  readonly freshUntil: Instant
  /** Whose contract it is: the provider's, or the customer's own. */
  readonly contractOf: 'us' | 'customer'
  /** SHA-256 of each file of the agreement, hex; at least one. */
  readonly agreement: readonly string[]
  /** SHA-256 of each file of reports and certificates that count, hex; at least one. */
  readonly proof: readonly string[]
}

/** The roles under which leaves commit to records that an edition cites. */
export type RecordRole = 'outcome' | 'confirmation' | 'sign-off' | 'agreement'
