import type * as Docx from 'docx'
import type { AnnexEntry, AnnexSheet } from './annex.ts'
import { settled } from './docx-package.ts'
import { plain } from './plain.ts'
import { annexWords } from './preset.ts'

/**
 * An annex as a Word document to complete: real headings, blanks as cells of a table, each measure a numbered paragraph.
 *
 * Equal sheets give equal bytes: every date in the file is the edition's own.
 */
export async function renderAnnexDocx(sheet: AnnexSheet): Promise<Uint8Array> {
  const docx = await import('docx')
  return await settled(await docx.Packer.toBuffer(fileOf(docx, sheet)), sheet.date)
}

type Library = typeof Docx

function fileOf(docx: Library, sheet: AnnexSheet): Docx.Document {
  const { AlignmentType, Document, Footer, PageNumber, Paragraph, TextRun } = docx
  const say = annexWords[sheet.language]
  return new Document({
    title: plain(`${sheet.label}: ${sheet.title}`),
    creator: plain(sheet.tenant),
    lastModifiedBy: plain(sheet.tenant),
    description: plain(sheet.version),
    styles: stylesOf(sheet),
    sections: [
      {
        properties: { page: { margin: { top: 1134, bottom: 1134, left: 1247, right: 1134 } } },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                style: 'Small',
                alignment: AlignmentType.RIGHT,
                children: [
                  new TextRun(plain(`${sheet.label} · ${sheet.tenant} · ${sheet.version} · `)),
                  new TextRun({
                    children: [`${say.page} `, PageNumber.CURRENT, ` ${say.pageOf} `, PageNumber.TOTAL_PAGES],
                  }),
                ],
              }),
            ],
          }),
        },
        children: [...frontOf(docx, sheet), ...groupsOf(docx, sheet), ...listOf(docx, sheet), ...backOf(docx, sheet)],
      },
    ],
  })
}

function stylesOf(sheet: AnnexSheet): Docx.IStylesOptions {
  const language = { value: sheet.language === 'de' ? 'de-DE' : 'en-GB' }
  const heading = (size: number) => ({
    run: { size, bold: true },
    paragraph: { spacing: { before: 300, after: 100 }, keepNext: true },
  })
  return {
    default: {
      document: { run: { font: 'Georgia', size: 21, language }, paragraph: { spacing: { after: 100 } } },
      title: { run: { size: 34, bold: true }, paragraph: { spacing: { before: 80, after: 100 } } },
      heading1: heading(24),
      heading2: heading(21),
    },
    paragraphStyles: [
      { id: 'Small', name: 'Small', basedOn: 'Normal', run: { size: 17, color: '555555' } },
      { id: 'Code', name: 'Code', basedOn: 'Normal', run: { font: 'Consolas', size: 15 } },
      {
        id: 'Measure',
        name: 'Measure',
        basedOn: 'Normal',
        paragraph: { indent: { left: 567, hanging: 567 }, spacing: { after: 20 }, keepNext: true },
      },
      {
        id: 'State',
        name: 'State',
        basedOn: 'Small',
        run: { size: 17, color: '555555' },
        paragraph: { indent: { left: 567 }, spacing: { after: 120 } },
      },
    ],
  }
}

function frontOf(docx: Library, sheet: AnnexSheet): (Docx.Paragraph | Docx.Table)[] {
  const { HeadingLevel, Paragraph, TextRun } = docx
  return [
    new Paragraph({ children: [new TextRun({ text: plain(sheet.label), bold: true })] }),
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(plain(sheet.title))] }),
    new Paragraph({ children: [new TextRun({ text: plain(sheet.contract), italics: true })] }),
    tableOf(docx, sheet.fields),
    text(docx, ''),
    ...sheet.notes.map((note) => text(docx, note)),
  ]
}

function groupsOf(docx: Library, { groups }: AnnexSheet): Docx.Paragraph[] {
  const { HeadingLevel, Paragraph, TextRun } = docx
  return groups.flatMap(({ title, lines, note }) => [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(plain(title))] }),
    ...lines.flatMap((line) => [
      // Numbers are text: those of the edition's annex, whatever is inserted later.
      text(docx, `${line.number}.\t${line.text}`, 'Measure'),
      text(docx, line.state, 'State'),
    ]),
    ...(note === null
      ? []
      : [new Paragraph({ style: 'State', children: [new TextRun({ text: plain(note), italics: true })] })]),
  ])
}

function listOf(docx: Library, { list }: AnnexSheet): (Docx.Paragraph | Docx.Table)[] {
  if (list === null) return []
  const { HeadingLevel, Paragraph, TextRun } = docx
  return [
    new Paragraph({ pageBreakBefore: true, children: [new TextRun({ text: plain(list.label), bold: true })] }),
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(plain(list.title))] }),
    ...list.notes.map((note) => text(docx, note)),
    ...list.entries.flatMap((entries, index) => [
      new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(`${index + 1}.`)] }),
      tableOf(docx, entries),
    ]),
  ]
}

function backOf(docx: Library, { provenance }: AnnexSheet): (Docx.Paragraph | Docx.Table)[] {
  const { HeadingLevel, Paragraph, TextRun } = docx
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(plain(provenance.title))] }),
    text(docx, provenance.note, 'Small'),
    tableOf(docx, provenance.entries),
    text(docx, ''),
    text(docx, provenance.verify, 'Small'),
    ...provenance.limits.map(
      (limit) => new Paragraph({ style: 'Small', bullet: { level: 0 }, children: [new TextRun(plain(limit))] }),
    ),
  ]
}

/** Terms with what is known; an empty cell with a line under it where the parties write. */
function tableOf(docx: Library, entries: readonly AnnexEntry[]): Docx.Table {
  const { BorderStyle, Table, TableCell, TableRow, WidthType } = docx
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const rule = { style: BorderStyle.SINGLE, size: 4, color: '888888' }
  const cell = (words: string, width: number, style: string) =>
    new TableCell({
      children: [text(docx, words, style)],
      width: { size: width, type: WidthType.PERCENTAGE },
      borders: { top: none, left: none, right: none, bottom: rule },
      margins: { top: 60, bottom: 40, left: 40, right: 80 },
    })
  const long = (words: string) => words.split(' ').some((word) => word.length > 40)
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: entries.map(
      ({ term, text: known }) =>
        new TableRow({
          cantSplit: true,
          children: [cell(term, 38, 'Small'), cell(known ?? '', 62, long(known ?? '') ? 'Code' : 'Normal')],
        }),
    ),
  })
}

function text(docx: Library, words: string, style?: string): Docx.Paragraph {
  return new docx.Paragraph({ ...(style === undefined ? {} : { style }), children: [new docx.TextRun(plain(words))] })
}
