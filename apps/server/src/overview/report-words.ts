import type { Assurance, Language } from '@art32/press'
import type { Report, ReportDue, ReportLine } from './report.ts'

/** The words of a report. */
export interface ReportWords {
  readonly title: string
  readonly stands: string
  readonly noRegister: string
  readonly lines: (lines: number, unconfirmed: number) => string
  readonly assurance: string
  readonly now: string
  readonly edition: (number: number | null) => string
  readonly published: (day: string) => string
  readonly neverPublished: string
  readonly meaning: Readonly<Record<Assurance, string>>
  readonly named: string
  readonly nothingNamed: string
  readonly page: string
  readonly line: string
  readonly owner: string
  readonly nobody: string
  readonly next: string
  readonly steps: Readonly<Record<Exclude<ReportLine['next'], 'none'>, string>>
  readonly findings: string
  readonly exception: (day: string) => string
  readonly noFindings: string
  readonly severity: Readonly<Record<Report['findings'][number]['severity'], string>>
  readonly on: string
  readonly dueOn: string
  readonly noDay: string
  readonly overdue: string
  readonly due: (days: number) => string
  readonly nothingDue: string
  readonly dues: Readonly<Record<ReportDue['kind'], string>>
  readonly limits: readonly string[]
}

const en: ReportWords = {
  title: 'Technical and organisational measures: how they stand',
  stands: 'How it stands',
  noRegister: 'No document has been read and taken into use yet, so there is nothing to report on.',
  lines: (lines, unconfirmed) =>
    `${lines} ${lines === 1 ? 'line counts' : 'lines count'}. ` +
    (unconfirmed === 0
      ? 'A person or the release has confirmed what each means.'
      : `The meaning of ${unconfirmed} of them has not been confirmed by anybody yet; until then no check counts there.`),
  assurance: 'Assurance',
  now: 'Now',
  edition: (number) => `Edition ${number}`,
  published: (day) => `The last edition was published on ${day}.`,
  neverPublished: 'No edition has been published yet.',
  meaning: {
    verified: 'the checks that prove it passed, within their time',
    attested: 'a named signatory signed it off with evidence',
    inherited: 'a processor guarantees it; agreement and report are on file',
    customer: 'the customer guarantees it',
    stated: 'said, without a proof',
    planned: 'the document says: not yet',
    lapsed: 'was proven; the time for which the proof counts is over',
    absent: 'the document or its owner says that it is not there',
    failing: 'a check says that it is not met',
  },
  named: 'What is not as promised',
  nothingNamed: 'Nothing is failing, lapsed, absent or planned.',
  page: 'page',
  line: 'line',
  owner: 'owner',
  nobody: 'nobody yet',
  next: 'next',
  steps: {
    confirm: 'confirm what the sentence means',
    choose: 'choose a measure of the catalogue',
    mend: 'mend what the check found',
    connect: 'connect a system that shows it',
    'look-again': 'look again; the proof is too old to count',
    plan: 'set the measure up, then say so in the document',
  },
  findings: 'Open findings',
  exception: (day) => `With an exception until ${day}:`,
  noFindings: 'There is no open finding.',
  severity: { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' },
  on: 'on',
  dueOn: 'due on',
  noDay: 'without a due date',
  overdue: 'overdue',
  due: (days) => `What is due in ${days} days`,
  nothingDue: 'Nothing.',
  dues: { finding: 'Finding', proof: 'Proof runs out' },
  limits: [
    'Self-tested: these facts were collected by the organisation about its own systems. No certification under Art. 42 GDPR.',
    'This report shows one moment and is no part of the ledger. What was published, with its proofs, is the edition.',
  ],
}

const de: ReportWords = {
  title: 'Technische und organisatorische Maßnahmen: wie es um sie steht',
  stands: 'Wie es steht',
  noRegister: 'Es wurde noch kein Dokument eingelesen und in Gebrauch genommen; es gibt also noch nichts zu berichten.',
  lines: (lines, unconfirmed) =>
    `${lines} ${lines === 1 ? 'Zeile zählt' : 'Zeilen zählen'}. ` +
    (unconfirmed === 0
      ? 'Die Bedeutung jeder Zeile hat eine Person oder die Programmversion bestätigt.'
      : `Die Bedeutung von ${unconfirmed} davon hat noch niemand bestätigt; so lange zählt dafür keine Prüfung.`),
  assurance: 'Nachweisgrad',
  now: 'Jetzt',
  edition: (number) => `Fassung ${number}`,
  published: (day) => `Die letzte Fassung wurde am ${day} veröffentlicht.`,
  neverPublished: 'Es wurde noch keine Fassung veröffentlicht.',
  meaning: {
    verified: 'die Prüfungen, die es nachweisen, waren in ihrer Zeit erfolgreich',
    attested: 'eine zeichnende Person hat es mit Beleg bestätigt',
    inherited: 'ein Auftragsverarbeiter gewährleistet es; Vertrag und Bericht liegen vor',
    customer: 'der Kunde gewährleistet es',
    stated: 'gesagt, ohne Nachweis',
    planned: 'das Dokument sagt: noch nicht',
    lapsed: 'war nachgewiesen; die Zeit, für die der Nachweis gilt, ist um',
    absent: 'das Dokument oder die zuständige Person sagt, dass es das nicht gibt',
    failing: 'eine Prüfung sagt, dass es nicht erfüllt ist',
  },
  named: 'Was nicht wie versprochen ist',
  nothingNamed: 'Nichts ist nicht erfüllt, abgelaufen, nicht vorhanden oder nur geplant.',
  page: 'Seite',
  line: 'Zeile',
  owner: 'zuständig',
  nobody: 'noch niemand',
  next: 'als Nächstes',
  steps: {
    confirm: 'bestätigen, was der Satz meint',
    choose: 'eine Maßnahme des Katalogs wählen',
    mend: 'beheben, was die Prüfung gefunden hat',
    connect: 'ein System verbinden, das sie zeigt',
    'look-again': 'neu nachsehen; der Nachweis ist zu alt, um zu gelten',
    plan: 'die Maßnahme einrichten und es dann im Dokument sagen',
  },
  findings: 'Offene Feststellungen',
  exception: (day) => `Mit einer Ausnahme bis ${day}:`,
  noFindings: 'Es gibt keine offene Feststellung.',
  severity: { critical: 'Kritisch', high: 'Hoch', medium: 'Mittel', low: 'Niedrig' },
  on: 'an',
  dueOn: 'fällig am',
  noDay: 'ohne Fälligkeit',
  overdue: 'überfällig',
  due: (days) => `Was in ${days} Tagen ansteht`,
  nothingDue: 'Nichts.',
  dues: { finding: 'Feststellung', proof: 'Nachweis läuft ab' },
  limits: [
    'Selbst geprüft: Diese Beobachtungen hat die Organisation an eigenen Systemen gemacht. Keine Zertifizierung nach Art. 42 DSGVO.',
    'Dieser Bericht zeigt einen Augenblick und ist kein Teil des Journals. Was veröffentlicht wurde, mit seinen Nachweisen, ist die Fassung.',
  ],
}

export const reportWords: Readonly<Record<Language, ReportWords>> = { en, de }
