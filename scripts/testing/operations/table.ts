import type { Api } from '../../../apps/server/src/api.ts'
import { accessRows } from './access.ts'
import { accountRows } from './account.ts'
import { directoryRows } from './directory.ts'
import { proveRows } from './prove.ts'
import { registerRows } from './register.ts'
import type { Row } from './row.ts'
import { tenantRows } from './tenant.ts'

/** A row for every operation: without one the types do not fit. */
const rows = {
  ...accountRows,
  ...tenantRows,
  ...accessRows,
  ...directoryRows,
  ...registerRows,
  ...proveRows,
} satisfies Record<keyof Api, Row>

/** What the tests over all operations know of each, by its id. */
export const table: Readonly<Record<string, Row>> = rows
