import { findMeasure } from './catalogue.ts'
import type { Art32Point, CatalogueMeasure, GoalId } from './measure.ts'
import { clauseHeadings, clausePlace } from './view-clauses.ts'
import { classicHeadings, classicPlace } from './view-classic.ts'
import type { Text } from './text.ts'

/** An order of headings under which the same measures may be read, besides the chapters of a document itself. */
export type ViewId = 'classic' | 'art32' | 'sdm' | 'clauses'

/** A heading of a view. */
export type Heading = { readonly id: string; readonly title: Text }

/** Where a measure stands in a view: once in full, elsewhere as a reference. */
export type Place = { readonly primary: string; readonly also: readonly string[] }

/** A view with its headings in order. */
export type View = {
  readonly id: ViewId
  readonly title: Text
  /** Where the headings come from. */
  readonly source: Text
  readonly headings: readonly Heading[]
  /** Every measure of the catalogue has a place in every view; what the catalogue does not know has none. */
  readonly placeOf: (measure: string) => Place | undefined
}

/**
 * The views, in the order in which they are offered.
 *
 * @source annex to the former § 9 BDSG; Art. 32(1)(a)-(d) GDPR; SDM 3.1, part B1; Annex III of Implementing Decision
 *   (EU) 2021/915 and Annex II of Implementing Decision (EU) 2021/914, in the wording of the English and the German edition
 */
export const views: readonly View[] = [
  {
    id: 'classic',
    title: { en: 'Classic German headings', de: 'Klassische Überschriften' },
    source: {
      en: 'Annex to § 9, first sentence, of the former German Federal Data Protection Act (BDSG), in force until 24 May 2018',
      de: 'Anlage zu § 9 Satz 1 BDSG in der bis zum 24. Mai 2018 geltenden Fassung',
    },
    headings: classicHeadings,
    placeOf: byId(classicPlace),
  },
  {
    id: 'art32',
    title: { en: 'Letters of Art. 32(1) GDPR', de: 'Buchstaben des Art. 32 Abs. 1 DSGVO' },
    source: { en: 'Art. 32(1)(a) to (d) GDPR', de: 'Art. 32 Abs. 1 lit. a bis d DSGVO' },
    headings: [
      {
        id: 'a',
        title: {
          en: '(a) The pseudonymisation and encryption of personal data',
          de: 'a) Die Pseudonymisierung und Verschlüsselung personenbezogener Daten',
        },
      },
      {
        id: 'b',
        title: {
          en: '(b) The ability to ensure the ongoing confidentiality, integrity, availability and resilience of processing systems and services',
          de: 'b) Die Fähigkeit, die Vertraulichkeit, Integrität, Verfügbarkeit und Belastbarkeit der Systeme und Dienste im Zusammenhang mit der Verarbeitung auf Dauer sicherzustellen',
        },
      },
      {
        id: 'c',
        title: {
          en: '(c) The ability to restore the availability and access to personal data in a timely manner in the event of a physical or technical incident',
          de: 'c) Die Fähigkeit, die Verfügbarkeit der personenbezogenen Daten und den Zugang zu ihnen bei einem physischen oder technischen Zwischenfall rasch wiederherzustellen',
        },
      },
      {
        id: 'd',
        title: {
          en: '(d) A process for regularly testing, assessing and evaluating the effectiveness of technical and organisational measures for ensuring the security of the processing',
          de: 'd) Ein Verfahren zur regelmäßigen Überprüfung, Bewertung und Evaluierung der Wirksamkeit der technischen und organisatorischen Maßnahmen zur Gewährleistung der Sicherheit der Verarbeitung',
        },
      },
      {
        id: 'further',
        title: {
          en: 'Further measures, which serve no single letter of Art. 32(1) GDPR',
          de: 'Weitere Maßnahmen, die keinem einzelnen Buchstaben des Art. 32 Abs. 1 DSGVO dienen',
        },
      },
    ],
    placeOf: byId(art32Place),
  },
  {
    id: 'sdm',
    title: {
      en: 'Goals of the Standard Data Protection Model',
      de: 'Gewährleistungsziele des Standard-Datenschutzmodells',
    },
    source: {
      en: 'Standard Data Protection Model (SDM), version 3.1',
      de: 'Standard-Datenschutzmodell (SDM), Version 3.1',
    },
    headings: [
      { id: 'Datenminimierung', title: { en: 'Data minimisation', de: 'Datenminimierung' } },
      { id: 'Verfügbarkeit', title: { en: 'Availability', de: 'Verfügbarkeit' } },
      { id: 'Integrität', title: { en: 'Integrity', de: 'Integrität' } },
      { id: 'Vertraulichkeit', title: { en: 'Confidentiality', de: 'Vertraulichkeit' } },
      { id: 'Nichtverkettung', title: { en: 'Unlinkability', de: 'Nichtverkettung' } },
      { id: 'Transparenz', title: { en: 'Transparency', de: 'Transparenz' } },
      { id: 'Intervenierbarkeit', title: { en: 'Intervenability', de: 'Intervenierbarkeit' } },
    ],
    placeOf: byId(sdmPlace),
  },
  {
    id: 'clauses',
    title: { en: 'Headings of the standard contractual clauses', de: 'Überschriften der Standardvertragsklauseln' },
    source: {
      en: 'Examples in Annex III of Implementing Decision (EU) 2021/915 and in Annex II of Implementing Decision (EU) 2021/914',
      de: 'Beispiele in Anhang III des Durchführungsbeschlusses (EU) 2021/915 und in Anhang II des Durchführungsbeschlusses (EU) 2021/914',
    },
    headings: clauseHeadings,
    placeOf: byId(clausePlace),
  },
]

function byId(place: (measure: CatalogueMeasure) => Place): View['placeOf'] {
  return (id) => {
    const measure = findMeasure(id)
    return measure && place(measure)
  }
}

/** Whether a word names a view. */
export function isViewId(word: string): word is ViewId {
  return views.some(({ id }) => id === word)
}

/** The view with this id. */
export function viewOf(id: ViewId): View {
  const view = views.find((one) => one.id === id)
  if (!view) throw new RangeError(`There is no view ${id}.`)
  return view
}

/** (b) is the general letter: a measure that serves a more specific one, too, stands there. */
const specificFirst: readonly Art32Point[] = ['a', 'c', 'd', 'b']

function art32Place({ art32 }: CatalogueMeasure): Place {
  const [primary = 'further', ...also] = specificFirst.filter((point) => art32.includes(point))
  return { primary, also }
}

const sdmGoals: Readonly<Record<GoalId, string>> = {
  confidentiality: 'Vertraulichkeit',
  integrity: 'Integrität',
  availability: 'Verfügbarkeit',
  resilience: 'Verfügbarkeit',
  recoverability: 'Verfügbarkeit',
  review: 'Transparenz',
  minimisation: 'Datenminimierung',
  unlinkability: 'Nichtverkettung',
  transparency: 'Transparenz',
  intervenability: 'Intervenierbarkeit',
}

/** The goal that the measure protects, where the model counts it there; else the first that it names. */
function sdmPlace({ goal, refs: { sdm } }: CatalogueMeasure): Place {
  const wanted = sdmGoals[goal]
  const primary = sdm.includes(wanted) ? wanted : (sdm[0] ?? wanted)
  return { primary, also: sdm.filter((other) => other !== primary) }
}
