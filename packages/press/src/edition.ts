import { assurances, publicStates } from './assurance.ts'
import type { ChangeKind, Difference } from './compare/kinds.ts'
import type { Language } from './language.ts'
import type { Letterhead } from './letterhead.ts'
import type { Assurance, PublicState } from './assurance.ts'

/** An instant: ISO 8601 in UTC, such as `2026-11-22T08:15:00Z`. */
export type Instant = string

/** A calendar day: `2026-11-22`. */
export type Day = string

/** The number of a leaf of the tenant's ledger, from 0. */
export type LeafIndex = number

/**
 * An immutable version of the TOM document, or a draft of one, as data: everything that page, PDF and JSON show.
 *
 * Holds no name of a natural person: signatories and owners appear as roles unless the tenant decides otherwise.
 */
export interface EditionDocument {
  readonly format: 'art32.edition/1'
  readonly tenant: { readonly publicId: string; readonly name: string }
  /** `draft`: made automatically, for loopback or signed-in eyes. `edition`: signed off and public. */
  readonly state: 'draft' | 'edition'
  /** Counts from 1; null for a draft. */
  readonly number: number | null
  /** Language of the document's own text. */
  readonly language: Language
  readonly title: string
  /** When it was made. Self-asserted unless witnessed. */
  readonly date: Instant
  /** The provisions the document answers to, such as `Art. 32 GDPR`. */
  readonly legalFrame: readonly string[]
  /** What the document applies to; empty when the source says nothing. */
  readonly scope: string
  /** The document that was read; null when the register was written by hand. */
  readonly source: { readonly name: string; readonly sha256: string; readonly readAt: Instant } | null
  /** Who signed it off, as a role or a name the tenant chose; null: not yet reviewed by a signatory. */
  readonly review: { readonly by: string; readonly at: Instant } | null
  /** Measures whose mapping to the catalogue was confirmed, by whom, and those nobody confirmed. */
  readonly mapping: { readonly person: number; readonly release: number; readonly none: number }
  readonly counts: Counts
  readonly sections: readonly Section[]
  /** Lines that this version leaves out, by who may see them. */
  readonly withheld: { readonly customers: number; readonly auditors: number }
  /** What changed since the edition before; absent in the first one and in drafts. */
  readonly changes?: Changes
  /** Logo and colour of the publisher when it was made; absent: none. */
  readonly letterhead?: Letterhead
  readonly ledger: LedgerHead
  /** Plain sentences on what the edition does not say, in its language; see {@link limitSentences}. */
  readonly limits: readonly string[]
}

/** Lines counted by the nine assurances and by the four public states. */
export interface Counts {
  readonly lines: number
  readonly assurance: Readonly<Record<Assurance, number>>
  readonly public: Readonly<Record<PublicState, number>>
}

/** What an edition promises otherwise than the one before, and what people decided about it. */
export interface Changes {
  /** Number and date of the edition before. */
  readonly since: number
  readonly date: Instant
  /** Lines by what became of them. */
  readonly counts: Readonly<Record<ChangeKind, number>>
  /** Each change that promises less, or of which nobody can compute whether it does. */
  readonly decisions: readonly Decision[]
  /** The level of protection per goal: the sum over the measures promised of their strength, halved under a condition. */
  readonly levels: readonly { readonly goal: string; readonly before: number; readonly after: number }[]
}

/** That a person decided to promise something otherwise, and why. */
export interface Decision {
  /** The text of the line in the edition before and in this one; empty where it was not or is no more. */
  readonly before: string
  readonly after: string
  readonly differences: readonly Difference[]
  readonly reason: string
  /** The text of the line which the person says keeps the level; absent: nothing does. */
  readonly equivalent?: string
  /** A role. */
  readonly by: string
  readonly at: Instant
  readonly leaf: LeafIndex
  /** Of the two lines, the circle that is narrower. */
  readonly visibility: Visibility
}

/** The ledger at the time of the edition. */
export interface LedgerHead {
  readonly origin: string
  /** Number of leaves. */
  readonly size: number
  /** Merkle root, base64. */
  readonly root: string
  /** The verifier key of the tenant's log, as in C2SP signed-note. */
  readonly key: string
  /** The signed note, verbatim. */
  readonly checkpoint: string
}

/** A chapter of the document; `level` is 1 for a chapter, 2 for a section in it, and so on up to 4. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly level: number
  readonly blocks: readonly Block[]
  /** Language of title and running text where it is not the edition's; a line's text stays in the edition's. Only in views. */
  readonly language?: Language
}

/** A block is running text (no measure in it) or a line. */
export type Block = TextBlock | Line

/** Prose that promises nothing that could be proven. */
export interface TextBlock {
  readonly kind: 'text'
  readonly text: string
  /** Id of the line that the text points to. Only in views. */
  readonly refersTo?: string
}

/** What the document itself says about a measure. */
export type StatementStatus = 'in-place' | 'planned' | 'not-in-place' | 'conditional' | 'not-applicable'

/** Who may see a line; each wider than the next. */
export type Visibility = 'public' | 'customers' | 'auditors'

/** One statement of the document with everything that backs it. */
export interface Line {
  readonly kind: 'line'
  /** Stable id of the statement. */
  readonly id: string
  readonly text: string
  readonly status: StatementStatus
  readonly assurance: Assurance
  readonly publicState: PublicState
  readonly parts: readonly Part[]
  /** When somebody or something last looked; null: never. */
  readonly checkedAt: Instant | null
  /** Until when that counts; null: nothing to expire. */
  readonly freshUntil: Instant | null
  readonly period?: Period
  /** The condition of a conditional statement, such as `where possible`. */
  readonly condition?: string
  /** A declared deviation: the line is then never plain proven. */
  readonly exception?: { readonly until: Day; readonly reason: string }
  /** A role such as `Head of Operations`. */
  readonly owner?: string
  readonly guarantor: 'us' | 'processor' | 'customer'
  /** A cadence in words, such as `annually`. */
  readonly cadence?: string
  /** The same as an ISO 8601 duration, such as `P1Y`: what a comparison judges. */
  readonly rhythm?: string
  /** What the statement promises as values, by the names and in the units of the reader: `{ tls: "1.2" }`. */
  readonly parameters?: Readonly<Record<string, string | number | boolean | readonly string[]>>
  /** Labels of the systems in scope. */
  readonly systems?: readonly string[]
  /** Who does what of a measure that a processor guarantees, in the document's language; absent: nothing is said of it. */
  readonly responsibilities?: readonly Responsibility[]
  /** What is overdue beyond its grace, by title: why a line is failing that no check speaks against. */
  readonly overdue?: readonly string[]
  readonly visibility: Visibility
  /** The leaves this line rests on: every leaf named in its parts, ascending. */
  readonly cites: readonly LeafIndex[]
}

/** What one of those who share a measure does. */
export interface Responsibility {
  readonly who: Line['guarantor']
  /** The processor's name; absent of the others. */
  readonly name?: string
  readonly text: string
}

/** Days of the last twelve months, or fewer. */
export interface Period {
  readonly held: number
  readonly failed: number
  readonly notLooked: number
  /** Times in which a look was due and none was made, the oldest first. They are never filled afterwards. */
  readonly gaps?: readonly { readonly from: Instant; readonly until: Instant }[]
}

/** One measure that a statement promises; "encryption *and* password" has two. */
export interface Part {
  /** Id of the catalogue measure. */
  readonly measure: string
  readonly title: string
  /** Whether the statement holds only with this part. */
  readonly required: boolean
  readonly backing: readonly Backing[]
  /** Who confirmed that the statement means this measure; null: nobody, and the line stays `stated`. */
  readonly confirmedBy: Confirmation | null
}

/** The confirmation of a mapping. */
export interface Confirmation {
  readonly by: 'person' | 'release'
  readonly at: Instant
  readonly leaf: LeafIndex
}

/** What stands behind a part. */
export type Backing = CheckBacking | SignOffBacking | AgreementBacking

/** The outcome of a check on one system. */
export interface CheckBacking {
  readonly kind: 'check'
  readonly check: string
  readonly title: string
  /** Whether the check proves the measure or only supports it; support alone never gives verified. */
  readonly role: 'proves' | 'supports'
  /** Label of the system that was looked at. */
  readonly system: string
  readonly state: OutcomeState
  /** Why there is no outcome, for `not-evaluated`. */
  readonly reason?: string
  /** Who signed what the outcome rests on, as name and id of the key, `shop-nightly+1a2b3c4d`; null: nobody. Absent: nobody could. */
  readonly signedBy?: string | null
  readonly at: Instant
  readonly leaf: LeafIndex
}

/** A named signatory's statement with evidence, shown by role. */
export interface SignOffBacking {
  readonly kind: 'sign-off'
  readonly title: string
  readonly by: string
  /** How often it was done in time, of how often it was due. */
  readonly performed?: { readonly onTime: number; readonly of: number }
  readonly at: Instant
  readonly leaf: LeafIndex
}

/** A processor's agreement with report or certificate on file. */
export interface AgreementBacking {
  readonly kind: 'agreement'
  readonly processor: string
  /** The contract is the customer's own; absent: the provider's. */
  readonly contractOf?: 'customer'
  readonly title: string
  readonly at: Instant
  /** The first instant at which agreement, or report and certificate, do not count any more. */
  readonly until?: Instant
  readonly leaf: LeafIndex
}

/** `pass`, `fail` and `info` come from the check, the others from the engine. */
export type OutcomeState = 'pass' | 'fail' | 'info' | 'not-evaluated' | 'not-applicable' | 'stale'

/** All lines of the sections, in the document's order. */
export function linesOf(sections: readonly Section[]): Line[] {
  return sections.flatMap((section) => section.blocks.filter((block) => block.kind === 'line'))
}

/**
 * The heading level of each section, from 1 to 4, without a step left out.
 *
 * A document that was read may start at level 3 or jump; a reader who hears the page, and PDF/UA-1, need it unbroken.
 */
export function headingLevels(sections: readonly Section[]): number[] {
  let above = 0
  return sections.map(({ level }) => (above = Math.min(Math.max(1, Math.trunc(level) || 1), above + 1, 4)))
}

/** Counts lines by assurance and public state; every state is present, with 0 where there is none. */
export function countLines(lines: readonly Line[]): Counts {
  const assurance = zeroes(assurances)
  const shown = zeroes(publicStates)
  for (const line of lines) {
    assurance[line.assurance] += 1
    shown[line.publicState] += 1
  }
  return { lines: lines.length, assurance, public: shown }
}

/** The leaves that the parts of a line name, ascending and each once: what `cites` of a line must be. */
export function citesOf(parts: readonly Part[]): LeafIndex[] {
  const leaves = parts.flatMap((part) => [
    ...(part.confirmedBy ? [part.confirmedBy.leaf] : []),
    ...part.backing.map((backing) => backing.leaf),
  ])
  return [...new Set(leaves)].toSorted((a, b) => a - b)
}

/** Counts the parts of lines by who confirmed their mapping. */
export function countMapping(lines: readonly Line[]): EditionDocument['mapping'] {
  const mapping = { person: 0, release: 0, none: 0 }
  for (const part of lines.flatMap((line) => line.parts)) mapping[part.confirmedBy?.by ?? 'none'] += 1
  return mapping
}

function zeroes<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>
}

/**
 * The edition as JSON: keys sorted, no white space, one line feed at the end, so that equal editions have equal bytes.
 */
export function renderJson(edition: EditionDocument): string {
  return `${canonicalJson(edition)}\n`
}

/** JSON with sorted keys and no white space. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sortKeys)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
