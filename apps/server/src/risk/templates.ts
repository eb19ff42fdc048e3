import type { RiskEvent } from './risk.ts'

/** A thing that happens to providers of software: a start for an assessment of one's own, with nothing estimated. */
export interface RiskTemplate {
  readonly id: string
  readonly title: Readonly<Record<'en' | 'de', string>>
  readonly scenario: Readonly<Record<'en' | 'de', string>>
  readonly events: readonly RiskEvent[]
  /** Ids of the catalogue: the measures that usually make the difference. */
  readonly measures: readonly string[]
}

/** The templates, in the order of what happens most. */
export const riskTemplates: readonly RiskTemplate[] = [
  {
    id: 'phished-account',
    title: { en: 'An account is taken over', de: 'Ein Konto wird übernommen' },
    scenario: {
      en: 'Somebody learns the password of an employee, for instance by a forged sign-in page, and reads or changes what the employee may.',
      de: 'Jemand erfährt das Passwort einer beschäftigten Person, etwa über eine gefälschte Anmeldeseite, und liest oder ändert, was diese Person darf.',
    },
    events: ['disclosure', 'alteration', 'access'],
    measures: ['mfa', 'employee-training', 'least-privilege', 'brute-force-protection', 'session-timeout'],
  },
  {
    id: 'wrong-tenant',
    title: { en: 'One customer sees the data of another', de: 'Ein Kunde sieht die Daten eines anderen' },
    scenario: {
      en: 'A fault in the software or its configuration shows a customer the personal data of another one.',
      de: 'Ein Fehler in der Software oder ihrer Konfiguration zeigt einem Kunden personenbezogene Daten eines anderen.',
    },
    events: ['disclosure', 'access'],
    measures: ['tenant-isolation', 'code-review', 'environment-separation', 'web-app-hardening', 'database-rights'],
  },
  {
    id: 'ransomware',
    title: { en: 'Data are encrypted by an attacker', de: 'Daten werden durch einen Angriff verschlüsselt' },
    scenario: {
      en: 'Malware encrypts servers and the backups that it reaches; the data are gone, and copies may be published.',
      de: 'Schadsoftware verschlüsselt Server und die erreichbaren Sicherungen; die Daten fehlen, Kopien werden womöglich veröffentlicht.',
    },
    events: ['loss', 'destruction', 'disclosure'],
    measures: ['backup-offsite', 'restore-test', 'patch-management', 'malware-protection', 'network-segmentation'],
  },
  {
    id: 'no-restore',
    title: { en: 'A backup cannot be restored', de: 'Eine Sicherung lässt sich nicht zurückspielen' },
    scenario: {
      en: 'A database is lost, and the backup is incomplete, too old or unreadable.',
      de: 'Eine Datenbank geht verloren, und die Sicherung ist unvollständig, zu alt oder unlesbar.',
    },
    events: ['loss', 'destruction'],
    measures: ['regular-backup', 'restore-test', 'backup-monitoring', 'backup-concept'],
  },
  {
    id: 'exploited-flaw',
    title: { en: 'A known flaw is exploited', de: 'Eine bekannte Schwachstelle wird ausgenutzt' },
    scenario: {
      en: 'A dependency, system or own code has a flaw that is known, and somebody uses it before it is mended.',
      de: 'Eine Abhängigkeit, ein System oder eigener Code hat eine bekannte Schwachstelle, und jemand nutzt sie, bevor sie behoben ist.',
    },
    events: ['disclosure', 'alteration', 'access'],
    measures: [
      'dependency-scanning',
      'patch-management',
      'vulnerability-disclosure',
      'code-scanning',
      'penetration-test',
    ],
  },
  {
    id: 'lost-device',
    title: { en: 'A laptop is lost or stolen', de: 'Ein Laptop geht verloren oder wird gestohlen' },
    scenario: {
      en: 'A device with personal data or with access to them leaves the hands of its owner.',
      de: 'Ein Gerät mit personenbezogenen Daten oder mit Zugang zu ihnen gelangt in fremde Hände.',
    },
    events: ['loss', 'disclosure', 'access'],
    measures: ['disk-encryption', 'screen-lock', 'mobile-device-management'],
  },
  {
    id: 'wrong-recipient',
    title: { en: 'Data go to the wrong recipient', de: 'Daten gehen an die falsche Stelle' },
    scenario: {
      en: 'A message, an export or a link with personal data reaches somebody whom it is not meant for.',
      de: 'Eine Nachricht, ein Export oder ein Link mit personenbezogenen Daten erreicht jemanden, für den sie nicht bestimmt sind.',
    },
    events: ['disclosure'],
    measures: ['employee-training', 'transport-encryption', 'data-minimisation', 'four-eyes'],
  },
  {
    id: 'left-access',
    title: { en: 'Somebody who left still has access', de: 'Wer ausgeschieden ist, hat noch Zugang' },
    scenario: {
      en: 'Accounts, keys or tokens of a person who left still work and are used.',
      de: 'Konten, Schlüssel oder Token einer ausgeschiedenen Person funktionieren noch und werden benutzt.',
    },
    events: ['access', 'disclosure', 'alteration'],
    measures: ['offboarding', 'access-review', 'individual-accounts', 'secrets-management'],
  },
  {
    id: 'leaked-secret',
    title: { en: 'A key or password becomes public', de: 'Ein Schlüssel oder Passwort wird öffentlich' },
    scenario: {
      en: 'A secret lies in a repository, a log or a message, and somebody uses it.',
      de: 'Ein Geheimnis liegt in einem Repository, einem Protokoll oder einer Nachricht, und jemand benutzt es.',
    },
    events: ['access', 'disclosure'],
    measures: ['secrets-management', 'encryption-key-management', 'log-masking', 'code-scanning'],
  },
  {
    id: 'copy-in-test',
    title: { en: 'Real data are used for tests', de: 'Echte Daten werden zum Testen benutzt' },
    scenario: {
      en: 'A copy of production data lies in a test system that fewer measures protect and more people reach.',
      de: 'Eine Kopie von Produktionsdaten liegt in einem Testsystem, das weniger geschützt und für mehr Menschen erreichbar ist.',
    },
    events: ['disclosure', 'access'],
    measures: ['no-production-data-in-test', 'environment-separation', 'anonymisation', 'redaction-before-processing'],
  },
  {
    id: 'processor-fails',
    title: { en: 'A processor fails or is breached', de: 'Ein Auftragsverarbeiter fällt aus oder wird angegriffen' },
    scenario: {
      en: 'A platform on which the data lie is down for long, loses them, or lets somebody in.',
      de: 'Eine Plattform, auf der die Daten liegen, fällt lange aus, verliert sie oder lässt jemanden ein.',
    },
    events: ['loss', 'disclosure', 'access'],
    measures: ['processor-selection', 'processor-monitoring', 'dpa-contracts', 'contingency-plan'],
  },
  {
    id: 'kept-too-long',
    title: { en: 'Data are kept longer than needed', de: 'Daten werden länger als nötig aufbewahrt' },
    scenario: {
      en: 'Data of people who are no longer customers remain, and are found by whoever gets in.',
      de: 'Daten von Menschen, die längst keine Kunden mehr sind, bleiben liegen und werden von Eindringlingen gefunden.',
    },
    events: ['disclosure', 'access'],
    measures: ['retention-deletion', 'data-minimisation', 'return-deletion-at-end'],
  },
]
