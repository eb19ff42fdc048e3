/**
 * A table as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8.
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection): what people wrote
 * is text, for whoever opens the file too.
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): Buffer {
  return Buffer.from(`\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`)
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
