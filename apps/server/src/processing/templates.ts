import type { Side } from './activity.ts'

/** What a template says in one language; lists are parted by `|`. */
interface Words {
  readonly name: string
  /** Purposes, or the categories of processing on behalf of a customer. */
  readonly what: string
  readonly basis: string
  readonly people: string
  readonly data: string
  readonly recipients: string
  readonly retention: string
}

/** A processing activity that a small provider of software usually has: a proposal to be read and adapted. */
export interface Template {
  readonly id: string
  readonly side: Side
  readonly en: Words
  readonly de: Words
}

/** Statutory periods are those of German law (§ 147 AO, § 257 HGB, § 15 AGG): whoever is elsewhere writes others. */
export const templates: readonly Template[] = [
  {
    id: 'operation',
    side: 'processor',
    en: {
      name: 'Operation of the software for customers',
      what: 'Hosting, storage and display of the data that customers enter; backup and restore; monitoring; maintenance and updates.',
      basis: '',
      people: 'Users at the customer|People of whom the customer enters data',
      data: 'Account data of users|Contents that the customer enters|Technical logs',
      recipients: 'Hosting provider|Providers of mail delivery',
      retention: 'Until the end of the agreement, then returned or deleted as agreed; in backups until these run out.',
    },
    de: {
      name: 'Betrieb der Software für Kunden',
      what: 'Hosting, Speicherung und Anzeige der von Kunden eingegebenen Daten; Sicherung und Wiederherstellung; Überwachung; Wartung und Aktualisierung.',
      basis: '',
      people: 'Nutzende beim Kunden|Personen, deren Daten der Kunde eingibt',
      data: 'Kontodaten der Nutzenden|Inhalte, die der Kunde eingibt|Technische Protokolle',
      recipients: 'Hosting-Anbieter|Anbieter für Mailversand',
      retention:
        'Bis zum Ende des Vertrags, dann Rückgabe oder Löschung wie vereinbart; in Sicherungen, bis diese auslaufen.',
    },
  },
  {
    id: 'support',
    side: 'processor',
    en: {
      name: 'Support for customers',
      what: 'Answering questions and mending faults for the users of customers; where needed, looking at their data on instruction.',
      basis: '',
      people: 'Users at the customer|People of whom the customer enters data',
      data: 'Contact data|Contents of requests and attachments|Data that are looked at to mend a fault',
      recipients: 'Provider of the ticket system',
      retention:
        'Requests: two years after they are closed; attachments with customer data: when the request is closed.',
    },
    de: {
      name: 'Support für Kunden',
      what: 'Beantwortung von Fragen und Behebung von Fehlern für Nutzende der Kunden; bei Bedarf Einsicht in deren Daten auf Weisung.',
      basis: '',
      people: 'Nutzende beim Kunden|Personen, deren Daten der Kunde eingibt',
      data: 'Kontaktdaten|Inhalte von Anfragen und Anhänge|Daten, die zur Fehlerbehebung angesehen werden',
      recipients: 'Anbieter des Ticketsystems',
      retention: 'Anfragen: zwei Jahre nach Abschluss; Anhänge mit Kundendaten: mit Abschluss der Anfrage.',
    },
  },
  {
    id: 'customers',
    side: 'controller',
    en: {
      name: 'Contracts with customers',
      what: 'Making and keeping contracts with customers, including agreements on processing on their behalf and notices under them.',
      basis: 'Art. 6(1)(b) and (f) GDPR',
      people: 'Contacts at customers|Contacts at prospective customers',
      data: 'Name, role and business contact data|Contracts and correspondence',
      recipients: 'Tax adviser|Provider of the mail system',
      retention: 'Six years after the end of the contract for business letters, then deleted.',
    },
    de: {
      name: 'Verträge mit Kunden',
      what: 'Abschluss und Erfüllung von Verträgen mit Kunden, einschließlich der Verträge zur Auftragsverarbeitung und der Mitteilungen dazu.',
      basis: 'Art. 6 Abs. 1 lit. b und f DSGVO',
      people: 'Ansprechpersonen bei Kunden|Ansprechpersonen bei Interessenten',
      data: 'Name, Funktion und geschäftliche Kontaktdaten|Verträge und Schriftwechsel',
      recipients: 'Steuerberatung|Anbieter des Mailsystems',
      retention: 'Sechs Jahre nach Vertragsende für Geschäftsbriefe, dann Löschung.',
    },
  },
  {
    id: 'billing',
    side: 'controller',
    en: {
      name: 'Billing and bookkeeping',
      what: 'Writing invoices, watching payments, keeping books as the law wants.',
      basis: 'Art. 6(1)(b) and (c) GDPR',
      people: 'Customers who are natural persons|Contacts at customers and suppliers',
      data: 'Billing address|Contract and payment data|Bank details',
      recipients: 'Tax adviser|Bank|Payment provider|Tax authority',
      retention: 'Ten years for books and annual accounts, eight years for vouchers, then deleted.',
    },
    de: {
      name: 'Abrechnung und Buchhaltung',
      what: 'Rechnungen schreiben, Zahlungen überwachen, Bücher führen, wie das Gesetz es verlangt.',
      basis: 'Art. 6 Abs. 1 lit. b und c DSGVO',
      people: 'Kunden, die natürliche Personen sind|Ansprechpersonen bei Kunden und Lieferanten',
      data: 'Rechnungsanschrift|Vertrags- und Zahlungsdaten|Bankverbindung',
      recipients: 'Steuerberatung|Bank|Zahlungsdienstleister|Finanzamt',
      retention: 'Zehn Jahre für Bücher und Jahresabschlüsse, acht Jahre für Buchungsbelege, dann Löschung.',
    },
  },
  {
    id: 'newsletter',
    side: 'controller',
    en: {
      name: 'Newsletter',
      what: 'Telling subscribers of news by mail.',
      basis: 'Art. 6(1)(a) GDPR',
      people: 'Subscribers',
      data: 'Mail address|Time and proof of consent',
      recipients: 'Provider of mail delivery',
      retention: 'Until consent is withdrawn; the proof of consent three years longer.',
    },
    de: {
      name: 'Newsletter',
      what: 'Information von Abonnierenden über Neuigkeiten per Mail.',
      basis: 'Art. 6 Abs. 1 lit. a DSGVO',
      people: 'Abonnierende',
      data: 'E-Mail-Adresse|Zeitpunkt und Nachweis der Einwilligung',
      recipients: 'Anbieter für Mailversand',
      retention: 'Bis zum Widerruf der Einwilligung; der Nachweis der Einwilligung drei Jahre länger.',
    },
  },
  {
    id: 'website',
    side: 'controller',
    en: {
      name: 'Website and contact form',
      what: 'Showing the website, keeping it secure, answering who writes.',
      basis: 'Art. 6(1)(b) and (f) GDPR',
      people: 'Visitors|People who write to us',
      data: 'Network address and time of the visit|What is written, with contact data',
      recipients: 'Hosting provider',
      retention: 'Logs seven days; messages six months after the last answer.',
    },
    de: {
      name: 'Website und Kontaktformular',
      what: 'Die Website anzeigen, sie sicher halten, Anfragen beantworten.',
      basis: 'Art. 6 Abs. 1 lit. b und f DSGVO',
      people: 'Besucherinnen und Besucher|Personen, die uns schreiben',
      data: 'Netzadresse und Zeitpunkt des Besuchs|Inhalt der Nachricht mit Kontaktdaten',
      recipients: 'Hosting-Anbieter',
      retention: 'Protokolle sieben Tage; Nachrichten sechs Monate nach der letzten Antwort.',
    },
  },
  {
    id: 'applicants',
    side: 'controller',
    en: {
      name: 'Applicants',
      what: 'Choosing new colleagues.',
      basis: 'Art. 6(1)(b) GDPR',
      people: 'Applicants',
      data: 'Contact data|Curriculum vitae, certificates, letters|Notes on interviews',
      recipients: 'Provider of the mail system',
      retention: 'Six months after a refusal; with consent two years.',
    },
    de: {
      name: 'Bewerbungen',
      what: 'Auswahl neuer Beschäftigter.',
      basis: 'Art. 6 Abs. 1 lit. b DSGVO',
      people: 'Bewerberinnen und Bewerber',
      data: 'Kontaktdaten|Lebenslauf, Zeugnisse, Anschreiben|Notizen zu Gesprächen',
      recipients: 'Anbieter des Mailsystems',
      retention: 'Sechs Monate nach einer Absage; mit Einwilligung zwei Jahre.',
    },
  },
  {
    id: 'employees',
    side: 'controller',
    en: {
      name: 'Employees and payroll',
      what: 'Keeping employment contracts, paying wages, recording working time and leave, training.',
      basis: 'Art. 6(1)(b) and (c), Art. 9(2)(b) GDPR',
      people: 'Employees|Former employees',
      data: 'Master and contract data|Tax and social security data|Working time, leave and sick notes|Training and confidentiality agreements',
      recipients: 'Payroll office|Tax authority|Social security|Bank',
      retention: 'Three years after the end of employment; payroll records as the tax law wants (six to ten years).',
    },
    de: {
      name: 'Beschäftigte und Lohnabrechnung',
      what: 'Arbeitsverträge erfüllen, Löhne zahlen, Arbeitszeit und Urlaub erfassen, Schulungen.',
      basis: 'Art. 6 Abs. 1 lit. b und c, Art. 9 Abs. 2 lit. b DSGVO',
      people: 'Beschäftigte|Ehemalige Beschäftigte',
      data: 'Stamm- und Vertragsdaten|Steuer- und Sozialversicherungsdaten|Arbeitszeit, Urlaub und Krankmeldungen|Schulungen und Vertraulichkeitsverpflichtungen',
      recipients: 'Lohnbüro|Finanzamt|Sozialversicherung|Bank',
      retention: 'Drei Jahre nach Ende der Beschäftigung; Lohnunterlagen nach Steuerrecht (sechs bis zehn Jahre).',
    },
  },
]
