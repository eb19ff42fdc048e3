import { hash } from 'node:crypto'
import { findMeasure } from '@art32/catalogue'
import { oscalFileName, oscalModels, oscalModelsOf, renderOscal } from '@art32/press'
import type { EditionDocument, OscalModel } from '@art32/press'

/** The formats under which the four models are asked for. */
export const oscalFormats = [
  'oscal-catalog',
  'oscal-component-definition',
  'oscal-assessment-results',
  'oscal-poam',
] as const

/** An edition as OSCAL; null for the plan of one in which nothing is open. */
export function oscalOf(model: OscalModel, edition: EditionDocument): string | null {
  return renderOscal(model, edition, {
    sha1: (bytes) => hash('sha1', bytes, 'buffer'),
    measureOf: findMeasure,
  })
}

/** The model that a format is; undefined for other formats. */
export function oscalModelOf(format: string): OscalModel | undefined {
  return oscalModels.find((model) => format === `oscal-${model}`)
}

/** A file of the public page; undefined for a name that is none of OSCAL's, null where nothing is open. */
export function oscalFile(name: string, edition: EditionDocument): string | null | undefined {
  const model = oscalModels.find((one) => oscalFileName(one) === name)
  return model && oscalOf(model, edition)
}

/** The addresses of the files that an edition has, below that of its page. */
export function oscalLinks(page: string, edition: EditionDocument): Partial<Record<OscalModel, string>> {
  return Object.fromEntries(oscalModelsOf(edition).map((model) => [model, `${page}/${oscalFileName(model)}`]))
}
