import { readParameters } from './parameters.ts'
import type { Parameters, StatementStatus } from './schema.ts'
import { readStatus } from './status.ts'

/** What one sentence says by itself, without the document around it: whether it holds, and the values that it promises. */
export function readLine(text: string): { readonly status: StatementStatus; readonly parameters: Parameters } {
  return { status: readStatus(text, null, null), parameters: readParameters(text) }
}
