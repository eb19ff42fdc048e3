import type { CheckBacking, Line, StatementStatus } from './edition.ts'
import type { Language } from './language.ts'

/** The words of page and PDF around the document's own text. */
export interface Words {
  readonly skip: string
  readonly heading: string
  readonly draft: string
  readonly edition: string
  readonly draftNote: string
  readonly notReviewed: string
  readonly reviewed: string
  readonly made: string
  readonly state: string
  readonly legalFrame: string
  readonly scope: string
  readonly source: string
  readonly sourceRead: string
  readonly review: string
  readonly mapping: string
  readonly mappingBy: { readonly person: string; readonly release: string; readonly none: string }
  readonly byRelease: string
  readonly byPerson: string
  readonly byNobody: string
  readonly contents: string
  readonly glance: string
  readonly glanceNote: string
  readonly legend: Readonly<Record<'proven' | 'confirmed' | 'stated' | 'correction-due', string>>
  readonly lines: string
  readonly withheld: string
  readonly withheldFor: { readonly customers: string; readonly auditors: string }
  readonly nothingWithheld: string
  readonly proof: string
  readonly noProof: string
  readonly correctionNote: string
  /** Before the state that a line was published with. */
  readonly publishedAs: string
  /** Of counts that do not move with what happens since. */
  readonly asPublished: string
  readonly lastProven: string
  readonly lastChecked: string
  readonly never: string
  readonly freshUntil: string
  readonly exceptionUntil: string
  /** Before the title of a duty that was not done within its grace. */
  readonly overdue: string
  readonly condition: string
  readonly owner: string
  readonly guarantor: string
  readonly guarantors: Readonly<Record<Line['guarantor'], string>>
  /** For the proof margin; nothing is said there of what the provider itself guarantees. */
  readonly guaranteedElsewhere: Readonly<Record<Exclude<Line['guarantor'], 'us'>, string>>
  readonly cadence: string
  readonly systems: string
  readonly period: string
  readonly gaps: string
  readonly gapsMore: string
  readonly held: string
  readonly failed: string
  readonly notLooked: string
  readonly statement: string
  readonly leaf: string
  readonly leaves: string
  readonly lineProof: string
  readonly measure: string
  readonly optional: string
  readonly meaning: string
  readonly supportsOnly: string
  /** Of facts that somebody sent: by which key they were signed, before its name, or that they were not. */
  readonly factsSigned: string
  readonly factsNotSigned: string
  readonly signedOff: string
  /** `performed on time 11 of 12`. */
  readonly onTime: string
  readonly agreement: string
  readonly agreementOfCustomer: string
  /** Above who does what of a measure that a processor guarantees. */
  readonly responsibilities: string
  readonly shares: Readonly<Record<Line['guarantor'], string>>
  readonly outcome: Readonly<Record<CheckBacking['state'], string>>
  /** Why a check could not look, by the code of the record; one that is not here is shown as it is. */
  readonly reasons: Readonly<Record<string, string>>
  readonly status: Readonly<Record<StatementStatus, string>>
  readonly dataSheet: string
  readonly assurance: string
  readonly count: string
  readonly verifyHeading: string
  readonly verifyText: string
  readonly verifyBundle: string
  readonly verifyFile: string
  readonly verifyHere: string
  readonly verifyRecheck: string
  readonly recheckText: string
  readonly verifyKey: string
  readonly limits: string
  readonly ledger: string
  readonly origin: string
  readonly size: string
  readonly root: string
  readonly key: string
  readonly checkpoint: string
  readonly files: string
  readonly attached: string
  readonly proofs: string
  readonly forMachines: string
  readonly behindLines: string
  readonly behind: string
  readonly seen: string
  readonly page: string
  readonly of: string
  readonly madeWith: string
  readonly notice: string
  readonly orders: string
  readonly ownOrder: string
  readonly annexes: string
  readonly annexesNote: string
}

const en: Words = {
  skip: 'Skip to the document',
  heading: 'Technical and organisational measures',
  draft: 'Draft',
  edition: 'Edition',
  draftNote: 'This is a draft. It was made automatically, is not published and binds nobody.',
  notReviewed: 'Not yet reviewed by a signatory',
  reviewed: 'Reviewed by',
  made: 'Made on',
  state: 'State',
  legalFrame: 'Legal frame',
  scope: 'Applies to',
  source: 'Source document',
  sourceRead: 'read on',
  review: 'Review',
  mapping: 'Meaning of the lines',
  mappingBy: { person: 'confirmed by a person', release: 'confirmed by the release', none: 'confirmed by nobody' },
  byRelease: 'the release',
  byPerson: 'a person',
  byNobody: 'Nobody has confirmed that this sentence means this measure.',
  contents: 'Contents',
  glance: 'At a glance',
  glanceNote: 'Each line carries one of four states. Open a line to see what stands behind it.',
  legend: {
    proven: 'a check on the live system passed',
    confirmed: 'a signatory or a processor vouches for it',
    stated: 'said, without a proof',
    'correction-due': 'not met at present; being corrected',
  },
  lines: 'lines',
  withheld: 'Lines not shown here',
  withheldFor: { customers: 'for customers', auditors: 'for auditors' },
  nothingWithheld: 'none',
  proof: 'Proof',
  noProof: 'Nothing stands behind this line but the sentence itself.',
  correctionNote: 'This line is being corrected. Details follow once they help nobody to do harm.',
  publishedAs: 'In this edition it was published as:',
  asPublished: 'Counted when the edition was published.',
  lastProven: 'last proven',
  lastChecked: 'last looked at',
  never: 'never',
  freshUntil: 'counts until',
  exceptionUntil: 'with an exception until',
  overdue: 'overdue',
  condition: 'Condition',
  owner: 'Owner',
  guarantor: 'Guaranteed by',
  guarantors: { us: 'the provider', processor: 'a processor', customer: 'the customer' },
  guaranteedElsewhere: { processor: 'by a processor', customer: 'the customer’s own duty' },
  cadence: 'Rhythm',
  systems: 'Systems',
  period: 'Last months',
  gaps: 'a look was due and none was made',
  gapsMore: 'earlier ones:',
  held: 'days held',
  failed: 'failed',
  notLooked: 'not looked',
  statement: 'Line',
  leaf: 'leaf',
  leaves: 'Leaves of the ledger',
  lineProof: 'Proof of this line',
  measure: 'Measure',
  optional: 'optional part',
  meaning: 'Meaning confirmed by',
  supportsOnly: 'supports only',
  factsSigned: 'evidence signed by',
  factsNotSigned: 'evidence not signed',
  signedOff: 'signed off by',
  onTime: 'performed on time',
  agreement: 'agreement with',
  agreementOfCustomer: 'the customer’s own agreement with',
  responsibilities: 'Who does what',
  shares: { us: 'The provider', processor: 'The processor', customer: 'The customer' },
  outcome: {
    pass: 'pass',
    fail: 'fail',
    info: 'for information',
    'not-evaluated': 'could not look',
    'not-applicable': 'does not apply',
    stale: 'too old to count',
  },
  reasons: {
    denied: 'access was denied',
    unlicensed: 'needs a licence that is not there',
    unreachable: 'could not be reached',
    throttled: 'was throttled',
    contract: 'answered in another shape than agreed',
    incomplete: 'only a part was seen',
    'not-configured': 'not configured',
    timeout: 'took too long',
  },
  status: {
    'in-place': 'in place',
    planned: 'planned',
    'not-in-place': 'not in place',
    conditional: 'conditional',
    'not-applicable': 'does not apply',
  },
  dataSheet: 'Data sheet',
  assurance: 'Assurance',
  count: 'Lines',
  verifyHeading: 'How to verify this document',
  verifyText:
    'Download the proof bundle and check it on a machine of your own, without this server: that nothing recorded was changed, removed or reordered, and that no line claims more than its records say. It takes Node.js and one file, which also lies in the bundle as files/art32-verify.mjs.',
  verifyBundle: 'node art32-verify.mjs bundle.zip',
  verifyFile: 'The file:',
  verifyHere: 'Or check the bundle in this browser.',
  verifyRecheck: 'npx art32 verify bundle.zip --recheck',
  recheckText:
    'In the folder of an art32 of your own you can also look again at what is seen from outside (TLS, HTTP, DNS):',
  verifyKey: 'Compare the key below with the one you were given by another way, such as your agreement.',
  limits: 'What this document does not say',
  ledger: 'The ledger behind it',
  origin: 'Origin',
  size: 'Leaves',
  root: 'Root',
  key: 'Key',
  checkpoint: 'Checkpoint',
  files: 'This document in other forms',
  attached: 'The same edition as data (art32.edition/1)',
  proofs: 'Proofs',
  forMachines: 'For programs',
  behindLines: 'What stands behind each line',
  behind: 'Behind it',
  seen: 'Seen',
  page: 'Page',
  of: 'of',
  madeWith: 'Made with art32.',
  notice: 'Privacy notice',
  orders: 'Order of the measures',
  ownOrder: 'The document’s own chapters',
  annexes: 'As the annex of a contract',
  annexesNote: 'The same measures under the headings that the annex asks for, with blanks for the parties.',
}

const de: Words = {
  skip: 'Zum Dokument springen',
  heading: 'Technische und organisatorische Maßnahmen',
  draft: 'Entwurf',
  edition: 'Fassung',
  draftNote: 'Dies ist ein Entwurf. Er entstand automatisch, ist nicht veröffentlicht und bindet niemanden.',
  notReviewed: 'Noch von keiner zeichnungsberechtigten Person geprüft',
  reviewed: 'Geprüft durch',
  made: 'Erstellt am',
  state: 'Stand',
  legalFrame: 'Rechtsrahmen',
  scope: 'Gilt für',
  source: 'Ausgangsdokument',
  sourceRead: 'gelesen am',
  review: 'Prüfung',
  mapping: 'Bedeutung der Zeilen',
  mappingBy: {
    person: 'von einer Person bestätigt',
    release: 'von der Programmversion bestätigt',
    none: 'von niemandem bestätigt',
  },
  byRelease: 'die Programmversion',
  byPerson: 'eine Person',
  byNobody: 'Niemand hat bestätigt, dass dieser Satz diese Maßnahme meint.',
  contents: 'Inhalt',
  glance: 'Auf einen Blick',
  glanceNote: 'Jede Zeile trägt einen von vier Ständen. Öffnen Sie eine Zeile, um zu sehen, worauf sie sich stützt.',
  legend: {
    proven: 'eine Prüfung am laufenden System war erfolgreich',
    confirmed: 'eine zeichnende Person oder ein Auftragsverarbeiter steht dafür ein',
    stated: 'gesagt, ohne Nachweis',
    'correction-due': 'derzeit nicht erfüllt; wird behoben',
  },
  lines: 'Zeilen',
  withheld: 'Hier nicht gezeigte Zeilen',
  withheldFor: { customers: 'für Kunden', auditors: 'für Prüferinnen und Prüfer' },
  nothingWithheld: 'keine',
  proof: 'Nachweis',
  noProof: 'Hinter dieser Zeile steht nur der Satz selbst.',
  correctionNote: 'Diese Zeile wird berichtigt. Einzelheiten folgen, sobald sie niemandem zum Schaden verhelfen.',
  publishedAs: 'In dieser Fassung wurde sie veröffentlicht als:',
  asPublished: 'Gezählt bei der Veröffentlichung der Fassung.',
  lastProven: 'zuletzt nachgewiesen',
  lastChecked: 'zuletzt angesehen',
  never: 'nie',
  freshUntil: 'gilt bis',
  exceptionUntil: 'mit einer Ausnahme bis',
  overdue: 'überfällig',
  condition: 'Bedingung',
  owner: 'Zuständig',
  guarantor: 'Gewährleistet durch',
  guarantors: { us: 'den Anbieter', processor: 'einen Auftragsverarbeiter', customer: 'den Kunden' },
  guaranteedElsewhere: { processor: 'durch einen Auftragsverarbeiter', customer: 'eigene Pflicht des Kunden' },
  cadence: 'Rhythmus',
  systems: 'Systeme',
  period: 'Letzte Monate',
  gaps: 'eine Prüfung war fällig und fand nicht statt',
  gapsMore: 'frühere:',
  held: 'Tage erfüllt',
  failed: 'nicht erfüllt',
  notLooked: 'nicht angesehen',
  statement: 'Zeile',
  leaf: 'Blatt',
  leaves: 'Blätter des Journals',
  lineProof: 'Nachweis dieser Zeile',
  measure: 'Maßnahme',
  optional: 'nicht zwingend',
  meaning: 'Bedeutung bestätigt durch',
  supportsOnly: 'stützt nur',
  factsSigned: 'Nachweis signiert von',
  factsNotSigned: 'Nachweis nicht signiert',
  signedOff: 'bestätigt durch',
  onTime: 'rechtzeitig getan',
  agreement: 'Vertrag mit',
  agreementOfCustomer: 'eigener Vertrag des Kunden mit',
  responsibilities: 'Wer was tut',
  shares: { us: 'Der Anbieter', processor: 'Der Auftragsverarbeiter', customer: 'Der Kunde' },
  outcome: {
    pass: 'bestanden',
    fail: 'nicht bestanden',
    info: 'zur Kenntnis',
    'not-evaluated': 'nicht einsehbar',
    'not-applicable': 'trifft nicht zu',
    stale: 'zu alt, um zu gelten',
  },
  reasons: {
    denied: 'der Zugriff wurde verweigert',
    unlicensed: 'braucht eine Lizenz, die es nicht gibt',
    unreachable: 'war nicht erreichbar',
    throttled: 'wurde gedrosselt',
    contract: 'hat anders geantwortet als vereinbart',
    incomplete: 'nur ein Teil war zu sehen',
    'not-configured': 'nicht eingerichtet',
    timeout: 'hat zu lange gebraucht',
  },
  status: {
    'in-place': 'umgesetzt',
    planned: 'geplant',
    'not-in-place': 'nicht umgesetzt',
    conditional: 'unter Bedingung',
    'not-applicable': 'trifft nicht zu',
  },
  dataSheet: 'Datenblatt',
  assurance: 'Nachweisgrad',
  count: 'Zeilen',
  verifyHeading: 'So prüfen Sie dieses Dokument',
  verifyText:
    'Laden Sie das Nachweispaket herunter und prüfen Sie es auf einem eigenen Rechner, ohne diesen Server: dass nichts Aufgezeichnetes geändert, entfernt oder umgestellt wurde und dass keine Zeile mehr behauptet, als ihre Aufzeichnungen sagen. Dazu braucht es Node.js und eine Datei, die auch im Paket liegt, als files/art32-verify.mjs.',
  verifyBundle: 'node art32-verify.mjs bundle.zip',
  verifyFile: 'Die Datei:',
  verifyHere: 'Oder prüfen Sie das Paket in diesem Browser.',
  verifyRecheck: 'npx art32 verify bundle.zip --recheck',
  recheckText:
    'Im Ordner eines eigenen art32 können Sie auch noch einmal ansehen, was sich von außen sehen lässt (TLS, HTTP, DNS):',
  verifyKey:
    'Vergleichen Sie den Schlüssel unten mit dem, den Sie auf anderem Weg erhalten haben, etwa mit Ihrem Vertrag.',
  limits: 'Was dieses Dokument nicht sagt',
  ledger: 'Das Journal dahinter',
  origin: 'Ursprung',
  size: 'Blätter',
  root: 'Wurzel',
  key: 'Schlüssel',
  checkpoint: 'Prüfpunkt',
  files: 'Dieses Dokument in anderen Formen',
  attached: 'Dieselbe Fassung als Daten (art32.edition/1)',
  proofs: 'Nachweise',
  forMachines: 'Für Programme',
  behindLines: 'Worauf sich jede Zeile stützt',
  behind: 'Grundlage',
  seen: 'Gesehen',
  page: 'Seite',
  of: 'von',
  madeWith: 'Erstellt mit art32.',
  notice: 'Datenschutzhinweise',
  orders: 'Ordnung der Maßnahmen',
  ownOrder: 'Kapitel des Dokuments',
  annexes: 'Als Anlage zu einem Vertrag',
  annexesNote:
    'Dieselben Maßnahmen unter den Überschriften, die die Anlage verlangt, mit Leerstellen für die Parteien.',
}

export const words: Readonly<Record<Language, Words>> = { en, de }

/**
 * Who is asked to vouch for the time and order of what was recorded. An edition is signed before they answer and never changes, so it
 * can say who is asked and not what they answered.
 */
export interface Anchors {
  /** Names of the witnesses that the ledger is sent to. */
  readonly witnesses: readonly string[]
  /** The host of the time-stamping authority (RFC 3161); null: none is asked. */
  readonly timeStamps: string | null
}

/** The plain sentences on what an edition does not say, for its `limits`. */
export function limitSentences(language: Language, anchors: Anchors): string[] {
  return language === 'en' ? englishLimits(anchors) : germanLimits(anchors)
}

function englishLimits({ witnesses, timeStamps }: Anchors): string[] {
  return [
    'Self-tested: the provider collected these facts about its own systems. No certification under Art. 42 GDPR.',
    'A proof shows that nothing recorded was changed, removed or reordered since, by whom and when it was recorded. It cannot show what nobody recorded.',
    timeStamps === null
      ? 'Times are the provider’s own statement; when this edition was made, no time-stamping authority was asked to confirm any.'
      : `Times are the provider’s own statement. The head of the ledger goes to the time-stamping authority (RFC 3161) at ${timeStamps} once a day and after each edition; the proof bundle holds its answer where there is one.`,
    witnesses.length === 0
      ? 'When this edition was made, no witness was asked to cosign the ledger; keep the checkpoint, so that you can show later what you were shown.'
      : `The ledger goes to these witnesses, which the provider chose: ${witnesses.join(', ')}. An edition is signed before they answer; the proof bundle shows whether and up to where they cosigned.`,
    'A check looks at a moment. Between two looks, nothing is claimed.',
  ]
}

function germanLimits({ witnesses, timeStamps }: Anchors): string[] {
  return [
    'Selbst geprüft: Der Anbieter hat diese Beobachtungen an eigenen Systemen gemacht. Keine Zertifizierung nach Art. 42 DSGVO.',
    'Ein Nachweis zeigt, dass seit der Aufzeichnung nichts geändert, entfernt oder umgestellt wurde, von wem und wann aufgezeichnet wurde. Was niemand aufgezeichnet hat, kann er nicht zeigen.',
    timeStamps === null
      ? 'Die Zeiten sind eigene Angaben des Anbieters; als diese Fassung entstand, wurde keine Zeitstempelstelle gebeten, welche zu bestätigen.'
      : `Die Zeiten sind eigene Angaben des Anbieters. Der Stand des Journals geht einmal täglich und nach jeder Fassung an die Zeitstempelstelle (RFC 3161) unter ${timeStamps}; das Nachweispaket enthält ihre Antwort, wo es eine gibt.`,
    witnesses.length === 0
      ? 'Als diese Fassung entstand, wurde kein Zeuge gebeten, das Journal mitzuzeichnen; bewahren Sie den Prüfpunkt auf, damit Sie später zeigen können, was Ihnen gezeigt wurde.'
      : `Das Journal geht an diese Zeugen, die der Anbieter gewählt hat: ${witnesses.join(', ')}. Eine Fassung wird unterschrieben, bevor sie antworten; das Nachweispaket zeigt, ob und bis wohin sie mitgezeichnet haben.`,
    'Eine Prüfung sieht einen Augenblick. Zwischen zwei Blicken wird nichts behauptet.',
  ]
}

/** A day as people write it: `22 November 2026`, `22. November 2026`; what is no date stays as it is. */
export function longDay(instant: string, language: Language): string {
  return dayIn(instant, language, 'long')
}

/** A day for narrow places, which does not break: `22 Nov 2026`, `22.11.2026`. */
export function shortDay(instant: string, language: Language): string {
  return dayIn(instant, language, 'medium').replaceAll(' ', '\u00A0')
}

/** A day with its time in UTC. */
export function momentOf(instant: string, language: Language): string {
  const time = /T(\d\d:\d\d)/.exec(new Date(instant).toJSON() ?? '')?.[1]
  return time === undefined ? instant : `${shortDay(instant, language)}, ${time} UTC`
}

function dayIn(instant: string, language: Language, dateStyle: 'long' | 'medium'): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  const locale = language === 'en' ? 'en-GB' : 'de-DE'
  return new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(date)
}
