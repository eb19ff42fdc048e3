import { aRegister } from './register.ts'
import type { Row } from './row.ts'
import { after } from './world.ts'

/** How tenants stand. */
export const overviewRows = {
  'overview.list': {},
  'overview.report': { input: after(aRegister) },
  'overview.reports': {},
} satisfies Record<string, Row>
