/**
 * An edition in the four models of OSCAL: what is promised (catalog), by what it is implemented (component definition),
 * what stands behind it (assessment results), and what is still to do (plan of action and milestones).
 *
 * - The same edition gives the same bytes: times are those of the edition, and UUIDs follow from what they name.
 * - A line is satisfied or not satisfied only where the edition knows; what has lapsed or could not be looked at is neither.
 * - What OSCAL has no place for stands in properties of one name space, and all of them in docs/reference/oscal.md.
 *
 * @source NIST OSCAL 1.1.2, RFC 9562
 */
export { oscalModelsOf, renderOscal } from './render.ts'
export { oscalFileName, oscalModels } from './models.ts'
export type { OscalModel } from './models.ts'
export type { OscalDependencies, OscalMeasure } from './scene.ts'
