import type { Language } from './language.ts'

type Text = Readonly<Record<Language, string>>

/** Annexes of contracts as which an edition can be handed out. */
export const presetIds = ['dpa-annex', 'clauses-annex-iii', 'transfer-annex-ii'] as const

/** An annex of a contract as which an edition can be handed out. */
export type PresetId = (typeof presetIds)[number]

/** What the annex asks the parties to fill in; `filled`: what the edition knows of it. */
export interface PresetField {
  readonly term: Text
  readonly filled?: 'provider' | 'certificates'
  /** Boxes to tick. */
  readonly choices?: Text
}

/** An annex: headings, the fields that it demands, and the words of the law where it has some. */
export interface Preset {
  readonly id: PresetId
  /** What people call it. */
  readonly name: Text
  /** `Annex III`; empty: the parties number it. */
  readonly label: Text
  readonly title: Text
  readonly contract: Text
  /** The view under whose headings the measures stand. */
  readonly view: string
  /** Headings that this annex words otherwise than the view; those `into` another one stand there. */
  readonly headings: Readonly<Record<string, { readonly title: Text } | { readonly into: string }>>
  readonly fields: readonly PresetField[]
  readonly lead: Text
  /** Whether the list of sub-processors belongs to it. */
  readonly subProcessors: boolean
}

const clausesTitle: Text = {
  en: 'Technical and organisational measures including technical and organisational measures to ensure the security of the data',
  de: 'Technische und organisatorische Maßnahmen, einschließlich zur Gewährleistung der Sicherheit der Daten',
}

const certificates: PresetField = {
  term: { en: 'Relevant certifications', de: 'Relevante Zertifizierungen' },
  filled: 'certificates',
}

/**
 * The annexes.
 *
 * @source Art. 28(3) GDPR; Implementing Decision (EU) 2021/915, Annexes III and IV; Implementing Decision (EU) 2021/914, Annex II
 */
export const presets: readonly Preset[] = [
  {
    id: 'dpa-annex',
    name: { en: 'Annex to a data processing agreement', de: 'Anlage TOM zum AVV' },
    label: { en: 'Annex', de: 'Anlage' },
    title: { en: 'Technical and organisational measures', de: 'Technische und organisatorische Maßnahmen' },
    contract: {
      en: 'to the agreement on the processing of personal data on behalf of a controller under Art. 28(3) GDPR',
      de: 'zum Vertrag über die Verarbeitung personenbezogener Daten im Auftrag nach Art. 28 Abs. 3 DSGVO',
    },
    view: 'classic',
    headings: {},
    fields: [
      { term: { en: 'Controller', de: 'Verantwortlicher (Auftraggeber)' } },
      { term: { en: 'Processor', de: 'Auftragsverarbeiter (Auftragnehmer)' }, filled: 'provider' },
      { term: { en: 'Agreement of (date, number)', de: 'Vertrag vom (Datum, Nummer)' } },
      { term: { en: 'Service to which the measures apply', de: 'Leistung, für die die Maßnahmen gelten' } },
    ],
    lead: {
      en: 'Measures under Art. 32 GDPR that the processor states. Each stands under the heading of its main purpose.',
      de: 'Maßnahmen nach Art. 32 DSGVO, die der Auftragsverarbeiter angibt. Jede steht unter der Überschrift ihres hauptsächlichen Zwecks.',
    },
    subProcessors: false,
  },
  {
    id: 'clauses-annex-iii',
    name: { en: 'Annexes III and IV of (EU) 2021/915', de: 'Anhänge III und IV zu (EU) 2021/915' },
    label: { en: 'Annex III', de: 'Anhang III' },
    title: clausesTitle,
    contract: {
      en: 'Standard contractual clauses between controllers and processors, Implementing Decision (EU) 2021/915',
      de: 'Standardvertragsklauseln zwischen Verantwortlichen und Auftragsverarbeitern, Durchführungsbeschluss (EU) 2021/915',
    },
    view: 'clauses',
    headings: {},
    fields: [
      { term: { en: 'Controller(s), as in Annex I', de: 'Verantwortliche(r), wie in Anhang I' } },
      { term: { en: 'Processor(s), as in Annex I', de: 'Auftragsverarbeiter, wie in Anhang I' }, filled: 'provider' },
      certificates,
    ],
    lead: {
      en: 'Description of the technical and organisational security measures implemented by the processor(s).',
      de: 'Beschreibung der von dem/den Auftragsverarbeiter(n) ergriffenen technischen und organisatorischen Sicherheitsmaßnahmen.',
    },
    subProcessors: true,
  },
  {
    id: 'transfer-annex-ii',
    name: { en: 'Annex II of (EU) 2021/914', de: 'Anhang II zu (EU) 2021/914' },
    label: { en: 'Annex II', de: 'Anhang II' },
    title: clausesTitle,
    contract: {
      en: 'Standard contractual clauses for the transfer of personal data to third countries, Implementing Decision (EU) 2021/914',
      de: 'Standardvertragsklauseln für die Übermittlung personenbezogener Daten an Drittländer, Durchführungsbeschluss (EU) 2021/914',
    },
    view: 'clauses',
    // Annex II asks for both in one sentence.
    headings: {
      'sub-processors': {
        title: {
          en: 'Transfers to (sub-) processors, and assistance to the controller and, for transfers from a processor to a sub-processor, to the data exporter',
          de: 'Datenübermittlungen an (Unter-)Auftragsverarbeiter sowie Unterstützung des Verantwortlichen und, bei Datenübermittlungen von einem Auftragsverarbeiter an einen Unterauftragsverarbeiter, des Datenexporteurs',
        },
      },
      assistance: { into: 'sub-processors' },
    },
    fields: [
      { term: { en: 'Data exporter(s), as in Annex I', de: 'Datenexporteur(e), wie in Anhang I' } },
      { term: { en: 'Data importer(s), as in Annex I', de: 'Datenimporteur(e), wie in Anhang I' }, filled: 'provider' },
      {
        term: { en: 'Module of the clauses', de: 'Modul der Klauseln' },
        choices: { en: '☐ One   ☐ Two   ☐ Three', de: '☐ Eins   ☐ Zwei   ☐ Drei' },
      },
      {
        term: {
          en: 'Transfer or set of transfers to which these measures apply',
          de: 'Übermittlung oder Kategorie von Übermittlungen, für die diese Maßnahmen gelten',
        },
      },
      certificates,
    ],
    lead: {
      en: 'Description of the technical and organisational measures implemented by the data importer(s).',
      de: 'Beschreibung der von dem/den Datenimporteur(en) ergriffenen technischen und organisatorischen Maßnahmen.',
    },
    subProcessors: false,
  },
]

/** The annex with this id. */
export function presetOf(id: PresetId): Preset {
  const preset = presets.find((one) => one.id === id)
  if (!preset) throw new RangeError(`There is no annex ${id}.`)
  return preset
}

/** The words of an annex that are the same in all of them. */
export const annexWords = {
  en: {
    also: 'See also no.',
    none: 'The edition states no measure under this heading.',
    unplaced: 'Not assigned to a heading',
    conditional: 'Condition',
    backed: (day: string) =>
      `The small line beneath each measure says how it was backed when the edition was made, on ${day}. Collected and tested by the provider itself; no certification under Art. 42 GDPR.`,
    withheld: 'Not in this annex',
    named: 'as the measures below name them',
    subLabel: 'Annex IV',
    subTitle: 'List of sub-processors',
    subNote:
      'To be completed in case of specific authorisation of sub-processors (Clause 7.7(a), Option 1). The controller has authorised the use of the following sub-processors:',
    subNone: 'The edition records no sub-processor by name; the rows are left to be completed.',
    subRegistered:
      'As the provider’s register of processors has them when this annex is made; lines left empty are to be completed.',
    subSome: 'The edition records these by name; the other details are left to be completed.',
    subGuaranteed: (count: number) =>
      `${count} of the measures above ${count === 1 ? 'is' : 'are'} stated to be guaranteed by a processor.`,
    subFields: [
      'Name',
      'Address',
      'Contact person’s name, position and contact details',
      'Description of the processing (including a clear delimitation of responsibilities in case several sub-processors are authorised)',
    ],
    provenance: 'Origin and verification',
    provenanceNote:
      'This annex shows the measures of a published edition, arranged under the headings above. The edition, not this file, is what the ledger of the provider holds.',
    editionTerm: 'Edition',
    of: 'of',
    review: 'Sign-off',
    hash: 'SHA-256 of edition.json',
    address: 'Published at',
    origin: 'Ledger',
    leaves: 'leaves',
    key: 'Verifier key',
    verify:
      'To verify: get the proof bundle of this edition from the provider and run node art32-verify.mjs bundle.zip (Node is all it needs). It checks that the edition stands in the ledger unchanged. Then compare the hash above with sha256sum edition.json, and the measures above with that file.',
    page: 'Page',
    pageOf: 'of',
  },
  de: {
    also: 'Siehe auch Nr.',
    none: 'Zu dieser Überschrift gibt die Fassung keine Maßnahme an.',
    unplaced: 'Keiner Überschrift zugeordnet',
    conditional: 'Bedingung',
    backed: (day: string) =>
      `Die kleine Zeile unter jeder Maßnahme sagt, wie sie belegt war, als die Fassung am ${day} entstand. Vom Anbieter selbst erhoben und geprüft; keine Zertifizierung nach Art. 42 DSGVO.`,
    withheld: 'Nicht in dieser Anlage',
    named: 'wie die Maßnahmen unten sie nennen',
    subLabel: 'Anhang IV',
    subTitle: 'Liste der Unterauftragsverarbeiter',
    subNote:
      'Auszufüllen im Falle einer gesonderten Genehmigung von Unterauftragsverarbeitern (Klausel 7.7 Buchstabe a, Option 1). Der Verantwortliche hat die Inanspruchnahme folgender Unterauftragsverarbeiter genehmigt:',
    subNone: 'Die Fassung verzeichnet keinen Unterauftragsverarbeiter mit Namen; die Zeilen sind auszufüllen.',
    subRegistered:
      'Wie das Verzeichnis des Anbieters sie führt, wenn diese Anlage entsteht; leere Zeilen sind auszufüllen.',
    subSome: 'Die Fassung verzeichnet diese mit Namen; die übrigen Angaben sind auszufüllen.',
    subGuaranteed: (count: number) =>
      count === 1
        ? '1 der Maßnahmen oben wird laut Angabe von einem Auftragsverarbeiter gewährleistet.'
        : `${count} der Maßnahmen oben werden laut Angabe von einem Auftragsverarbeiter gewährleistet.`,
    subFields: [
      'Name',
      'Anschrift',
      'Name, Funktion und Kontaktdaten der Kontaktperson',
      'Beschreibung der Verarbeitung (einschließlich einer klaren Abgrenzung der Verantwortlichkeiten, falls mehrere Unterauftragsverarbeiter genehmigt werden)',
    ],
    provenance: 'Herkunft und Prüfung',
    provenanceNote:
      'Diese Anlage zeigt die Maßnahmen einer veröffentlichten Fassung, geordnet unter den Überschriften oben. Im Journal des Anbieters steht die Fassung, nicht diese Datei.',
    editionTerm: 'Fassung',
    of: 'vom',
    review: 'Freigabe',
    hash: 'SHA-256 von edition.json',
    address: 'Veröffentlicht unter',
    origin: 'Journal',
    leaves: 'Blätter',
    key: 'Prüfschlüssel',
    verify:
      'Zum Prüfen: das Nachweispaket dieser Fassung beim Anbieter laden und node art32-verify.mjs bundle.zip ausführen (mehr als Node braucht es nicht). Das prüft, dass die Fassung unverändert im Journal steht. Danach den Hash oben mit sha256sum edition.json vergleichen und die Maßnahmen oben mit dieser Datei.',
    page: 'Seite',
    pageOf: 'von',
  },
} as const
