import type { Tone } from '../assurance.ts'
import type { Language } from '../language.ts'
import type { Letterhead } from '../letterhead.ts'

/** A piece of running text: plain, strong, emphasised, or a link to a web or mail address. */
export interface PaperRun {
  readonly text: string
  readonly strong?: boolean
  readonly emphasis?: boolean
  /** `https:`, `http:` or `mailto:`; anything else stays text. */
  readonly href?: string
}

/** Running text; a string is one plain run. Line breaks in it are kept. */
export type PaperText = string | readonly PaperRun[]

/** How something stands: a sign of the tone's own shape, always with its word, so that colour is never the only sign. */
export interface PaperSign {
  readonly tone: Tone
  readonly word: string
}

/** A label with its value; null: empty, which is said. */
export interface PaperField {
  readonly label: string
  readonly value: string | null
}

/** A column of a table. */
export interface PaperColumn {
  readonly title: string
  /** Relative to the other columns of the table; 1 where it is left out. */
  readonly width?: number
  /** Numbers stand at the right. */
  readonly align?: 'left' | 'right'
}

/** A cell; null: empty. */
export type PaperCell = string | number | null | PaperSign

/** A table whose head repeats on each page and whose rows stay whole. */
export interface PaperTable {
  readonly kind: 'table'
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly (readonly PaperCell[])[]
  /** Stands on a page of its own, turned; with the heading above it. */
  readonly wide?: boolean
  /** What is said where there are no rows; left out: that nothing is recorded. */
  readonly empty?: string
  readonly language?: Language
}

/** An entry of a list. */
export interface PaperItem {
  readonly text: PaperText
  /** A small line beneath it, in the language of the paper. */
  readonly note?: string
  readonly items?: readonly PaperItem[]
}

/** A list; an ordered one may go on where another ended. */
export interface PaperList {
  readonly kind: 'list'
  readonly ordered: boolean
  readonly start?: number
  readonly items: readonly PaperItem[]
  readonly language?: Language
}

/** A line to sign on. */
export interface PaperSignature {
  /** Who signs: `Controller`, `Managing director`. */
  readonly label: string
  /** Printed below the line, where it is known. */
  readonly name?: string
}

/**
 * A piece of a paper. `language` is that of the piece's own text where it differs from the paper's.
 */
export type PaperBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string; readonly language?: Language }
  | {
      readonly kind: 'paragraph'
      readonly text: PaperText
      /** Small and quiet: what explains, rather than says. */
      readonly quiet?: boolean
      readonly language?: Language
    }
  | PaperList
  | {
      readonly kind: 'fields'
      readonly fields: readonly PaperField[]
      /** Whether empty values are lines to write on; otherwise the paper says that they are empty. */
      readonly toFill?: boolean
    }
  | PaperTable
  | { readonly kind: 'notice'; readonly sign: PaperSign; readonly text: PaperText; readonly language?: Language }
  | { readonly kind: 'signatures'; readonly lines: readonly PaperSignature[] }
  | { readonly kind: 'page-break' }

/** Where the ledger holds what a paper says. */
export interface PaperProof {
  /** The log's name (origin). */
  readonly log: string
  readonly leaf: number
  /** Size and root of the checkpoint, or what else names it. */
  readonly checkpoint: string
}

/**
 * A document of an organisation, whole: what renders it looks nothing up and decides nothing.
 *
 * Text is content everywhere, never markup. The fixed words around it are in `language`.
 */
export interface Paper {
  readonly language: Language
  readonly title: string
  readonly subtitle?: string
  /** A short line above the title, such as `Annex III`. */
  readonly over?: string
  /** Whose paper it is: the organisation. */
  readonly by: string
  /** As of when; the file carries it as its date. */
  readonly date: string
  readonly letterhead?: Letterhead
  /** What stands in a frame under the title. */
  readonly meta?: readonly PaperField[]
  /** Empty values of the frame are lines to write on. */
  readonly metaToFill?: boolean
  readonly blocks: readonly PaperBlock[]
  /** Printed in small type at the foot of every page; left out: only the organisation and the title. */
  readonly running?: string
  readonly proof?: PaperProof
}

/** What a paper may be at most: enough for a register of years, little enough to be set in seconds. */
export const paperLimits = {
  blocks: 8_000,
  /** Of all tables together. */
  rows: 6_000,
  columns: 14,
  /** Of nested lists. */
  depth: 4,
  /** Characters of one text. */
  text: 60_000,
  /** Characters of all together. */
  characters: 2_000_000,
} as const

/** Why a paper cannot be made. */
export class PaperError extends Error {
  override readonly name = 'PaperError'
  readonly limit: keyof typeof paperLimits | 'cells'

  constructor(limit: keyof typeof paperLimits | 'cells', message: string) {
    super(message)
    this.limit = limit
  }
}

/**
 * Refuses what no renderer could set well.
 *
 * @throws {PaperError} with the limit that is crossed
 */
export function checkPaper(paper: Paper): void {
  refuseOver('blocks', paper.blocks.length)
  const tables = paper.blocks.filter((block) => block.kind === 'table')
  refuseOver(
    'rows',
    tables.reduce((sum, { rows }) => sum + rows.length, 0),
  )
  for (const { columns, rows } of tables) {
    refuseOver('columns', columns.length)
    if (columns.length === 0 || rows.some((row) => row.length !== columns.length))
      throw new PaperError('cells', 'A row of a table must have a cell for each of its columns.')
  }
  for (const block of paper.blocks) if (block.kind === 'list') refuseOver('depth', depthOf(block.items))
  let characters = 0
  for (const text of textsOf(paper)) {
    refuseOver('text', text.length)
    characters += text.length
  }
  refuseOver('characters', characters)
}

function refuseOver(limit: keyof typeof paperLimits, found: number): void {
  if (found > paperLimits[limit])
    throw new PaperError(limit, `A paper has at most ${paperLimits[limit]} (${limit}); this one has ${found}.`)
}

function depthOf(items: readonly PaperItem[]): number {
  return items.reduce((deepest, { items: inner = [] }) => Math.max(deepest, 1 + depthOf(inner)), 0)
}

/** Every text of a paper, the longest lists of it as they come. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const one of value) yield* textsOf(one)
  else if (typeof value === 'object' && value !== null)
    // The logo is bounded on its own.
    for (const [key, one] of Object.entries(value)) if (key !== 'letterhead') yield* textsOf(one)
}
