/**
 * Duties: what people do again and again, and who said that it was done.
 *
 * - A due day is made once, by the tenant's calendar: not by two processes, and not by a clock that goes back.
 * - A sign-off is a record with its own leaf: never changed; taken back by another record. The day on which something was done
 *   is apart from when that was written down, and never to come.
 * - The owner signs off; the deputy while the owner is absent, or once it is overdue; the tenant's owners once it is missed.
 * - “On time 11 of 12” counts what was done within its grace, of what was done or missed; what is open counts for nothing.
 * - How a duty stands behind a measure is handed to `measure`, where assurance is computed.
 *
 * Sources: Art. 24(1), 32(1)(d) and 5(2) GDPR; Art. 38(6) GDPR (the DPO owns none); RFC 5545 (calendar).
 */
import type { HistoryDependencies } from '../evidence/index.ts'
import { absenceOperations } from './absence-operations.ts'
import { exportOperations } from './export-operations.ts'
import { dutyOperations as ownOperations } from './operations.ts'

export { attendDuties, dutyQueue, dutyTime, findDay, listTold } from './attend.ts'
export { signOffFor } from './sign-for.ts'
export { ensureDuty } from './operations.ts'
export { readFeed } from './feed.ts'
export { addDuty } from './operations.ts'
export { given as dutyTerms } from './views.ts'
export { dutyErrors } from './errors.ts'

/** What operations on duties need of the rest of the server. */
export interface DutyDependencies extends HistoryDependencies {
  readonly baseUrl: string
}

/** Everything that can be done with duties, absences and the calendar link, and what is handed out. */
export function dutyOperations(dependencies: DutyDependencies) {
  return [...ownOperations(dependencies), ...absenceOperations(dependencies), ...exportOperations(dependencies)]
}
