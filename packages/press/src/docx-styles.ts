import type * as Docx from 'docx'
import type { EditionDocument } from './edition.ts'
import { look } from './look.ts'

const { light } = look.colours

/** Widths of the columns of a table of lines, in per cent: number, sentence, state, what stands behind it. */
export const columns = [6, 43, 23, 28] as const

/** Distances of text from the edges of its cell, in twentieths of a point; none at the left, so that tables stand flush. */
export const cellMargins = { top: 60, bottom: 60, left: 0, right: 160 } as const

/** A colour as Word writes it. */
export function hex(colour: string): string {
  return colour.slice(1).toUpperCase()
}

/** Hairlines between rows, no boxes. */
export function tableBorders({ BorderStyle }: typeof Docx): Docx.ITableBordersOptions {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const hairline = { style: BorderStyle.SINGLE, size: 4, color: hex(light.rule) }
  return {
    top: hairline,
    bottom: hairline,
    insideHorizontal: hairline,
    left: none,
    right: none,
    insideVertical: none,
  }
}

/** The styles of the document: those of Word for title and headings, and a few of our own that are based on them. */
export function docxStyles({ language, letterhead }: EditionDocument): Docx.IStylesOptions {
  const accent = hex(letterhead?.accent?.light ?? light.ink)
  const quiet = hex(light.quiet)
  const heading = (size: number, before: number, color: string) => ({
    run: { size, bold: true, color },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  })
  const own = (id: string, run: Docx.IRunStylePropertiesOptions, after: number) => ({
    id,
    name: id,
    basedOn: 'Normal',
    run,
    paragraph: { spacing: { after } },
  })
  const contents = [1, 2, 3, 4].map((level) => ({
    id: `TOC${level}`,
    name: `toc ${level}`,
    basedOn: 'Normal',
    next: 'Normal',
    run: { size: 20 },
    paragraph: { spacing: { after: 40 }, indent: { left: (level - 1) * 284 } },
  }))
  return {
    default: {
      document: {
        run: {
          font: 'Georgia',
          size: 21,
          color: hex(light.ink),
          language: { value: language === 'de' ? 'de-DE' : 'en-GB' },
        },
        paragraph: { spacing: { after: 120, line: 276, lineRule: 'auto' } },
      },
      title: { run: { size: 46, bold: true, color: accent }, paragraph: { spacing: { before: 60, after: 100 } } },
      heading1: heading(30, 480, accent),
      heading2: heading(25, 360, accent),
      heading3: heading(22, 280, hex(light.ink)),
      heading4: heading(21, 240, hex(light.ink)),
    },
    paragraphStyles: [
      ...contents,
      own('Small', { size: 17, color: quiet }, 0),
      own('Over', { size: 21, bold: true, color: accent }, 0),
      own('Lead', { italics: true, color: quiet }, 280),
      own('Cell', { size: 18 }, 40),
      own('Quiet', { size: 17, color: quiet }, 40),
      own('Code', { font: 'Consolas', size: 16 }, 60),
      {
        id: 'FrontHeading',
        name: 'Front Heading',
        basedOn: 'Normal',
        ...heading(25, 400, accent),
      },
    ],
  }
}
