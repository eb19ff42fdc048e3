import type { Paper, PaperTable } from '@art32/press'
import type { LineRow, ReviewRow, Tally } from './review-store.ts'

type Language = 'en' | 'de'

const words = {
  en: {
    title: 'Access review',
    started: 'Started (UTC)',
    signed: 'Signed off (UTC)',
    role: 'Signed off by (role)',
    hash: 'Hash of the list (SHA-256)',
    none: 'not signed off',
    counts: (t: Tally) =>
      `${t.lines} accounts on ${t.systems} systems: ${t.keep} keep, ${t.remove} remove, ${t.ask} ask`,
    columns: [
      'System',
      'Account',
      'Whose',
      'Rights',
      'Last used',
      'Changed since the last review',
      'Decision',
      'Reason',
    ],
    decision: { keep: 'keep', remove: 'remove', ask: 'ask' },
    changes: { new: 'new', rights: 'rights', holder: 'whose it is', back: 'was to be removed' } as Record<
      string,
      string
    >,
    result: 'Result',
  },
  de: {
    title: 'Zugriffsprüfung',
    started: 'Begonnen (UTC)',
    signed: 'Abgeschlossen (UTC)',
    role: 'Abgeschlossen von (Rolle)',
    hash: 'Hash der Liste (SHA-256)',
    none: 'nicht abgeschlossen',
    counts: (t: Tally) =>
      `${t.lines} Konten bei ${t.systems} Systemen: ${t.keep} behalten, ${t.remove} entfernen, ${t.ask} nachfragen`,
    columns: ['System', 'Konto', 'Wessen', 'Rechte', 'Zuletzt genutzt', 'Anders als zuletzt', 'Entscheidung', 'Grund'],
    decision: { keep: 'behalten', remove: 'entfernen', ask: 'nachfragen' },
    changes: { new: 'neu', rights: 'Rechte', holder: 'wessen es ist', back: 'sollte entfernt werden' } as Record<
      string,
      string
    >,
    result: 'Ergebnis',
  },
} as const

/** The lines of a review as a table. */
export function reviewTable(lines: readonly LineRow[], language: Language): PaperTable {
  const said = words[language]
  return {
    kind: 'table',
    columns: said.columns.map((title, index) => ({ title, width: index === 1 || index === 3 ? 2 : 1 })),
    rows: lines.map((one) => [
      one.system_name,
      one.account,
      one.holder,
      one.rights.join(', '),
      one.used_at?.toISOString().slice(0, 10) ?? null,
      one.changes.map((change) => said.changes[change] ?? change).join(', ') || null,
      one.decision === null ? null : said.decision[one.answer ?? one.decision],
      one.answer_reason || one.reason || null,
    ]),
    wide: true,
  }
}

/** A review as a paper. */
export function reviewPaper(
  review: ReviewRow,
  tally: Tally,
  lines: readonly LineRow[],
  language: Language,
): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const said = words[language]
  const minute = (at: Date | null) => at?.toISOString().slice(0, 16).replace('T', ' ') ?? null
  return {
    language,
    title: said.title,
    meta: [
      { label: said.started, value: minute(review.started_at) },
      { label: said.signed, value: minute(review.signed_at) ?? said.none },
      { label: said.role, value: review.role },
      { label: said.result, value: said.counts(tally) },
      { label: said.hash, value: review.list_hash },
    ],
    blocks: [reviewTable(lines, language)],
  }
}
