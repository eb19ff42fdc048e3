import { hash } from 'node:crypto'
import { findMeasure } from '@art32/catalogue'
import { oscalFileName, oscalModels, oscalModelsOf, renderOscal } from '@art32/press'
import type { EditionDocument, OscalModel } from '@art32/press'
import { editionErrors } from './errors.ts'

/** The formats under which the four models are asked for. */
export const oscalFormats = [
  'oscal-catalog',
  'oscal-component-definition',
  'oscal-assessment-results',
  'oscal-poam',
] as const

/** An edition as OSCAL; null for the plan of one in which nothing is open. */
function oscalOf(model: OscalModel, edition: EditionDocument): string | null {
  return renderOscal(model, edition, {
    sha1: (bytes) => hash('sha1', bytes, 'buffer'),
    measureOf: findMeasure,
  })
}

/** A format of OSCAL. */
type OscalFormat = (typeof oscalFormats)[number]

/** Whether a format is one of OSCAL's. */
export function isOscal(format: string): format is OscalFormat {
  return oscalFormats.some((one) => one === format)
}

/**
 * The download of a format.
 *
 * @throws {edition.nothing_open} the plan of an edition in which nothing is open
 */
export function oscalDownload(
  format: OscalFormat,
  name: string,
  edition: EditionDocument,
): { name: string; type: string; bytes: Buffer } {
  const model = oscalModels.find((one) => format === `oscal-${one}`)
  const text = model === undefined ? null : oscalOf(model, edition)
  if (text === null) throw editionErrors.nothing_open()
  return { name: `${name}-${format}.json`, type: 'application/json', bytes: Buffer.from(text) }
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
