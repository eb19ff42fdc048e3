import { readGuidelineText } from '../guideline-text.ts'
import type { PaperBlock } from './paper.ts'

/** A text in the small Markdown of guidelines (headings, lists, paragraphs, `**strong**`) as blocks of a paper. */
export function blocksOfText(markdown: string): PaperBlock[] {
  return readGuidelineText(markdown).map((piece): PaperBlock => {
    if (piece.kind === 'heading') return piece
    if (piece.kind === 'paragraph') return { kind: 'paragraph', text: piece.runs }
    return { kind: 'list', ordered: piece.ordered, items: piece.items.map((text) => ({ text })) }
  })
}
