/**
 * Incidents: what happened, what was decided about it and by when, who was told and when.
 *
 * - Clocks begin when somebody became aware, and run until somebody was told, or it was decided with reasons that nobody has
 *   to be: nobody gains time by not deciding. The strict 72 hours are the deadline; the outer limit stands beside it.
 * - The role comes first: a processor tells controllers (Art. 33(2)), a controller tells the authority and the people.
 * - Every decision, notice and entry is kept with its reasons, and none is changed; the register holds every breach, also
 *   those that were not notified (Art. 33(5)).
 * - A notice is kept as it was said, by its hash in the ledger; a letter is sent at most once, and what nobody knows is said.
 * - A bulletin says to users only what was typed into it, in versions that stay as they were; each is told once.
 * - An exercise runs on real clocks and is told to nobody outside.
 *
 * Sources: Art. 4(12), 33 and 34 GDPR; Regulation (EEC, Euratom) 1182/71; Art. 24 DSG and Art. 15 DSV (Switzerland).
 */
import type { HistoryDependencies } from '../evidence/index.ts'
import { decideOperations } from './decide.ts'
import { handleOperations } from './handle.ts'
import { bulletinOperations } from './bulletin-operations.ts'
import type { BulletinDependencies } from './bulletin-operations.ts'
import { caseOperations } from './operations.ts'
import { settingOperations } from './settings.ts'
import { shareOperations } from './share.ts'
import { tellOperations } from './tell.ts'

export { authorityOf, countryOf } from './settings.ts'
export { saidIn as bulletinSaid } from './bulletin.ts'
export { archiveOf } from './archive.ts'
export { authorities, findAuthority } from './authority.ts'
export { listConcerned } from './concerned.ts'
export { followAgreement } from './controller.ts'
export { isWorkingDay } from './holiday.ts'
export { isFormOpen, reportFromOutside } from './intake.ts'
export { Reporting } from './said.ts'
export { noteTaken, openLink } from './link.ts'
export type { LinkRefusal } from './link.ts'
export { attendIncidents, incidentQueue, look as lookAtIncidents } from './look.ts'
export type { IncidentJob } from './look.ts'
export { controllerNoticeQueue, sendControllerNotice } from './notify.ts'
export type { ControllerNoticeJob } from './notify.ts'
export { begin as beginIncident } from './operations.ts'
export { listBulletins, listPublicBulletins, noteBulletinDelivery } from './published.ts'
export type { PublishedBulletin } from './published.ts'
export { isSaidNow } from './store-bulletin.ts'
export { findOfReport as findIncidentOfReport } from './store.ts'
export { viewCase as viewIncident } from './views.ts'
export { phrases as incidentPhrases } from './words.ts'

/** What operations on incidents need of the rest of the server. */
export interface IncidentDependencies extends HistoryDependencies, BulletinDependencies {
  readonly baseUrl: string
}

/** Everything that can be done with incidents. */
export function incidentOperations(dependencies: IncidentDependencies) {
  return [
    ...caseOperations(dependencies),
    ...decideOperations(),
    ...handleOperations(),
    ...tellOperations(dependencies),
    ...bulletinOperations(dependencies),
    ...shareOperations(dependencies),
    ...settingOperations(),
  ]
}
