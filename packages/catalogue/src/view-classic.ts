import type { CatalogueMeasure, ControlId } from './measure.ts'
import type { MeasureId } from './measure-ids.ts'
import type { Text } from './text.ts'

/** The eight controls of the annex to the former § 9 BDSG, and the organisation that its first sentence asks for. */
type ClassicHeading =
  | 'physical-access'
  | 'system-access'
  | 'data-access'
  | 'transfer'
  | 'input'
  | 'order'
  | 'availability'
  | 'separation'
  | 'organisation'

type ClassicPlace = { readonly primary: ClassicHeading; readonly also: readonly ClassicHeading[] }

/**
 * The headings, in the order of the annex. Its eighth number has no name of its own; the trade calls it Trennungsgebot. Its
 * first sentence asks for an organisation that meets the needs of data protection, which the trade calls Organisationskontrolle.
 *
 * @source annex to § 9, first sentence, BDSG as in force until 24 May 2018
 */
export const classicHeadings: readonly { readonly id: ClassicHeading; readonly title: Text }[] = [
  {
    id: 'physical-access',
    title: { en: '1. Physical access control (Zutrittskontrolle)', de: '1. Zutrittskontrolle' },
  },
  { id: 'system-access', title: { en: '2. System access control (Zugangskontrolle)', de: '2. Zugangskontrolle' } },
  { id: 'data-access', title: { en: '3. Data access control (Zugriffskontrolle)', de: '3. Zugriffskontrolle' } },
  { id: 'transfer', title: { en: '4. Disclosure control (Weitergabekontrolle)', de: '4. Weitergabekontrolle' } },
  { id: 'input', title: { en: '5. Input control (Eingabekontrolle)', de: '5. Eingabekontrolle' } },
  {
    id: 'order',
    title: { en: '6. Control of commissioned processing (Auftragskontrolle)', de: '6. Auftragskontrolle' },
  },
  {
    id: 'availability',
    title: { en: '7. Availability control (Verfügbarkeitskontrolle)', de: '7. Verfügbarkeitskontrolle' },
  },
  { id: 'separation', title: { en: '8. Separation of data by purpose (Trennungsgebot)', de: '8. Trennungsgebot' } },
  {
    id: 'organisation',
    title: {
      en: 'Organisation (first sentence of the annex)',
      de: 'Organisationskontrolle (Satz 1 der Anlage)',
    },
  },
]

const byControl: Readonly<Record<ControlId, ClassicHeading>> = {
  'physical-access': 'physical-access',
  'system-access': 'system-access',
  'data-access': 'data-access',
  transfer: 'transfer',
  input: 'input',
  order: 'order',
  availability: 'availability',
  separation: 'separation',
  pseudonymisation: 'separation',
  encryption: 'data-access',
  resilience: 'availability',
  recoverability: 'availability',
  review: 'organisation',
  incident: 'organisation',
  organisation: 'organisation',
  'by-default': 'organisation',
}

/** Measures that stand elsewhere than their control, or under several headings: first in full, then as references. */
const own: { readonly [id in MeasureId]?: readonly [ClassicHeading, ...ClassicHeading[]] } = {
  'clean-desk': ['system-access', 'physical-access'],
  'remote-maintenance-control': ['system-access', 'order'],
  'access-logging': ['data-access', 'input'],
  'no-production-access': ['data-access', 'order'],
  'media-destruction': ['data-access', 'transfer'],
  'data-classification': ['data-access', 'organisation'],
  pseudonymisation: ['separation', 'data-access'],
  'redaction-before-processing': ['separation', 'data-access'],
  // Third sentence of the annex: encryption serves numbers 2 to 4.
  'transport-encryption': ['transfer', 'data-access'],
  'encryption-at-rest': ['data-access', 'system-access', 'transfer'],
  'disk-encryption': ['system-access', 'data-access', 'transfer'],
  'password-hashing': ['system-access'],
  'encryption-key-management': ['data-access', 'transfer'],
  'secrets-management': ['system-access', 'data-access'],
  'backup-encryption': ['data-access', 'availability'],
  'data-location-eu': ['transfer', 'order'],
  'third-country-safeguards': ['transfer', 'order'],
  'security-event-logging': ['input', 'system-access'],
  'change-management': ['input', 'organisation'],
  'code-review': ['input', 'organisation'],
  'system-hardening': ['system-access', 'availability'],
  'intrusion-detection': ['system-access', 'availability'],
  'web-app-hardening': ['system-access', 'availability'],
  'vulnerability-scanning': ['system-access', 'availability'],
  'patch-management': ['system-access', 'availability'],
  'secure-development': ['organisation', 'availability'],
  'code-scanning': ['organisation', 'availability'],
  'dependency-scanning': ['organisation', 'availability'],
  'release-strategy': ['organisation', 'availability'],
  'asset-version-inventory': ['organisation', 'availability'],
  'configuration-monitoring': ['availability', 'input'],
  'incident-response-plan': ['organisation', 'availability'],
  'confidentiality-agreements': ['organisation', 'order'],
  'data-stays-with-customer': ['transfer', 'separation'],
  'ai-safeguards': ['organisation', 'separation'],
  'controller-notification': ['organisation', 'order'],
}

/** Where a measure stands among the classic headings. */
export function classicPlace({ id, control }: CatalogueMeasure): ClassicPlace {
  const [primary = byControl[control], ...also] = own[id] ?? []
  return { primary, also }
}
