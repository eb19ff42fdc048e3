import type * as Docx from 'docx'
import { assurances, assuranceSigns, publicSigns, publicStates } from './assurance.ts'
import { changesChapter } from './changes.ts'
import type { DecisionText } from './changes.ts'
import { headingLevels } from './edition.ts'
import type { EditionDocument, Line, Section } from './edition.ts'
import type { Language } from './language.ts'
import { backingText, lastLook, mappingText, marginNotes, reviewText, versionOf, withheldText } from './phrases.ts'
import { plain } from './plain.ts'
import { longDay, shortDay, words } from './words.ts'
import type { Words } from './words.ts'

/**
 * The edition as a Word document: styles, headings of unbroken levels, a table of contents, and real tables whose head
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

/** Files of a package whose dates and order are not the clock's: otherwise the same edition would give other bytes each time. */
export async function settled(packed: Uint8Array, date: string): Promise<Uint8Array> {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import('fflate')
  const at = Number.isNaN(Date.parse(date)) ? '1980-01-01T00:00:00Z' : new Date(date).toISOString().replace(/\.\d+/, '')
  const files = Object.entries(unzipSync(packed)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const core = (xml: string) => xml.replaceAll(/(<dcterms:\w+ xsi:type="dcterms:W3CDTF">)[^<]*/g, `$1${at}`)
  const whole = files.map(([name, bytes]): [string, Uint8Array] => [
    name,
    name === 'docProps/core.xml'
      ? strToU8(core(strFromU8(bytes)))
      : name === 'word/document.xml'
        ? strToU8(renumbered(strFromU8(bytes)))
        : bytes,
  ])
  return zipSync(Object.fromEntries(whole), { mtime: new Date('1980-01-01T12:00:00Z'), level: 6 })
}

/** The library counts bookmarks over all documents of a process; here each document counts its own. */
function renumbered(xml: string): string {
  const numbers = new Map<string, number>()
  const own = (number: string): number => {
    const known = numbers.get(number) ?? numbers.size + 1
    numbers.set(number, known)
    return known
  }
  return xml
    .replaceAll(/_Toc(\d+)/g, (_all, number: string) => `_Toc${own(number)}`)
    .replaceAll(
      /(<w:bookmark(?:Start|End)\b[^>]*w:id=")(\d+)/g,
      (_all, begin: string, number: string) => `${begin}${own(number)}`,
    )
}

/** Paragraphs and tables of a document. */
type Piece = Docx.Paragraph | Docx.Table | Docx.TableOfContents

/** Widths of the three columns of a table of lines, in per cent: the sentence, its state, what stands behind it. */
const columns = [52, 20, 28] as const

class Writer {
  readonly #docx: typeof Docx
  readonly #edition: EditionDocument
  readonly #language: Language
  readonly #say: Words

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
    return new Document({
      title: plain(edition.title),
      creator: plain(edition.tenant.name),
      lastModifiedBy: plain(edition.tenant.name),
      description: plain(version),
      features: { updateFields: true },
      styles: this.#styles(),
      sections: [
        {
          properties: { page: { margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 } } },
          headers: {
            default: new Header({
              children: [
                new Paragraph({ style: 'Small', children: [this.#run(`${edition.tenant.name} · ${version}`)] }),
              ],
            }),
          },
          footers: {
            default: new Footer({
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
            }),
          },
          children: [...this.#front(version), ...this.#body(), ...this.#back()],
        },
      ],
    })
  }

  #styles(): Docx.IStylesOptions {
    const heading = (size: number) => ({
      run: { size, bold: true },
      paragraph: { spacing: { before: 280, after: 100 }, keepNext: true },
    })
    const language = { value: this.#edition.language === 'de' ? 'de-DE' : 'en-GB' }
    return {
      default: {
        document: { run: { font: 'Georgia', size: 21, language }, paragraph: { spacing: { after: 100 } } },
        title: { run: { size: 40, bold: true }, paragraph: { spacing: { before: 200, after: 120 } } },
        heading1: heading(30),
        heading2: heading(26),
        heading3: heading(23),
        heading4: heading(21),
      },
      paragraphStyles: [
        { id: 'Small', name: 'Small', basedOn: 'Normal', run: { size: 17, color: '555555' } },
        { id: 'Code', name: 'Code', basedOn: 'Normal', run: { font: 'Consolas', size: 16 } },
        { id: 'Cell', name: 'Cell', basedOn: 'Normal', run: { size: 18 }, paragraph: { spacing: { after: 40 } } },
      ],
    }
  }

  #front(version: string): Piece[] {
    const { HeadingLevel, Paragraph, TableOfContents } = this.#docx
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
      ...(edition.state === 'draft' ? [this.#text(`${say.draft}. ${say.draftNote}`, 'Small')] : []),
      this.#text(edition.tenant.name, 'Small'),
      new Paragraph({ heading: HeadingLevel.TITLE, children: [this.#run(edition.title.trim() || say.heading)] }),
      this.#text(version),
      this.#table(
        [30, 70],
        null,
        frame.filter(([, text]) => text !== '').map(([term, text]) => [[this.#cell(term)], [this.#cell(text)]]),
      ),
      this.#heading(say.glance, 1),
      this.#text(say.glanceNote),
      this.#table(
        [12, 28, 60],
        null,
        publicStates.map((state) => [
          [this.#cell(String(edition.counts.public[state]))],
          [this.#cell(`${publicSigns[state].glyph} ${publicSigns[state].word[this.#language]}`)],
          [this.#cell(say.legend[state])],
        ]),
      ),
      this.#heading(say.contents, 1),
      new TableOfContents(say.contents, { hyperlink: true, headingStyleRange: '1-4' }),
    ]
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
      [say.statement, say.state, say.behind],
      lines.map((line) => [[this.#cell(line.text)], this.#state(line), this.#behind(line)]),
    )
  }

  #state(line: Line): Docx.Paragraph[] {
    const sign = publicSigns[line.publicState]
    const look =
      line.checkedAt === null ? [] : [`${lastLook(this.#say, line)} ${shortDay(line.checkedAt, this.#language)}`]
    return [`${sign.glyph} ${sign.word[this.#language]}`, ...marginNotes(this.#say, line, this.#language), ...look].map(
      (text) => this.#cell(text),
    )
  }

  #behind(line: Line): Docx.Paragraph[] {
    const texts = line.parts.flatMap((part) => [
      part.title,
      ...part.backing.map(
        (backing) =>
          `${backingText(this.#say, backing)}, ${shortDay(backing.at, this.#language)}, ${this.#say.leaf} ${backing.leaf}`,
      ),
    ])
    return texts.length === 0 ? [this.#cell(this.#say.noProof)] : texts.map((text) => this.#cell(text))
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
          [this.#cell(`${assuranceSigns[assurance].glyph} ${assuranceSigns[assurance].word[this.#language]}`)],
          [this.#cell(String(counts.assurance[assurance]))],
        ]),
      ),
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
        margins: { top: 40, bottom: 40, left: 80, right: 80 },
      })
    const titles = head?.map((title, index) =>
      cell(
        [new Paragraph({ style: 'Cell', children: [new this.#docx.TextRun({ text: plain(title), bold: true })] })],
        index,
      ),
    )
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [
        ...(titles ? [new TableRow({ tableHeader: true, cantSplit: true, children: titles })] : []),
        ...rows.map((cells) => new TableRow({ cantSplit: true, children: cells.map(cell) })),
      ],
    })
  }
}
