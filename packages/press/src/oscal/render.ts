import { linesOf } from '../edition.ts'
import type { EditionDocument } from '../edition.ts'
import { catalogOf } from './catalog.ts'
import { definitionOf } from './definition.ts'
import { oscalModels } from './models.ts'
import type { OscalModel } from './models.ts'
import { isOpen, planOf } from './plan.ts'
import { resultsOf } from './results.ts'
import { sceneOf } from './scene.ts'
import type { OscalDependencies } from './scene.ts'

/**
 * Writes an edition in one of the models, as it stands; apply `editionFor` first to leave out what its readers may not see.
 *
 * @returns one line of JSON; null for the plan of an edition in which nothing is open, since OSCAL has no empty plan
 * @throws {RangeError} an edition whose date lies outside of the years 1900 to 2999
 * @source NIST OSCAL 1.1.2, RFC 9562
 */
export function renderOscal(
  model: OscalModel,
  edition: EditionDocument,
  dependencies: OscalDependencies,
): string | null {
  const document = writers[model](sceneOf(edition, dependencies))
  return document === null ? null : `${JSON.stringify(document)}\n`
}

const writers = {
  catalog: catalogOf,
  'component-definition': definitionOf,
  'assessment-results': resultsOf,
  poam: planOf,
} as const

/** The models that an edition has: without a plan where nothing is open. */
export function oscalModelsOf(edition: EditionDocument): OscalModel[] {
  const hasPlan = linesOf(edition.sections).some(isOpen)
  return oscalModels.filter((model) => model !== 'poam' || hasPlan)
}
