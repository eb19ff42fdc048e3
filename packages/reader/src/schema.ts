import type { GoalId, Language, MeasureId, MeasureKind, RuleLevel } from '@art32/catalogue'

/** What a part of a document is. */
export type StatementType = 'measure' | 'heading' | 'commitment' | 'note' | 'meta'

/** What the document itself says about a measure; read before anything else. */
export type StatementStatus = 'in-place' | 'planned' | 'not-in-place' | 'conditional' | 'not-applicable'

/** A catalogue measure that a statement speaks of, and how sure the reader is (0 to 1). */
export type MappedMeasure = { readonly id: MeasureId; readonly confidence: number }

/** A rhythm: a duration of ISO 8601, or a word that can be read two ways and the question to ask. */
export type Cadence =
  | { readonly every: string }
  | { readonly ambiguous: string; readonly candidates: readonly string[]; readonly ask: string }

/** Values that a statement promises; see `parameters.ts` for names and units. */
export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** A column of a two-column table of measures. */
export type Column = 'technical' | 'organisational'

/** One sentence, bullet or table cell of the document. */
export type Statement = {
  /** `s<line>` or `s<line>.<part>`; the same for the same document. */
  readonly id: string
  /** Line of the text, counted from 1; for DOCX, HTML and PDF of the extracted text. */
  readonly line: number
  /** Page of a PDF, counted from 1. */
  readonly page: number | null
  /** The heading under which it stands. */
  readonly section: string | null
  readonly text: string
  readonly type: StatementType
  /** Depth of a heading, 1 to 6; null for everything else. */
  readonly level: number | null
  readonly status: StatementStatus
  readonly measures: readonly MappedMeasure[]
  /** For a section that only says "in progress": the catalogue measures that belong there. Not a mapping. */
  readonly candidates: readonly MeasureId[]
  /** False where the reader is honestly not sure: nothing found for a measure, or only weak hints. */
  readonly sure: boolean
  readonly parameters: Parameters
  readonly kind: MeasureKind | null
  /** Named products and services, in their usual spelling. */
  readonly systems: readonly string[]
  readonly cadence: Cadence | null
  /** Column of a two-column table; null elsewhere. */
  readonly column: Column | null
}

/** How far the document covers a provision or a protection goal. */
export type CoverageEntry = {
  readonly key: string
  readonly covered: boolean
  /** Weight of what was found: in place counts 1, conditional one half, anything else nothing. */
  readonly weight: number
  readonly statements: readonly string[]
  /** Essential measures that were not found. Not a verdict: please point to them if they are there. */
  readonly missing: readonly MeasureId[]
}

/** Coverage of the law and of the protection goals. */
export type Coverage = {
  readonly provisions: readonly CoverageEntry[]
  readonly goals: readonly (CoverageEntry & { readonly key: GoalId })[]
}

/** A fault of the document. */
export type Fault = {
  /** Id of a document rule of the catalogue. */
  readonly rule: string
  readonly level: RuleLevel
  /** Null where something is absent from the whole document. */
  readonly line: number | null
  readonly page: number | null
  /** The words it is about; empty where something is absent. */
  readonly text: string
  /** Why it matters, in the document's language. */
  readonly why: string
  /** What to write instead, in the document's language. */
  readonly remedy: string
}

/** Formats that are read. */
export type Format = 'txt' | 'md' | 'html' | 'docx' | 'pdf'

/** A document that was read. */
export type ReadResult = {
  readonly schema: 'art32.read/1'
  readonly document: {
    readonly name: string
    readonly format: Format
    readonly language: Language
    readonly words: number
    readonly pages: number | null
    readonly title: string | null
    /** Newest date that the document states for itself, `YYYY-MM-DD` or `YYYY-MM`. */
    readonly date: string | null
    readonly version: string | null
    /** Hex SHA-256 of the bytes; null where only text was given. */
    readonly sha256: string | null
  }
  readonly statements: readonly Statement[]
  readonly coverage: Coverage
  readonly faults: readonly Fault[]
}
