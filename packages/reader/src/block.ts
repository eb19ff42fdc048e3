/** A part of a document in reading order, before it is known what it says. Every format is brought to this form. */
export type Block = {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'row' | 'skip'
  readonly line: number
  readonly page: number | null
  readonly text: string
  /** Level of a heading (1 to 6) or indentation of an item (0 and up). */
  readonly depth: number
  /** Cells of a table row; the first row of a table is its header. */
  readonly cells: readonly string[] | null
  readonly header: boolean
  /** A tick box in front: ticked, empty, or none. */
  readonly ticked: boolean | null
  /** Whether an empty line (or a page break) stands before and after. */
  readonly alone: boolean
}

/** The text of a document as blocks, with the lines that the blocks count. */
export type Source = {
  readonly blocks: readonly Block[]
  readonly lines: readonly string[]
  readonly pages: number | null
  /** Page of each line where pages are known. */
  readonly pageOfLine: readonly number[] | null
  readonly title: string | null
}

/** A block with defaults for all that is not said. */
export function block(part: Pick<Block, 'kind' | 'line' | 'text'> & Partial<Block>): Block {
  return { page: null, depth: 0, cells: null, header: false, ticked: null, alone: false, ...part }
}
