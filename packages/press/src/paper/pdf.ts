import { logoSize } from '../letterhead.ts'
import type { Letterhead } from '../letterhead.ts'
import { look } from '../look.ts'
import { setInType } from '../pdf.ts'
import { isCode, proofOf, runningOf, runsOf, sheetsOf } from './layout.ts'
import { checkPaper } from './paper.ts'
import type { Paper, PaperBlock, PaperCell, PaperField, PaperItem, PaperTable, PaperText } from './paper.ts'
import { paperWords, toneGlyphs } from './words.ts'

/**
 * A paper as a tagged PDF (PDF/UA-1). Equal papers give equal bytes on one machine; see `renderPdf` on fonts.
 *
 * @throws {PaperError} for one that crosses a limit
 */
export async function renderPaperPdf(paper: Paper): Promise<Uint8Array> {
  checkPaper(paper)
  const { light } = look.colours
  const day = new Date(Number.isNaN(Date.parse(paper.date)) ? 0 : paper.date)
  const fields = fieldsOf(paper)
  return await setInType('paper/paper.typ', {
    language: paper.language,
    words: paperWords[paper.language],
    colours: { ...light, accent: paper.letterhead?.accent?.light ?? light.ink },
    logo: logoOf(paper.letterhead),
    title: paper.title.trim() || paperWords[paper.language].untitled,
    subtitle: paper.subtitle ?? null,
    over: paper.over ?? null,
    by: paper.by,
    day: { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() },
    running: runningOf(paper),
    proof: proofOf(paper),
    meta: (paper.meta ?? []).map((field) => fields(field, paper.metaToFill ?? false)),
    sheets: sheetsOf(paper).map(({ wide, blocks }) => ({ wide, blocks: blocks.map((block) => blockOf(block, paper)) })),
  })
}

/** At 96 pixels to the inch. */
const mmPerPixel = 25.4 / 96

/** The logo's bytes as numbers, since JSON has no others; its size in mm. */
function logoOf(letterhead: Letterhead | undefined): object | null {
  const logo = letterhead?.logo
  if (!logo) return null
  const { width, height } = logoSize(logo, { width: 200, height: 50 })
  return {
    bytes: [...Uint8Array.from(atob(logo.bytes), (character) => character.charCodeAt(0))],
    width: width * mmPerPixel,
    height: height * mmPerPixel,
  }
}

function fieldsOf({ language }: Paper) {
  return ({ label, value }: PaperField, toFill: boolean): object => {
    const text = value?.trim() ? value : null
    return {
      label,
      lines: text === null ? (toFill ? null : [paperWords[language].notStated]) : text.split('\n'),
      quiet: text === null,
      code: text !== null && isCode(text),
    }
  }
}

function blockOf(block: PaperBlock, paper: Paper): object {
  const language = ('language' in block ? block.language : undefined) ?? paper.language
  switch (block.kind) {
    case 'heading':
      return { ...block, language }
    case 'paragraph':
      return { kind: block.kind, runs: textOf(block.text), quiet: block.quiet ?? false, language }
    case 'list':
      return {
        kind: block.kind,
        ordered: block.ordered,
        start: block.start ?? 1,
        items: block.items.map(itemOf),
        language,
      }
    case 'fields': {
      const fields = fieldsOf(paper)
      return { kind: block.kind, fields: block.fields.map((field) => fields(field, block.toFill ?? false)) }
    }
    case 'table':
      return { ...tableOf(block), language }
    case 'notice':
      return { kind: block.kind, sign: signOf(block.sign), runs: textOf(block.text), language }
    case 'signatures':
      return { kind: block.kind, lines: block.lines.map(({ label, name }) => ({ label, name: name ?? null })) }
    case 'page-break':
      return block
  }
}

/** Runs with their lines, so that a line break is one. */
function textOf(text: PaperText): object[] {
  return runsOf(text).map(({ text: words, strong = false, emphasis = false, href = null }) => ({
    lines: words.split('\n'),
    strong,
    emphasis,
    href,
  }))
}

function itemOf({ text, note, items = [] }: PaperItem): object {
  return { runs: textOf(text), note: note ?? null, items: items.map(itemOf) }
}

function signOf({ tone, word }: { tone: keyof typeof toneGlyphs; word: string }): object {
  return { tone, glyph: toneGlyphs[tone], word }
}

/** Millimetres that a table has, and how many characters of its size fit on one. */
const tableWidth = { upright: 163, wide: 250 }
const charactersPerMm = 0.58
/** A row of more lines than this may break over pages: kept whole, it might not fit on one. */
const longestRow = 36

function tableOf({ columns, rows, wide = false }: PaperTable): object {
  const whole = columns.reduce((sum, { width = 1 }) => sum + width, 0)
  const room = columns.map(({ width = 1 }) => (width / whole) * tableWidth[wide ? 'wide' : 'upright'] * charactersPerMm)
  return {
    kind: 'table',
    columns: columns.map(({ title, width = 1, align = 'left' }) => ({ title, width, align })),
    rows: rows.map((row) => ({
      long: row.some((cell, index) => linesOf(cell, room[index] ?? 10) > longestRow),
      cells: row.map(cellOf),
    })),
  }
}

function cellOf(cell: PaperCell): object {
  if (cell === null || cell === '') return { lines: ['–'], sign: null, code: false }
  if (typeof cell === 'object') return { lines: [], sign: signOf(cell), code: false }
  const text = String(cell)
  return { lines: text.split('\n'), sign: null, code: isCode(text) }
}

function linesOf(cell: PaperCell, room: number): number {
  if (typeof cell !== 'string') return 1
  return cell.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / Math.max(4, room))), 0)
}
