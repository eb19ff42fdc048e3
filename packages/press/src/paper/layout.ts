import type { Language } from '../language.ts'
import type { Paper, PaperBlock, PaperRun, PaperText } from './paper.ts'
import { paperWords } from './words.ts'

/** Blocks that stand on pages of one orientation. */
export interface Sheet {
  readonly wide: boolean
  readonly blocks: readonly PaperBlock[]
}

/**
 * What is printed, in its order: levels of headings unbroken, nothing empty under a heading, no page without a word, and
 * wide tables on sheets of their own with the heading above them and a sentence below them.
 */
export function sheetsOf(paper: Paper): Sheet[] {
  const blocks = withoutEmptyPages(filled(leveled(paper.blocks), paper.language))
  const sheets: { wide: boolean; blocks: PaperBlock[] }[] = [{ wide: false, blocks: [] }]
  for (const block of blocks) {
    const last = sheets.at(-1)
    const wide = block.kind === 'table' && block.wide === true && block.rows.length > 0
    // A heading after a wide table belongs to what comes; a sentence would else have a page of its own.
    const goesAlong = last?.wide === true && block.kind === 'paragraph'
    if (last && (last.wide === wide || goesAlong)) last.blocks.push(block)
    else if (!wide) sheets.push({ wide, blocks: [block] })
    else {
      const taken = last ? headed(last.blocks, sheets.length === 1) : []
      sheets.push({ wide, blocks: [...taken, block] })
    }
  }
  const used = sheets.filter((sheet) => sheet.blocks.some(({ kind }) => kind !== 'page-break'))
  return used.length === 0 ? [{ wide: false, blocks: [] }] : used.map(trimmed)
}

/**
 * Takes from the end what introduces the next table: back to its heading, over a few texts at most.
 *
 * @param isFirst whether the blocks stand under the title: a few texts there go along with it, or they would have a page of
 *   their own
 */
function headed(blocks: PaperBlock[], isFirst: boolean): PaperBlock[] {
  let from = blocks.length
  while (from > 0 && blocks.length - from < 4) {
    const kind = blocks[from - 1]?.kind
    if (kind === 'heading') {
      while (from > 0 && blocks[from - 1]?.kind === 'heading') from -= 1
      return blocks.splice(from)
    }
    if (kind !== 'paragraph' && kind !== 'notice') return []
    from -= 1
  }
  return isFirst && from === 0 ? blocks.splice(0) : []
}

function trimmed({ wide, blocks }: Sheet): Sheet {
  const isBreak = (block: PaperBlock | undefined) => block?.kind === 'page-break'
  let [from, to] = [0, blocks.length]
  while (isBreak(blocks[from])) from += 1
  while (to > from && isBreak(blocks[to - 1])) to -= 1
  return { wide, blocks: blocks.slice(from, to) }
}

function leveled(blocks: readonly PaperBlock[]): PaperBlock[] {
  let above = 0
  return blocks.map((block) => {
    if (block.kind !== 'heading') return block
    const level = Math.min(Math.max(1, block.level), above + 1, 4)
    above = level
    return { ...block, level: level as 1 | 2 | 3 | 4, text: block.text.trim() === '' ? '–' : block.text }
  })
}

/** Under a heading there is always something: at least the sentence that there is nothing. */
function filled(blocks: readonly PaperBlock[], language: Language): PaperBlock[] {
  const say = paperWords[language]
  const kept = blocks.filter(
    (block) =>
      !(block.kind === 'list' && block.items.length === 0) &&
      !(block.kind === 'fields' && block.fields.length === 0) &&
      !(block.kind === 'signatures' && block.lines.length === 0) &&
      !(block.kind === 'paragraph' && runsOf(block.text).every(({ text }) => text.trim() === '')),
  )
  return kept.flatMap((block, index): PaperBlock[] => {
    if (block.kind === 'table' && block.rows.length === 0)
      return [{ kind: 'paragraph', text: block.empty ?? say.nothing, quiet: true }]
    if (block.kind !== 'heading') return [block]
    const next = kept.slice(index + 1).find(({ kind }) => kind !== 'page-break')
    const hasMore = next && (next.kind !== 'heading' || next.level > block.level)
    return hasMore ? [block] : [block, { kind: 'paragraph', text: say.nothing, quiet: true }]
  })
}

function withoutEmptyPages(blocks: readonly PaperBlock[]): PaperBlock[] {
  return blocks.filter((block, index) => block.kind !== 'page-break' || blocks[index - 1]?.kind !== 'page-break')
}

/** Text as runs, whatever it was given as. Addresses that are none of the web or of mail are dropped. */
export function runsOf(text: PaperText): readonly PaperRun[] {
  const runs = typeof text === 'string' ? [{ text }] : text
  return runs.map(({ href, ...run }: PaperRun) => (href !== undefined && isAddress(href) ? { ...run, href } : run))
}

function isAddress(href: string): boolean {
  return URL.canParse(href) && ['https:', 'http:', 'mailto:'].includes(new URL(href).protocol)
}

/** What stands at the foot of each page, short enough for one line. */
export function runningOf({ running, by, title }: Paper): string {
  const text = running ?? `${by} · ${title}`
  return text.length <= 90 ? text : `${text.slice(0, 89).toWellFormed()}…`
}

/** The line that says where the ledger holds it; null: the paper says nothing of it. */
export function proofOf({ proof, language }: Paper): string | null {
  if (!proof) return null
  const say = paperWords[language]
  return `${say.ledger} ${proof.log}, ${say.leaf} ${proof.leaf}, ${say.checkpoint} ${proof.checkpoint}`
}

/** A word as long as this is a hash or a key, and set as code. */
const codeLength = 40

/** Whether a text is set as code: it holds a hash, a key or the like. */
export function isCode(text: string): boolean {
  return text.split(/\s/).some((word) => word.length > codeLength && !word.includes('/'))
}
