import type { StatementView } from '../api/api.ts'

/** A line for tests: everything else is as a document just read has it. */
export function aLine(id: string, text: string, measures: readonly string[]): StatementView {
  return {
    id,
    line: Number(id),
    page: null,
    section: '',
    level: null,
    text,
    type: 'measure',
    status: 'in-place',
    nature: null,
    parameters: {},
    systems: [],
    cadence: null,
    sure: true,
    condition: null,
    measure: {
      id: `m${id}`,
      revision: 1,
      owner: null,
      guarantor: 'us',
      scope: [],
      environments: ['production'],
      cadence: null,
      visibility: 'public',
      ignored: null,
      assurance: 'stated',
      publicState: 'stated',
      checkedAt: null,
      freshUntil: null,
      next: 'confirm',
      unproven: [],
      exception: null,
      discovered: null,
      parts: measures.map((catalogueId) => ({
        catalogueId,
        confidence: 1,
        confirmedBy: null,
        confirmedAt: null,
        provable: false,
        checks: [],
        signOffs: [],
      })),
    },
  }
}
