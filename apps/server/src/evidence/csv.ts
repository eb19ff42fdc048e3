import { csvRow } from '@art32/probes'

/** A table as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8, and without formulas. */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): Buffer {
  return Buffer.from(`\uFEFF${rows.map(csvRow).join('')}`)
}
