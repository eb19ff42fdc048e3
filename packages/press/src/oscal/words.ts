import type { Assurance } from '../assurance.ts'
import type { Language } from '../language.ts'
import type { OscalModel } from './models.ts'

/** The words of the OSCAL files around the document's own text. */
export interface OscalWords {
  readonly title: Readonly<Record<OscalModel, string>>
  readonly creator: string
  readonly own: string
  readonly system: string
  readonly processor: string
  readonly processors: string
  readonly customer: string
  readonly customerTitle: string
  readonly notSaid: string
  readonly implements: string
  readonly plan: string
  readonly planText: string
  readonly tool: string
  readonly controls: string
  readonly result: string
  readonly bundle: string
  readonly bundleText: string
  readonly edition: string
  readonly checkpoint: string
  readonly catalogue: string
  readonly since: string
  readonly equivalent: string
  readonly noEquivalent: string
  readonly evidence: (leaf: number, origin: string) => string
  readonly line: Readonly<Record<Assurance, string>>
  readonly exception: (until: string, reason: string) => string
  readonly exceptionStands: string
  /** What it means that a line is open. */
  readonly risk: Readonly<Record<'failing' | 'lapsed' | 'absent' | 'planned' | 'exception', string>>
}

/** By the language of the edition. */
export const oscalWords: Readonly<Record<Language, OscalWords>> = {
  en: {
    title: {
      catalog: 'measures as a catalog',
      'component-definition': 'systems and processors',
      'assessment-results': 'assessment results',
      poam: 'plan of action and milestones',
    },
    creator: 'Publisher of the document',
    own: 'What the provider itself guarantees, where the document names no system.',
    system: 'A system in the scope of the document.',
    processor: 'A processor of the provider (Art. 28 GDPR).',
    processors: 'Processors that the document does not name',
    customer: 'What the customer guarantees: shown, not judged.',
    customerTitle: 'The customer',
    notSaid: 'The document does not say.',
    implements: 'The lines of the document that concern this component.',
    plan: 'Schedule of checks and duties',
    planText:
      'There is no assessment plan as a document of its own: systems are looked at by checks in the rhythm of their connections, and people sign off in the rhythm of the line.',
    tool: 'Collects facts and judges them by checks.',
    controls: 'Each control is a line of the document, as in the catalog of the same edition.',
    result:
      'What stands behind each line at the time of the edition, told by the provider about itself. A line that is only stated, that is the customer’s, whose proof has lapsed, or that could not be looked at is an observation without a finding: neither satisfied nor not satisfied.',
    bundle: 'Proof bundle',
    bundleText: 'Holds the leaves that are named here with their proofs. To check it: art32 verify bundle.zip',
    edition: 'The edition as data',
    checkpoint: 'The signed head of the ledger',
    catalogue: 'Measure of the catalogue of art32',
    since: 'Decisions since the edition before',
    equivalent: 'The level is kept, in the judgement of whoever decided, by',
    noEquivalent: 'Nothing is named that keeps the level.',
    evidence: (leaf, origin) => `Leaf ${leaf} of the ledger ${origin}, in the proof bundle.`,
    line: {
      verified: 'Verified: the checks that prove this line passed on every system in scope.',
      attested: 'Attested: a named signatory signed off with evidence.',
      inherited: 'Inherited: a processor guarantees it, with an agreement on file.',
      customer: 'The customer guarantees it; it is not judged here.',
      stated: 'Only stated: nothing that counts today stands behind it.',
      planned: 'Planned: the document says that it is not in place yet.',
      lapsed: 'Lapsed: it was shown once, and the time for which that counts is over. Nobody knows how it is today.',
      absent: 'Absent: the document or its owner says that it is not there.',
      failing: 'Failing: a check says fail, or a duty is overdue.',
    },
    exception: (until, reason) => `With an exception until ${until}: ${reason}`,
    exceptionStands: 'A declared exception stands, so the line is not wholly satisfied.',
    risk: {
      failing: 'At the time of the edition this line was not kept.',
      lapsed: 'Whether this line still holds is not known.',
      absent: 'The measure is not in place.',
      planned: 'The measure is not in place yet.',
      exception: 'What the exception names need not keep this line until its last day.',
    },
  },
  de: {
    title: {
      catalog: 'Maßnahmen als Katalog',
      'component-definition': 'Systeme und Auftragsverarbeiter',
      'assessment-results': 'Prüfergebnisse',
      poam: 'Maßnahmenplan',
    },
    creator: 'Herausgeber des Dokuments',
    own: 'Was der Anbieter selbst gewährleistet, wo das Dokument kein System nennt.',
    system: 'Ein System im Geltungsbereich des Dokuments.',
    processor: 'Ein Auftragsverarbeiter des Anbieters (Art. 28 DSGVO).',
    processors: 'Auftragsverarbeiter, die das Dokument nicht nennt',
    customer: 'Was der Kunde gewährleistet: gezeigt, nicht beurteilt.',
    customerTitle: 'Der Kunde',
    notSaid: 'Das Dokument sagt es nicht.',
    implements: 'Die Zeilen des Dokuments, die diese Komponente betreffen.',
    plan: 'Plan der Prüfungen und Pflichten',
    planText:
      'Einen Prüfplan als eigenes Dokument gibt es nicht: Prüfungen sehen die Systeme im Rhythmus ihrer Verbindungen an, Personen bestätigen im Rhythmus der Zeile.',
    tool: 'Sammelt Beobachtungen und beurteilt sie durch Prüfungen.',
    controls: 'Jedes Control ist eine Zeile des Dokuments, wie im Katalog derselben Fassung.',
    result:
      'Was zum Zeitpunkt der Fassung hinter jeder Zeile steht, vom Anbieter über sich selbst gesagt. Eine Zeile, die nur angegeben ist, dem Kunden obliegt, deren Nachweis abgelaufen ist oder die nicht einsehbar war, ist eine Beobachtung ohne Feststellung: weder erfüllt noch nicht erfüllt.',
    bundle: 'Nachweispaket',
    bundleText: 'Enthält die hier genannten Blätter mit ihren Nachweisen. Zum Prüfen: art32 verify bundle.zip',
    edition: 'Die Fassung als Daten',
    checkpoint: 'Der signierte Kopf des Journals',
    catalogue: 'Maßnahme des Katalogs von art32',
    since: 'Entscheidungen seit der Fassung davor',
    equivalent: 'Das Niveau hält, nach dem Urteil der entscheidenden Person,',
    noEquivalent: 'Genannt ist nichts, was das Niveau hält.',
    evidence: (leaf, origin) => `Blatt ${leaf} des Journals ${origin}, im Nachweispaket.`,
    line: {
      verified: 'Technisch nachgewiesen: Die beweisenden Prüfungen sind auf jedem System im Geltungsbereich bestanden.',
      attested: 'Bestätigt: Eine benannte Person hat mit Beleg unterzeichnet.',
      inherited: 'Ein Auftragsverarbeiter gewährleistet es; die Vereinbarung liegt vor.',
      customer: 'Der Kunde gewährleistet es; hier wird es nicht beurteilt.',
      stated: 'Nur angegeben: Nichts, was heute zählt, steht dahinter.',
      planned: 'Geplant: Das Dokument sagt, dass es noch nicht umgesetzt ist.',
      lapsed:
        'Nachweis abgelaufen: Es war einmal gezeigt, und die Zeit, für die das zählt, ist vorbei. Wie es heute ist, weiß niemand.',
      absent: 'Nicht vorhanden: Das Dokument oder die verantwortliche Stelle sagt, dass es das nicht gibt.',
      failing: 'Nicht erfüllt: Eine Prüfung ist nicht bestanden, oder eine Pflicht ist überfällig.',
    },
    exception: (until, reason) => `Mit einer Ausnahme bis ${until}: ${reason}`,
    exceptionStands: 'Es besteht eine erklärte Ausnahme; die Zeile ist daher nicht ganz erfüllt.',
    risk: {
      failing: 'Zum Zeitpunkt der Fassung war diese Zeile nicht eingehalten.',
      lapsed: 'Ob diese Zeile noch gilt, ist nicht bekannt.',
      absent: 'Die Maßnahme ist nicht umgesetzt.',
      planned: 'Die Maßnahme ist noch nicht umgesetzt.',
      exception: 'Was die Ausnahme nennt, muss diese Zeile bis zu ihrem letzten Tag nicht einhalten.',
    },
  },
}
