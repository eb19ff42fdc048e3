/**
 * Notices: apps and services of the organisation, what people are told of them, and what is really deleted.
 *
 * - A privacy notice is made of facts, in both languages; who answers and who processes come from the registers that hold it.
 * - A draft may have gaps. A publication with gaps needs a reason, shows it to members, and stands behind no measure.
 * - A version keeps its sentences as they were read, and never changes; any two can be compared word by word, by everybody.
 * - A deletion rule rests on a category's period and waits for runs. Only a run that did all of it moves the due moment; one that
 *   could not look is neither for nor against. What was missed stays visible as a gap.
 * - A report holds numbers and words of closed lists: nothing about a person can be in it.
 * - What art32 itself deletes daily stands among the rules, read only and made of the rules by which it deletes. Its runs stand
 *   behind the measure in a tenant that promises this installation, and nowhere else.
 *
 * Sources: Art. 5(1)(e), 12, 13, 14, 17 and 5(2) GDPR.
 */
import { appOperations } from './app-operations.ts'
import { ruleOperations } from './rule-operations.ts'
import type { RuleDependencies } from './rule-operations.ts'

export { signOffOwn } from './built-in-keep.ts'
export { appQueue, appTime, attendApps, ownerOfRule } from './attend.ts'
export { comparePublic, findPublicNotice, hasNotices, listPublicApps } from './public.ts'
export type { PublicApp, PublicNotice } from './public.ts'

/** Everything that can be done with apps, their notices and their deletion rules. */
export function noticeOperations(dependencies: RuleDependencies) {
  return [...appOperations(), ...ruleOperations(dependencies)]
}
