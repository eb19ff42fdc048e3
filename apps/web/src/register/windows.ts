import type { Section } from './register-view.ts'
import type { StatementView } from '../api/api.ts'

/** A stretch of a section that is drawn as one, or left out as long as it is far away. */
export interface Block {
  readonly id: string
  readonly section: Section
  /** The first block of a section carries its heading. */
  readonly first: boolean
  /** The last one carries what else belongs there. */
  readonly last: boolean
  readonly statements: readonly StatementView[]
  /** About how high it will be, in px; the place is kept by it until the block is drawn. */
  readonly height: number
}

/** Documents up to this size are drawn whole, so that the browser's own search finds everything. */
export const drawnWhole = 400

const longest = 40
const charactersPerLine = 62
const linePx = 27
const gapPx = 15
const headingPx = 90

/** Cuts sections into blocks of at most forty statements, in order. */
export function blocksOf(sections: readonly Section[]): readonly Block[] {
  return sections.flatMap((section) => {
    const pieces = Math.max(1, Math.ceil(section.statements.length / longest))
    return Array.from({ length: pieces }, (_, piece) => {
      const statements = section.statements.slice(piece * longest, (piece + 1) * longest)
      const heading = piece === 0 && section.heading !== null ? headingPx : 0
      return {
        id: `${section.id}-${piece}`,
        section,
        first: piece === 0,
        last: piece === pieces - 1,
        statements,
        height: heading + heightOf(statements),
      }
    })
  })
}

function heightOf(statements: readonly StatementView[]): number {
  return statements.reduce(
    (sum, { text }) => sum + Math.max(2, Math.ceil(text.length / charactersPerLine)) * linePx + gapPx,
    0,
  )
}

/** Whether the blocks together are too many to be drawn at once. */
export function isLong(blocks: readonly Block[]): boolean {
  return blocks.reduce((sum, block) => sum + block.statements.length, 0) > drawnWhole
}
