import type { AnnexEntry, AnnexSheet } from './annex.ts'
import { setInType } from './pdf.ts'
import { annexWords } from './preset.ts'

/**
 * An annex as a tagged PDF (PDF/UA-1).
 *
 * @throws Error  when typst refuses the document, with its reason
 */
export async function renderAnnexPdf(sheet: AnnexSheet): Promise<Uint8Array> {
  const date = new Date(Number.isNaN(Date.parse(sheet.date)) ? 0 : sheet.date)
  return await setInType('annex.typ', {
    ...sheet,
    day: { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
    words: annexWords[sheet.language],
    running: shortened(`${sheet.label} · ${sheet.tenant} · ${sheet.version}`),
    fields: sheet.fields.map(row),
    groups: sheet.groups.map((group) => ({
      ...group,
      // A heading without words would be no heading.
      title: group.title.trim() || '–',
      lines: group.lines.map((line) => ({ ...line, number: String(line.number), long: line.text.length > longText })),
    })),
    list: sheet.list && { ...sheet.list, entries: sheet.list.entries.map((one) => one.map(row)) },
    provenance: { ...sheet.provenance, entries: sheet.provenance.entries.map(row) },
  })
}

/** A line longer than this may break over pages. */
const longText = 900

/** A word as long as this is a hash or a key, and set as code. */
const codeLength = 40

function row({ term, text }: AnnexEntry): object {
  return { term, text, code: text?.split(' ').some((word) => word.length > codeLength) ?? false }
}

/** Short enough for one line at the foot of a page. */
function shortened(text: string): string {
  return text.length <= 90 ? text : `${text.slice(0, 89).toWellFormed()}…`
}
