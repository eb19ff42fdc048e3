import type { PaperTable } from './paper.ts'

/** A table as rows of plain values, its head first: for files of tables. */
export function paperRows({ columns, rows }: Pick<PaperTable, 'columns' | 'rows'>): (string | number | null)[][] {
  return [
    columns.map(({ title }) => title),
    ...rows.map((row) => row.map((cell) => (typeof cell === 'object' && cell !== null ? cell.word : cell))),
  ]
}
