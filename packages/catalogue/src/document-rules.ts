import type { Text } from './text.ts'

/** `error`: do not publish or sign. `warning`: a data protection officer would ask. `info`: could be better. */
export type RuleLevel = 'error' | 'warning' | 'info'

/** What the rules look at: currency and responsibility, residue of templates and copying, wording, substance, completeness. */
export type RuleGroup = 'currency' | 'residue' | 'wording' | 'substance' | 'completeness'

/** A fault that a document of measures can have. How it is found is the reader's business. */
export type DocumentRule = {
  readonly id: string
  readonly level: RuleLevel
  readonly group: RuleGroup
  readonly title: Text
  /** Why it matters to the reader of the document. */
  readonly why: Text
  /** What to write instead. */
  readonly remedy: Text
  /** Provision, guideline or standard that the rule rests on; `practice` where none is known. */
  readonly source: string
}

/**
 * The rules for documents of measures, as data.
 *
 * A reader applies them in the order residue, status words (`planned`, `declared-gap`), mapping to the catalogue,
 * completeness, wording, substance: a planned or negated statement never counts as present, so completeness can only be
 * judged after both.
 */
export const documentRules: readonly DocumentRule[] = [
  {
    id: 'date-missing',
    level: 'error',
    group: 'currency',
    title: { en: 'The document has no date', de: 'Das Dokument trägt kein Datum' },
    why: {
      en: 'Without a date the measures cannot be tied to a contract or to an incident, and nobody can tell whether they were ever reviewed.',
      de: 'Ohne Datum lassen sich die Maßnahmen weder einem Vertrag noch einem Vorfall zuordnen, und niemand erkennt, ob sie je überprüft wurden.',
    },
    remedy: {
      en: 'Put the date of the current state at the head, for example "As of 2026-05-01, version 3".',
      de: 'Nennen Sie das Datum des aktuellen Stands am Anfang, etwa „Stand 01.05.2026, Version 3“.',
    },
    source: 'Art. 24(1), Art. 32(1)(d) GDPR',
  },
  {
    id: 'date-stale',
    level: 'warning',
    group: 'currency',
    title: { en: 'The newest date is older than two years', de: 'Das jüngste Datum ist älter als zwei Jahre' },
    why: {
      en: 'The state of the art moves on, and an untouched document contradicts its own promise of regular review.',
      de: 'Der Stand der Technik ändert sich; ein unverändertes Dokument widerspricht der eigenen Zusage regelmäßiger Überprüfung.',
    },
    remedy: {
      en: 'Review the measures, record the review and set the new date.',
      de: 'Überprüfen Sie die Maßnahmen, halten Sie die Überprüfung fest und setzen Sie das neue Datum.',
    },
    source: 'Art. 24(1), Art. 32(1)(d) GDPR',
  },
  {
    id: 'version-missing',
    level: 'warning',
    group: 'currency',
    title: { en: 'Neither version nor history of changes', de: 'Weder Version noch Änderungshistorie' },
    why: {
      en: 'Contracts refer to "the measures in their current version"; without a version it stays open which one was agreed.',
      de: 'Verträge verweisen auf „die Maßnahmen in der jeweils gültigen Fassung“; ohne Version bleibt offen, welche vereinbart wurde.',
    },
    remedy: {
      en: 'Number the versions and list the changes with their dates.',
      de: 'Nummerieren Sie die Fassungen und führen Sie die Änderungen mit Datum auf.',
    },
    source: 'Art. 5(2), Art. 28(3) GDPR',
  },
  {
    id: 'owner-missing',
    level: 'warning',
    group: 'currency',
    title: { en: 'Nobody is named as responsible', de: 'Niemand ist als verantwortlich genannt' },
    why: {
      en: 'Somebody has to act on the measures and answer for them; a reader with a question needs to know whom to ask.',
      de: 'Jemand muss die Maßnahmen umsetzen und für sie einstehen; wer eine Frage hat, muss wissen, an wen sie geht.',
    },
    remedy: {
      en: 'Name a role or person with an address, for example the data protection officer and the head of engineering.',
      de: 'Nennen Sie eine Rolle oder Person mit Adresse, etwa die datenschutzbeauftragte Person und die technische Leitung.',
    },
    source: 'Art. 24, Art. 32(4) GDPR',
  },
  {
    id: 'review-date-missing',
    level: 'info',
    group: 'currency',
    title: { en: 'No date or rhythm for the next review', de: 'Kein Termin oder Rhythmus für die nächste Überprüfung' },
    why: {
      en: 'A review without a date is a wish: nothing shows when it is due or overdue.',
      de: 'Eine Überprüfung ohne Termin ist ein Vorsatz: Nichts zeigt, wann sie fällig oder überfällig ist.',
    },
    remedy: {
      en: 'State rhythm and next date, for example "reviewed every year, next on 2027-04-18".',
      de: 'Nennen Sie Rhythmus und nächsten Termin, etwa „jährliche Überprüfung, nächste am 18.04.2027“.',
    },
    source: 'Art. 32(1)(d) GDPR; EDPB Guidelines 07/2020',
  },
  {
    id: 'time-ambiguous',
    level: 'info',
    group: 'currency',
    title: { en: 'A date or rhythm can be read in two ways', de: 'Datum oder Rhythmus ist zweideutig' },
    why: {
      en: '"09-10" may be September or October, and "bi-annual" may mean twice a year or every two years: a factor of four.',
      de: '„09-10“ kann September oder Oktober sein, „bi-annual“ zweimal im Jahr oder alle zwei Jahre: ein Faktor von vier.',
    },
    remedy: {
      en: 'Write dates as 2026-10-09 and rhythms in plain words: "twice a year", "every two years".',
      de: 'Schreiben Sie Daten eindeutig (09.10.2026 oder 2026-10-09) und Rhythmen in klaren Worten: „halbjährlich“, „alle zwei Jahre“.',
    },
    source: 'ISO 8601; practice',
  },
  {
    id: 'placeholder',
    level: 'error',
    group: 'residue',
    title: { en: 'A placeholder was never filled in', de: 'Ein Platzhalter ist nicht ausgefüllt' },
    why: {
      en: 'It shows that nobody adapted the template, and the whole list loses credit.',
      de: 'Es zeigt, dass niemand die Vorlage angepasst hat; die ganze Liste verliert an Glaubwürdigkeit.',
    },
    remedy: {
      en: 'Fill in the real value, or delete the sentence if it does not apply.',
      de: 'Tragen Sie den wirklichen Wert ein oder streichen Sie den Satz, wenn er nicht zutrifft.',
    },
    source: 'Implementing Decision (EU) 2021/914, Annex II; practice',
  },
  {
    id: 'lost-name',
    level: 'error',
    group: 'residue',
    title: { en: 'A company or product name is lost', de: 'Ein Firmen- oder Produktname fehlt' },
    why: {
      en: 'The party that promises can no longer be identified, so nobody is bound by the sentence.',
      de: 'Wer verspricht, ist nicht mehr erkennbar; der Satz bindet niemanden.',
    },
    remedy: {
      en: 'Put the name of the company or product back where the sentence has a gap.',
      de: 'Setzen Sie den Namen der Firma oder des Produkts wieder ein, wo der Satz eine Lücke hat.',
    },
    source: 'practice',
  },
  {
    id: 'copy-residue',
    level: 'warning',
    group: 'residue',
    title: { en: 'Residue of copying or layout', de: 'Rückstände vom Kopieren oder vom Layout' },
    why: {
      en: 'Menu words, local paths or doubled phrases show that nobody proof-read; in a flattened table technical and organisational measures can no longer be told apart.',
      de: 'Menüwörter, lokale Pfade oder doppelte Satzteile zeigen, dass niemand Korrektur las; in einer zerfallenen Tabelle sind technische und organisatorische Maßnahmen nicht mehr zu trennen.',
    },
    remedy: {
      en: 'Delete the residue and export the document again from its source.',
      de: 'Entfernen Sie die Rückstände und exportieren Sie das Dokument neu aus der Quelle.',
    },
    source: 'practice',
  },
  {
    id: 'template-instruction',
    level: 'error',
    group: 'residue',
    title: { en: 'An instruction of the template was left in', de: 'Eine Anweisung der Vorlage ist stehen geblieben' },
    why: {
      en: 'The note asks for exactly what is missing from the document.',
      de: 'Der Hinweis verlangt genau das, was im Dokument fehlt.',
    },
    remedy: { en: 'Do what the instruction says and delete it.', de: 'Folgen Sie der Anweisung und löschen Sie sie.' },
    source: 'Implementing Decision (EU) 2021/914, Annex II',
  },
  {
    id: 'legal-advice-disclaimer',
    level: 'warning',
    group: 'residue',
    title: {
      en: '"Template" or "draft" stands in a live document',
      de: '„Vorlage“ oder „Entwurf“ steht in einem gültigen Dokument',
    },
    why: {
      en: 'A processor cannot offer a draft as a sufficient guarantee.',
      de: 'Ein Auftragsverarbeiter kann einen Entwurf nicht als hinreichende Garantie anbieten.',
    },
    remedy: {
      en: 'Have the document approved and remove the disclaimer, or do not publish it yet.',
      de: 'Lassen Sie das Dokument freigeben und entfernen Sie den Vorbehalt, oder veröffentlichen Sie es noch nicht.',
    },
    source: 'Art. 28(1) GDPR',
  },
  {
    id: 'dangling-reference',
    level: 'error',
    group: 'residue',
    title: { en: 'A reference leads nowhere', de: 'Ein Verweis führt ins Leere' },
    why: {
      en: 'The customer has to be able to assess the measures; an empty reference proves nothing.',
      de: 'Der Kunde muss die Maßnahmen beurteilen können; ein leerer Verweis belegt nichts.',
    },
    remedy: {
      en: 'Attach the document, give its address, or state its content here.',
      de: 'Fügen Sie das Dokument bei, nennen Sie seine Adresse oder geben Sie den Inhalt hier wieder.',
    },
    source: 'Art. 28(1), Art. 32 GDPR; EDPB Guidelines 07/2020',
  },
  {
    id: 'mistranslation',
    level: 'warning',
    group: 'residue',
    title: { en: 'A control has a wrong or mixed name', de: 'Ein Kontrollbereich ist falsch oder gemischt benannt' },
    why: {
      en: 'Zutritt, Zugang and Zugriff mean rooms, systems and data; when the words collapse, measures land in the wrong group.',
      de: 'Zutritt, Zugang und Zugriff meinen Räume, Systeme und Daten; verschwimmen die Wörter, landen Maßnahmen im falschen Bereich.',
    },
    remedy: {
      en: 'Write physical access, system access, data access, transfer and separation control.',
      de: 'Schreiben Sie Zutritts-, Zugangs-, Zugriffs-, Weitergabe- und Trennungskontrolle.',
    },
    source: 'annex to the former § 9 BDSG; practice',
  },
  {
    id: 'legal-reference',
    level: 'warning',
    group: 'residue',
    title: { en: 'An outdated or broken legal reference', de: 'Ein veralteter oder unvollständiger Rechtsverweis' },
    why: {
      en: 'It shows that the list was not revised since the law changed, and coverage of Art. 32 cannot be read from broken headings.',
      de: 'Es zeigt, dass die Liste seit der Rechtsänderung nicht überarbeitet wurde; aus defekten Überschriften lässt sich die Abdeckung von Art. 32 nicht ablesen.',
    },
    remedy: {
      en: 'Refer to the provision in force, with its letter: Art. 32(1)(b) GDPR, TDDDG, DIN 66399.',
      de: 'Verweisen Sie auf die geltende Vorschrift samt Buchstabe: Art. 32 Abs. 1 lit. b DSGVO, TDDDG, DIN 66399.',
    },
    source: 'Regulation (EU) 2016/679; ISO/IEC 21964',
  },
  {
    id: 'goal-not-measure',
    level: 'warning',
    group: 'wording',
    title: {
      en: 'A goal or the law is repeated instead of a measure',
      de: 'Ein Ziel oder das Gesetz steht statt einer Maßnahme',
    },
    why: {
      en: 'A sentence such as "it is ensured that" names no means: there is nothing that could be assessed or checked.',
      de: 'Ein Satz wie „es wird sichergestellt, dass“ nennt kein Mittel: Es gibt nichts zu beurteilen und nichts zu prüfen.',
    },
    remedy: {
      en: 'Name the means, for example "Entra ID with a second factor, locked after ten failed attempts".',
      de: 'Nennen Sie das Mittel, etwa „Entra ID mit zweitem Faktor, Sperre nach zehn Fehlversuchen“.',
    },
    source: 'EDPB Guidelines 07/2020; CNIL guide on processors; SDM 3.1',
  },
  {
    id: 'vague-weakener',
    level: 'warning',
    group: 'wording',
    title: { en: 'A word that takes the promise back', de: 'Ein Wort, das die Zusage zurücknimmt' },
    why: {
      en: '"Where possible" stays true even if nothing is done.',
      de: '„Soweit möglich“ bleibt wahr, auch wenn nichts geschieht.',
    },
    remedy: {
      en: 'Say for which data and systems the measure holds, and name the exceptions.',
      de: 'Sagen Sie, für welche Daten und Systeme die Maßnahme gilt, und nennen Sie die Ausnahmen.',
    },
    source: 'Implementing Decision (EU) 2021/914, Annex II; EDPB Guidelines 07/2020',
  },
  {
    id: 'cadence-missing',
    level: 'warning',
    group: 'wording',
    title: { en: '"Regularly" without a rhythm', de: '„Regelmäßig“ ohne Rhythmus' },
    why: {
      en: 'Without a rhythm it can be shown neither that something was done in time nor that it is overdue.',
      de: 'Ohne Rhythmus lässt sich weder zeigen, dass etwas rechtzeitig geschah, noch dass es überfällig ist.',
    },
    remedy: {
      en: 'State the rhythm and the last time, for example "restored every three months, last on 2026-04-02".',
      de: 'Nennen Sie Rhythmus und letzten Zeitpunkt, etwa „alle drei Monate wiederhergestellt, zuletzt am 02.04.2026“.',
    },
    source: 'Art. 32(1)(d) GDPR',
  },
  {
    id: 'planned',
    level: 'error',
    group: 'wording',
    title: {
      en: 'The measure is planned, in progress or conditional',
      de: 'Die Maßnahme ist geplant, in Arbeit oder bedingt',
    },
    why: {
      en: 'Art. 32 asks for measures that are in place; a planned one must not count as protection, and the customer has to see the date.',
      de: 'Art. 32 verlangt umgesetzte Maßnahmen; eine geplante zählt nicht als Schutz, und der Kunde muss den Termin sehen.',
    },
    remedy: {
      en: 'Move it to a list "not yet in place" with date and owner.',
      de: 'Verschieben Sie sie in eine Liste „noch nicht umgesetzt“ mit Termin und verantwortlicher Person.',
    },
    source: 'Art. 32(1) GDPR; Implementing Decision (EU) 2021/914, Annex II',
  },
  {
    id: 'declared-gap',
    level: 'warning',
    group: 'wording',
    title: { en: 'The measure is declared as missing', de: 'Die Maßnahme ist als fehlend angegeben' },
    why: {
      en: 'The statement is honest and should stay, but it describes a gap and must not be read as a measure in place.',
      de: 'Die Aussage ist ehrlich und soll bleiben; sie beschreibt aber eine Lücke und darf nicht als umgesetzte Maßnahme gelten.',
    },
    remedy: {
      en: 'Add the risk, what is done instead, the owner and the date by which the gap is closed.',
      de: 'Ergänzen Sie Risiko, Ersatzmaßnahme, verantwortliche Person und den Termin, zu dem die Lücke geschlossen ist.',
    },
    source: 'Art. 5(2), Art. 32(1) GDPR; practice',
  },
  {
    id: 'absolute-claim',
    level: 'warning',
    group: 'wording',
    title: { en: 'An absolute claim', de: 'Eine absolute Behauptung' },
    why: {
      en: 'One counter-example makes the sentence, and with it the document, false.',
      de: 'Ein einziges Gegenbeispiel macht den Satz und damit das Dokument falsch.',
    },
    remedy: {
      en: 'Keep it only where a check shows it continuously; otherwise say what is done and how often it is checked.',
      de: 'Behalten Sie sie nur, wo eine Prüfung sie laufend zeigt; sonst sagen Sie, was getan und wie oft es geprüft wird.',
    },
    source: 'Art. 5(2) GDPR; practice',
  },
  {
    id: 'example-list',
    level: 'warning',
    group: 'wording',
    title: { en: 'Examples instead of facts', de: 'Beispiele statt Tatsachen' },
    why: {
      en: 'Model clauses list examples to choose from; left in, they say what could be done, not what is done.',
      de: 'Musterklauseln nennen Beispiele zur Auswahl; stehen gelassen sagen sie, was getan werden könnte, nicht was getan wird.',
    },
    remedy: {
      en: 'List only what is really done and drop "for example".',
      de: 'Führen Sie nur auf, was wirklich getan wird, und streichen Sie „z. B.“.',
    },
    source: 'Implementing Decision (EU) 2021/914, Annex II',
  },
  {
    id: 'contradiction',
    level: 'error',
    group: 'wording',
    title: { en: 'Two statements contradict each other', de: 'Zwei Aussagen widersprechen sich' },
    why: {
      en: 'The reader cannot tell which one holds; in a dispute the weaker one will.',
      de: 'Es ist nicht erkennbar, welche gilt; im Streit gilt die schwächere.',
    },
    remedy: {
      en: 'Decide which statement is true and correct or limit the other.',
      de: 'Klären Sie, welche Aussage stimmt, und berichtigen oder begrenzen Sie die andere.',
    },
    source: 'Art. 5(2) GDPR; practice',
  },
  {
    id: 'change-clause-one-sided',
    level: 'warning',
    group: 'wording',
    title: { en: 'Measures may change without notice', de: 'Maßnahmen dürfen ohne Mitteilung geändert werden' },
    why: {
      en: 'The customer agreed to these measures; a change that nobody announces takes away the right to assess and to object.',
      de: 'Der Kunde hat diesen Maßnahmen zugestimmt; eine unangekündigte Änderung nimmt ihm Beurteilung und Widerspruch.',
    },
    remedy: {
      en: 'Write that measures are replaced only by equivalent ones, that customers are told 30 days before and may object.',
      de: 'Schreiben Sie, dass Maßnahmen nur durch gleichwertige ersetzt werden, dass Kunden 30 Tage vorher informiert werden und widersprechen können.',
    },
    source: 'EDPB Guidelines 07/2020',
  },
  {
    id: 'only-on-request',
    level: 'warning',
    group: 'wording',
    title: { en: 'Details only on request', de: 'Einzelheiten nur auf Anfrage' },
    why: {
      en: 'The contract has to contain or reference the measures in enough detail to assess them.',
      de: 'Der Vertrag muss die Maßnahmen so genau enthalten oder benennen, dass sie sich beurteilen lassen.',
    },
    remedy: {
      en: 'State the measures here; offer the reports in addition.',
      de: 'Nennen Sie die Maßnahmen hier und bieten Sie die Berichte zusätzlich an.',
    },
    source: 'Art. 28(1) GDPR; EDPB Guidelines 07/2020; CNIL guide on processors',
  },
  {
    id: 'protocol-outdated',
    level: 'warning',
    group: 'substance',
    title: {
      en: 'An outdated protocol or algorithm is named',
      de: 'Ein veraltetes Protokoll oder Verfahren ist genannt',
    },
    why: {
      en: 'SSL, TLS 1.0 and 1.1, MD5, SHA-1 or WEP no longer protect, and the word hides which version is really offered.',
      de: 'SSL, TLS 1.0 und 1.1, MD5, SHA-1 oder WEP schützen nicht mehr; das Wort verdeckt zudem, welche Version wirklich angeboten wird.',
    },
    remedy: {
      en: 'Name the versions in use, for example "TLS 1.2 and 1.3 only".',
      de: 'Nennen Sie die genutzten Versionen, etwa „ausschließlich TLS 1.2 und 1.3“.',
    },
    source: 'BSI TR-02102-2; BSI minimum standard for TLS',
  },
  {
    id: 'crypto-unspecific',
    level: 'info',
    group: 'substance',
    title: {
      en: 'Encryption without version, algorithm or key',
      de: 'Verschlüsselung ohne Version, Verfahren oder Schlüssel',
    },
    why: {
      en: '"Encrypted" cannot be compared with the state of the art, and no check can be derived from it.',
      de: '„Verschlüsselt“ lässt sich nicht mit dem Stand der Technik vergleichen, und keine Prüfung lässt sich daraus ableiten.',
    },
    remedy: {
      en: 'Name version or algorithm and who holds the keys, for example "AES-256, keys in Azure Key Vault".',
      de: 'Nennen Sie Version oder Verfahren und wer die Schlüssel hält, etwa „AES-256, Schlüssel in Azure Key Vault“.',
    },
    source: 'Art. 32(1) GDPR; BSI TR-02102-1',
  },
  {
    id: 'crypto-misnamed',
    level: 'warning',
    group: 'substance',
    title: { en: 'A cryptographic term is used wrongly', de: 'Ein kryptografischer Begriff ist falsch verwendet' },
    why: {
      en: 'Transport encryption is not end-to-end encryption, and passwords that can be decrypted are not stored safely: the reader is promised more than is done.',
      de: 'Transportverschlüsselung ist keine Ende-zu-Ende-Verschlüsselung, und entschlüsselbare Passwörter sind nicht sicher gespeichert: Versprochen wird mehr, als getan wird.',
    },
    remedy: {
      en: 'Say "TLS between browser and server" and "passwords are hashed with argon2id".',
      de: 'Schreiben Sie „TLS zwischen Browser und Server“ und „Passwörter werden mit argon2id gehasht“.',
    },
    source: 'BSI TR-02102-1; BSI IT-Grundschutz CON.1, ORP.4',
  },
  {
    id: 'password-rule-outdated',
    level: 'warning',
    group: 'substance',
    title: { en: 'An outdated or weak rule for passwords', de: 'Eine veraltete oder schwache Passwortregel' },
    why: {
      en: 'Forced periodic changes lead to weaker passwords; length, a list of blocked passwords and a second factor protect.',
      de: 'Erzwungene regelmäßige Wechsel führen zu schwächeren Passwörtern; Länge, Sperrliste und zweiter Faktor schützen.',
    },
    remedy: {
      en: 'Ask for at least twelve characters and a second factor, block common passwords, change only on suspicion.',
      de: 'Verlangen Sie mindestens zwölf Zeichen und einen zweiten Faktor, sperren Sie gängige Passwörter, wechseln Sie nur bei Verdacht.',
    },
    source: 'BSI IT-Grundschutz ORP.4 (since 2020); NIST SP 800-63B',
  },
  {
    id: 'admin-mfa-missing',
    level: 'error',
    group: 'substance',
    title: { en: 'No second factor for administration', de: 'Kein zweiter Faktor für die Administration' },
    why: {
      en: 'A stolen password alone must not open production; a second factor or key for administrators is the state of the art.',
      de: 'Ein gestohlenes Passwort allein darf die Produktion nicht öffnen; ein zweiter Faktor oder Schlüssel für Administratoren ist Stand der Technik.',
    },
    remedy: {
      en: 'Require a second factor, a passkey or a key for every administrative and remote sign-in, and say so.',
      de: 'Verlangen Sie für jede administrative und entfernte Anmeldung einen zweiten Faktor, Passkey oder Schlüssel und schreiben Sie es hinein.',
    },
    source: 'BSI IT-Grundschutz ORP.4; CNIL guide on the security of personal data',
  },
  {
    id: 'delegated-without-proof',
    level: 'warning',
    group: 'substance',
    title: {
      en: 'A provider does it, but no proof is named',
      de: 'Ein Dienstleister macht es, aber ohne genannten Beleg',
    },
    why: {
      en: 'Whoever relies on a processor has to document how its guarantees were verified.',
      de: 'Wer sich auf einen Auftragsverarbeiter stützt, muss festhalten, wie dessen Garantien geprüft wurden.',
    },
    remedy: {
      en: 'Name provider, site, certificate with its number and validity, and the date on which you checked it.',
      de: 'Nennen Sie Anbieter, Standort, Zertifikat mit Nummer und Gültigkeit sowie das Datum Ihrer Prüfung.',
    },
    source: 'Art. 28(1) GDPR; CNIL guide on processors',
  },
  {
    id: 'controller-notice-72h',
    level: 'warning',
    group: 'substance',
    title: {
      en: 'The customer is promised notice within 72 hours',
      de: 'Dem Kunden wird Mitteilung binnen 72 Stunden zugesagt',
    },
    why: {
      en: "The 72 hours are the customer's own time towards the authority; a processor that takes them itself leaves none.",
      de: 'Die 72 Stunden sind die eigene Frist des Kunden gegenüber der Behörde; nutzt der Auftragsverarbeiter sie selbst, bleibt keine Zeit.',
    },
    remedy: {
      en: 'Promise notice without undue delay, at the latest 24 hours after becoming aware.',
      de: 'Sagen Sie unverzügliche Mitteilung zu, spätestens 24 Stunden nach Bekanntwerden.',
    },
    source: 'Art. 33(1), (2) GDPR; EDPB Guidelines 9/2022',
  },
  {
    id: 'art32-1a-missing',
    level: 'error',
    group: 'completeness',
    title: {
      en: 'Nothing on pseudonymisation or nothing on encryption',
      de: 'Nichts zu Pseudonymisierung oder nichts zu Verschlüsselung',
    },
    why: {
      en: 'The law names both; where one is not used, the reason belongs in the document.',
      de: 'Das Gesetz nennt beides; wird eines nicht genutzt, gehört der Grund ins Dokument.',
    },
    remedy: {
      en: 'Describe both, or state why the risk does not call for one of them.',
      de: 'Beschreiben Sie beides oder begründen Sie, warum das Risiko eines davon nicht erfordert.',
    },
    source: 'Art. 32(1)(a) GDPR',
  },
  {
    id: 'art32-1b-resilience-missing',
    level: 'warning',
    group: 'completeness',
    title: { en: 'Nothing on availability or resilience', de: 'Nichts zu Verfügbarkeit oder Belastbarkeit' },
    why: {
      en: 'Resilience against load, attack and failure is a goal of its own beside confidentiality.',
      de: 'Belastbarkeit gegenüber Last, Angriff und Ausfall ist neben der Vertraulichkeit ein eigenes Ziel.',
    },
    remedy: {
      en: 'Add what is done against overload, attacks and failures, and how it is monitored.',
      de: 'Ergänzen Sie, was gegen Überlast, Angriffe und Ausfälle getan und wie es überwacht wird.',
    },
    source: 'Art. 32(1)(b) GDPR; SDM 3.1',
  },
  {
    id: 'art32-1c-missing',
    level: 'error',
    group: 'completeness',
    title: { en: 'Nothing on restoring data', de: 'Nichts zur Wiederherstellung' },
    why: {
      en: 'A backup that nobody ever restored proves nothing.',
      de: 'Eine Sicherung, die nie jemand wiederhergestellt hat, beweist nichts.',
    },
    remedy: {
      en: 'State the restore test with rhythm, targets and last result, for example "every six months, target 4 h, last 3 h 10 min".',
      de: 'Nennen Sie den Wiederherstellungstest mit Rhythmus, Ziel und letztem Ergebnis, etwa „alle sechs Monate, Ziel 4 h, zuletzt 3 h 10 min“.',
    },
    source: 'Art. 32(1)(c) GDPR',
  },
  {
    id: 'art32-1d-missing',
    level: 'error',
    group: 'completeness',
    title: { en: 'Nothing on regular testing and evaluation', de: 'Nichts zur regelmäßigen Überprüfung' },
    why: {
      en: 'This is the only point that keeps all other measures true.',
      de: 'Nur dieser Punkt sorgt dafür, dass alle anderen Maßnahmen wahr bleiben.',
    },
    remedy: {
      en: 'Describe reviews, audits and tests with rhythm, person responsible and last date.',
      de: 'Beschreiben Sie Überprüfungen, Audits und Tests mit Rhythmus, zuständiger Person und letztem Datum.',
    },
    source: 'Art. 32(1)(d) GDPR',
  },
  {
    id: 'subprocessors-missing',
    level: 'error',
    group: 'completeness',
    title: { en: 'No list of sub-processors', de: 'Keine Liste der Unterauftragsverarbeiter' },
    why: {
      en: 'The identity of every sub-processor must be readily available to the customer at any time.',
      de: 'Die Identität jedes Unterauftragsverarbeiters muss dem Kunden jederzeit leicht zugänglich sein.',
    },
    remedy: {
      en: 'Add a table with name, address, service, place and basis of transfer, or the address of the current list.',
      de: 'Fügen Sie eine Tabelle mit Name, Anschrift, Leistung, Ort und Übermittlungsgrundlage hinzu oder die Adresse der aktuellen Liste.',
    },
    source: 'Art. 28(2), (4) GDPR; EDPB Opinion 22/2024',
  },
  {
    id: 'deletion-missing',
    level: 'warning',
    group: 'completeness',
    title: { en: 'No rule on retention or deletion', de: 'Keine Regel zu Aufbewahrung oder Löschung' },
    why: {
      en: 'Data that are kept without need are at risk without need, and the contract must say what happens at its end.',
      de: 'Unnötig aufbewahrte Daten sind unnötig gefährdet, und der Vertrag muss sagen, was an seinem Ende geschieht.',
    },
    remedy: {
      en: 'State retention periods per category and deletion or return at the end of the contract, backups included.',
      de: 'Nennen Sie Aufbewahrungsfristen je Kategorie sowie Löschung oder Rückgabe bei Vertragsende einschließlich der Sicherungen.',
    },
    source: 'Art. 5(1)(e), Art. 28(3)(g) GDPR',
  },
  {
    id: 'people-missing',
    level: 'warning',
    group: 'completeness',
    title: {
      en: 'Nothing on confidentiality commitments or training',
      de: 'Nichts zu Verpflichtung auf Vertraulichkeit oder Schulung',
    },
    why: {
      en: 'People act only on instructions if they know them and are bound; most incidents begin with a person.',
      de: 'Menschen handeln nur weisungsgemäß, wenn sie die Weisungen kennen und verpflichtet sind; die meisten Vorfälle beginnen bei einem Menschen.',
    },
    remedy: {
      en: 'State who signs a commitment to confidentiality and how often staff are trained.',
      de: 'Nennen Sie, wer auf Vertraulichkeit verpflichtet ist und wie oft geschult wird.',
    },
    source: 'Art. 28(3)(b), Art. 29, Art. 32(4) GDPR',
  },
  {
    id: 'risk-missing',
    level: 'info',
    group: 'completeness',
    title: { en: 'No word on risk or need for protection', de: 'Kein Wort zu Risiko oder Schutzbedarf' },
    why: {
      en: 'The level of security has to fit the risk; without the risk nobody can judge whether it does.',
      de: 'Das Schutzniveau muss zum Risiko passen; ohne das Risiko kann das niemand beurteilen.',
    },
    remedy: {
      en: 'Name the categories of data, whether special categories are among them, and the rating of the risk.',
      de: 'Nennen Sie die Datenkategorien, ob besondere Kategorien dabei sind, und die Einstufung des Risikos.',
    },
    source: 'Art. 32(1), (2) GDPR; DSK short paper 18',
  },
  {
    id: 'scope-missing',
    level: 'info',
    group: 'completeness',
    title: { en: 'Product, systems or places are not named', de: 'Produkt, Systeme oder Orte sind nicht genannt' },
    why: {
      en: 'Measures can be assessed and checked only if it is clear to what they apply.',
      de: 'Maßnahmen lassen sich nur beurteilen und prüfen, wenn klar ist, worauf sie sich beziehen.',
    },
    remedy: {
      en: 'Name the product, its systems and services, and the places of processing.',
      de: 'Nennen Sie das Produkt, seine Systeme und Dienste sowie die Orte der Verarbeitung.',
    },
    source: 'SDM 3.1; practice',
  },
]
