import type { Standing, Transfer } from './processor.ts'

interface Words {
  readonly over: string
  readonly title: string
  readonly lead: string
  readonly others: string
  readonly othersLead: string
  readonly none: string
  readonly name: string
  readonly address: string
  readonly contact: string
  readonly engagedBy: string
  readonly state: string
  readonly since: string
  readonly purpose: string
  readonly services: string
  readonly data: string
  readonly places: string
  readonly transfer: string
  readonly contractOf: string
  readonly agreement: string
  readonly proofs: string
  readonly restsUntil: string
  readonly papers: string
  readonly days: string
  readonly noPapers: string
  readonly incomplete: string
  readonly inForce: string
  readonly lapsed: string
  readonly counts: string
  readonly states: Readonly<Record<'planned' | 'active' | 'ended', string>>
  readonly standings: Readonly<Record<Standing, string>>
  readonly contracts: Readonly<Record<'us' | 'customer', string>>
  readonly transfers: Readonly<Record<Transfer, string>>
}

/** What the list of processors says around its entries, by language. */
export const words: Readonly<Record<'en' | 'de', Words>> = {
  en: {
    over: 'Annex',
    title: 'Sub-processors',
    lead: 'Who processes personal data on our behalf (Art. 28(2) and (4) GDPR). What is behind a dash is engaged by the one above it.',
    others: 'Platforms on the customer’s own contract',
    othersLead: 'They process for the customer, who engaged them itself. They are no sub-processors of ours.',
    none: 'There are no sub-processors.',
    name: 'Name',
    address: 'Address',
    contact: 'Contact',
    engagedBy: 'Engaged by',
    state: 'State',
    since: 'Since',
    purpose: 'Purpose',
    services: 'Services',
    data: 'Categories of data',
    places: 'Place of processing',
    transfer: 'Transfer to third countries',
    contractOf: 'Contract of',
    agreement: 'Agreement under Art. 28',
    proofs: 'Certificates and reports',
    restsUntil: 'Covered until',
    papers: 'Agreement, certificates and reports',
    days: 'Term or period',
    noPapers: 'None is on file.',
    incomplete: 'papers incomplete',
    inForce: 'papers in force',
    lapsed: 'papers run out',
    counts: 'counts until',
    states: { planned: 'planned', active: 'active', ended: 'ended' },
    standings: { coming: 'not yet in force', 'in-force': 'in force', lapsed: 'run out', ended: 'ended' },
    contracts: { us: 'us', customer: 'the customer' },
    transfers: {
      none: 'none',
      adequacy: 'adequacy decision (Art. 45)',
      dpf: 'adequacy decision EU-US Data Privacy Framework (Art. 45)',
      scc: 'standard contractual clauses (Art. 46(2)(c))',
      bcr: 'binding corporate rules (Art. 47)',
      code: 'code of conduct (Art. 46(2)(e))',
      certification: 'certification (Art. 46(2)(f))',
      'ad-hoc': 'clauses authorised by an authority (Art. 46(3)(a))',
      derogation: 'derogation (Art. 49)',
    },
  },
  de: {
    over: 'Anlage',
    title: 'Unterauftragsverarbeiter',
    lead: 'Wer in unserem Auftrag personenbezogene Daten verarbeitet (Art. 28 Abs. 2 und 4 DSGVO). Was hinter einem Strich steht, ist von dem darüber beauftragt.',
    others: 'Plattformen mit eigenem Vertrag des Kunden',
    othersLead:
      'Sie verarbeiten für den Kunden, der sie selbst beauftragt hat. Unsere Unterauftragsverarbeiter sind sie nicht.',
    none: 'Es gibt keine Unterauftragsverarbeiter.',
    name: 'Name',
    address: 'Anschrift',
    contact: 'Kontakt',
    engagedBy: 'Beauftragt von',
    state: 'Stand',
    since: 'Seit',
    purpose: 'Zweck',
    services: 'Leistungen',
    data: 'Datenkategorien',
    places: 'Ort der Verarbeitung',
    transfer: 'Übermittlung in Drittländer',
    contractOf: 'Vertrag von',
    agreement: 'Vertrag nach Art. 28',
    proofs: 'Zertifikate und Berichte',
    restsUntil: 'Gedeckt bis',
    papers: 'Vertrag, Zertifikate und Berichte',
    days: 'Laufzeit oder Zeitraum',
    noPapers: 'Es liegt nichts vor.',
    incomplete: 'Unterlagen unvollständig',
    inForce: 'Unterlagen in Kraft',
    lapsed: 'Unterlagen abgelaufen',
    counts: 'zählt bis',
    states: { planned: 'geplant', active: 'aktiv', ended: 'beendet' },
    standings: { coming: 'noch nicht in Kraft', 'in-force': 'in Kraft', lapsed: 'abgelaufen', ended: 'beendet' },
    contracts: { us: 'uns', customer: 'dem Kunden' },
    transfers: {
      none: 'keine',
      adequacy: 'Angemessenheitsbeschluss (Art. 45)',
      dpf: 'Angemessenheitsbeschluss EU-US Data Privacy Framework (Art. 45)',
      scc: 'Standardvertragsklauseln (Art. 46 Abs. 2 lit. c)',
      bcr: 'verbindliche interne Datenschutzvorschriften (Art. 47)',
      code: 'Verhaltensregeln (Art. 46 Abs. 2 lit. e)',
      certification: 'Zertifizierung (Art. 46 Abs. 2 lit. f)',
      'ad-hoc': 'von der Behörde genehmigte Klauseln (Art. 46 Abs. 3 lit. a)',
      derogation: 'Ausnahme (Art. 49)',
    },
  },
}

/** Countries by name. */
export function placeNames(places: readonly string[], language: 'en' | 'de'): string {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
  return places.map((code) => names.of(code) ?? code).join(', ')
}

/** On what a transfer rests; empty where no place is recorded: that there is none would be a claim. */
export function transferText(
  { places, transfer, note }: { places: readonly string[]; transfer: Transfer; note: string },
  language: 'en' | 'de',
): string {
  if (places.length === 0 && transfer === 'none') return note
  return [words[language].transfers[transfer], note].filter((text) => text !== '').join(': ')
}
