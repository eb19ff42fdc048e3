import { accepts } from '../detect/type-of.ts'
import { ShieldError } from '../error.ts'
import type { Plan } from '../plan/plan.ts'
import { detectorsFor } from './detection.ts'

/** A detector that is wrong less often than once in forty without the help of a word; what it looks at is short. */
const CERTAIN = 1 / 40
const LONGEST_DATA = 100

const remedies = {
  csv: 'Say header: false in the plan; the columns are then called #1, #2 …',
  xlsx: 'Name the columns of this sheet by their places in the plan: Sheet1.#1, Sheet1.#2 …',
}

/**
 * The header goes out as it came in. Where the first row is data it must not: names that the plan does not have are looked at.
 *
 * @param titles  of the columns, as they stand there
 * @throws ShieldError one of them is a mail address or a number with check digits
 */
export function refuseData(columns: readonly string[], titles: readonly string[], plan: Plan): void {
  const certain = detectorsFor(plan).filter(
    ({ id, family, chance }) => id === 'email' || (family === 'identifier' && chance <= CERTAIN),
  )
  for (const [place, name] of columns.entries()) {
    const title = titles[place] ?? name
    if (Object.hasOwn(plan.columns, name) || title.length > LONGEST_DATA) continue
    const bytes = new TextEncoder().encode(title)
    const type = certain.find((detector) => accepts(detector, bytes, 0, bytes.length))
    if (type === undefined) continue
    throw new ShieldError(
      `The first row is data: its cell ${place + 1} is of type ${type.id}. ${remedies[plan.format.kind === 'xlsx' ? 'xlsx' : 'csv']}`,
    )
  }
}
