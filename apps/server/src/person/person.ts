import { addDays } from '../calendar/index.ts'

/** How somebody stands on a day. */
export const personStates = ['coming', 'here', 'leaving', 'left'] as const

/** How somebody stands on a day. */
export type PersonState = (typeof personStates)[number]

/** How somebody works for the tenant. */
export const personKinds = ['employee', 'freelancer', 'other'] as const

/** What of a person decides how they stand. Days are `YYYY-MM-DD` where the tenant is. */
export interface Dated {
  readonly joined_on: string | null
  readonly left_on: string | null
}

/** How somebody stands: on the last day they are still here. */
export function stateOf({ joined_on: joined, left_on: left }: Dated, today: string): PersonState {
  if (left !== null && left < today) return 'left'
  if (joined !== null && joined > today) return 'coming'
  return left === null ? 'here' : 'leaving'
}

/** Whether somebody works here on a day. */
export function isHere(person: Dated, today: string): boolean {
  const state = stateOf(person, today)
  return state === 'here' || state === 'leaving'
}

/** The measures of the catalogue that records of people stand behind. */
export const keptMeasures = ['confidentiality-agreements', 'employee-training'] as const

/** A measure of the catalogue that records of people stand behind. */
export type KeptMeasure = (typeof keptMeasures)[number]

/** How many days after somebody joins a record may still be missing. */
export const joiningGraceDays: Readonly<Record<KeptMeasure, number>> = {
  'confidentiality-agreements': 14,
  'employee-training': 30,
}

/** How many days after a training expired it may be repeated before the measure fails. */
export const expiryGraceDays = 30

/** How one person stands to one measure. `due`: missing, and its grace is not over; `expired`: likewise, it counted before. */
export const coverages = ['covered', 'due', 'expired', 'missing'] as const

/** How one person stands to one measure. */
export type Coverage = (typeof coverages)[number]

/** How one person stands to one measure, with the days on which that changes. */
export interface Covered {
  readonly personId: string
  readonly coverage: Coverage
  /** The last day on which it counts; null: it counts until it is taken back, or it does not count. */
  readonly until: string | null
  /** The last day of the grace; null: there is none. */
  readonly graceUntil: string | null
}

/** How somebody stands to confidentiality. @param signed days on which they were bound, of what was not taken back */
export function agreementOf(
  person: Dated & { readonly id: string },
  signed: readonly string[],
  today: string,
): Covered {
  if (signed.some((day) => day <= today))
    return { personId: person.id, coverage: 'covered', until: null, graceUntil: null }
  return missingOf(person, joiningGraceDays['confidentiality-agreements'], today)
}

/** How somebody stands to one course. @param completed the last days on which each completion counts */
export function trainingOf(
  person: Dated & { readonly id: string },
  completed: readonly { readonly completed_on: string; readonly expires_on: string }[],
  today: string,
): Covered {
  const until = completed
    .filter((one) => one.completed_on <= today)
    .map((one) => one.expires_on)
    .toSorted()
    .at(-1)
  if (until === undefined) return missingOf(person, joiningGraceDays['employee-training'], today)
  if (until >= today) return { personId: person.id, coverage: 'covered', until, graceUntil: null }
  const graceUntil = addDays(until, expiryGraceDays)
  return { personId: person.id, coverage: graceUntil >= today ? 'expired' : 'missing', until, graceUntil }
}

/** Who came on a known day has a grace; who was always here has none. */
function missingOf({ id, joined_on: joined }: Dated & { readonly id: string }, days: number, today: string): Covered {
  const graceUntil = joined === null ? null : addDays(joined, days)
  const isDue = graceUntil !== null && graceUntil >= today
  return { personId: id, coverage: isDue ? 'due' : 'missing', until: null, graceUntil }
}

const worse: readonly Coverage[] = ['missing', 'expired', 'due', 'covered']

/** The worst of several: somebody is trained when every course counts that is asked of them. */
export function worstOf(all: readonly Covered[]): Covered | undefined {
  const sorted = all.toSorted((a, b) => worse.indexOf(a.coverage) - worse.indexOf(b.coverage))
  const [first] = sorted
  const days = all.flatMap(({ until }) => until ?? []).toSorted()
  return first && { ...first, until: first.coverage === 'covered' ? (days[0] ?? null) : first.until }
}

/** How everybody together stands to a measure: `n of m`, and what follows for what was signed off. */
export interface Standing {
  readonly covered: number
  readonly of: number
  readonly due: number
  readonly expired: number
  readonly missing: number
  /** The last day on which everything that counts today still does; null: nothing expires. */
  readonly until: string | null
  /** The day after the oldest grace that is over; null: none is. */
  readonly overdueSince: string | null
}

/** Counts people. @param today where somebody has no grace, it is over since today */
export function standingOf(all: readonly Covered[], today: string): Standing {
  const count = (wanted: Coverage) => all.filter(({ coverage }) => coverage === wanted).length
  const over = all.flatMap(({ coverage, graceUntil }) =>
    coverage === 'missing' ? (graceUntil ?? addDays(today, -1)) : [],
  )
  const [oldest] = over.toSorted()
  const counting = all.flatMap(({ coverage, until }) =>
    coverage === 'covered' || coverage === 'expired' ? (until ?? []) : [],
  )
  return {
    covered: count('covered'),
    of: all.length,
    due: count('due'),
    expired: count('expired'),
    missing: count('missing'),
    until: counting.toSorted()[0] ?? null,
    overdueSince: oldest === undefined ? null : addDays(oldest, 1),
  }
}

/** Whether a course is asked of somebody: of everybody, or of the areas that it names, without regard to case. */
export function isAsked(areas: readonly string[], area: string | null): boolean {
  if (areas.length === 0) return true
  return area !== null && areas.some((one) => one.toLowerCase() === area.toLowerCase())
}
