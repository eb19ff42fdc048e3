import type { Basis, Special } from './facts.ts'

interface Words {
  readonly title: (app: string) => string
  readonly kind: string
  readonly version: string
  readonly draft: string
  readonly published: string
  readonly address: string
  readonly heads: Readonly<Record<SectionKey, string>>
  readonly controller: (name: string) => string
  readonly representative: string
  readonly officer: string
  readonly noOfficer: string
  readonly purposes: string
  readonly bases: Readonly<Record<Basis, string>>
  readonly specials: Readonly<Record<Exclude<Special, 'none'>, string>>
  readonly interest: string
  readonly law: string
  readonly data: string
  readonly fromPerson: string
  readonly fromElsewhere: string
  readonly needs: Readonly<Record<'law' | 'contract' | 'use' | 'free', string>>
  readonly recipients: string
  readonly noRecipients: string
  readonly onBehalf: string
  readonly places: (places: string) => string
  readonly transfers: string
  readonly noTransfers: string
  readonly copy: string
  readonly period: (length: string, from: string) => string
  readonly rights: readonly string[]
  readonly withdraw: string
  readonly portability: string
  readonly object: string
  readonly ask: string
  readonly complaint: string
  readonly responsible: (authority: string) => string
  readonly noDecisions: string
  readonly decisions: string
  readonly unknown: string
  readonly lengths: Readonly<Record<'D' | 'W' | 'M' | 'Y', readonly [one: string, many: string]>>
  readonly category: string
  readonly rule: string
  readonly app: string
  readonly every: string
  readonly state: string
  readonly lastRun: string
  readonly examined: string
  readonly deleted: string
  readonly kept: string
  readonly errors: string
  readonly outcome: string
  readonly ranAt: string
  readonly rulesTitle: string
  readonly rulesLead: string
  readonly noRules: string
  readonly ownLead: string
  readonly deletedAfter: string
  readonly goes: string
  readonly row: string
  readonly fields: string
  readonly deletedLast: string
  readonly atItsEnd: string
  readonly runs: string
  readonly noRuns: string
  readonly gaps: string
  readonly gap: (from: string, until: string) => string
  readonly openGap: (from: string) => string
  readonly states: Readonly<Record<'waiting' | 'on-time' | 'due' | 'overdue', string>>
  readonly outcomes: Readonly<Record<'done' | 'partial' | 'failed' | 'not-looked', string>>
  readonly reasons: Readonly<
    Record<'not-due' | 'legal-hold' | 'retention-duty' | 'dispute' | 'consent' | 'in-use', string>
  >
  readonly hours: (hours: number) => string
}

/** The parts of a notice, in their order. */
export const sectionKeys = [
  'who',
  'why',
  'data',
  'recipients',
  'transfers',
  'periods',
  'rights',
  'complaint',
  'decisions',
] as const

/** A part of a notice. */
export type SectionKey = (typeof sectionKeys)[number]

/** The fixed sentences of privacy notices and of reports on deletion. */
export const noticeWords: Readonly<Record<'en' | 'de', Words>> = {
  en: {
    title: (app) => `Privacy notice for ${app}`,
    kind: 'Information under Art. 13 and 14 GDPR',
    version: 'Version',
    draft: 'draft, not published',
    published: 'Published on',
    address: 'Where the app is found',
    heads: {
      who: 'Who is responsible',
      why: 'What we process data for, and why we may',
      data: 'Which data we process',
      recipients: 'Who receives the data',
      transfers: 'Transfers to other countries',
      periods: 'How long we keep the data',
      rights: 'Your rights',
      complaint: 'Complaints',
      decisions: 'Decisions by a computer',
    },
    controller: (name) => `The controller is ${name}:`,
    representative: 'Our representative in the European Union (Art. 27 GDPR) is:',
    officer: 'You reach our data protection officer here:',
    noOfficer: 'We do not have to designate a data protection officer.',
    purposes: 'We process personal data for these purposes:',
    bases: {
      consent: 'The legal basis is your consent (Art. 6(1)(a) GDPR).',
      contract: 'We need this for a contract with you, or to prepare one at your request (Art. 6(1)(b) GDPR).',
      law: 'The law obliges us to (Art. 6(1)(c) GDPR).',
      vital: 'It protects vital interests (Art. 6(1)(d) GDPR).',
      public: 'It is a task in the public interest (Art. 6(1)(e) GDPR).',
      interests: 'It rests on a legitimate interest (Art. 6(1)(f) GDPR).',
    },
    specials: {
      'explicit-consent': 'For special categories of data we ask for your explicit consent (Art. 9(2)(a) GDPR).',
      employment: 'Special categories of data: labour and social law requires it (Art. 9(2)(b) GDPR).',
      vital: 'Special categories of data: it protects vital interests (Art. 9(2)(c) GDPR).',
      members: 'Special categories of data: an association processes data of its members (Art. 9(2)(d) GDPR).',
      'made-public': 'Special categories of data: you made them public yourself (Art. 9(2)(e) GDPR).',
      claims: 'Special categories of data: needed for legal claims (Art. 9(2)(f) GDPR).',
      'public-interest': 'Special categories of data: a substantial public interest (Art. 9(2)(g) GDPR).',
      health: 'Special categories of data: health care (Art. 9(2)(h) GDPR).',
      'public-health': 'Special categories of data: public health (Art. 9(2)(i) GDPR).',
      archive: 'Special categories of data: archives, research or statistics (Art. 9(2)(j) GDPR).',
    },
    interest: 'The interest:',
    law: 'The law:',
    data: 'We process these categories of personal data:',
    fromPerson: 'They come from you.',
    fromElsewhere: 'They do not come from you, but from:',
    needs: {
      law: 'The law obliges you to give them.',
      contract: 'The contract needs them.',
      use: 'Without them the app cannot be used, or not wholly.',
      free: 'You are free to give them; nothing follows if you do not.',
    },
    recipients: 'These receive personal data, as far as their task needs it:',
    noRecipients: 'Nobody outside our organisation receives the data.',
    onBehalf: 'processes on our behalf (Art. 28 GDPR)',
    places: (places) => `Place of processing: ${places}.`,
    transfers: 'Data are transferred to countries outside the European Economic Area on these grounds:',
    noTransfers: 'We intend no transfer to a third country or to an international organisation.',
    copy: 'Ask us for a copy of the safeguards, at the contact given above.',
    period: (length, from) => `deleted after ${length}. The period begins: ${from}`,
    rights: [
      'Access to the data about you, and a copy of them (Art. 15 GDPR).',
      'Correction of what is wrong or not complete (Art. 16 GDPR).',
      'Deletion, where the conditions are met (Art. 17 GDPR).',
      'Restriction of the processing (Art. 18 GDPR).',
      'To be told, on request, to whom we passed on a correction, a deletion or a restriction (Art. 19 GDPR).',
    ],
    portability: 'Your data in a common, machine-readable format, for yourself or for somebody else (Art. 20 GDPR).',
    object:
      'To object, for reasons that arise from your own situation; to direct marketing at any time and without a reason (Art. 21 GDPR).',
    withdraw:
      'You may withdraw your consent at any time. What was processed before that stays lawful (Art. 7(3) GDPR).',
    ask: 'You have these rights. Write to us at the contact given above:',
    complaint: 'You may complain to a supervisory authority, in particular where you live or work (Art. 77 GDPR).',
    responsible: (authority) => `The authority responsible for us is: ${authority}`,
    noDecisions: 'No decision about you is taken by a computer alone (Art. 22 GDPR).',
    decisions: 'Some decisions are taken by a computer alone (Art. 22 GDPR). How they come about and what they mean:',
    unknown: '(not said yet)',
    lengths: { D: ['day', 'days'], W: ['week', 'weeks'], M: ['month', 'months'], Y: ['year', 'years'] },
    category: 'Category of data',
    rule: 'Rule',
    app: 'App',
    every: 'A run is due every',
    state: 'State',
    lastRun: 'Last run that deleted',
    examined: 'Examined',
    deleted: 'Deleted',
    kept: 'Kept',
    errors: 'Errors',
    outcome: 'Outcome',
    ranAt: 'Time of the run',
    rulesTitle: 'Deletion rules and their runs',
    rulesLead:
      'What is deleted after which period, and what each run reported. Reports hold numbers only, nothing about a person.',
    noRules: 'There is no deletion rule.',
    ownLead:
      'What art32 itself deletes in this tenant. The rules are part of the program; one run a day takes what ran out by each of them, and what it took stands in the ledger.',
    deletedAfter: 'Deleted after',
    goes: 'What goes',
    row: 'all of it',
    fields: 'single fields',
    deletedLast: 'Deleted by the last run',
    atItsEnd: 'its own end',
    runs: 'Runs',
    noRuns: 'No run was reported.',
    gaps: 'Missed runs',
    gap: (from, until) => `No run deleted from ${from} until ${until}.`,
    openGap: (from) => `No run has deleted since ${from}.`,
    states: { waiting: 'waits for the first run', 'on-time': 'on time', due: 'due', overdue: 'overdue' },
    outcomes: { done: 'done', partial: 'done in part', failed: 'failed', 'not-looked': 'could not look' },
    reasons: {
      'not-due': 'period not over',
      'legal-hold': 'legal hold',
      'retention-duty': 'the law obliges to keep',
      dispute: 'open dispute',
      consent: 'consent to keep',
      'in-use': 'still in use',
    },
    hours: (hours) =>
      hours === 24 ? 'day' : hours % 24 === 0 ? `${hours / 24} days` : hours === 1 ? 'hour' : `${hours} hours`,
  },
  de: {
    title: (app) => `Datenschutzhinweise für ${app}`,
    kind: 'Informationen nach Art. 13 und 14 DSGVO',
    version: 'Version',
    draft: 'Entwurf, nicht veröffentlicht',
    published: 'Veröffentlicht am',
    address: 'Wo die App zu finden ist',
    heads: {
      who: 'Wer verantwortlich ist',
      why: 'Wofür wir Daten verarbeiten und warum wir es dürfen',
      data: 'Welche Daten wir verarbeiten',
      recipients: 'Wer die Daten erhält',
      transfers: 'Übermittlung in andere Länder',
      periods: 'Wie lange wir die Daten aufbewahren',
      rights: 'Ihre Rechte',
      complaint: 'Beschwerde',
      decisions: 'Automatisierte Entscheidungen',
    },
    controller: (name) => `Verantwortlich ist ${name}:`,
    representative: 'Unser Vertreter in der Europäischen Union (Art. 27 DSGVO) ist:',
    officer: 'Unsere Datenschutzbeauftragte oder unseren Datenschutzbeauftragten erreichen Sie hier:',
    noOfficer: 'Wir müssen keine Datenschutzbeauftragte und keinen Datenschutzbeauftragten benennen.',
    purposes: 'Wir verarbeiten personenbezogene Daten zu diesen Zwecken:',
    bases: {
      consent: 'Rechtsgrundlage ist Ihre Einwilligung (Art. 6 Abs. 1 lit. a DSGVO).',
      contract:
        'Wir brauchen das für einen Vertrag mit Ihnen oder um ihn auf Ihre Anfrage vorzubereiten (Art. 6 Abs. 1 lit. b DSGVO).',
      law: 'Das Gesetz verpflichtet uns dazu (Art. 6 Abs. 1 lit. c DSGVO).',
      vital: 'Es schützt lebenswichtige Interessen (Art. 6 Abs. 1 lit. d DSGVO).',
      public: 'Es ist eine Aufgabe im öffentlichen Interesse (Art. 6 Abs. 1 lit. e DSGVO).',
      interests: 'Es beruht auf einem berechtigten Interesse (Art. 6 Abs. 1 lit. f DSGVO).',
    },
    specials: {
      'explicit-consent':
        'Für besondere Kategorien von Daten bitten wir um Ihre ausdrückliche Einwilligung (Art. 9 Abs. 2 lit. a DSGVO).',
      employment: 'Besondere Kategorien von Daten: Arbeits- und Sozialrecht verlangt es (Art. 9 Abs. 2 lit. b DSGVO).',
      vital: 'Besondere Kategorien von Daten: Es schützt lebenswichtige Interessen (Art. 9 Abs. 2 lit. c DSGVO).',
      members:
        'Besondere Kategorien von Daten: Eine Vereinigung verarbeitet Daten ihrer Mitglieder (Art. 9 Abs. 2 lit. d DSGVO).',
      'made-public':
        'Besondere Kategorien von Daten: Sie haben sie selbst öffentlich gemacht (Art. 9 Abs. 2 lit. e DSGVO).',
      claims: 'Besondere Kategorien von Daten: für Rechtsansprüche erforderlich (Art. 9 Abs. 2 lit. f DSGVO).',
      'public-interest':
        'Besondere Kategorien von Daten: ein erhebliches öffentliches Interesse (Art. 9 Abs. 2 lit. g DSGVO).',
      health: 'Besondere Kategorien von Daten: Gesundheitsversorgung (Art. 9 Abs. 2 lit. h DSGVO).',
      'public-health': 'Besondere Kategorien von Daten: öffentliche Gesundheit (Art. 9 Abs. 2 lit. i DSGVO).',
      archive: 'Besondere Kategorien von Daten: Archive, Forschung oder Statistik (Art. 9 Abs. 2 lit. j DSGVO).',
    },
    interest: 'Das Interesse:',
    law: 'Das Gesetz:',
    data: 'Wir verarbeiten diese Kategorien personenbezogener Daten:',
    fromPerson: 'Sie stammen von Ihnen.',
    fromElsewhere: 'Sie stammen nicht von Ihnen, sondern von:',
    needs: {
      law: 'Das Gesetz verpflichtet Sie, sie anzugeben.',
      contract: 'Der Vertrag braucht sie.',
      use: 'Ohne sie kann die App nicht oder nicht ganz genutzt werden.',
      free: 'Sie können frei entscheiden, ob Sie sie angeben; es folgt nichts daraus, wenn nicht.',
    },
    recipients: 'Diese erhalten personenbezogene Daten, soweit ihre Aufgabe es erfordert:',
    noRecipients: 'Niemand außerhalb unserer Organisation erhält die Daten.',
    onBehalf: 'verarbeitet in unserem Auftrag (Art. 28 DSGVO)',
    places: (places) => `Ort der Verarbeitung: ${places}.`,
    transfers: 'In Länder außerhalb des Europäischen Wirtschaftsraums werden Daten auf diesen Grundlagen übermittelt:',
    noTransfers: 'Wir beabsichtigen keine Übermittlung in ein Drittland oder an eine internationale Organisation.',
    copy: 'Eine Kopie der Garantien erhalten Sie von uns unter dem oben genannten Kontakt.',
    period: (length, from) => `gelöscht nach ${length}. Die Frist beginnt: ${from}`,
    rights: [
      'Auskunft über die Daten zu Ihrer Person und eine Kopie davon (Art. 15 DSGVO).',
      'Berichtigung dessen, was falsch oder unvollständig ist (Art. 16 DSGVO).',
      'Löschung, wenn die Voraussetzungen erfüllt sind (Art. 17 DSGVO).',
      'Einschränkung der Verarbeitung (Art. 18 DSGVO).',
      'Auf Verlangen die Mitteilung, an wen wir eine Berichtigung, Löschung oder Einschränkung weitergegeben haben (Art. 19 DSGVO).',
    ],
    portability:
      'Ihre Daten in einem gängigen, maschinenlesbaren Format, für Sie selbst oder für jemand anderen (Art. 20 DSGVO).',
    object:
      'Widerspruch aus Gründen, die sich aus Ihrer besonderen Situation ergeben; gegen Direktwerbung jederzeit und ohne Grund (Art. 21 DSGVO).',
    withdraw:
      'Ihre Einwilligung können Sie jederzeit widerrufen. Was vorher verarbeitet wurde, bleibt rechtmäßig (Art. 7 Abs. 3 DSGVO).',
    ask: 'Sie haben diese Rechte. Schreiben Sie uns an den oben genannten Kontakt:',
    complaint:
      'Sie können sich bei einer Aufsichtsbehörde beschweren, insbesondere dort, wo Sie wohnen oder arbeiten (Art. 77 DSGVO).',
    responsible: (authority) => `Für uns zuständig ist: ${authority}`,
    noDecisions: 'Keine Entscheidung über Sie wird allein automatisiert getroffen (Art. 22 DSGVO).',
    decisions:
      'Manche Entscheidungen werden allein automatisiert getroffen (Art. 22 DSGVO). Wie sie zustande kommen und was sie bedeuten:',
    unknown: '(noch nicht angegeben)',
    lengths: { D: ['Tag', 'Tagen'], W: ['Woche', 'Wochen'], M: ['Monat', 'Monaten'], Y: ['Jahr', 'Jahren'] },
    category: 'Datenkategorie',
    rule: 'Regel',
    app: 'App',
    every: 'Ein Lauf ist fällig',
    state: 'Stand',
    lastRun: 'Letzter Lauf, der löschte',
    examined: 'Geprüft',
    deleted: 'Gelöscht',
    kept: 'Behalten',
    errors: 'Fehler',
    outcome: 'Ergebnis',
    ranAt: 'Zeitpunkt des Laufs',
    rulesTitle: 'Löschregeln und ihre Läufe',
    rulesLead:
      'Was nach welcher Frist gelöscht wird und was jeder Lauf gemeldet hat. Berichte enthalten nur Zahlen, nichts über eine Person.',
    noRules: 'Es gibt keine Löschregel.',
    ownLead:
      'Was art32 selbst in diesem Mandanten löscht. Die Regeln sind Teil des Programms; ein Lauf am Tag nimmt, was nach einer von ihnen abgelaufen ist, und was er nahm, steht im Journal.',
    deletedAfter: 'Gelöscht nach',
    goes: 'Was entfällt',
    row: 'alles',
    fields: 'einzelne Felder',
    deletedLast: 'Vom letzten Lauf gelöscht',
    atItsEnd: 'dem eigenen Ablauf',
    runs: 'Läufe',
    noRuns: 'Es wurde kein Lauf gemeldet.',
    gaps: 'Verpasste Läufe',
    gap: (from, until) => `Von ${from} bis ${until} löschte kein Lauf.`,
    openGap: (from) => `Seit ${from} hat kein Lauf gelöscht.`,
    states: { waiting: 'wartet auf den ersten Lauf', 'on-time': 'rechtzeitig', due: 'fällig', overdue: 'überfällig' },
    outcomes: {
      done: 'erledigt',
      partial: 'zum Teil erledigt',
      failed: 'fehlgeschlagen',
      'not-looked': 'konnte nicht nachsehen',
    },
    reasons: {
      'not-due': 'Frist läuft noch',
      'legal-hold': 'rechtliche Sperre',
      'retention-duty': 'Aufbewahrung ist gesetzlich vorgeschrieben',
      dispute: 'offener Streit',
      consent: 'Einwilligung in die Aufbewahrung',
      'in-use': 'noch in Gebrauch',
    },
    hours: (hours) =>
      hours === 24
        ? 'jeden Tag'
        : hours % 24 === 0
          ? `alle ${hours / 24} Tage`
          : hours === 1
            ? 'jede Stunde'
            : `alle ${hours} Stunden`,
  },
}
