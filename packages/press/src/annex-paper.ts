import type { AnnexEntry, AnnexSheet } from './annex.ts'
import type { Paper, PaperBlock, PaperField } from './paper/paper.ts'

/** An annex as a paper: blanks are lines to write on, each measure a numbered entry with its state beneath it. */
export function annexPaper(sheet: AnnexSheet): Paper {
  const { language, textLanguage, provenance, letterhead } = sheet
  return {
    language,
    title: sheet.title,
    subtitle: sheet.contract,
    over: sheet.label,
    by: sheet.tenant,
    date: sheet.date,
    ...(letterhead === undefined ? {} : { letterhead }),
    meta: sheet.fields.map(fieldOf),
    metaToFill: true,
    running: `${sheet.label} · ${sheet.tenant} · ${sheet.version}`,
    blocks: [
      ...sheet.notes.map(paragraph),
      ...sheet.groups.flatMap(({ title, lines, note }): PaperBlock[] => [
        { kind: 'heading', level: 1, text: title },
        {
          kind: 'list',
          ordered: true,
          // Numbers go through the whole annex, so that headings can point to them.
          start: lines[0]?.number ?? 1,
          items: lines.map(({ text, state }) => ({ text, note: state })),
          language: textLanguage,
        },
        ...(note === null ? [] : [{ kind: 'paragraph' as const, text: note, quiet: true }]),
      ]),
      ...listOf(sheet.list),
      { kind: 'heading', level: 1, text: provenance.title },
      { kind: 'paragraph', text: provenance.note },
      { kind: 'fields', fields: provenance.entries.map(fieldOf) },
      { kind: 'paragraph', text: provenance.verify },
      {
        kind: 'list',
        ordered: false,
        items: provenance.limits.map((text) => ({ text })),
        language: textLanguage,
      },
    ],
  }
}

function listOf(list: AnnexSheet['list']): PaperBlock[] {
  if (list === null) return []
  return [
    { kind: 'page-break' },
    { kind: 'heading', level: 1, text: `${list.label}: ${list.title}` },
    ...list.notes.map(paragraph),
    ...list.entries.flatMap((entries, index): PaperBlock[] => [
      { kind: 'heading', level: 2, text: `${index + 1}.` },
      { kind: 'fields', fields: entries.map(fieldOf), toFill: true },
    ]),
  ]
}

function fieldOf({ term, text }: AnnexEntry): PaperField {
  return { label: term, value: text }
}

function paragraph(text: string): PaperBlock {
  return { kind: 'paragraph', text }
}
