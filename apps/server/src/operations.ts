import {
  conceptOperations,
  grantOperations,
  invitationOperations,
  manageOperations,
  memberOperations,
  tokenOperations,
} from './access/index.ts'
import type {
  ConceptDependencies,
  GrantDependencies,
  InvitationDependencies,
  ManageDependencies,
  MemberDependencies,
  TokenDependencies,
} from './access/index.ts'
import { accountOperations, certificateOperations, factorOperations } from './account/index.ts'
import type { AccountDependencies, Certificates } from './account/index.ts'
import { announcementOperations } from './announcement/index.ts'
import type { AnnouncementDependencies } from './announcement/index.ts'
import { openMemoryRoom } from './platform/index.ts'
import { placementOperations } from './placement/index.ts'
import type { PlacementDependencies } from './placement/index.ts'
import { backupOperations } from './backup/index.ts'
import type { BackupDependencies } from './backup/index.ts'
import { checkOperations, computerOperations, drillOperations, exportOperations } from './check/index.ts'
import type { ComputerDependencies } from './check/index.ts'
import { connectionOperations } from './connection/index.ts'
import { contractOperations } from './contract/index.ts'
import { directoryOperations } from './directory/index.ts'
import type { DirectoryDependencies } from './directory/index.ts'
import { custodyOperations } from './custody/index.ts'
import type { CustodyDependencies } from './custody/index.ts'
import { dutyOperations } from './duty/index.ts'
import type { DutyDependencies } from './duty/index.ts'
import { editionOperations, findNumber } from './edition/index.ts'
import { letterheadOperations } from './paper/index.ts'
import type { EditionDependencies } from './edition/index.ts'
import { evidenceOperations } from './evidence/index.ts'
import { fileOperations } from './file/index.ts'
import { shieldOperations } from './shield/index.ts'
import type { ShieldDependencies } from './shield/index.ts'
import type { FileDependencies } from './file/index.ts'
import { findingOperations, settleFindings } from './finding/index.ts'
import { guidelineOperations } from './guideline/index.ts'
import type { GuidelineDependencies } from './guideline/index.ts'
import { incidentOperations } from './incident/index.ts'
import type { IncidentDependencies } from './incident/index.ts'
import { requestOperations } from './request/index.ts'
import type { RequestActivity } from './request/index.ts'
import { exceptionsInForce, measureOperations, standShielded } from './measure/index.ts'
import type { MeasureDependencies } from './measure/index.ts'
import { choiceOperations, mailOperations, webhookOperations } from './notification/index.ts'
import type { Choices, MailDependencies } from './notification/index.ts'
import { personOperations } from './person/index.ts'
import { disclosureOperations } from './disclosure/index.ts'
import { processorOperations } from './processor/index.ts'
import type { ProcessorDependencies } from './processor/index.ts'
import { profileOperations } from './profile/index.ts'
import { auditOperations } from './audit/index.ts'
import type { AuditDependencies } from './audit/index.ts'
import { riskOperations } from './risk/index.ts'
import type { RiskDependencies } from './risk/index.ts'
import { noticeOperations } from './notice/index.ts'
import { listActivities, processingOperations } from './processing/index.ts'
import type { ProcessingDependencies } from './processing/index.ts'
import { reportOperations as vulnerabilityOperations } from './report/index.ts'
import type { ReportDependencies as VulnerabilityDependencies } from './report/index.ts'
import { isRoom, roomOperations } from './room/index.ts'
import type { RoomDependencies } from './room/index.ts'
import { reviewOperations } from './review/index.ts'
import { privacyOperations } from './privacy/index.ts'
import type { PrivacyDependencies } from './privacy/index.ts'
import { siteOperations } from './site/index.ts'
import type { SiteOperationDependencies } from './site/index.ts'
import { subscriberOperations } from './subscription/index.ts'
import type { DeclaredException } from '@art32/probes'
import type { TenantContext } from './evidence/index.ts'
import { systemOperations } from './system/index.ts'
import { overviewOperations, reportOperations } from './overview/index.ts'
import type { OverviewDependencies, ReportDependencies } from './overview/index.ts'
import type { Tenant } from './tenant/index.ts'

/** What all operations together need. */
export interface Dependencies
  extends
    AccountDependencies,
    ManageDependencies,
    MemberDependencies,
    InvitationDependencies,
    TokenDependencies,
    DirectoryDependencies,
    ConceptDependencies,
    GrantDependencies,
    RoomDependencies,
    Omit<VulnerabilityDependencies, 'homeOf'>,
    PrivacyDependencies,
    MeasureDependencies,
    DutyDependencies,
    FileDependencies,
    Omit<ShieldDependencies, 'shielded'>,
    ProcessorDependencies,
    EditionDependencies,
    OverviewDependencies,
    ReportDependencies,
    MailDependencies,
    ComputerDependencies,
    SiteOperationDependencies,
    GuidelineDependencies,
    RiskDependencies,
    AuditDependencies,
    AnnouncementDependencies,
    ProcessingDependencies,
    Omit<IncidentDependencies, 'homeOf'>,
    CustodyDependencies,
    BackupDependencies,
    PlacementDependencies {
  readonly certificates: Certificates
  readonly mayBeLocal: (tenant: Tenant) => boolean
  readonly mailIsSet: boolean
  readonly choices: Choices
}

/** Every operation of the server: what the HTTP API, the OpenAPI document and the remote CLI loop over. */
export function allOperations(dependencies: Dependencies) {
  return [
    ...accountOperations(dependencies),
    ...certificateOperations(dependencies),
    ...factorOperations(dependencies),
    ...manageOperations(dependencies),
    ...memberOperations(dependencies),
    ...invitationOperations(dependencies),
    ...tokenOperations(dependencies),
    ...directoryOperations(dependencies),
    ...conceptOperations(dependencies),
    ...grantOperations(dependencies),
    ...privacyOperations(dependencies),
    ...evidenceOperations(dependencies),
    ...fileOperations(dependencies),
    ...shieldOperations({ ...dependencies, shielded: standShielded }),
    ...systemOperations(),
    ...measureOperations(dependencies),
    ...connectionOperations(dependencies),
    ...checkOperations({ ...dependencies, judged: settleFindings }),
    ...computerOperations(dependencies),
    ...drillOperations(dependencies),
    ...exportOperations({ version: dependencies.version, exceptionsOf: declaredExceptions, room: openMemoryRoom() }),
    ...personOperations(dependencies),
    ...dutyOperations(dependencies),
    ...reviewOperations(dependencies),
    ...findingOperations(dependencies),
    ...guidelineOperations(dependencies),
    ...riskOperations(dependencies),
    ...processorOperations(dependencies),
    ...contractOperations({ isPublished, isRoom }),
    ...incidentOperations({ ...dependencies, homeOf: (tenant) => dependencies.sites.homeOf(tenant) }),
    ...requestOperations({
      ...dependencies,
      activitiesOf,
      findAccount: (email) => dependencies.accounts.findByEmail(email),
    }),
    ...editionOperations(dependencies),
    ...auditOperations(dependencies),
    ...letterheadOperations(),
    ...processingOperations(dependencies),
    ...noticeOperations(dependencies),
    ...profileOperations(),
    ...roomOperations(dependencies),
    ...disclosureOperations(dependencies),
    ...vulnerabilityOperations({ ...dependencies, homeOf: (tenant) => dependencies.sites.homeOf(tenant) }),
    ...overviewOperations(dependencies),
    ...choiceOperations(dependencies),
    ...webhookOperations(dependencies),
    ...mailOperations(dependencies),
    ...announcementOperations(dependencies),
    ...siteOperations(dependencies),
    ...subscriberOperations(dependencies),
    ...reportOperations(dependencies),
    ...backupOperations(dependencies),
    ...placementOperations(dependencies),
    ...custodyOperations(dependencies),
  ] as const
}

/** What stands against findings today, as files for other programs say it. */
async function declaredExceptions(tx: TenantContext): Promise<Map<string, DeclaredException>> {
  const inForce = await exceptionsInForce(tx)
  return new Map([...inForce].map(([key, { reason, until }]) => [key, { reason, expires: until }]))
}

/** Whether an edition of this number is published. */
/** What the record of processing as controller says of each activity, for who asks what is done with their data. */
async function activitiesOf(tx: TenantContext): Promise<RequestActivity[]> {
  return (await listActivities(tx))
    .filter(({ role }) => role === 'controller')
    .map(({ name, said }) => ({
      name,
      purposes: said.purposes,
      data: said.data,
      recipients: said.recipients,
      retention: said.retention,
      transfers: said.transfers.map(({ country, safeguard }) =>
        safeguard === '' ? country : `${country} (${safeguard})`,
      ),
    }))
}

async function isPublished(tx: TenantContext, number: number): Promise<boolean> {
  return (await findNumber(tx, number)) !== undefined
}
