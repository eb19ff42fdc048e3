import type { Text } from '@art32/probes'

/** How grave a fail is. */
export type Severity = 'low' | 'medium' | 'high' | 'critical'

/**
 * How a finding stands. `suspected`: seen once, after looks that saw nothing wrong; nobody is told before a second look says the
 * same. `excepted`: an exception holds for it, whether it fails at the moment or not.
 */
export const findingStates = ['open', 'suspected', 'excepted', 'closed'] as const

/** How a finding stands. */
export type FindingState = (typeof findingStates)[number]

/** What its state is computed from. */
export interface Times {
  readonly opened_at: Date | null
  readonly suspected_at: Date | null
  readonly closed_at: Date | null
}

/** Computed, never set: from what looks saw, and from whether an exception holds. */
export function stateOf({ suspected_at: suspected, closed_at: closed }: Times, isExcepted: boolean): FindingState {
  if (isExcepted) return 'excepted'
  if (suspected !== null) return 'suspected'
  return closed === null ? 'open' : 'closed'
}

/** What one look does to the finding of one subject. */
export type Step = 'open' | 'reopen' | 'suspect' | 'see' | 'close' | 'dismiss' | 'leave'

/**
 * | the finding     | the look says fail                                  | says something else | could not look |
 * |-----------------|-----------------------------------------------------|---------------------|----------------|
 * | none            | suspect; open where the check never judged before   | –                   | –              |
 * | suspected       | open, or reopen what was open before                | dismiss             | leave          |
 * | open            | see                                                 | close               | leave          |
 * | closed          | suspect                                             | leave               | leave          |
 */
export function stepOf(
  finding: Times | undefined,
  look: { readonly fails: boolean; readonly judged: boolean; readonly judgedBefore: boolean },
): Step {
  if (!look.judged) return 'leave'
  if (finding?.suspected_at) return look.fails ? (finding.opened_at === null ? 'open' : 'reopen') : 'dismiss'
  if (finding && finding.closed_at === null) return look.fails ? 'see' : 'close'
  if (!look.fails) return 'leave'
  return finding || look.judgedBefore ? 'suspect' : 'open'
}

const dueDays: Readonly<Record<Severity, number>> = { critical: 7, high: 30, medium: 90, low: 180 }

/** The day on which a finding that opens now is due, `YYYY-MM-DD`. */
export function dueOf(severity: Severity, now: Date): string {
  return dayAfter(now, dueDays[severity])
}

/** The day so many days after an instant, in UTC. */
export function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

/** The last day that an exception may have: the same day of the next year, or the last one of its month. */
export function latestEnd(now: Date): string {
  const end = new Date(Date.UTC(now.getUTCFullYear() + 1, now.getUTCMonth(), now.getUTCDate()))
  // 29 February has no day of its own in the next year.
  if (end.getUTCMonth() !== now.getUTCMonth()) end.setUTCDate(0)
  return end.toISOString().slice(0, 10)
}

const dayFormat = {
  'en-GB': new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }),
  'de-DE': new Intl.DateTimeFormat('de-DE', { dateStyle: 'medium', timeZone: 'UTC' }),
}

/** So many days before its end whoever must act is reminded of an exception, and once more on its last day. */
export const reminderDays = 14

/** Whether somebody is to be reminded today, and of what; not of what was declared for no longer than that. */
export function reminderOf(
  exception: { readonly until: string; readonly reminded_on: string | null; readonly declared_at: Date },
  now: Date,
): 'soon' | 'today' | null {
  const { until, reminded_on: reminded, declared_at: declared } = exception
  const today = dayAfter(now, 0)
  if (dayAfter(declared, 0) === today || reminded === today || until < today) return null
  if (until === today) return 'today'
  const isNear = until <= dayAfter(now, reminderDays) && dayAfter(declared, reminderDays) < until
  return isNear && reminded === null ? 'soon' : null
}

/** An exception that holds for something else, and on what. */
export interface Declared {
  readonly checkId: string
  readonly systemId: string
  readonly systemName: string
  readonly subject: string
  readonly until: string
}

/**
 * The exception that nearly covers a finding: of the same check, for another subject of the system, or for the same subject
 * of another system.
 */
export function nearException(
  finding: { readonly check_id: string; readonly system_id: string; readonly subject: string },
  declared: readonly Declared[],
): Text | null {
  const same = declared.filter(({ checkId }) => checkId === finding.check_id)
  const here = same.find(({ systemId, subject }) => systemId === finding.system_id && subject !== finding.subject)
  const there = same.find(({ systemId, subject }) => systemId !== finding.system_id && subject === finding.subject)
  const near = here ?? there
  if (!near) return null
  const { subject, systemName, until } = near
  const day = (language: 'en-GB' | 'de-DE') => dayFormat[language].format(new Date(until))
  return {
    en: `Would be excepted if it were declared: an exception until ${day('en-GB')} is for “${subject}” on ${systemName}, not for this.`,
    de: `Wäre ausgenommen, wenn es erklärt wäre: Eine Ausnahme bis ${day('de-DE')} gilt für „${subject}“ auf ${systemName}, nicht hierfür.`,
  }
}
