import { longDay } from '@art32/press'
import { articles, groundSources } from './request.ts'
import type { Ground, LetterKind } from './request.ts'
import type { RequestRow } from './store.ts'
import { citedIn, phrases } from './words.ts'

/** What a draft is made of. */
export interface Drafting {
  readonly row: RequestRow
  readonly tenant: string
  readonly language: 'en' | 'de'
  readonly dueOn: string
  /** The last day with two further months. */
  readonly laterOn: string
  /** Name and website of the supervisory authority; null: nobody has said. */
  readonly authority: string | null
  readonly hasPackage: boolean
  readonly ground: Ground | null
  /** What the record of processing as controller says: what Art. 15(1) asks for. */
  readonly activities: readonly Activity[]
}

/** An activity of the record of processing, as far as a person is told of it. */
export interface Activity {
  readonly name: string
  readonly purposes: string
  readonly data: readonly string[]
  readonly recipients: readonly string[]
  readonly retention: string
  readonly transfers: readonly string[]
}

/** A letter as a person may change it before it is sent. */
export interface Draft {
  readonly subject: string
  readonly text: string
}

/** What drafts leave to a person; a letter in which it still stands is not finished. */
const placeholders: readonly string[] = [
  '[what is needed, for instance the customer number or the month of the last order]',
  '[reason, by how complex it is or how many requests there are]',
  '[what was done]',
  '[reason]',
  '[what follows from that in your case, and what is kept until when]',
  '[name of the customer]',
  '[to be filled in]',
  '[was nötig ist, zum Beispiel die Kundennummer oder den Monat der letzten Bestellung]',
  '[Grund, nach Komplexität oder Zahl der Anträge]',
  '[was getan wurde]',
  '[Grund]',
  '[was daraus in Ihrem Fall folgt, und was bis wann aufbewahrt wird]',
  '[Name des Kunden]',
  '[bitte ergänzen]',
]

/** Whether something that only a person knows is still missing in a letter. */
export function isUnfinished(text: string): boolean {
  return placeholders.some((one) => text.includes(one))
}

/** The draft of a letter, in the person's language: what the law asks for is in it, what only a person knows is in brackets. */
export function draftOf(kind: LetterKind, given: Drafting): Draft {
  const { row, tenant, language } = given
  const { letters, words } = phrases[language]
  const lines = language === 'en' ? english(kind, given) : german(kind, given)
  const greeting = language === 'en' ? 'Good day' : 'Guten Tag'
  const hello = row.name === '' ? `${greeting},` : `${greeting} ${row.name},`
  return {
    subject: `${letters[kind]} (${words.request} ${row.number})`,
    text: [hello, ...lines, tenant].join('\n\n'),
  }
}

function asked({ kinds }: RequestRow, language: 'en' | 'de'): string {
  const { kinds: names, words } = phrases[language]
  return kinds.map((kind) => `${names[kind]} (${words.article} ${citedIn(articles[kind], language)})`).join(', ')
}

function english(kind: LetterKind, given: Drafting): string[] {
  const { row, dueOn, laterOn, hasPackage, ground, activities } = given
  const day = (on: string) => longDay(on, 'en')
  const remedies = `If you disagree, you may lodge a complaint with a supervisory authority${given.authority === null ? '' : `, for instance ${given.authority}`}, and you may go to court (Art. 77, 79 GDPR).`
  switch (kind) {
    case 'receipt':
      return [
        `We received your request on ${day(row.received_on)}. You ask for: ${asked(row, 'en')}.`,
        `You get our answer by ${day(dueOn)} at the latest (Art. 12(3) GDPR).`,
      ]
    case 'identity':
      return [
        `Before we hand out or change data, we must be sure that they are yours (Art. 12(6) GDPR). Please tell us${row.source === 'form' ? ', on the page behind the link that you were given when you sent the request' : ''}:`,
        '[what is needed, for instance the customer number or the month of the last order]',
        'Please do not send a copy of an identity card. We keep your answer only until it is checked.',
      ]
    case 'extension':
      return [
        `Your request needs more time: [reason, by how complex it is or how many requests there are]. You get our answer by ${day(laterOn)} at the latest (Art. 12(3) GDPR).`,
        remedies,
      ]
    case 'answer':
      return [
        `On ${day(row.received_on)} you asked for: ${asked(row, 'en')}. This is done:`,
        '[what was done]',
        ...(row.kinds.includes('access') ? [accessIn('en', activities)] : []),
        ...(hasPackage
          ? ['Your data lie behind the link that you have, in a form for people and for programs, until it ends.']
          : []),
        `You also have the right to rectification, erasure, restriction, objection and portability. ${remedies}`,
      ]
    case 'refusal':
      return [
        `On ${day(row.received_on)} you asked for: ${asked(row, 'en')}. We do not do this, or not all of it, for this reason: ${ground === null ? '[reason]' : `${phrases.en.grounds[ground]} (${groundSources[ground]} GDPR)`}.`,
        '[what follows from that in your case, and what is kept until when]',
        remedies,
      ]
    case 'forwarded':
      return [
        'We process these data on behalf of somebody else, who decides about them and answers you. We passed your request on to:',
        '[name of the customer]',
      ]
  }
}

function german(kind: LetterKind, given: Drafting): string[] {
  const { row, dueOn, laterOn, hasPackage, ground, activities } = given
  const day = (on: string) => longDay(on, 'de')
  const remedies = `Wenn Sie nicht einverstanden sind, können Sie sich bei einer Aufsichtsbehörde beschweren${given.authority === null ? '' : `, zum Beispiel bei: ${given.authority}`}, und vor Gericht gehen (Art. 77, 79 DSGVO).`
  switch (kind) {
    case 'receipt':
      return [
        `Ihre Anfrage ist am ${day(row.received_on)} eingegangen. Sie verlangen: ${asked(row, 'de')}.`,
        `Unsere Antwort erhalten Sie spätestens am ${day(dueOn)} (Art. 12 Abs. 3 DSGVO).`,
      ]
    case 'identity':
      return [
        `bevor wir Daten herausgeben oder ändern, müssen wir sicher sein, dass es Ihre sind (Art. 12 Abs. 6 DSGVO). Bitte teilen Sie uns mit${row.source === 'form' ? ', auf der Seite hinter dem Link, den Sie beim Senden der Anfrage erhalten haben' : ''}:`,
        '[was nötig ist, zum Beispiel die Kundennummer oder den Monat der letzten Bestellung]',
        'Bitte senden Sie keine Kopie eines Ausweises. Ihre Antwort bewahren wir nur bis zur Prüfung auf.',
      ]
    case 'extension':
      return [
        `Ihre Anfrage braucht mehr Zeit: [Grund, nach Komplexität oder Zahl der Anträge]. Unsere Antwort erhalten Sie spätestens am ${day(laterOn)} (Art. 12 Abs. 3 DSGVO).`,
        remedies,
      ]
    case 'answer':
      return [
        `am ${day(row.received_on)} haben Sie verlangt: ${asked(row, 'de')}. Das ist geschehen:`,
        '[was getan wurde]',
        ...(row.kinds.includes('access') ? [accessIn('de', activities)] : []),
        ...(hasPackage
          ? [
              'Ihre Daten liegen, lesbar für Menschen und für Programme, hinter dem Link, den Sie haben, bis dieser endet.',
            ]
          : []),
        `Sie haben außerdem das Recht auf Berichtigung, Löschung, Einschränkung, Widerspruch und Übertragbarkeit. ${remedies}`,
      ]
    case 'refusal':
      return [
        `am ${day(row.received_on)} haben Sie verlangt: ${asked(row, 'de')}. Dem kommen wir nicht oder nicht ganz nach, aus diesem Grund: ${ground === null ? '[Grund]' : `${phrases.de.grounds[ground]} (${citedIn(groundSources[ground], 'de')} DSGVO)`}.`,
        '[was daraus in Ihrem Fall folgt, und was bis wann aufbewahrt wird]',
        remedies,
      ]
    case 'forwarded':
      return [
        'diese Daten verarbeiten wir im Auftrag einer anderen Stelle, die darüber entscheidet und Ihnen antwortet. Wir haben Ihre Anfrage weitergeleitet an:',
        '[Name des Kunden]',
      ]
  }
}

/** What Art. 15(1)(a) to (h) and (2) ask for, by the record of processing; what it does not know stays in brackets. */
function accessIn(language: 'en' | 'de', activities: readonly Activity[]): string {
  const say = language === 'en' ? accessWords.en : accessWords.de
  const or = (text: string, open: string) => (text === '' ? `[${open}]` : text)
  const each = (activities.length === 0 ? [nothing] : activities).map((one) =>
    [
      ...(one.name === '' ? [] : [one.name]),
      `${say.purposes}: ${or(one.purposes, say.open)}`,
      `${say.data}: ${or(one.data.join(', '), say.open)}`,
      `${say.recipients}: ${or(one.recipients.join(', '), say.open)}`,
      `${say.retention}: ${or(one.retention, say.open)}`,
      `${say.transfers}: ${one.transfers.length === 0 ? say.noTransfers : one.transfers.join(', ')}`,
    ].join('\n'),
  )
  return [...each, `${say.origin}: [${say.open}]\n${say.automated}: [${say.open}]`].join('\n\n')
}

const nothing: Activity = { name: '', purposes: '', data: [], recipients: [], retention: '', transfers: [] }

const accessWords = {
  en: {
    purposes: '(a) Purposes of the processing',
    data: '(b) Categories of data',
    recipients: '(c) Recipients',
    retention: '(d) How long the data are kept',
    origin: '(g) Where the data come from, where not from you',
    automated: '(h) Automated decisions, their logic and consequences',
    transfers: 'Transfers to third countries (Art. 15(2))',
    noTransfers: 'none recorded',
    open: 'to be filled in',
  },
  de: {
    purposes: 'a) Zwecke der Verarbeitung',
    data: 'b) Kategorien der Daten',
    recipients: 'c) Empfänger',
    retention: 'd) Dauer der Speicherung',
    origin: 'g) Herkunft der Daten, soweit nicht von Ihnen',
    automated: 'h) Automatisierte Entscheidungen, deren Logik und Folgen',
    transfers: 'Übermittlungen in Drittländer (Art. 15 Abs. 2)',
    noTransfers: 'keine verzeichnet',
    open: 'bitte ergänzen',
  },
}
