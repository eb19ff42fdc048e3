import type * as Docx from 'docx'
import { hex } from '../docx-styles.ts'
import { look } from '../look.ts'
import type { Paper, PaperBlock } from './paper.ts'

/** The styles of a paper: those of Word for title and headings, and a few of our own that are based on them. */
export function paperStyles({ language, letterhead }: Paper): Docx.IStylesOptions {
  const { light } = look.colours
  const accent = hex(letterhead?.accent?.light ?? light.ink)
  const ink = hex(light.ink)
  const quiet = hex(light.quiet)
  const heading = (size: number, before: number, color: string) => ({
    run: { size, bold: true, color },
    paragraph: { spacing: { before, after: 100 }, keepNext: true },
  })
  const own = (id: string, run: Docx.IRunStylePropertiesOptions, after: number, more: object = {}) => ({
    id,
    name: id,
    basedOn: 'Normal',
    run,
    paragraph: { spacing: { before: 0, after, line: 252, lineRule: 'auto' as const }, ...more },
  })
  return {
    default: {
      document: {
        run: { font: 'Georgia', size: 21, color: ink, language: { value: language === 'de' ? 'de-DE' : 'en-GB' } },
        paragraph: { spacing: { after: 120, line: 276, lineRule: 'auto' } },
      },
      title: { run: { size: 38, bold: true, color: accent }, paragraph: { spacing: { before: 60, after: 100 } } },
      heading1: heading(27, 400, accent),
      heading2: heading(23, 320, accent),
      heading3: heading(21, 260, ink),
      heading4: { ...heading(21, 240, ink), run: { size: 21, italics: true, bold: true, color: ink } },
    },
    paragraphStyles: [
      own('Small', { size: 16, color: quiet }, 0),
      own('Proof', { size: 13, color: quiet }, 0),
      own('Over', { size: 21, bold: true, color: accent }, 40),
      own('Lead', { italics: true, color: quiet }, 200),
      own('Cell', { size: 18 }, 20),
      own('Quiet', { size: 17, color: quiet }, 20),
      own('Code', { font: 'Consolas', size: 15 }, 20),
      own('Item', {}, 60),
      own('Note', { size: 17, color: quiet }, 120, { keepLines: true }),
      own('Gap', { size: 8 }, 60),
    ],
  }
}

/** Bullets, and one numbering for each number at which a list begins. */
export function numberingOf({ AlignmentType, LevelFormat }: typeof Docx, { blocks }: Paper): Docx.INumberingOptions {
  const starts = new Set(
    blocks.flatMap((block: PaperBlock) => (block.kind === 'list' && block.ordered ? [block.start ?? 1] : [])),
  )
  const level = (at: number, format: 'bullet' | 'decimal', text: string, start = 1) => ({
    level: at,
    format: format === 'bullet' ? LevelFormat.BULLET : LevelFormat.DECIMAL,
    text,
    start,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left: 567 * (at + 1), hanging: format === 'bullet' ? 283 : 567 } } },
  })
  const depths = [0, 1, 2, 3]
  return {
    config: [
      { reference: 'bullets', levels: depths.map((at) => level(at, 'bullet', '–')) },
      ...[...starts].map((start) => ({
        reference: `ordered-${start}`,
        levels: depths.map((at) => level(at, 'decimal', `%${at + 1}.`, at === 0 ? start : 1)),
      })),
    ],
  }
}
