import { linesOf } from './look.ts'
import type { Line, Look } from './look.ts'

const columns: readonly (readonly [name: string, value: (line: Line) => string | number])[] = [
  ['check', ({ check }) => check],
  ['title', ({ rule }) => rule.title],
  ['severity', ({ severity }) => severity],
  ['system', ({ systemName }) => systemName],
  ['system id', ({ system }) => system],
  ['environment', ({ environment }) => environment ?? ''],
  ['subject', ({ subject }) => subject],
  ['state', ({ state }) => state],
  ['reason', ({ reason }) => reason ?? ''],
  ['says', ({ says }) => says],
  ['remedy', ({ state, rule }) => (state === 'fail' ? rule.remedy : '')],
  ['exception', ({ exception }) => exception?.reason ?? ''],
  ['exception until', ({ exception }) => exception?.expires ?? ''],
  ['proves', ({ rule }) => measuresOf(rule, 'proves')],
  ['supports', ({ rule }) => measuresOf(rule, 'supports')],
  ['parameters', ({ asked }) => asked],
  ['looked at', ({ at }) => at],
  ['fresh until', ({ freshUntil }) => freshUntil],
  ['check version', ({ version }) => version],
  ['facts sha256', ({ factsHash }) => factsHash ?? ''],
  ['key', ({ key }) => key],
]

/**
 * A look as a table (RFC 4180), one row for each outcome. With a byte order mark: without it Excel takes UTF-8 for
 * something else. Column names are the same in every language, so that a program can rely on them.
 */
export function* csvOf(look: Look): Generator<string> {
  yield `\uFEFF${csvRow(columns.map(([name]) => name))}`
  for (const line of linesOf(look)) yield csvRow(columns.map(([, value]) => value(line)))
}

function measuresOf({ serves }: Line['rule'], as: 'proves' | 'supports'): string {
  return serves
    .filter((service) => service.as === as)
    .map(({ measure }) => measure)
    .join(' ')
}

/** What a spreadsheet takes for the begin of a formula; East Asian ones take the wide forms too. */
const formula = '[=+\\-@\\t\\r＝＋－＠]'
const begins = new RegExp(`^${formula}`)
/** Where the semicolon parts cells, as in German Excel, a formula may begin behind one. */
const beginsBehind = new RegExp(`([;\\t]\\s*)(?=${formula})`, 'g')

/**
 * A row of a table. An apostrophe before what a spreadsheet would run makes it text (OWASP, CSV injection): what others
 * wrote is text, for whoever opens the file too.
 */
export function csvRow(values: readonly (string | number | null)[]): string {
  return `${values.map(cell).join(',')}\r\n`
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const harmless = value.replace(begins, (first) => `'${first}`).replaceAll(beginsBehind, "$1'")
  return /[",;\r\n\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
