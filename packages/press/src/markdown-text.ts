import { plain } from './plain.ts'

/**
 * Text of others as Markdown text: what is read is what was written, nothing of it is a heading, a list, a link, an image,
 * HTML or a table.
 *
 * Some readers, GitHub's among them, make links of bare addresses and of names after `@`, even escaped ones. An invisible
 * word joiner (U+2060) in `://`, `www.` and after `@` keeps them text.
 * Its lines stay lines, by hard breaks.
 */
export function escaped(text: string): string {
  return linesOf(text).map(started).join('\\\n')
}

/** {@link escaped}, as one line. */
export function escapedLine(text: string): string {
  return started(linesOf(text).join(' '))
}

/** {@link escaped}, as one line that stands behind something of ours: nothing can begin there but text. */
export function inside(text: string): string {
  return marksOf(linesOf(text).join(' '))
}

function linesOf(text: string): string[] {
  return plain(text)
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .filter((line) => line !== '')
}

function marksOf(line: string): string {
  return line
    .replaceAll(/[\\`*_[\]<>&|~$]/g, '\\$&')
    .replaceAll('://', ':\u2060//')
    .replaceAll(/\b(www)\./gi, '$1\u2060.')
    .replaceAll('@', '@\u2060')
    .replace(/#+$/, (marks) => marks.replaceAll('#', '\\#'))
}

function started(line: string): string {
  return marksOf(line)
    .replace(/^[#+\-=:]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
}

/** A code of one line, whatever backticks it holds. */
export function codeSpan(code: string): string {
  const text = plain(code).replaceAll(/\s+/g, ' ')
  const fence = '`'.repeat(longestRun(text) + 1)
  return text.startsWith('`') || text.endsWith('`') || text === ''
    ? `${fence} ${text} ${fence}`
    : `${fence}${text}${fence}`
}

/** A block of code, whatever backticks it holds. */
export function fenced(code: string): string {
  const text = plain(code)
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}\n${text}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}

/** A table of GitHub's form. Cells are text of others: one line each. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[],
): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => inside(cell)).join(' | ')} |`
  const rule = `| ${align.map((side) => (side === 'right' ? '---:' : '---')).join(' | ')} |`
  return [row(head), rule, ...rows.map(row)].join('\n')
}
