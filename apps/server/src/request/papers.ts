import { shortDay } from '@art32/press'
import type { Language, Paper, PaperTable } from '@art32/press'
import { articles, clockFor, groundSources, isClosed, shownState } from './request.ts'
import type { LetterRow, RequestRow } from './store.ts'
import { citedIn, phrases } from './words.ts'

type Content = Omit<Paper, 'by' | 'date' | 'letterhead'>

/** A figure as it is said: 11 of 12. */
interface Figure {
  readonly onTime: number
  readonly counted: number
}

/** Every request without the person behind it. */
export function registerTable(
  rows: readonly RequestRow[],
  { today, country }: { readonly today: string; readonly country: string },
  language: Language,
): PaperTable {
  const { words, kinds, states, sources, grounds } = phrases[language]
  const day = (on: string | null) => (on === null ? null : shortDay(on, language))
  return {
    kind: 'table',
    wide: true,
    columns: [
      { title: words.number, width: 0.4, align: 'right' },
      { title: words.received, width: 0.9 },
      { title: words.asked, width: 2.2 },
      { title: words.source, width: 1 },
      { title: words.due, width: 0.9 },
      { title: words.extended, width: 0.9 },
      { title: words.waited, width: 0.8, align: 'right' },
      { title: words.state, width: 1.1 },
      { title: words.decided, width: 0.9 },
      { title: words.inTime, width: 0.7 },
      { title: words.ground, width: 1.6 },
    ],
    empty: words.none,
    rows: rows.map((row) => {
      const dueOn = row.decided_due ?? clockFor(row, today, country).dueOn
      const isLate = isClosed(row) ? (row.decided_on ?? '') > dueOn : dueOn < today
      return [
        row.number,
        day(row.received_on),
        row.kinds.map((kind) => `${kinds[kind]} (${words.article} ${citedIn(articles[kind], language)})`).join('\n'),
        sources[row.source],
        day(dueOn),
        day(row.extended_on),
        row.waited_days,
        states[shownState(row)],
        day(row.decided_on),
        isClosed(row) || isLate ? (isLate ? words.no : words.yes) : null,
        row.ground === null ? null : `${grounds[row.ground]} (${citedIn(groundSources[row.ground], language)})`,
      ]
    }),
  }
}

/** The register as a paper. */
export function registerPaper(table: PaperTable, { onTime, counted }: Figure, language: Language): Content {
  const { words } = phrases[language]
  return {
    language,
    title: words.register,
    meta: [{ label: words.figure, value: language === 'en' ? `${onTime} of ${counted}` : `${onTime} von ${counted}` }],
    blocks: [
      { kind: 'paragraph', text: words.registerLead },
      table,
      { kind: 'paragraph', text: words.law, quiet: true },
    ],
  }
}

/** A letter as it was said. */
export function letterPaper(row: RequestRow, letter: Pick<LetterRow, 'subject' | 'text' | 'language'>): Content {
  const { language } = letter
  const { words } = phrases[language]
  const to = [row.name, row.postal].filter((part) => part !== '').join('\n')
  return {
    language,
    title: letter.subject,
    meta: [
      { label: words.to, value: to === '' ? null : to },
      { label: words.request, value: String(row.number) },
      { label: words.received, value: shortDay(row.received_on, language) },
    ],
    blocks: letter.text.split(/\n{2,}/).map((text) => ({ kind: 'paragraph', text })),
  }
}
