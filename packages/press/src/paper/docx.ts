import type * as Docx from 'docx'
import { settled } from '../docx-package.ts'
import { cellMargins, hex, tableBorders } from '../docx-styles.ts'
import { logoSize } from '../letterhead.ts'
import { look } from '../look.ts'
import { plain } from '../plain.ts'
import { numberingOf, paperStyles } from './docx-look.ts'
import { isCode, proofOf, runningOf, runsOf, sheetsOf } from './layout.ts'
import type { Sheet } from './layout.ts'
import { checkPaper } from './paper.ts'
import type { Paper, PaperBlock, PaperCell, PaperField, PaperList, PaperSign, PaperTable, PaperText } from './paper.ts'
import { paperWords, toneGlyphs } from './words.ts'
import type { PaperWords } from './words.ts'

/**
 * A paper as a Word document: styles for title and headings, numbered lists, tables whose head repeats on each page, and a
 * section of its own for what is turned. Equal papers give equal bytes.
 *
 * @throws {PaperError} for one that crosses a limit
 */
export async function renderPaperDocx(paper: Paper): Promise<Uint8Array> {
  checkPaper(paper)
  const docx = await import('docx')
  return await settled(await docx.Packer.toBuffer(new Writer(docx, paper).file()), paper.date)
}

type Piece = Docx.Paragraph | Docx.Table

/** Of an A4 page, in twentieths of a point. */
const page = { width: 11_906, height: 16_838, left: 1_247, right: 1_134 }

class Writer {
  readonly #docx: typeof Docx
  readonly #paper: Paper
  readonly #say: PaperWords
  /** Width of the text on the sheet that is being written. */
  #width = 0
  /** Lists so far: each ordered one counts for itself. */
  #lists = 0

  constructor(docx: typeof Docx, paper: Paper) {
    this.#docx = docx
    this.#paper = paper
    this.#say = paperWords[paper.language]
  }

  file(): Docx.Document {
    const paper = this.#paper
    return new this.#docx.Document({
      title: plain(paper.title.trim() || this.#say.untitled),
      creator: plain(paper.by),
      lastModifiedBy: plain(paper.by),
      description: plain(paper.subtitle ?? ''),
      styles: paperStyles(paper),
      numbering: numberingOf(this.#docx, paper),
      sections: sheetsOf(paper).map((sheet, index) => this.#section(sheet, index === 0)),
    })
  }

  #section(sheet: Sheet, isFirst: boolean): Docx.ISectionOptions {
    const { PageOrientation, SectionType } = this.#docx
    this.#width = (sheet.wide ? page.height : page.width) - page.left - page.right
    return {
      properties: {
        type: SectionType.NEXT_PAGE,
        page: {
          size: {
            width: page.width,
            height: page.height,
            orientation: sheet.wide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
          },
          margin: { top: 1_134, bottom: 1_134, left: page.left, right: page.right },
        },
      },
      footers: { default: this.#footer() },
      children: [...(isFirst ? this.#front() : []), ...sheet.blocks.flatMap((block) => this.#block(block))],
    }
  }

  #footer(): Docx.Footer {
    const { Footer, PageNumber, Paragraph, TabStopType, TextRun } = this.#docx
    const proof = proofOf(this.#paper)
    return new Footer({
      children: [
        new Paragraph({
          style: 'Small',
          tabStops: [{ type: TabStopType.RIGHT, position: this.#width }],
          children: [
            new TextRun(`${plain(runningOf(this.#paper))}\t`),
            new TextRun({
              children: [`${this.#say.page} `, PageNumber.CURRENT, ` ${this.#say.of} `, PageNumber.TOTAL_PAGES],
            }),
          ],
        }),
        ...(proof === null ? [] : [this.#text(proof, 'Proof')]),
      ],
    })
  }

  #front(): Piece[] {
    const { HeadingLevel, Paragraph } = this.#docx
    const { by, over, title, subtitle, meta = [], metaToFill = false } = this.#paper
    return [
      ...this.#logo(),
      this.#text(by, 'Over'),
      ...(over === undefined ? [] : [this.#text(over, 'Over')]),
      new Paragraph({
        heading: HeadingLevel.TITLE,
        children: [new this.#docx.TextRun(plain(title.trim() || this.#say.untitled))],
      }),
      ...(subtitle === undefined ? [] : [this.#text(subtitle, 'Lead')]),
      ...(meta.length === 0 ? [] : this.#fields(meta, metaToFill)),
    ]
  }

  /** The name stands below it as text: who hears the document hears it once. */
  #logo(): Piece[] {
    const logo = this.#paper.letterhead?.logo
    if (!logo) return []
    const { ImageRun, Paragraph } = this.#docx
    const picture = new ImageRun({
      type: 'png',
      data: Uint8Array.from(atob(logo.bytes), (character) => character.charCodeAt(0)),
      transformation: logoSize(logo, { width: 214, height: 54 }),
      altText: { name: 'Logo', title: '', description: plain(this.#paper.by) },
    })
    return [new Paragraph({ spacing: { after: 240 }, children: [picture] })]
  }

  #block(block: PaperBlock): Piece[] {
    const { HeadingLevel, PageBreak, Paragraph } = this.#docx
    const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4]
    switch (block.kind) {
      case 'heading':
        return [
          new Paragraph({
            heading: levels[block.level - 1] ?? HeadingLevel.HEADING_4,
            children: this.#runs(block.text, block.language),
          }),
        ]
      case 'paragraph':
        return [
          new Paragraph({
            ...(block.quiet === true ? { style: 'Quiet' } : {}),
            children: this.#runs(block.text, block.language),
          }),
        ]
      case 'list':
        return this.#list(block)
      case 'fields':
        return this.#fields(block.fields, block.toFill ?? false)
      case 'table':
        return this.#table(block)
      case 'notice':
        return [
          new Paragraph({
            ...this.#barred(block.sign),
            spacing: { before: 200, after: 40 },
            keepNext: true,
            children: [this.#signed(block.sign)],
          }),
          new Paragraph({
            ...this.#barred(block.sign),
            spacing: { after: 200 },
            children: this.#runs(block.text, block.language),
          }),
        ]
      case 'signatures':
        return this.#signatures(block.lines)
      case 'page-break':
        return [new Paragraph({ children: [new PageBreak()] })]
    }
  }

  #list({ ordered, start = 1, items, language }: PaperList): Piece[] {
    const { Paragraph } = this.#docx
    const instance = (this.#lists += 1)
    const write = (all: PaperList['items'], level: number): Piece[] =>
      all.flatMap(({ text, note, items: inner = [] }) => [
        new Paragraph({
          style: 'Item',
          ...(note === undefined ? {} : { keepNext: true }),
          numbering: { reference: ordered ? `ordered-${start}` : 'bullets', level, instance },
          children: this.#runs(text, language),
        }),
        ...(note === undefined
          ? []
          : [
              new Paragraph({
                style: 'Note',
                indent: { left: 567 * (level + 1) },
                children: this.#runs(note),
              }),
            ]),
        ...write(inner, level + 1),
      ])
    return write(items, 0)
  }

  #fields(fields: readonly PaperField[], toFill: boolean): Piece[] {
    const { BorderStyle, Paragraph, Table, TableRow, TextRun } = this.#docx
    const widths = [30, 70].map((share) => Math.round((this.#width * share) / 100))
    const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
    const rule = { style: BorderStyle.SINGLE, size: 4, color: hex(look.colours.light.rule) }
    const borders = { top: none, left: none, right: none, bottom: rule }
    const valueOf = ({ value }: PaperField): Docx.Paragraph => {
      const text = value?.trim() ? value : null
      if (text !== null) return this.#text(text, isCode(text) ? 'Code' : 'Cell')
      const said = toFill ? [] : [new TextRun({ text: this.#say.notStated, italics: true })]
      return new Paragraph({ style: toFill ? 'Cell' : 'Quiet', children: said })
    }
    const table = new Table({
      ...this.#frame(widths),
      borders: { ...tableBorders(this.#docx), top: none, insideHorizontal: none, bottom: none },
      rows: fields.map(
        (field) =>
          new TableRow({
            cantSplit: true,
            children: [
              this.#cell([this.#text(field.label, 'Quiet')], widths[0] ?? 0, { borders }),
              this.#cell([valueOf(field)], widths[1] ?? 0, { borders }),
            ],
          }),
      ),
    })
    return [table, this.#gap()]
  }

  #table({ columns, rows, language }: PaperTable): Piece[] {
    const { AlignmentType, Paragraph, Table, TableRow, VerticalAlign } = this.#docx
    const whole = columns.reduce((sum, { width = 1 }) => sum + width, 0)
    const widths = columns.map(({ width = 1 }) => Math.round((this.#width * width) / whole))
    const side = (index: number) => (columns[index]?.align === 'right' ? { alignment: AlignmentType.RIGHT } : {})
    const cells = (row: readonly Docx.Paragraph[], more: Partial<Docx.ITableCellOptions> = {}) =>
      row.map((paragraph, index) => this.#cell([paragraph], widths[index] ?? 0, more))
    const head = columns.map(
      ({ title }, index) =>
        new Paragraph({ style: 'Quiet', keepNext: true, ...side(index), children: this.#runs(title, language) }),
    )
    const bodyOf = (cell: PaperCell, index: number) => {
      if (typeof cell === 'object' && cell !== null)
        return new Paragraph({ style: 'Cell', ...side(index), children: [this.#signed(cell)] })
      // Word sets it in the typeface that a machine has: what is too wide for its column breaks at a space, and not within a year.
      const text = cell === null || cell === '' ? '–' : String(cell).replaceAll('\u{a0}', ' ')
      return new Paragraph({
        style: isCode(text) ? 'Code' : 'Cell',
        ...side(index),
        children: this.#runs(text, language),
      })
    }
    const table = new Table({
      ...this.#frame(widths),
      borders: tableBorders(this.#docx),
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: cells(head, { verticalAlign: VerticalAlign.BOTTOM }),
        }),
        ...rows.map((row) => new TableRow({ cantSplit: true, children: cells(row.map(bodyOf)) })),
      ],
    })
    return [table, this.#gap()]
  }

  #signatures(lines: readonly { readonly label: string; readonly name?: string }[]): Piece[] {
    const { BorderStyle, Paragraph, Table, TableRow } = this.#docx
    const widths = [47, 6, 47].map((share) => Math.round((this.#width * share) / 100))
    const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
    const rule = { style: BorderStyle.SINGLE, size: 4, color: hex(look.colours.light.quiet) }
    const bare = { top: none, left: none, right: none, bottom: none }
    const under = { ...bare, top: rule }
    const table = new Table({
      ...this.#frame(widths),
      borders: { ...bare, insideHorizontal: none, insideVertical: none },
      rows: lines.flatMap(({ label, name }) => [
        new TableRow({
          cantSplit: true,
          height: { value: 900, rule: 'atLeast' },
          children: widths.map((width) =>
            this.#cell([new Paragraph({ keepNext: true, children: [] })], width, { borders: bare }),
          ),
        }),
        new TableRow({
          cantSplit: true,
          children: [
            this.#cell([this.#text(this.#say.placeAndDate, 'Quiet')], widths[0] ?? 0, { borders: under }),
            this.#cell([this.#text('', 'Quiet')], widths[1] ?? 0, { borders: bare }),
            this.#cell(
              [
                this.#text(`${this.#say.signature}: ${label}`, 'Quiet'),
                ...(name === undefined ? [] : [this.#text(name, 'Cell')]),
              ],
              widths[2] ?? 0,
              { borders: under },
            ),
          ],
        }),
      ]),
    })
    return [table, this.#gap()]
  }

  #frame(widths: readonly number[]) {
    const { TableLayoutType, WidthType } = this.#docx
    return {
      width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
      columnWidths: [...widths],
      layout: TableLayoutType.FIXED,
    }
  }

  #cell(children: readonly Docx.Paragraph[], width: number, more: Partial<Docx.ITableCellOptions>): Docx.TableCell {
    const { TableCell, WidthType } = this.#docx
    return new TableCell({
      ...more,
      children: [...children],
      width: { size: width, type: WidthType.DXA },
      margins: cellMargins,
    })
  }

  /** Word melts tables that stand together into one, and wants a paragraph behind the last. */
  #gap(): Docx.Paragraph {
    return new this.#docx.Paragraph({ style: 'Gap', children: [] })
  }

  /** A bar of the sign's colour at the left. */
  #barred({ tone }: PaperSign): Docx.IParagraphOptions {
    const { BorderStyle } = this.#docx
    const border = { style: BorderStyle.SINGLE, size: 12, space: 8, color: hex(look.colours.light[tone]) }
    return { indent: { left: 227 }, border: { left: border } }
  }

  /** Glyph, word and colour together. */
  #signed({ tone, word }: PaperSign): Docx.TextRun {
    const color = hex(look.colours.light[tone])
    return new this.#docx.TextRun({ text: `${toneGlyphs[tone]}\u00A0${plain(word)}`, bold: true, color })
  }

  #text(text: string, style: string): Docx.Paragraph {
    return new this.#docx.Paragraph({ style, children: this.#runs(text) })
  }

  #runs(text: PaperText, language?: Paper['language']): (Docx.TextRun | Docx.ExternalHyperlink)[] {
    const { ExternalHyperlink, TextRun } = this.#docx
    const spoken =
      language === undefined || language === this.#paper.language
        ? {}
        : { language: { value: language === 'de' ? 'de-DE' : 'en-GB' } }
    return runsOf(text).flatMap((run): (Docx.TextRun | Docx.ExternalHyperlink)[] => {
      const look = { ...spoken, ...(run.strong ? { bold: true } : {}), ...(run.emphasis ? { italics: true } : {}) }
      const lines = plain(run.text).split('\n')
      const written = lines.map(
        (line, index) =>
          new TextRun({
            ...look,
            ...(run.href === undefined ? {} : { underline: {} }),
            text: line,
            ...(index === 0 ? {} : { break: 1 }),
          }),
      )
      return run.href === undefined ? written : [new ExternalHyperlink({ link: run.href, children: written })]
    })
  }
}
