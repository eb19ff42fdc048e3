/** The four models of OSCAL in which an edition is written. */
export const oscalModels = ['catalog', 'component-definition', 'assessment-results', 'poam'] as const

/** A model of OSCAL. */
export type OscalModel = (typeof oscalModels)[number]

/** The name under which a model lies beside the other files of an edition. */
export function oscalFileName(model: OscalModel): string {
  return `oscal-${model}.json`
}
