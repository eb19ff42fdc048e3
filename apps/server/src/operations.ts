import { invitationOperations, manageOperations, memberOperations } from './access/index.ts'
import type { InvitationDependencies, ManageDependencies, MemberDependencies } from './access/index.ts'
import { accountOperations } from './account/index.ts'
import type { AccountDependencies } from './account/index.ts'
import { checkOperations } from './check/index.ts'
import { connectionOperations } from './connection/index.ts'
import { custodyOperations } from './custody/index.ts'
import type { CustodyDependencies } from './custody/index.ts'
import { editionOperations } from './edition/index.ts'
import type { EditionDependencies } from './edition/index.ts'
import { evidenceOperations } from './evidence/index.ts'
import { findingOperations } from './finding/index.ts'
import { measureOperations } from './measure/index.ts'
import type { MeasureDependencies } from './measure/index.ts'
import { systemOperations } from './system/index.ts'
import type { Tenant } from './tenant/index.ts'

/** What all operations together need. */
export interface Dependencies
  extends
    AccountDependencies,
    ManageDependencies,
    MemberDependencies,
    InvitationDependencies,
    MeasureDependencies,
    EditionDependencies,
    CustodyDependencies {
  readonly mayBeLocal: (tenant: Tenant) => boolean
}

/** Every operation of the server: what the HTTP API, the OpenAPI document and the remote CLI loop over. */
export function allOperations(dependencies: Dependencies) {
  return [
    ...accountOperations(dependencies),
    ...manageOperations(dependencies),
    ...memberOperations(dependencies),
    ...invitationOperations(dependencies),
    ...evidenceOperations(dependencies),
    ...systemOperations(),
    ...measureOperations(dependencies),
    ...connectionOperations(dependencies),
    ...checkOperations(),
    ...findingOperations(),
    ...editionOperations(dependencies),
    ...custodyOperations(dependencies),
  ] as const
}
