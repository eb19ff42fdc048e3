import type { GoalId } from './measure.ts'
import type { Text } from './text.ts'

/** A protection goal and its name. */
export type Goal = { readonly id: GoalId; readonly title: Text }

/**
 * The protection goals, in the order in which a document lists them.
 *
 * @source Art. 32(1)(a)-(d) GDPR; SDM 3.1, part B1 (minimisation, unlinkability, transparency, intervenability)
 */
export const goals: readonly Goal[] = [
  { id: 'confidentiality', title: { en: 'Confidentiality', de: 'Vertraulichkeit' } },
  { id: 'integrity', title: { en: 'Integrity', de: 'Integrität' } },
  { id: 'availability', title: { en: 'Availability', de: 'Verfügbarkeit' } },
  { id: 'resilience', title: { en: 'Resilience', de: 'Belastbarkeit' } },
  { id: 'recoverability', title: { en: 'Recoverability', de: 'Wiederherstellbarkeit' } },
  { id: 'review', title: { en: 'Regular review', de: 'Regelmäßige Überprüfung' } },
  { id: 'minimisation', title: { en: 'Data minimisation', de: 'Datenminimierung' } },
  { id: 'unlinkability', title: { en: 'Unlinkability', de: 'Nichtverkettung' } },
  { id: 'transparency', title: { en: 'Transparency', de: 'Transparenz' } },
  { id: 'intervenability', title: { en: 'Intervenability', de: 'Intervenierbarkeit' } },
]
