/** A table of Markdown, laid out as `npm run fix` would. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...rest] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)]
}

/** A test as a page of `docs/reference` names it. @param names how many of its tests; 0: all */
export function linkTo(file: string, names: number): string {
  const name = file.split('/').slice(-2).join('/').replace('.test.ts', '')
  return `[${name}](../../${file})${names === 0 ? '' : ` (${names})`}`
}
