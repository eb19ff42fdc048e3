/* Makes docs/reference/catalogue.md: what is written down for each measure, with the checks that say they serve it. */
import { referencePage } from '@art32/catalogue'
import { checks } from '@art32/probes'

/** The page as Markdown. */
export function cataloguePage(): string {
  return referencePage(({ id: measure }) =>
    checks.flatMap(({ id, serves }) =>
      serves.flatMap((service) => (service.measure === measure ? [{ id, relation: service.as }] : [])),
    ),
  )
}
