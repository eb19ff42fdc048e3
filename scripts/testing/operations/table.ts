import type { Api } from '../../../apps/server/src/api.ts'
import { accessRows } from './access.ts'
import { accountRows } from './account.ts'
import { backupRows } from './backup.ts'
import { contractRows, processingRows } from './contract.ts'
import { custodyRows } from './custody.ts'
import { directoryRows } from './directory.ts'
import { dutyRows } from './duty.ts'
import { fileRows } from './file.ts'
import { grantRows } from './grant.ts'
import { guidelineRows } from './guideline.ts'
import { incidentRows } from './incident.ts'
import { requestRows } from './request.ts'
import { notificationRows } from './notification.ts'
import { overviewRows } from './overview.ts'
import { personRows } from './person.ts'
import { processorRows } from './processor.ts'
import { privacyRows } from './privacy.ts'
import { proveRows } from './prove.ts'
import { publicPageRows } from './public-page.ts'
import { publicRows } from './public.ts'
import { registerRows } from './register.ts'
import { auditRows } from './audit.ts'
import { noticeRows } from './notice.ts'
import { riskRows } from './risk.ts'
import { reviewRows } from './review.ts'
import { reportRows } from './report.ts'
import { roomRows } from './room.ts'
import type { Row } from './row.ts'
import { shieldRows } from './shield.ts'
import { tenantRows } from './tenant.ts'

/** A row for every operation: without one the types do not fit. */
const rows = {
  ...accountRows,
  ...tenantRows,
  ...accessRows,
  ...grantRows,
  ...directoryRows,
  ...privacyRows,
  ...registerRows,
  ...proveRows,
  ...personRows,
  ...reviewRows,
  ...guidelineRows,
  ...dutyRows,
  ...fileRows,
  ...shieldRows,
  ...riskRows,
  ...auditRows,
  ...noticeRows,
  ...processorRows,
  ...incidentRows,
  ...reportRows,
  ...requestRows,
  ...roomRows,
  ...publicRows,
  ...overviewRows,
  ...notificationRows,
  ...publicPageRows,
  ...backupRows,
  ...custodyRows,
  ...contractRows,
  ...processingRows,
} satisfies Record<keyof Api, Row>

/** What the tests over all operations know of each, by its id. */
export const table: Readonly<Record<string, Row>> = rows
