import { accountOperations } from './account/index.ts'
import type { AccountDependencies } from './account/index.ts'
import { checkOperations } from './check/index.ts'
import { connectionOperations } from './connection/index.ts'
import { editionOperations } from './edition/index.ts'
import type { EditionDependencies } from './edition/index.ts'
import { accessOperations, evidenceOperations, invitationOperations } from './evidence/index.ts'
import type { AccessDependencies, InvitationDependencies } from './evidence/index.ts'
import { findingOperations } from './finding/index.ts'
import { measureOperations } from './measure/index.ts'
import type { MeasureDependencies } from './measure/index.ts'
import { systemOperations } from './system/index.ts'
import type { Tenant } from './tenant/index.ts'

/** What all operations together need. */
export interface Dependencies
  extends AccountDependencies, AccessDependencies, InvitationDependencies, MeasureDependencies, EditionDependencies {
  readonly mayBeLocal: (tenant: Tenant) => boolean
}

/** Every operation of the server: what the HTTP API, the OpenAPI document and the remote CLI loop over. */
export function allOperations(dependencies: Dependencies) {
  return [
    ...accountOperations(dependencies),
    ...accessOperations(dependencies),
    ...invitationOperations(dependencies),
    ...evidenceOperations(dependencies),
    ...systemOperations(),
    ...measureOperations(dependencies),
    ...connectionOperations(dependencies),
    ...checkOperations(),
    ...findingOperations(),
    ...editionOperations(dependencies),
  ] as const
}
