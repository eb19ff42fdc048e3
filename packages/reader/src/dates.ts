/** A date as a document writes it. */
export type StatedDate = {
  /** `YYYY-MM-DD`, or `YYYY-MM` where no day is given. */
  readonly iso: string
  readonly line: number
  readonly text: string
  /** The words before it on its line. */
  readonly before: string
  /** The other reading of a date such as 09-10-2021; null when there is only one. */
  readonly otherwise: string | null
}

const MONTHS =
  'jan feb mar apr may jun jul aug sep oct nov dec mär mai juni juli okt dez januar februar märz april august september oktober november dezember january february march june july october december sept maerz'.split(
    ' ',
  )
const MONTH_NUMBER: Readonly<Record<string, number>> = {
  jan: 1, feb: 2, mar: 3, mär: 3, mae: 3, apr: 4, may: 5, mai: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, okt: 10, nov: 11, dec: 12, dez: 12,
} // prettier-ignore

const MONTH = `(?:${MONTHS.toSorted((a, b) => b.length - a.length).join('|')})\\.?`
const PATTERNS = {
  iso: /(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)/g,
  dotted: /(?<!\d)(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.\s?((?:19|20)\d\d)(?!\d)/g,
  dashed: /(?<!\d)(\d{1,2})[-/](\d{1,2})[-/]((?:19|20)\d\d)(?!\d)/g,
  dayMonth: new RegExp(
    `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?(${MONTH})\\s+((?:19|20)\\d\\d)(?!\\d)`,
    'giu',
  ),
  monthDay: new RegExp(`(?<!\\p{L})(${MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+((?:19|20)\\d\\d)(?!\\d)`, 'giu'),
  month: new RegExp(`(?<!\\p{L})(${MONTH})\\s+((?:19|20)\\d\\d)(?!\\d)`, 'giu'),
  numeric: /(?<![\d./])(0[1-9]|1[0-2])[/.]((?:19|20)\d\d)(?!\d)/g,
}

/** All dates of the lines, in order. */
export function findDates(lines: readonly string[]): StatedDate[] {
  return lines.flatMap((line, index) => datesOfLine(line.slice(0, 4_000), index + 1))
}

function datesOfLine(line: string, number: number): StatedDate[] {
  const found: StatedDate[] = []
  const add = (
    match: RegExpExecArray | RegExpMatchArray,
    year: string,
    month: number,
    day: number | null,
    otherwise: string | null = null,
  ) => {
    if (month >= 1 && month <= 12 && (day === null || (day >= 1 && day <= 31)))
      found.push({
        iso: iso(year, month, day),
        line: number,
        text: match[0],
        before: line.slice(0, match.index),
        otherwise,
      })
  }
  for (const match of line.matchAll(PATTERNS.iso)) add(match, match[1] ?? '', Number(match[2]), Number(match[3]))
  for (const match of line.matchAll(PATTERNS.dotted)) add(match, match[3] ?? '', Number(match[2]), Number(match[1]))
  for (const match of line.matchAll(PATTERNS.dashed)) {
    const [first, second, year] = [Number(match[1]), Number(match[2]), match[3] ?? '']
    const ambiguous = first <= 12 && second <= 12 && first !== second
    if (second <= 12) add(match, year, second, first, ambiguous ? iso(year, first, second) : null)
    else add(match, year, first, second)
  }
  for (const match of line.matchAll(PATTERNS.dayMonth)) add(match, match[3] ?? '', monthOf(match[2]), Number(match[1]))
  for (const match of line.matchAll(PATTERNS.monthDay)) add(match, match[3] ?? '', monthOf(match[1]), Number(match[2]))
  if (found.length === 0) {
    for (const match of line.matchAll(PATTERNS.month)) add(match, match[2] ?? '', monthOf(match[1]), null)
    for (const match of line.matchAll(PATTERNS.numeric)) add(match, match[2] ?? '', Number(match[1]), null)
  }
  return found
}

function monthOf(name: string | undefined): number {
  return MONTH_NUMBER[(name ?? '').slice(0, 3).toLowerCase()] ?? 0
}

function iso(year: string, month: number, day: number | null): string {
  const parts = [year, String(month).padStart(2, '0'), ...(day === null ? [] : [String(day).padStart(2, '0')])]
  return parts.join('-')
}
