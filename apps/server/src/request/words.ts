import type { Ground, Kind, LetterKind, sources, State } from './request.ts'

type Words<K extends string> = Readonly<Record<K, string>>

interface Said {
  readonly kinds: Words<Kind>
  readonly states: Words<State>
  readonly sources: Words<(typeof sources)[number]>
  readonly grounds: Words<Ground>
  readonly letters: Words<LetterKind>
  readonly items: Words<'open' | 'asked' | 'found' | 'nothing' | 'not-reached'>
  readonly words: Words<Word>
}

type Word =
  | 'register'
  | 'registerLead'
  | 'figure'
  | 'none'
  | 'number'
  | 'received'
  | 'asked'
  | 'source'
  | 'due'
  | 'extended'
  | 'waited'
  | 'decided'
  | 'state'
  | 'inTime'
  | 'yes'
  | 'no'
  | 'ground'
  | 'law'
  | 'article'
  | 'to'
  | 'request'
  | 'from'

/** The fixed words of papers and letters on requests, in both languages. */
export const phrases: Readonly<Record<'en' | 'de', Said>> = {
  en: {
    kinds: {
      access: 'access to the data',
      rectification: 'rectification',
      erasure: 'erasure',
      restriction: 'restriction of processing',
      notification: 'notification of recipients',
      portability: 'data portability',
      objection: 'objection to processing',
      'automated-decision': 'review of an automated decision',
      withdrawal: 'withdrawal of consent',
      complaint: 'complaint',
    },
    states: {
      open: 'open',
      identity: 'waits for the identity',
      extended: 'open, with more time',
      answered: 'answered',
      refused: 'refused',
      forwarded: 'passed on',
    },
    sources: { form: 'public form', mail: 'mail', phone: 'phone', letter: 'letter', person: 'in person' },
    grounds: {
      excessive: 'excessive, in particular because of repetition',
      unfounded: 'manifestly unfounded',
      'not-identified': 'the person cannot be identified',
      'no-data': 'no data of the person are held',
      expression: 'freedom of expression and information',
      'legal-duty': 'a legal duty to keep the data',
      'public-interest': 'public health, archiving, research or statistics',
      claims: 'legal claims',
      'rights-of-others': 'rights and freedoms of others',
      'compelling-grounds': 'compelling legitimate grounds',
      other: 'another reason',
    },
    letters: {
      receipt: 'We have received your request',
      identity: 'A question before we can answer your request',
      extension: 'We need more time for your request',
      answer: 'The answer to your request',
      refusal: 'We cannot do what you asked for',
      forwarded: 'Your request was passed on',
    },
    items: {
      open: 'not looked yet',
      asked: 'asked',
      found: 'found',
      nothing: 'nothing found',
      'not-reached': 'could not be looked at',
    },
    words: {
      register: 'Register of requests of data subjects',
      registerLead:
        'Every request under Art. 15 to 22 GDPR without the person behind it: when it came, when it was due, and what came of it.',
      figure: 'Answered in time',
      none: 'No request has come in yet.',
      number: 'No.',
      received: 'Received',
      asked: 'Asked for',
      source: 'Came by',
      due: 'Due',
      extended: 'Extended',
      waited: 'Days waited for the identity',
      decided: 'Decided',
      state: 'State',
      inTime: 'In time',
      yes: 'yes',
      no: 'no',
      ground: 'Reason of the refusal',
      law: 'Periods: Art. 12(3) GDPR, Regulation (EEC, Euratom) 1182/71.',
      article: 'Art.',
      to: 'To',
      request: 'Request',
      from: 'From',
    },
  },
  de: {
    kinds: {
      access: 'Auskunft über die Daten',
      rectification: 'Berichtigung',
      erasure: 'Löschung',
      restriction: 'Einschränkung der Verarbeitung',
      notification: 'Mitteilung an Empfänger',
      portability: 'Datenübertragbarkeit',
      objection: 'Widerspruch gegen die Verarbeitung',
      'automated-decision': 'Überprüfung einer automatisierten Entscheidung',
      withdrawal: 'Widerruf einer Einwilligung',
      complaint: 'Beschwerde',
    },
    states: {
      open: 'offen',
      identity: 'wartet auf die Identität',
      extended: 'offen, mit mehr Zeit',
      answered: 'beantwortet',
      refused: 'abgelehnt',
      forwarded: 'weitergeleitet',
    },
    sources: { form: 'öffentliches Formular', mail: 'E-Mail', phone: 'Telefon', letter: 'Brief', person: 'persönlich' },
    grounds: {
      excessive: 'exzessiv, insbesondere durch häufige Wiederholung',
      unfounded: 'offenkundig unbegründet',
      'not-identified': 'die Person lässt sich nicht identifizieren',
      'no-data': 'es liegen keine Daten der Person vor',
      expression: 'freie Meinungsäußerung und Information',
      'legal-duty': 'gesetzliche Pflicht zur Aufbewahrung',
      'public-interest': 'öffentliche Gesundheit, Archiv, Forschung oder Statistik',
      claims: 'Rechtsansprüche',
      'rights-of-others': 'Rechte und Freiheiten anderer',
      'compelling-grounds': 'zwingende schutzwürdige Gründe',
      other: 'ein anderer Grund',
    },
    letters: {
      receipt: 'Wir haben Ihre Anfrage erhalten',
      identity: 'Eine Rückfrage, bevor wir Ihre Anfrage beantworten können',
      extension: 'Wir brauchen mehr Zeit für Ihre Anfrage',
      answer: 'Die Antwort auf Ihre Anfrage',
      refusal: 'Wir können Ihrer Anfrage nicht entsprechen',
      forwarded: 'Ihre Anfrage wurde weitergeleitet',
    },
    items: {
      open: 'noch nicht nachgesehen',
      asked: 'angefragt',
      found: 'gefunden',
      nothing: 'nichts gefunden',
      'not-reached': 'konnte nicht nachgesehen werden',
    },
    words: {
      register: 'Verzeichnis der Betroffenenanfragen',
      registerLead:
        'Jede Anfrage nach Art. 15 bis 22 DSGVO ohne die Person dahinter: wann sie kam, wann sie fällig war und was daraus wurde.',
      figure: 'Fristgerecht beantwortet',
      none: 'Noch ist keine Anfrage eingegangen.',
      number: 'Nr.',
      received: 'Eingegangen',
      asked: 'Verlangt',
      source: 'Weg',
      due: 'Fällig',
      extended: 'Verlängert',
      waited: 'Tage Wartezeit auf die Identität',
      decided: 'Entschieden',
      state: 'Stand',
      inTime: 'Fristgerecht',
      yes: 'ja',
      no: 'nein',
      ground: 'Grund der Ablehnung',
      law: 'Fristen: Art. 12 Abs. 3 DSGVO, Verordnung (EWG, Euratom) Nr. 1182/71.',
      article: 'Art.',
      to: 'An',
      request: 'Anfrage',
      from: 'Von',
    },
  },
}

/** A place in the law as it is cited in a language: `Art. 17(3)(b)`, `Art. 17 Abs. 3 lit. b`. */
export function citedIn(source: string, language: 'en' | 'de'): string {
  return language === 'en' ? source : source.replaceAll(/\((\d)\)/g, ' Abs. $1').replaceAll(/\(([a-z])\)/g, ' lit. $1')
}
