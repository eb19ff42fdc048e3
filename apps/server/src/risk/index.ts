/**
 * Risks: what could happen to the people whom the data are about, before and after the measures.
 *
 * - Likelihood and severity are estimated by a person, with a reason; the level follows from both by a rule that is shown.
 * - What remains is estimated after named measures. Where one of them fails, has lapsed or stands in no line of the document,
 *   the risk says so by itself: an estimate is only as good as what it counts on.
 * - An assessment is never edited; the next one stands beside it. A signatory accepts what remains, until a day.
 * - Risks tell of weaknesses: they are for those who may read the ledger, and stand in no edition.
 *
 * Sources: Art. 24(1), 25(1), 32(1) and (2), 35(7), 36(1) and recitals 75, 76 GDPR; DSK, short paper no. 18.
 */
export { riskOperations } from './operations.ts'
export type { RiskDependencies } from './operations.ts'
export { openRisks } from './views.ts'
