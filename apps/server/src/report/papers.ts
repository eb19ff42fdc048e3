import { longDay, longMoment } from '@art32/press'
import type { Language, Paper, PaperCell } from '@art32/press'
import { deadlinesOf } from './cra.ts'
import { severityOf } from './cvss.ts'
import type { Figure, ReportState } from './report.ts'
import type { ReportRow } from './store.ts'

/** Words for how a report stands and how bad it is, in letters, papers and on public pages. */
export const stateWords: Readonly<Record<Language, Readonly<Record<ReportState, string>>>> = {
  en: {
    received: 'received',
    acknowledged: 'acknowledged',
    confirmed: 'confirmed',
    mended: 'mended',
    disclosed: 'made public',
    'not-a-vulnerability': 'no vulnerability',
    duplicate: 'known already',
  },
  de: {
    received: 'eingegangen',
    acknowledged: 'Eingang bestätigt',
    confirmed: 'als Schwachstelle bestätigt',
    mended: 'behoben',
    disclosed: 'veröffentlicht',
    'not-a-vulnerability': 'keine Schwachstelle',
    duplicate: 'schon bekannt',
  },
}

/** Words for severities. */
export const severityWords = {
  en: { none: 'none', low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  de: { none: 'keine', low: 'niedrig', medium: 'mittel', high: 'hoch', critical: 'kritisch' },
} as const

const words = {
  en: {
    title: 'Reports of vulnerabilities',
    figure: (onTime: number, counted: number) => `Acknowledged on time: ${onTime} of ${counted}.`,
    none: 'No report was received.',
    note: 'Who reported is not part of this register.',
    columns: [
      'No.',
      'Received',
      'Title',
      'Product',
      'State',
      'Acknowledged',
      'Promised by',
      'Severity',
      'CVE',
      'Public on',
      'Ended',
    ],
    clocks: 'Reports to the authority (Cyber Resilience Act, Art. 14)',
    clockColumns: ['No.', 'Known since', 'Stage', 'Due', 'Sent'],
    stages: { warning: 'early warning', notification: 'notification', final: 'final report' },
    late: 'late',
    open: 'open',
  },
  de: {
    title: 'Meldungen von Schwachstellen',
    figure: (onTime: number, counted: number) => `Fristgerecht bestätigt: ${onTime} von ${counted}.`,
    none: 'Es ist keine Meldung eingegangen.',
    note: 'Wer gemeldet hat, gehört nicht zu diesem Verzeichnis.',
    columns: [
      'Nr.',
      'Eingang',
      'Titel',
      'Produkt',
      'Stand',
      'Bestätigt',
      'Zugesagt bis',
      'Schwere',
      'CVE',
      'Öffentlich am',
      'Ende',
    ],
    clocks: 'Meldungen an die Behörde (Cyberresilienz-Verordnung, Art. 14)',
    clockColumns: ['Nr.', 'Bekannt seit', 'Stufe', 'Fällig', 'Gesendet'],
    stages: { warning: 'Frühwarnung', notification: 'Meldung', final: 'Abschlussbericht' },
    late: 'verspätet',
    open: 'offen',
  },
} as const

type Content = Omit<Paper, 'by' | 'date' | 'letterhead'>

/** The register of reports, the newest first; without who reported and without what exactly. */
export function reportsPaper(
  rows: readonly ReportRow[],
  { onTime, counted }: Figure,
  { now, timeZone }: { now: Date; timeZone: string },
  language: Language,
): Content {
  const say = words[language]
  const day = (at: Date | string | null) =>
    at === null ? null : longDay(typeof at === 'string' ? at : at.toISOString(), language)
  const line = (row: ReportRow): PaperCell[] => [
    row.number,
    day(row.received_at),
    row.title,
    row.product === '' ? null : row.product,
    { tone: row.state === 'received' ? 'waiting' : 'plain', word: stateWords[language][row.state] },
    day(row.acknowledged_at),
    day(row.acknowledge_by),
    row.score === null ? null : `${row.score.toFixed(1)} ${severityWords[language][severityOf(row.score)]}`,
    row.cve,
    day(row.disclose_on),
    day(row.closed_at),
  ]
  const clocked = rows.flatMap((row) =>
    deadlinesOf(row, timeZone).map(({ stage, dueAt, doneAt }): PaperCell[] => [
      row.number,
      row.aware_at && longMoment(row.aware_at.toISOString(), language),
      say.stages[stage],
      dueAt && longMoment(dueAt.toISOString(), language),
      doneAt
        ? longMoment(doneAt.toISOString(), language)
        : dueAt !== null && dueAt < now
          ? { tone: 'bad', word: say.late }
          : say.open,
    ]),
  )
  return {
    language,
    title: say.title,
    blocks: [
      { kind: 'paragraph', text: say.figure(onTime, counted) },
      {
        kind: 'table',
        wide: true,
        columns: say.columns.map((title, index) => ({ title, width: index === 2 ? 3 : index === 0 ? 0.6 : 1.3 })),
        rows: rows.map(line),
        empty: say.none,
      },
      { kind: 'paragraph', text: say.note, quiet: true },
      ...(clocked.length === 0
        ? []
        : ([
            { kind: 'heading', level: 2, text: say.clocks },
            { kind: 'table', columns: say.clockColumns.map((title) => ({ title })), rows: clocked },
          ] as const)),
    ],
  }
}
