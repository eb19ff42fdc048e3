import { longMoment, roleIn, shortDay } from '@art32/press'
import type { Paper, PaperTable } from '@art32/press'
import { permissionWords, standingWords } from '../access/index.ts'
import type { LineRow, ReviewRow, Tally } from './review-store.ts'

type Language = 'en' | 'de'

const words = {
  en: {
    title: 'Access review',
    started: 'Started',
    signed: 'Signed off',
    role: 'Signed off by',
    hash: 'Hash of the list (SHA-256)',
    none: 'not signed off',
    counts: (t: Tally) =>
      `${t.lines} ${t.lines === 1 ? 'account' : 'accounts'} on ${t.systems} ${t.systems === 1 ? 'system' : 'systems'}: ${t.keep} keep, ${t.remove} remove, ${t.ask} ask`,
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
    own: { member: 'Member', token: 'API token', guest: 'Guest of an audit room' },
  },
  de: {
    title: 'Zugriffsprüfung',
    started: 'Begonnen',
    signed: 'Abgeschlossen',
    role: 'Abgeschlossen von',
    hash: 'Hash der Liste (SHA-256)',
    none: 'nicht abgeschlossen',
    counts: (t: Tally) =>
      `${t.lines} ${t.lines === 1 ? 'Konto' : 'Konten'} bei ${t.systems} ${t.systems === 1 ? 'System' : 'Systemen'}: ${t.keep} behalten, ${t.remove} entfernen, ${t.ask} nachfragen`,
    columns: ['System', 'Konto', 'Wessen', 'Rechte', 'Zuletzt genutzt', 'Anders als zuletzt', 'Entscheidung', 'Grund'],
    decision: { keep: 'behalten', remove: 'entfernen', ask: 'nachfragen' },
    changes: { new: 'neu', rights: 'Rechte', holder: 'wessen es ist', back: 'sollte entfernt werden' } as Record<
      string,
      string
    >,
    result: 'Ergebnis',
    own: { member: 'Mitglied', token: 'API-Token', guest: 'Gast eines Prüfraums' },
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
      one.system_id === null ? ownAccount(one.account, language) : one.account,
      one.holder,
      one.rights.map((right) => (one.system_id === null ? ownRight(right, language) : right)).join(', '),
      one.used_at === null ? null : shortDay(one.used_at.toISOString(), language),
      one.changes.map((change) => said.changes[change] ?? change).join(', ') || null,
      one.decision === null ? null : said.decision[one.answer ?? one.decision],
      one.answer_reason || one.reason || null,
    ]),
    wide: true,
  }
}

/** An account of art32 itself by what it is: its random id tells nobody anything, but sets several tokens apart. */
function ownAccount(account: string, language: Language): string {
  const [kind = '', id = ''] = account.split(' ')
  const word = Object.entries(words[language].own).find(([key]) => key === kind)?.[1]
  return word === undefined ? account : kind === 'token' ? `${word} ${id.slice(0, 8)}` : word
}

/** A role or a permission of art32 itself in words. */
function ownRight(right: string, language: Language): string {
  const known: Readonly<Record<string, { readonly en: string; readonly de: string }>> = {
    ...permissionWords,
    ...standingWords,
  }
  return known[right]?.[language] ?? right
}

/** A review as a paper. */
export function reviewPaper(
  review: ReviewRow,
  tally: Tally,
  lines: readonly LineRow[],
  language: Language,
): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const said = words[language]
  const minute = (at: Date | null) => (at === null ? null : longMoment(at.toISOString(), language))
  return {
    language,
    title: said.title,
    meta: [
      { label: said.started, value: minute(review.started_at) },
      { label: said.signed, value: minute(review.signed_at) ?? said.none },
      { label: said.role, value: review.role === null ? null : roleIn(review.role, language) },
      { label: said.result, value: said.counts(tally) },
      { label: said.hash, value: review.list_hash },
    ],
    blocks: [reviewTable(lines, language)],
  }
}
