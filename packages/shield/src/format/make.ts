import type { FormatPlan } from '../plan/plan.ts'
import { csvFormat } from './csv.ts'
import type { Format } from './fields.ts'
import { jsonFormat, ndjsonFormat } from './json.ts'
import { rowFormat } from './rows.ts'
import { sqlFormat } from './sql.ts'
import { textFormat } from './text.ts'

/**
 * How files of this kind are cut, read and written.
 *
 * @param columns of a CSV file those that it has, else those that the plan names
 */
export function makeFormat(plan: FormatPlan, columns: readonly string[]): Format {
  switch (plan.kind) {
    case 'csv':
      return csvFormat(columns, plan)
    case 'ndjson':
      return ndjsonFormat(columns)
    case 'json':
      return jsonFormat(columns)
    case 'text':
      return textFormat()
    case 'sql':
      return sqlFormat()
    case 'xlsx':
    case 'parquet':
      return rowFormat(columns)
  }
}
