import type { RuleLevel } from '@art32/catalogue'
import type { Source } from '../block.ts'
import type { Coverage, ReadResult, Statement } from '../schema.ts'

/** All that a rule may look at. */
export type Examined = {
  readonly source: Source
  readonly statements: readonly Statement[]
  readonly coverage: Coverage
  readonly document: ReadResult['document']
  readonly now: Date
}

/** Where a rule found its fault, in the words of the document; a level only where it differs from the rule's. */
export type Place = { readonly line: number | null; readonly text: string; readonly level?: RuleLevel }

/** Looks for one fault. */
export type Detector = (examined: Examined) => readonly Place[]

/** A fault of the whole document: something is not there. */
export const absent: readonly Place[] = [{ line: null, text: '' }]

/** Shortest quotation that a reader recognises; a single word is shown with its neighbours. */
const QUOTE = 24

/** The words of a match, with those around it where it is short. */
export function quote(text: string, match: RegExpExecArray): string {
  let from = match.index
  let to = match.index + match[0].length
  if (to - from < QUOTE) {
    from = Math.max(0, text.lastIndexOf(' ', Math.max(0, from - 20)) + 1)
    const space = text.indexOf(' ', Math.min(text.length, to + 20))
    to = space < 0 ? text.length : space
  }
  return text.slice(from, Math.min(to, from + 160)).trim()
}

/** Lines of the document as they stand, without comment blocks and fences. */
export function linesOf({ source }: Examined): { line: number; text: string }[] {
  const skipped = new Set(source.blocks.filter((block) => block.kind === 'skip').map((block) => block.line))
  return source.lines
    .map((text, index) => ({ line: index + 1, text: text.slice(0, 20_000) }))
    .filter(({ line, text }) => text.trim() !== '' && !skipped.has(line))
}

/** A detector that looks at every line for an expression, once per line. */
export function inLines(pattern: RegExp, unless?: RegExp): Detector {
  return (examined) =>
    linesOf(examined).flatMap(({ line, text }) => {
      const match = pattern.exec(text)
      return match && !unless?.test(text) ? [{ line, text: quote(text, match) }] : []
    })
}

/** A detector that looks at the statements that say what is done, once per statement. */
export function inStatements(pattern: RegExp, unless?: (statement: Statement) => boolean): Detector {
  return ({ statements }) =>
    statements.flatMap((statement) => {
      if (statement.type === 'heading' || statement.type === 'meta' || unless?.(statement)) return []
      const match = pattern.exec(statement.text)
      return match ? [{ line: statement.line, text: quote(statement.text, match) }] : []
    })
}

/** A whole statement as a place. */
export function at(statement: Statement, level?: RuleLevel): Place {
  return { line: statement.line, text: statement.text.slice(0, 160), ...(level === undefined ? {} : { level }) }
}

/** Whether a statement speaks of any of these measures. */
export function speaksOf(statement: Statement, ...ids: readonly string[]): boolean {
  return statement.measures.some((measure) => ids.includes(measure.id))
}

/** Whether a measure is there: in place or under a condition, not planned or negated. */
export function isThere(statement: Statement): boolean {
  return statement.status === 'in-place' || statement.status === 'conditional'
}

/** Whether any statement that is there speaks of any of these measures. */
export function has({ statements }: Examined, ...ids: readonly string[]): boolean {
  return statements.some((statement) => isThere(statement) && speaksOf(statement, ...ids))
}
