import type { ControlId } from './measure.ts'
import type { Text } from './text.ts'

/** A control group and its name. */
export type Control = { readonly id: ControlId; readonly title: Text }

/**
 * The control groups, in the order in which a document lists them.
 *
 * @source annex to the former § 9 BDSG (in force until 24 May 2018) for the eight classic controls; Art. 25, 28, 32
 *   to 34 GDPR for the others
 */
export const controls: readonly Control[] = [
  { id: 'physical-access', title: { en: 'Physical access control', de: 'Zutrittskontrolle' } },
  { id: 'system-access', title: { en: 'System access control', de: 'Zugangskontrolle' } },
  { id: 'data-access', title: { en: 'Data access control', de: 'Zugriffskontrolle' } },
  { id: 'separation', title: { en: 'Separation control', de: 'Trennungskontrolle' } },
  { id: 'pseudonymisation', title: { en: 'Pseudonymisation', de: 'Pseudonymisierung' } },
  { id: 'encryption', title: { en: 'Encryption', de: 'Verschlüsselung' } },
  { id: 'transfer', title: { en: 'Transfer control', de: 'Weitergabekontrolle' } },
  { id: 'input', title: { en: 'Input control', de: 'Eingabekontrolle' } },
  { id: 'availability', title: { en: 'Availability control', de: 'Verfügbarkeitskontrolle' } },
  {
    id: 'resilience',
    title: { en: 'Resilience of systems and software', de: 'Belastbarkeit von Systemen und Software' },
  },
  { id: 'recoverability', title: { en: 'Recovery', de: 'Wiederherstellung' } },
  { id: 'order', title: { en: 'Control of commissioned processing', de: 'Auftragskontrolle' } },
  { id: 'review', title: { en: 'Review and accountability', de: 'Überprüfung und Rechenschaft' } },
  { id: 'incident', title: { en: 'Security incidents', de: 'Sicherheitsvorfälle' } },
  { id: 'organisation', title: { en: 'Organisation and people', de: 'Organisation und Personal' } },
  {
    id: 'by-default',
    title: { en: 'Data protection by design and by default', de: 'Datenschutz durch Technik und Voreinstellungen' },
  },
]
