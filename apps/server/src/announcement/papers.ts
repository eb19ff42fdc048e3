import { longDay } from '@art32/press'
import type { Language, Paper, PaperTable } from '@art32/press'
import type { AnnouncementRow, NoticeRow, NoticeWith } from './store.ts'

/** Whom an announcement reached and when, and what each said, as a paper. */
export function logPaper(
  { title, body, edition, made_at: madeAt, effective_on: effectiveOn }: AnnouncementRow,
  notices: readonly NoticeWith[],
  language: Language,
): Omit<Paper, 'by' | 'date' | 'letterhead'> {
  const say = words[language]
  const day = (one: string | null) => (one === null ? null : longDay(one, language))
  return {
    language,
    title: edition === null ? title : say.measures(edition),
    over: say.log,
    meta: [
      { label: say.made, value: longDay(madeAt.toISOString(), language) },
      ...(effectiveOn === null ? [] : [{ label: say.effective, value: day(effectiveOn) }]),
    ],
    blocks: [
      ...(body === '' ? [] : [{ kind: 'paragraph' as const, text: body }]),
      {
        kind: 'table',
        wide: true,
        columns: [
          { title: say.customer, width: 2 },
          { title: say.state, width: 1.4 },
          { title: say.sent, width: 1.2 },
          { title: say.until, width: 1.2 },
          { title: say.outcome, width: 2 },
        ],
        rows: notices.map((row) => [
          row.customer,
          { tone: row.state === 'sent' ? 'good' : 'waiting', word: say.states[row.state] },
          day(row.sent_on),
          day(row.object_by),
          outcomeIn(row, language),
        ]),
      },
    ],
  }
}

function outcomeIn(
  { outcome, outcome_on: on, outcome_text: text, settled_on: settled, settlement }: NoticeRow,
  language: Language,
): string | null {
  const say = words[language]
  if (outcome === null || on === null) return null
  const first = `${say.outcomes[outcome]}, ${longDay(on, language)}${text === '' ? '' : `: ${text}`}`
  return settled === null ? first : `${first}\n${say.settled}, ${longDay(settled, language)}: ${settlement}`
}

/** The same as rows for programs. */
export function logTable(notices: readonly NoticeWith[]): Pick<PaperTable, 'columns' | 'rows'> {
  const named =
    'customer agreement state address sent_on object_by outcome outcome_on outcome_text settled_on settlement'
  return {
    columns: named.split(' ').map((title) => ({ title })),
    rows: notices.map((row) => [
      row.customer,
      row.agreement,
      row.state,
      row.address,
      row.sent_on,
      row.object_by,
      row.outcome,
      row.outcome_on,
      row.outcome_text,
      row.settled_on,
      row.settlement,
    ]),
  }
}

const words = {
  en: {
    log: 'Notice to customers',
    measures: (edition: number) => `Changed measures, edition ${edition}`,
    made: 'Made on',
    effective: 'Takes effect on',
    customer: 'Customer',
    state: 'Delivery',
    states: {
      waiting: 'waiting',
      'on-its-way': 'on its way',
      sent: 'sent',
      refused: 'refused by the mail server',
      lost: 'unknown whether it arrived',
      'by-hand': 'to be told by hand',
    },
    sent: 'Sent on',
    until: 'May object until',
    outcome: 'Answer',
    outcomes: { accepted: 'agreed', objected: 'objected', silent: 'nothing within the period' },
    settled: 'settled',
  },
  de: {
    log: 'Mitteilung an Kunden',
    measures: (edition: number) => `Geänderte Maßnahmen, Fassung ${edition}`,
    made: 'Erstellt am',
    effective: 'Gilt ab',
    customer: 'Kunde',
    state: 'Zustellung',
    states: {
      waiting: 'wartet',
      'on-its-way': 'unterwegs',
      sent: 'versandt',
      refused: 'vom Mailserver abgewiesen',
      lost: 'unbekannt, ob angekommen',
      'by-hand': 'von Hand mitzuteilen',
    },
    sent: 'Versandt am',
    until: 'Widerspruch möglich bis',
    outcome: 'Antwort',
    outcomes: { accepted: 'zugestimmt', objected: 'widersprochen', silent: 'nichts innerhalb der Frist' },
    settled: 'geklärt',
  },
} as const
