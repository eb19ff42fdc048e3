import type { BulletinState } from './bulletin.ts'
import type { Asked } from './facts.ts'
import type { breachKinds, incidentRoles, peopleDecisions, risks, severities, sources } from './incident.ts'
import type { ways } from './store-notice.ts'

type Words<K extends string> = Readonly<Record<K, string>>

/** The fixed words of papers on incidents, in one language. */
interface Said {
  readonly facts: Words<Asked>
  readonly kinds: Words<(typeof breachKinds)[number]>
  readonly role: Words<(typeof incidentRoles)[number]>
  readonly risk: Words<(typeof risks)[number]>
  readonly severity: Words<(typeof severities)[number]>
  readonly source: Words<(typeof sources)[number]>
  readonly people: Words<(typeof peopleDecisions)[number]>
  readonly way: Words<(typeof ways)[number]>
  readonly recipient: Words<'authority' | 'controller' | 'people'>
  readonly bulletin: Words<BulletinState>
  readonly words: Words<Word>
}

type Word =
  | 'notification'
  | 'controllerLetter'
  | 'peopleLetter'
  | 'register'
  | 'record'
  | 'to'
  | 'from'
  | 'case'
  | 'phase'
  | 'first'
  | 'further'
  | 'aware'
  | 'happened'
  | 'strict'
  | 'delay'
  | 'law'
  | 'nature'
  | 'contact'
  | 'consequences'
  | 'measures'
  | 'missing'
  | 'missingLead'
  | 'nothingMissing'
  | 'told'
  | 'drill'
  | 'drillText'
  | 'peopleTold'
  | 'yes'
  | 'no'
  | 'undecided'
  | 'riskTitle'
  | 'breach'
  | 'reason'
  | 'authority'
  | 'when'
  | 'how'
  | 'reference'
  | 'whom'
  | 'effects'
  | 'controllerLead'
  | 'controllerEnd'
  | 'peopleLead'
  | 'peopleDo'
  | 'registerLead'
  | 'none'
  | 'number'
  | 'reported'
  | 'state'
  | 'timeline'
  | 'notices'
  | 'what'
  | 'source'
  | 'affected'
  | 'closed'
  | 'running'
  | 'review'
  | 'unknown'
  | 'kinds'
  | 'nobodyTold'
  | 'seat'
  | 'publicTitle'

const en: Said = {
  facts: {
    nature: 'Nature of the breach',
    peopleCategories: 'Categories of people concerned',
    people: 'Approximate number of people',
    recordCategories: 'Categories of records concerned',
    records: 'Approximate number of records',
    contact: 'Contact for more information',
    consequences: 'Likely consequences',
    measures: 'Measures taken or proposed',
  },
  kinds: { confidentiality: 'confidentiality', integrity: 'integrity', availability: 'availability' },
  role: { controller: 'controller', processor: 'processor', both: 'controller and processor' },
  risk: { none: 'no risk is likely', risk: 'a risk', high: 'a high risk' },
  severity: { low: 'low', medium: 'medium', high: 'high', critical: 'critical' },
  source: {
    person: 'reported by staff',
    form: 'reported by the public form',
    finding: 'found by monitoring',
    processor: 'told by a processor',
    report: 'reported as a weakness, no.',
    drill: 'exercise',
  },
  people: {
    tell: 'they are told',
    'not-high': 'not told: no high risk is likely (Art. 34(1))',
    unintelligible: 'not told: the data are unintelligible to others, for instance encrypted (Art. 34(3)(a))',
    'no-longer-likely': 'not told: measures taken since make a high risk no longer likely (Art. 34(3)(b))',
    disproportionate: 'told by a public communication: one by one would be disproportionate (Art. 34(3)(c))',
  },
  way: {
    letter: 'mail by art32',
    portal: 'form of the authority',
    mail: 'mail',
    post: 'post',
    phone: 'phone',
    publication: 'publication',
    drill: 'exercise, sent to nobody',
  },
  recipient: { authority: 'supervisory authority', controller: 'controller', people: 'people concerned' },
  bulletin: { investigating: 'being investigated', contained: 'contained', resolved: 'resolved' },
  words: {
    notification: 'Notification of a personal data breach',
    controllerLetter: 'Notice of a personal data breach',
    peopleLetter: 'What happened to your data',
    register: 'Register of personal data breaches',
    record: 'Record of an incident',
    to: 'To',
    from: 'From',
    case: 'Our case',
    phase: 'Notification',
    first: 'first notification',
    further: 'further information to an earlier one, number',
    aware: 'Became aware',
    happened: 'When it happened',
    strict: '72 hours end',
    delay: 'Reason for the delay',
    law: 'By',
    nature: 'What happened',
    contact: 'Who answers questions',
    consequences: 'What may come of it',
    measures: 'What was done and is going to be',
    missing: 'Still missing',
    missingLead: 'The following is not known yet and follows without undue further delay (Art. 33(4) GDPR):',
    nothingMissing: 'Nothing that Art. 33(3) asks for is missing.',
    told: 'Told so far',
    drill: 'exercise',
    drillText: 'This is an exercise. Nothing of it happened, and nobody outside is told.',
    peopleTold: 'People concerned',
    yes: 'yes',
    no: 'no',
    undecided: 'not decided yet',
    riskTitle: 'Risk for people',
    breach: 'Personal data breach (Art. 4(12))',
    reason: 'Reason',
    authority: 'Supervisory authority',
    when: 'When',
    how: 'How',
    reference: 'Reference',
    whom: 'Whom',
    effects: 'Effects',
    controllerLead:
      'We process personal data on your behalf. We tell you without undue delay (Art. 33(2) GDPR) of a breach that concerns data of yours. Whether the authority and the people are to be told is for you to decide; the 72 hours run for you from when you learn of it.',
    controllerEnd:
      'We tell you more as soon as we know more, and help you with your own notification (Art. 28(3)(f) GDPR).',
    peopleLead: 'We have to tell you of something that happened to personal data of yours, and what you can do.',
    peopleDo:
      'If you have a question, write or call the contact above. You also have the right to complain to a supervisory authority.',
    registerLead:
      'Every breach, also those that were not notified, with facts, effects and what was done (Art. 33(5) GDPR).',
    none: 'No breach is on record.',
    number: 'No.',
    reported: 'Reported',
    state: 'State',
    timeline: 'Timeline',
    notices: 'Who was told',
    what: 'What',
    source: 'Source',
    affected: 'Controllers affected',
    closed: 'closed',
    running: 'open',
    review: 'Looking back',
    unknown: 'not known yet',
    kinds: 'Breach of',
    nobodyTold: 'Nobody has been told yet.',
    seat: 'Seat',
    publicTitle: 'Notice of an incident',
  },
}

const de: Said = {
  facts: {
    nature: 'Art der Verletzung',
    peopleCategories: 'Kategorien betroffener Personen',
    people: 'Ungefähre Zahl der Personen',
    recordCategories: 'Kategorien betroffener Datensätze',
    records: 'Ungefähre Zahl der Datensätze',
    contact: 'Anlaufstelle für weitere Informationen',
    consequences: 'Wahrscheinliche Folgen',
    measures: 'Ergriffene oder vorgeschlagene Maßnahmen',
  },
  kinds: { confidentiality: 'Vertraulichkeit', integrity: 'Integrität', availability: 'Verfügbarkeit' },
  role: {
    controller: 'Verantwortlicher',
    processor: 'Auftragsverarbeiter',
    both: 'Verantwortlicher und Auftragsverarbeiter',
  },
  risk: { none: 'voraussichtlich kein Risiko', risk: 'ein Risiko', high: 'ein hohes Risiko' },
  severity: { low: 'niedrig', medium: 'mittel', high: 'hoch', critical: 'kritisch' },
  source: {
    person: 'von Beschäftigten gemeldet',
    form: 'über das öffentliche Formular gemeldet',
    finding: 'durch Überwachung gefunden',
    processor: 'von einem Auftragsverarbeiter mitgeteilt',
    report: 'als Schwachstelle gemeldet, Nr.',
    drill: 'Übung',
  },
  people: {
    tell: 'sie werden benachrichtigt',
    'not-high': 'nicht benachrichtigt: voraussichtlich kein hohes Risiko (Art. 34 Abs. 1)',
    unintelligible:
      'nicht benachrichtigt: die Daten sind für Unbefugte unzugänglich, etwa verschlüsselt (Art. 34 Abs. 3 lit. a)',
    'no-longer-likely':
      'nicht benachrichtigt: durch seitherige Maßnahmen besteht voraussichtlich kein hohes Risiko mehr (Art. 34 Abs. 3 lit. b)',
    disproportionate:
      'durch öffentliche Bekanntmachung: einzeln wäre es ein unverhältnismäßiger Aufwand (Art. 34 Abs. 3 lit. c)',
  },
  way: {
    letter: 'E-Mail durch art32',
    portal: 'Formular der Behörde',
    mail: 'E-Mail',
    post: 'Post',
    phone: 'Telefon',
    publication: 'Bekanntmachung',
    drill: 'Übung, an niemanden gesendet',
  },
  recipient: { authority: 'Aufsichtsbehörde', controller: 'Verantwortlicher', people: 'betroffene Personen' },
  bulletin: { investigating: 'wird untersucht', contained: 'eingedämmt', resolved: 'behoben' },
  words: {
    notification: 'Meldung einer Verletzung des Schutzes personenbezogener Daten',
    controllerLetter: 'Mitteilung einer Verletzung des Schutzes personenbezogener Daten',
    peopleLetter: 'Was mit Ihren Daten geschehen ist',
    register: 'Verzeichnis der Verletzungen des Schutzes personenbezogener Daten',
    record: 'Dokumentation eines Vorfalls',
    to: 'An',
    from: 'Von',
    case: 'Unser Vorgang',
    phase: 'Meldung',
    first: 'Erstmeldung',
    further: 'Nachmeldung, Nummer',
    aware: 'Bekannt geworden',
    happened: 'Wann es geschah',
    strict: 'Ende der 72 Stunden',
    delay: 'Begründung der Verzögerung',
    law: 'Nach',
    nature: 'Was geschehen ist',
    contact: 'Anlaufstelle für Fragen',
    consequences: 'Welche Folgen möglich sind',
    measures: 'Was getan wurde und noch getan wird',
    missing: 'Noch offen',
    missingLead:
      'Folgendes ist noch nicht bekannt und wird ohne unangemessene weitere Verzögerung nachgereicht (Art. 33 Abs. 4 DSGVO):',
    nothingMissing: 'Von den Angaben des Art. 33 Abs. 3 fehlt keine.',
    told: 'Bisher unterrichtet',
    drill: 'Übung',
    drillText: 'Dies ist eine Übung. Nichts davon ist geschehen, und außerhalb wird niemand unterrichtet.',
    peopleTold: 'Betroffene Personen',
    yes: 'ja',
    no: 'nein',
    undecided: 'noch nicht entschieden',
    riskTitle: 'Risiko für Personen',
    breach: 'Verletzung des Schutzes personenbezogener Daten (Art. 4 Nr. 12)',
    reason: 'Begründung',
    authority: 'Aufsichtsbehörde',
    when: 'Wann',
    how: 'Wie',
    reference: 'Zeichen',
    whom: 'Wer',
    effects: 'Auswirkungen',
    controllerLead:
      'Wir verarbeiten personenbezogene Daten in Ihrem Auftrag. Wir teilen Ihnen unverzüglich (Art. 33 Abs. 2 DSGVO) eine Verletzung mit, die Daten von Ihnen betrifft. Ob die Behörde und die Personen zu unterrichten sind, entscheiden Sie; die 72 Stunden laufen für Sie ab Ihrer Kenntnis.',
    controllerEnd:
      'Sobald wir mehr wissen, teilen wir es Ihnen mit; bei Ihrer eigenen Meldung unterstützen wir Sie (Art. 28 Abs. 3 lit. f DSGVO).',
    peopleLead:
      'Wir müssen Ihnen mitteilen, was mit personenbezogenen Daten von Ihnen geschehen ist und was Sie tun können.',
    peopleDo:
      'Wenn Sie Fragen haben, wenden Sie sich an die genannte Anlaufstelle. Sie haben außerdem das Recht, sich bei einer Aufsichtsbehörde zu beschweren.',
    registerLead:
      'Alle Verletzungen, auch die nicht gemeldeten, mit Fakten, Auswirkungen und Abhilfe (Art. 33 Abs. 5 DSGVO).',
    none: 'Keine Verletzung ist verzeichnet.',
    number: 'Nr.',
    reported: 'Gemeldet',
    state: 'Stand',
    timeline: 'Verlauf',
    notices: 'Wer unterrichtet wurde',
    what: 'Was',
    source: 'Herkunft',
    affected: 'Betroffene Verantwortliche',
    closed: 'abgeschlossen',
    running: 'offen',
    review: 'Rückblick',
    unknown: 'noch nicht bekannt',
    kinds: 'Verletzung der',
    nobodyTold: 'Bisher wurde niemand unterrichtet.',
    seat: 'Sitz',
    publicTitle: 'Hinweis auf einen Vorfall',
  },
}

/** What papers, letters and public pages say, by language. */
export const phrases: Readonly<Record<'en' | 'de', Said>> = { en, de }

/** What papers on bulletins say, by language. */
export const bulletinWords = {
  en: {
    title: 'What users were told of an incident',
    audience: 'For',
    audiences: { public: 'everybody', subscribers: 'subscribers only' },
    closed: 'Closed',
    withdrawn: 'Taken back',
    none: 'Users were told nothing.',
    version: 'Version',
    published: 'Published',
    state: 'How far it is',
    letters: 'Letters',
    noLetters: 'none',
    outcomes: { taken: 'taken', refused: 'refused', interrupted: 'interrupted' },
    language: 'Language',
    in: { en: 'In English', de: 'In German' },
    heading: 'Title',
    change: 'What is new',
    happened: 'What happened',
    advice: 'What users should do',
    inRegister: 'users, version',
  },
  de: {
    title: 'Was Nutzer zu einem Vorfall erfahren haben',
    audience: 'Für',
    audiences: { public: 'alle', subscribers: 'nur Abonnenten' },
    closed: 'Abgeschlossen',
    withdrawn: 'Zurückgenommen',
    none: 'Nutzer haben nichts erfahren.',
    version: 'Version',
    published: 'Veröffentlicht',
    state: 'Stand',
    letters: 'E-Mails',
    noLetters: 'keine',
    outcomes: { taken: 'angenommen', refused: 'abgelehnt', interrupted: 'unterbrochen' },
    language: 'Sprache',
    in: { en: 'Auf Englisch', de: 'Auf Deutsch' },
    heading: 'Titel',
    change: 'Was neu ist',
    happened: 'Was geschehen ist',
    advice: 'Was Nutzer tun sollten',
    inRegister: 'Nutzer, Version',
  },
} as const
