import type { CatalogueMeasure, ControlId } from './measure.ts'
import type { MeasureId } from './measure-ids.ts'
import type { Text } from './text.ts'

/** The seventeen examples of the annex, and the two descriptions that it asks for besides. */
type ClauseHeading =
  | 'pseudonymisation-encryption'
  | 'ongoing-security'
  | 'restoring'
  | 'testing'
  | 'identification'
  | 'transmission'
  | 'storage'
  | 'physical'
  | 'logging'
  | 'configuration'
  | 'governance'
  | 'certification'
  | 'minimisation'
  | 'quality'
  | 'retention'
  | 'accountability'
  | 'portability-erasure'
  | 'sub-processors'
  | 'assistance'

type ClausePlace = { readonly primary: ClauseHeading; readonly also: readonly ClauseHeading[] }

/**
 * The headings, in the order and the official wording of Annex III of (EU) 2021/915. The seventeen examples are those of
 * Annex II of (EU) 2021/914, too; there the last two are one.
 *
 * @source Implementing Decision (EU) 2021/915, Annex III; Implementing Decision (EU) 2021/914, Annex II
 */
export const clauseHeadings: readonly { readonly id: ClauseHeading; readonly title: Text }[] = [
  {
    id: 'pseudonymisation-encryption',
    title: {
      en: 'Measures of pseudonymisation and encryption of personal data',
      de: 'Maßnahmen der Pseudonymisierung und Verschlüsselung personenbezogener Daten',
    },
  },
  {
    id: 'ongoing-security',
    title: {
      en: 'Measures for ensuring ongoing confidentiality, integrity, availability and resilience of processing systems and services',
      de: 'Maßnahmen zur fortdauernden Sicherstellung der Vertraulichkeit, Integrität, Verfügbarkeit und Belastbarkeit der Systeme und Dienste im Zusammenhang mit der Verarbeitung',
    },
  },
  {
    id: 'restoring',
    title: {
      en: 'Measures for ensuring the ability to restore the availability and access to personal data in a timely manner in the event of a physical or technical incident',
      de: 'Maßnahmen zur Sicherstellung der Fähigkeit, die Verfügbarkeit der personenbezogenen Daten und den Zugang zu ihnen bei einem physischen oder technischen Zwischenfall rasch wiederherzustellen',
    },
  },
  {
    id: 'testing',
    title: {
      en: 'Processes for regularly testing, assessing and evaluating the effectiveness of technical and organisational measures in order to ensure the security of the processing',
      de: 'Verfahren zur regelmäßigen Überprüfung, Bewertung und Evaluierung der Wirksamkeit der technischen und organisatorischen Maßnahmen zur Gewährleistung der Sicherheit der Verarbeitung',
    },
  },
  {
    id: 'identification',
    title: {
      en: 'Measures for user identification and authorisation',
      de: 'Maßnahmen zur Identifizierung und Autorisierung der Nutzer',
    },
  },
  {
    id: 'transmission',
    title: {
      en: 'Measures for the protection of data during transmission',
      de: 'Maßnahmen zum Schutz der Daten während der Übermittlung',
    },
  },
  {
    id: 'storage',
    title: {
      en: 'Measures for the protection of data during storage',
      de: 'Maßnahmen zum Schutz der Daten während der Speicherung',
    },
  },
  {
    id: 'physical',
    title: {
      en: 'Measures for ensuring physical security of locations at which personal data are processed',
      de: 'Maßnahmen zur Gewährleistung der physischen Sicherheit von Orten, an denen personenbezogene Daten verarbeitet werden',
    },
  },
  {
    id: 'logging',
    title: {
      en: 'Measures for ensuring events logging',
      de: 'Maßnahmen zur Gewährleistung der Protokollierung von Ereignissen',
    },
  },
  {
    id: 'configuration',
    title: {
      en: 'Measures for ensuring system configuration, including default configuration',
      de: 'Maßnahmen zur Gewährleistung der Systemkonfiguration, einschließlich der Standardkonfiguration',
    },
  },
  {
    id: 'governance',
    title: {
      en: 'Measures for internal IT and IT security governance and management',
      de: 'Maßnahmen für die interne Governance und Verwaltung der IT und der IT-Sicherheit',
    },
  },
  {
    id: 'certification',
    title: {
      en: 'Measures for certification/assurance of processes and products',
      de: 'Maßnahmen zur Zertifizierung/Qualitätssicherung von Prozessen und Produkten',
    },
  },
  {
    id: 'minimisation',
    title: {
      en: 'Measures for ensuring data minimisation',
      de: 'Maßnahmen zur Gewährleistung der Datenminimierung',
    },
  },
  {
    id: 'quality',
    title: { en: 'Measures for ensuring data quality', de: 'Maßnahmen zur Gewährleistung der Datenqualität' },
  },
  {
    id: 'retention',
    title: {
      en: 'Measures for ensuring limited data retention',
      de: 'Maßnahmen zur Gewährleistung einer begrenzten Vorratsdatenspeicherung',
    },
  },
  {
    id: 'accountability',
    title: {
      en: 'Measures for ensuring accountability',
      de: 'Maßnahmen zur Gewährleistung der Rechenschaftspflicht',
    },
  },
  {
    id: 'portability-erasure',
    title: {
      en: 'Measures for allowing data portability and ensuring erasure',
      de: 'Maßnahmen zur Ermöglichung der Datenübertragbarkeit und zur Gewährleistung der Löschung',
    },
  },
  {
    id: 'sub-processors',
    title: {
      en: 'For transfers to (sub-) processors, also describe the specific technical and organisational measures to be taken by the (sub-) processor to be able to provide assistance to the controller',
      de: 'Bei Datenübermittlungen an (Unter-)Auftragsverarbeiter sind auch die spezifischen technischen und organisatorischen Maßnahmen zu beschreiben, die der (Unter-)Auftragsverarbeiter zur Unterstützung des Verantwortlichen ergreifen muss',
    },
  },
  {
    id: 'assistance',
    title: {
      en: 'Description of the specific technical and organisational measures to be taken by the processor to be able to provide assistance to the controller',
      de: 'Beschreibung der spezifischen technischen und organisatorischen Maßnahmen, die der Auftragsverarbeiter zur Unterstützung des Verantwortlichen ergreifen muss',
    },
  },
]

const byControl: Readonly<Record<ControlId, ClauseHeading>> = {
  'physical-access': 'physical',
  'system-access': 'identification',
  'data-access': 'identification',
  separation: 'ongoing-security',
  pseudonymisation: 'pseudonymisation-encryption',
  encryption: 'pseudonymisation-encryption',
  transfer: 'transmission',
  input: 'quality',
  availability: 'ongoing-security',
  resilience: 'ongoing-security',
  recoverability: 'restoring',
  order: 'sub-processors',
  review: 'testing',
  incident: 'governance',
  organisation: 'governance',
  'by-default': 'minimisation',
}

/** Measures that stand elsewhere than their control, or under several headings: first in full, then as references. */
const own: { readonly [id in MeasureId]?: readonly [ClauseHeading, ...ClauseHeading[]] } = {
  'entry-logging': ['physical', 'logging'],
  'certified-datacentre': ['physical', 'certification'],
  'clean-desk': ['physical', 'storage'],
  'mobile-device-management': ['configuration', 'storage'],
  'device-port-hardening': ['configuration'],
  'malware-protection': ['ongoing-security'],
  firewall: ['ongoing-security', 'configuration'],
  'remote-maintenance-control': ['identification', 'logging'],
  offboarding: ['identification', 'governance'],
  'access-review': ['identification', 'testing'],
  'access-logging': ['logging'],
  'four-eyes': ['governance', 'identification'],
  'data-classification': ['governance'],
  'media-destruction': ['storage', 'portability-erasure'],
  'tenant-isolation': ['ongoing-security', 'storage'],
  'system-separation': ['ongoing-security', 'storage'],
  'database-rights': ['identification', 'storage'],
  'environment-separation': ['configuration', 'ongoing-security'],
  'no-production-data-in-test': ['minimisation', 'configuration'],
  'purpose-separation': ['minimisation', 'ongoing-security'],
  anonymisation: ['minimisation', 'pseudonymisation-encryption'],
  'log-masking': ['pseudonymisation-encryption', 'minimisation'],
  'redaction-before-processing': ['minimisation', 'pseudonymisation-encryption'],
  'transport-encryption': ['pseudonymisation-encryption', 'transmission'],
  'encryption-at-rest': ['pseudonymisation-encryption', 'storage'],
  'disk-encryption': ['pseudonymisation-encryption', 'storage'],
  'password-hashing': ['pseudonymisation-encryption', 'identification'],
  'secrets-management': ['pseudonymisation-encryption', 'storage'],
  'backup-encryption': ['pseudonymisation-encryption', 'storage'],
  vpn: ['transmission', 'identification'],
  'egress-control': ['transmission', 'configuration'],
  'email-encryption': ['transmission', 'pseudonymisation-encryption'],
  'no-third-party-disclosure': ['transmission', 'governance'],
  'disclosure-logging': ['logging', 'accountability'],
  'data-location-eu': ['storage', 'sub-processors'],
  'third-country-safeguards': ['transmission', 'sub-processors'],
  'change-logging': ['logging'],
  'tamper-proof-logs': ['logging'],
  'security-event-logging': ['logging'],
  'time-synchronisation': ['logging', 'configuration'],
  'log-review': ['logging', 'testing'],
  'data-entry-documentation': ['quality', 'logging'],
  'change-management': ['configuration', 'governance'],
  'code-review': ['certification', 'quality'],
  'regular-backup': ['restoring', 'ongoing-security'],
  'backup-offsite': ['restoring', 'storage'],
  'backup-monitoring': ['restoring'],
  'backup-concept': ['restoring'],
  'source-config-backup': ['restoring'],
  'load-test': ['testing', 'ongoing-security'],
  'operations-manual': ['governance'],
  'system-hardening': ['configuration', 'ongoing-security'],
  'intrusion-detection': ['ongoing-security', 'logging'],
  'web-app-hardening': ['configuration', 'ongoing-security'],
  'secure-development': ['certification', 'configuration'],
  'dependency-scanning': ['testing', 'ongoing-security'],
  'vulnerability-scanning': ['testing'],
  'code-scanning': ['testing', 'certification'],
  'patch-management': ['ongoing-security', 'configuration'],
  'release-strategy': ['certification', 'configuration'],
  'asset-version-inventory': ['governance', 'configuration'],
  'configuration-monitoring': ['configuration', 'testing'],
  'restore-test': ['restoring', 'testing'],
  'emergency-exercise': ['testing', 'restoring'],
  'dpa-contracts': ['sub-processors', 'accountability'],
  'instruction-bound': ['governance', 'assistance'],
  'return-deletion-at-end': ['portability-erasure', 'assistance'],
  'audit-rights': ['assistance', 'accountability'],
  'shared-responsibility': ['accountability', 'assistance'],
  'risk-assessment': ['governance', 'testing'],
  'security-certification': ['certification'],
  dpia: ['assistance', 'accountability'],
  'processing-records': ['accountability'],
  'data-subject-requests': ['assistance', 'portability-erasure'],
  'privacy-notice': ['accountability'],
  'measure-change-notice': ['accountability'],
  'tom-document': ['accountability'],
  'incident-response-plan': ['governance', 'restoring'],
  'breach-notification': ['accountability', 'assistance'],
  'controller-notification': ['assistance'],
  'incident-documentation': ['accountability'],
  'vulnerability-disclosure': ['testing', 'governance'],
  'user-security-notification': ['governance', 'assistance'],
  'data-protection-officer': ['accountability', 'governance'],
  'privacy-by-design': ['minimisation', 'configuration'],
  'retention-deletion': ['retention', 'portability-erasure'],
  'rights-self-service': ['portability-erasure', 'assistance'],
  'ai-safeguards': ['governance', 'minimisation'],
}

/** Where a measure stands among the headings of the clauses. */
export function clausePlace({ id, control }: CatalogueMeasure): ClausePlace {
  const [primary = byControl[control], ...also] = own[id] ?? []
  return { primary, also }
}
