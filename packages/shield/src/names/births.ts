/** A date straight behind a name, after a comma or in brackets, is that person's birth: `Anna Weber (03.04.1980)`, `Weber, 1980-04-03`. */
import * as gap from '../text/tokens.ts'
import type { Page } from './page.ts'

const BEFORE = gap.SPACE | gap.COMMA | gap.OTHER
const WITHIN = gap.STOP | gap.OTHER | gap.HYPHEN | gap.SPACE

function number(page: Page, index: number): number {
  const { tokens, bytes } = page
  if (tokens.shape[index] !== gap.NUMBER || page.mark[index] !== 0) return -1
  const end = tokens.end[index] ?? 0
  let value = 0
  for (let at = tokens.start[index] ?? 0; at < end && value < 10_000; at += 1)
    value = value * 10 + (bytes[at] ?? 0) - 48
  return value
}

function isYear(value: number): boolean {
  return value >= 1900 && value <= 2030
}

/** Whether the three numbers from `index` on are a day, a month and a year, or the other way round. */
function isDate(page: Page, index: number): boolean {
  const { gap: before } = page.tokens
  if (index + 2 >= page.tokens.count) return false
  const separator = before[index + 1] ?? 0
  if ((separator & ~WITHIN) !== 0 || separator === gap.SPACE || before[index + 2] !== separator) return false
  const [first, middle, last] = [number(page, index), number(page, index + 1), number(page, index + 2)]
  if (middle < 1 || middle > 31) return false
  return (first >= 1 && first <= 31 && isYear(last)) || (isYear(first) && last >= 1 && last <= 31)
}

/** Marks such dates with `mark`, behind names marked `name`. */
export function markBirths(page: Page, name: number, mark: number): void {
  if (!page.hasNumber) return
  const { tokens } = page
  for (let index = 1; index + 2 < tokens.count; index += 1) {
    if (tokens.shape[index] !== gap.NUMBER || page.mark[index - 1] !== name) continue
    const before = tokens.gap[index] ?? 0
    if ((before & ~BEFORE) !== 0 || (before & (gap.COMMA | gap.OTHER)) === 0 || !isDate(page, index)) continue
    for (let word = index; word < index + 3; word += 1) page.mark[word] = mark
  }
}
