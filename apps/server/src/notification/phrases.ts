import type { Kind } from './kind.ts'

/** The sentences of letters in one language. Counts only: what it is about is read after signing in. */
interface Phrases {
  readonly open: string
  readonly unsubscribe: string
  readonly intro: (tenant: string) => string
  readonly several: (count: number) => string
  readonly line: (kind: Kind, codes: readonly (string | null)[]) => string
  readonly test: { readonly subject: string; readonly text: string }
}

type Words = Readonly<Record<Kind, readonly [one: string, many: string]>>

const english: Words = {
  'finding.opened': ['new finding', 'new findings'],
  'finding.closed': ['finding resolved', 'findings resolved'],
  'exception.ending': ['exception ends soon', 'exceptions end soon'],
  'exception.expired': ['exception over, its finding is open again', 'exceptions over, their findings are open again'],
  'guideline.accept': ['guideline to read and accept', 'guidelines to read and accept'],
  'guideline.review': ['guideline to review', 'guidelines to review'],
  'look.failed': ['system not seen for a day', 'systems not seen for a day'],
  'platform.reported': ['new incident of a platform', 'new incidents of platforms'],
  'duty.due': ['duty of yours', 'duties of yours'],
  'duty.missed': ['duty not done within its grace', 'duties not done within their grace'],
  'person.due': ['record of a person to look at', 'records of people to look at'],
  'leaving.open': ['person left whose accounts are still open', 'people left whose accounts are still open'],
  'review.asked': ['question about accounts for you', 'questions about accounts for you'],
  'processor.lapsed': [
    'paper of a processor that ran out: what it vouches for is not backed any more',
    'papers of processors that ran out: what they vouch for is not backed any more',
  ],
  'processor.reminded': ['paper of a processor that runs out soon', 'papers of processors that run out soon'],
  'processor.document': [
    'document of a processor that changed or could not be looked at',
    'documents of processors that changed or could not be looked at',
  ],
  'contract.ending': ['agreement with a customer ends or is over', 'agreements with customers end or are over'],
  'contract.due': ['matter of a customer is due', 'matters of customers are due'],
  'notice.due': ['privacy notice to be looked at', 'privacy notices to be looked at'],
  'deletion.due': ['deletion run missed or not done', 'deletion runs missed or not done'],
  'incident.reported': ['new incident', 'new incidents'],
  'request.received': ['new request of a data subject', 'new requests of data subjects'],
  'request.due': ['request of a data subject due', 'requests of data subjects due'],
  'incident.clock': ['clock of an incident runs out', 'clocks of incidents run out'],
  'edition.published': ['edition published', 'editions published'],
  'disclosure.requested': ['request for documents', 'requests for documents'],
  'file.refused': ['file with malware refused', 'files with malware refused'],
  'report.received': ['report of a vulnerability', 'reports of vulnerabilities'],
  'report.due': ['deadline of a vulnerability report', 'deadlines of vulnerability reports'],
  'advisory.published': ['security advisory published', 'security advisories published'],
  'member.changed': ['change of members', 'changes of members'],
  'webhook.disabled': ['webhook switched off', 'webhooks switched off'],
  'site.lost': [
    'domain of the public page not proven any more, it is served there no longer',
    'domains of the public page not proven any more',
  ],
  'tenant.suspended': ['tenant suspended by the operator', 'tenants suspended by the operator'],
}

const german: Words = {
  'finding.opened': ['neue Feststellung', 'neue Feststellungen'],
  'finding.closed': ['Feststellung erledigt', 'Feststellungen erledigt'],
  'exception.ending': ['Ausnahme endet bald', 'Ausnahmen enden bald'],
  'exception.expired': [
    'Ausnahme beendet, ihre Feststellung ist wieder offen',
    'Ausnahmen beendet, ihre Feststellungen sind wieder offen',
  ],
  'guideline.accept': ['Richtlinie zu lesen und anzunehmen', 'Richtlinien zu lesen und anzunehmen'],
  'guideline.review': ['Richtlinie zu überprüfen', 'Richtlinien zu überprüfen'],
  'look.failed': ['System seit einem Tag nicht einsehbar', 'Systeme seit einem Tag nicht einsehbar'],
  'platform.reported': ['neue Störung einer Plattform', 'neue Störungen von Plattformen'],
  'duty.due': ['Pflicht für Sie', 'Pflichten für Sie'],
  'duty.missed': ['Pflicht nicht fristgerecht erfüllt', 'Pflichten nicht fristgerecht erfüllt'],
  'person.due': ['Personalakte mit etwas Fälligem', 'Personalakten mit etwas Fälligem'],
  'leaving.open': [
    'ausgeschiedene Person, deren Konten noch offen sind',
    'ausgeschiedene Personen, deren Konten noch offen sind',
  ],
  'review.asked': ['Frage zu Konten an Sie', 'Fragen zu Konten an Sie'],
  'processor.lapsed': [
    'abgelaufene Unterlage eines Auftragsverarbeiters: Was er gewährleistet, ist nicht mehr belegt',
    'abgelaufene Unterlagen von Auftragsverarbeitern: Was sie gewährleisten, ist nicht mehr belegt',
  ],
  'processor.reminded': [
    'Unterlage eines Auftragsverarbeiters, die bald abläuft',
    'Unterlagen von Auftragsverarbeitern, die bald ablaufen',
  ],
  'processor.document': [
    'Dokument eines Auftragsverarbeiters, das sich geändert hat oder nicht einsehbar war',
    'Dokumente von Auftragsverarbeitern, die sich geändert haben oder nicht einsehbar waren',
  ],
  'contract.ending': [
    'Vertrag mit einem Kunden endet oder ist abgelaufen',
    'Verträge mit Kunden enden oder sind abgelaufen',
  ],
  'contract.due': ['Vorgang eines Kunden ist fällig', 'Vorgänge von Kunden sind fällig'],
  'notice.due': ['Datenschutzhinweis zu prüfen', 'Datenschutzhinweise zu prüfen'],
  'deletion.due': ['Löschlauf verpasst oder nicht erledigt', 'Löschläufe verpasst oder nicht erledigt'],
  'incident.reported': ['neuer Vorfall', 'neue Vorfälle'],
  'request.received': ['neue Betroffenenanfrage', 'neue Betroffenenanfragen'],
  'request.due': ['Betroffenenanfrage fällig', 'Betroffenenanfragen fällig'],
  'incident.clock': ['Frist eines Vorfalls läuft ab', 'Fristen von Vorfällen laufen ab'],
  'edition.published': ['Fassung veröffentlicht', 'Fassungen veröffentlicht'],
  'disclosure.requested': ['Anfrage nach Unterlagen', 'Anfragen nach Unterlagen'],
  'file.refused': ['Datei mit Schadsoftware abgewiesen', 'Dateien mit Schadsoftware abgewiesen'],
  'report.received': ['Meldung einer Schwachstelle', 'Meldungen von Schwachstellen'],
  'report.due': ['Frist einer Schwachstellenmeldung', 'Fristen von Schwachstellenmeldungen'],
  'advisory.published': ['Sicherheitshinweis veröffentlicht', 'Sicherheitshinweise veröffentlicht'],
  'member.changed': ['Änderung bei den Mitgliedern', 'Änderungen bei den Mitgliedern'],
  'webhook.disabled': ['Webhook abgeschaltet', 'Webhooks abgeschaltet'],
  'site.lost': [
    'Domain der öffentlichen Seite nicht mehr nachgewiesen, dort wird sie nicht mehr ausgeliefert',
    'Domains der öffentlichen Seite nicht mehr nachgewiesen',
  ],
  'tenant.suspended': ['Mandant vom Betreiber angehalten', 'Mandanten vom Betreiber angehalten'],
}

const codesInGerman: Readonly<Record<string, string>> = {
  critical: 'kritisch',
  high: 'hoch',
  medium: 'mittel',
  low: 'niedrig',
  overdue: 'überfällig',
  today: 'heute',
  soon: 'binnen 14 Tagen',
  training: 'Schulung läuft ab',
  'training-over': 'Schulung abgelaufen',
  agreement: 'Vertraulichkeit nicht unterschrieben',
  'agreement-overdue': 'Vertraulichkeit überfällig',
  checklist: 'Punkt einer Liste überfällig',
  return: 'etwas zurückzugeben',
  'sign-off': 'neu zu bestätigen',
  granted: 'hinzugekommen',
  changed: 'Rolle geändert',
  revoked: 'entfernt',
  'last-hour': 'letzte Stunde',
  due: 'abgelaufen',
  outer: 'äußerste Grenze',
  over: 'Prüfung überfällig',
  partial: 'zum Teil erledigt',
  failed: 'fehlgeschlagen',
  'not-looked': 'konnte nicht nachsehen',
}

const codesInEnglish: Readonly<Record<string, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  overdue: 'overdue',
  today: 'today',
  soon: 'within 14 days',
  training: 'training expires soon',
  'training-over': 'training expired',
  agreement: 'confidentiality not signed',
  'agreement-overdue': 'confidentiality overdue',
  checklist: 'point of a list overdue',
  return: 'something to be returned',
  'sign-off': 'to be signed off again',
  granted: 'joined',
  changed: 'role changed',
  revoked: 'removed',
  'last-hour': 'last hour',
  due: 'over',
  outer: 'outer limit',
  over: 'review overdue',
  partial: 'done in part',
  failed: 'failed',
  'not-looked': 'could not look',
}

function lineFrom(words: Words, names: Readonly<Record<string, string>>): Phrases['line'] {
  return (kind, codes) => {
    const [one, many] = words[kind]
    const parts = Object.entries(names).flatMap(([code, name]) => {
      const count = codes.filter((given) => given === code).length
      return count === 0 ? [] : [`${count} ${name}`]
    })
    const detail = parts.length === 0 ? '' : ` (${parts.join(', ')})`
    return `${codes.length} ${codes.length === 1 ? one : many}${detail}`
  }
}

/** What letters say, by language. */
export const phrases: Readonly<Record<'en' | 'de', Phrases>> = {
  en: {
    open: 'Open in art32',
    unsubscribe: 'No more letters of this tenant',
    intro: (tenant) => `This happened at ${tenant}:`,
    several: (count) => `${count} events`,
    line: lineFrom(english, codesInEnglish),
    test: {
      subject: 'Test letter of art32',
      text: 'This letter shows that art32 can send mail. There is nothing to do.',
    },
  },
  de: {
    open: 'In art32 öffnen',
    unsubscribe: 'Keine E-Mails dieses Mandanten mehr',
    intro: (tenant) => `Das ist bei ${tenant} geschehen:`,
    several: (count) => `${count} Ereignisse`,
    line: lineFrom(german, codesInGerman),
    test: {
      subject: 'Test-E-Mail von art32',
      text: 'Diese E-Mail zeigt, dass art32 E-Mails versenden kann. Sie müssen nichts tun.',
    },
  },
}
