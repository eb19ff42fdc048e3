import type { Source } from '../block.ts'
import type { Coverage, Fault, ReadResult, Statement } from '../schema.ts'

/** All that a rule may look at. */
export type Examined = {
  readonly source: Source
  readonly statements: readonly Statement[]
  readonly coverage: Coverage
  readonly document: ReadResult['document']
  readonly now: Date
}

/** The faults of a document, in the order of the catalogue's document rules. */
export function findFaults(_examined: Examined): Fault[] {
  return []
}
