import { availability } from './measures/availability.ts'
import { byDefault } from './measures/by-default.ts'
import { dataAccess } from './measures/data-access.ts'
import { encryption } from './measures/encryption.ts'
import { incident } from './measures/incident.ts'
import { input } from './measures/input.ts'
import { order } from './measures/order.ts'
import { organisation } from './measures/organisation.ts'
import { physicalAccess } from './measures/physical-access.ts'
import { pseudonymisation } from './measures/pseudonymisation.ts'
import { recoverability } from './measures/recoverability.ts'
import { resilience } from './measures/resilience.ts'
import { review } from './measures/review.ts'
import { separation } from './measures/separation.ts'
import { systemAccess } from './measures/system-access.ts'
import { transfer } from './measures/transfer.ts'
import { art32Points } from './measure.ts'
import type { CatalogueMeasure } from './measure.ts'

/** All measures, in the order of the control groups. */
export const catalogue: readonly CatalogueMeasure[] = [
  ...physicalAccess,
  ...systemAccess,
  ...dataAccess,
  ...separation,
  ...pseudonymisation,
  ...encryption,
  ...transfer,
  ...input,
  ...availability,
  ...resilience,
  ...recoverability,
  ...order,
  ...review,
  ...incident,
  ...organisation,
  ...byDefault,
].map((entry) => ({ ...entry, art32: art32Points(entry.refs.gdpr) }))

const byId: ReadonlyMap<string, CatalogueMeasure> = new Map(catalogue.map((measure) => [measure.id, measure]))

/** The measure with this id, or undefined where the catalogue has none. */
export function findMeasure(id: string): CatalogueMeasure | undefined {
  return byId.get(id)
}
