import type * as Docx from 'docx'
import { assurances, assuranceSigns, publicSigns, publicStates } from './assurance.ts'
import type { Sign } from './assurance.ts'
import { changesChapter } from './changes.ts'
import type { DecisionText } from './changes.ts'
import { headingLevels } from './edition.ts'
import type { EditionDocument, Line, Section } from './edition.ts'
import type { Language } from './language.ts'
import {
  backingText,
  lastLook,
  mappingText,
  marginNotes,
  responsibilityTexts,
  reviewText,
  versionOf,
  withheldText,
} from './phrases.ts'
import { settled } from './docx-package.ts'
import { cellMargins, columns, docxStyles, hex, tableBorders } from './docx-styles.ts'
import { logoSize } from './letterhead.ts'
import { look } from './look.ts'
import { plain } from './plain.ts'
import { longDay, shortDay, words } from './words.ts'
import type { Words } from './words.ts'

/**
 * The edition as a Word document: styles, headings of unbroken levels, a table of contents (two levels), and real tables whose head
 * repeats on each page. Word fills the table of contents when the document is opened.
 *
 * Equal editions give equal bytes: every date in the file is the edition's own.
 *
 * @param options.language  language of the words around the document; default: the edition's
 */
export async function renderDocx(
  edition: EditionDocument,
  options: { readonly language?: Language } = {},
): Promise<Uint8Array> {
  const docx = await import('docx')
  const language = options.language ?? edition.language
  const file = new Writer(docx, edition, language).file()
  return await settled(await docx.Packer.toBuffer(file), edition.date)
}

/** Paragraphs and tables of a document. */
type Piece = Docx.Paragraph | Docx.Table | Docx.TableOfContents

class Writer {
  readonly #docx: typeof Docx
  readonly #edition: EditionDocument
  readonly #language: Language
  readonly #say: Words
  /** Of the line written last. */
  #number = 0

  constructor(docx: typeof Docx, edition: EditionDocument, language: Language) {
    this.#docx = docx
    this.#edition = edition
    this.#language = language
    this.#say = words[language]
  }

  file(): Docx.Document {
    const { AlignmentType, Document, Footer, Header, PageNumber, Paragraph, TextRun } = this.#docx
    const edition = this.#edition
    const version = `${versionOf(this.#say, edition)}, ${longDay(edition.date, this.#language)}`
    const footer = () =>
      new Footer({
        children: [
          new Paragraph({
            style: 'Small',
            alignment: AlignmentType.RIGHT,
            children: [
              new TextRun({
                children: [`${this.#say.page} `, PageNumber.CURRENT, ` ${this.#say.of} `, PageNumber.TOTAL_PAGES],
              }),
            ],
          }),
        ],
      })
    return new Document({
      title: plain(edition.title),
      creator: plain(edition.tenant.name),
      lastModifiedBy: plain(edition.tenant.name),
      description: plain(version),
      features: { updateFields: true },
      styles: docxStyles(edition),
      sections: [
        {
          // The first page has a head of its own.
          properties: { titlePage: true, page: { margin: { top: 1300, bottom: 1247, left: 1247, right: 1134 } } },
          headers: {
            first: new Header({ children: [new Paragraph({ style: 'Small', children: [] })] }),
            default: new Header({
              children: [
                new Paragraph({ style: 'Small', children: [this.#run(`${edition.tenant.name} · ${version}`)] }),
              ],
            }),
          },
          footers: { first: footer(), default: footer() },
          children: [...this.#front(version), ...this.#body(), ...this.#back()],
        },
      ],
    })
  }

  #front(version: string): Piece[] {
    const { HeadingLevel, PageBreak, Paragraph, TableOfContents } = this.#docx
    const say = this.#say
    const edition = this.#edition
    const frame: [string, string][] = [
      [say.legalFrame, edition.legalFrame.join(' · ')],
      [say.scope, edition.scope],
      [say.review, reviewText(say, edition, this.#language)],
      [say.mapping, mappingText(say, edition)],
      ...(edition.source
        ? ([
            [say.source, `${edition.source.name}, ${say.sourceRead} ${longDay(edition.source.readAt, this.#language)}`],
            ['SHA-256', edition.source.sha256],
          ] as [string, string][])
        : []),
    ]
    return [
      ...this.#logo(),
      ...(edition.state === 'draft' ? [this.#text(`${say.draft}. ${say.draftNote}`, 'Small')] : []),
      this.#text(edition.tenant.name, 'Over'),
      new Paragraph({ heading: HeadingLevel.TITLE, children: [this.#run(edition.title.trim() || say.heading)] }),
      this.#text(version, 'Lead'),
      this.#table(
        [26, 74],
        null,
        frame
          .filter(([, text]) => text !== '')
          .map(([term, text]) => [[this.#quiet(term)], [this.#text(text, term === 'SHA-256' ? 'Code' : 'Cell')]]),
      ),
      this.#text(say.glance, 'FrontHeading'),
      this.#table(
        [8, 27, 65],
        null,
        publicStates.map((state) => [
          [this.#cell(String(edition.counts.public[state]))],
          [this.#signed(publicSigns[state])],
          [this.#cell(say.legend[state])],
        ]),
      ),
      this.#text(say.contents, 'FrontHeading'),
      new TableOfContents(say.contents, { hyperlink: true, headingStyleRange: '1-2' }),
      new Paragraph({ children: [new PageBreak()] }),
    ]
  }

  /** The name stands below it as text: who hears the document hears it once. */
  #logo(): Piece[] {
    const logo = this.#edition.letterhead?.logo
    if (!logo) return []
    const { ImageRun, Paragraph } = this.#docx
    const picture = new ImageRun({
      type: 'png',
      data: Uint8Array.from(atob(logo.bytes), (character) => character.charCodeAt(0)),
      transformation: logoSize(logo, { width: 256, height: 64 }),
      altText: { name: 'Logo', title: '', description: plain(this.#edition.tenant.name) },
    })
    return [new Paragraph({ spacing: { after: 240 }, children: [picture] })]
  }

  #body(): Piece[] {
    const levels = headingLevels(this.#edition.sections)
    return this.#edition.sections.flatMap((section, index) => this.#section(section, levels[index] ?? 1))
  }

  /** A heading, its running text, and its lines as tables: text that stands between lines divides them. */
  #section(section: Section, level: number): Piece[] {
    const pieces: Piece[] = [this.#heading(section.title, level)]
    let lines: Line[] = []
    const flush = () => {
      if (lines.length > 0) pieces.push(this.#lines(lines), this.#text(''))
      lines = []
    }
    for (const block of section.blocks) {
      if (block.kind === 'line') lines.push(block)
      else {
        flush()
        pieces.push(this.#text(block.text))
      }
    }
    flush()
    return pieces
  }

  #lines(lines: readonly Line[]): Docx.Table {
    const say = this.#say
    return this.#table(
      columns,
      ['', say.statement, say.state, say.behind],
      lines.map((line) => [
        [this.#quiet(String((this.#number += 1)))],
        line.text.split('\n').map((text) => this.#cell(text)),
        this.#state(line),
        this.#behind(line),
      ]),
    )
  }

  #state(line: Line): Docx.Paragraph[] {
    const look =
      line.checkedAt === null ? [] : [`${lastLook(this.#say, line)} ${shortDay(line.checkedAt, this.#language)}`]
    return [
      this.#signed(publicSigns[line.publicState]),
      ...[...marginNotes(this.#say, line, this.#language), ...look].map((text) => this.#quiet(text)),
    ]
  }

  #behind(line: Line): Docx.Paragraph[] {
    const say = this.#say
    const bare = line.parts.every(({ backing }) => backing.length === 0)
    return [
      ...line.parts.flatMap((part) => [
        this.#cell(part.title),
        ...part.backing.map((backing) =>
          this.#quiet(
            `${backingText(say, backing, this.#language)}, ${shortDay(backing.at, this.#language)}, ${say.leaf} ${backing.leaf}`,
          ),
        ),
        ...(part.confirmedBy === null ? [this.#quiet(say.byNobody)] : []),
      ]),
      ...(bare ? [this.#quiet(say.noProof)] : []),
      ...(line.owner === undefined ? [] : [this.#quiet(`${say.owner}: ${line.owner}`)]),
      ...responsibilityTexts(say, line).map((text) => this.#quiet(text)),
    ]
  }

  #back(): Piece[] {
    const say = this.#say
    const { counts, ledger, limits } = this.#edition
    return [
      ...this.#changes(),
      this.#heading(say.dataSheet, 1),
      this.#table(
        [70, 30],
        [say.assurance, say.count],
        assurances.map((assurance) => [
          [this.#signed(assuranceSigns[assurance])],
          [this.#cell(String(counts.assurance[assurance]))],
        ]),
      ),
      this.#text('', 'Small'),
      this.#text(`${say.withheld}: ${withheldText(say, this.#edition)}.`),
      this.#heading(say.verifyHeading, 1),
      this.#text(say.verifyText),
      this.#text(say.verifyBundle, 'Code'),
      this.#text(say.recheckText),
      this.#text(say.verifyRecheck, 'Code'),
      this.#text(say.verifyKey),
      this.#heading(say.limits, 1),
      ...limits.map((limit) => this.#bullet([limit])),
      this.#heading(say.ledger, 1),
      ...[
        [say.origin, ledger.origin],
        [say.size, String(ledger.size)],
        [say.root, ledger.root],
        [say.key, ledger.key],
      ].map(([term, text]) => this.#text(`${term}: ${text}`, 'Code')),
      this.#text(say.checkpoint),
      ...ledger.checkpoint
        .trimEnd()
        .split('\n')
        .map((line) => this.#text(line, 'Code')),
    ]
  }

  #changes(): Piece[] {
    const chapter = changesChapter(this.#edition, this.#language)
    if (!chapter) return []
    const lines = (one: DecisionText) =>
      [one.before, one.after, one.differences.join(' · '), one.reason, one.equivalent, one.by].filter(
        (text) => text !== '',
      )
    return [
      this.#heading(chapter.heading, 1),
      this.#text(`${chapter.summary} ${chapter.note}`),
      ...chapter.decisions.map((one) => this.#bullet(lines(one))),
      this.#text(`${chapter.levels.heading}: ${chapter.levels.rows.join(' · ')}. ${chapter.levels.note}`),
    ]
  }

  #run(text: string): Docx.TextRun {
    return new this.#docx.TextRun(plain(text))
  }

  #text(text: string, style?: string): Docx.Paragraph {
    return new this.#docx.Paragraph({ ...(style === undefined ? {} : { style }), children: [this.#run(text)] })
  }

  #cell(text: string): Docx.Paragraph {
    return this.#text(text, 'Cell')
  }

  #quiet(text: string): Docx.Paragraph {
    return this.#text(text, 'Quiet')
  }

  /** Glyph, word and colour together. */
  #signed({ glyph, tone, word }: Sign): Docx.Paragraph {
    const { Paragraph, TextRun } = this.#docx
    const text = `${glyph}\u00A0${word[this.#language]}`
    return new Paragraph({
      style: 'Cell',
      children: [new TextRun({ text, bold: true, color: hex(look.colours.light[tone]) })],
    })
  }

  #bullet(lines: readonly string[]): Docx.Paragraph {
    const { Paragraph, TextRun } = this.#docx
    const children = lines.map(
      (text, index) => new TextRun({ text: plain(text), ...(index === 0 ? {} : { break: 1 }) }),
    )
    return new Paragraph({ bullet: { level: 0 }, children })
  }

  #heading(text: string, level: number): Docx.Paragraph {
    const { HeadingLevel, Paragraph } = this.#docx
    const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3, HeadingLevel.HEADING_4]
    return new Paragraph({ heading: levels[level - 1] ?? HeadingLevel.HEADING_4, children: [this.#run(text)] })
  }

  /** @param head null: the first column names its row */
  #table(
    widths: readonly number[],
    head: readonly string[] | null,
    rows: readonly (readonly (readonly Docx.Paragraph[])[])[],
  ): Docx.Table {
    const { Paragraph, Table, TableCell, TableRow, WidthType } = this.#docx
    const cell = (children: readonly Docx.Paragraph[], index: number) =>
      new TableCell({
        children: [...children],
        width: { size: widths[index] ?? 10, type: WidthType.PERCENTAGE },
        margins: cellMargins,
      })
    const titles = head?.map((title, index) =>
      cell([new Paragraph({ style: 'Quiet', keepNext: true, children: [this.#run(title)] })], index),
    )
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      borders: tableBorders(this.#docx),
      rows: [
        ...(titles ? [new TableRow({ tableHeader: true, cantSplit: true, children: titles })] : []),
        ...rows.map((cells) => new TableRow({ cantSplit: true, children: cells.map(cell) })),
      ],
    })
  }
}
