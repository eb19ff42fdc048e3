import { addDays, addMonths, dayAt, endOf } from '../calendar/index.ts'

/** What the clock is about: a weakness that is exploited, or a severe incident that touches the product's security. */
export const clocks = ['exploited', 'severe-incident'] as const

/** What the clock is about. */
export type Clock = (typeof clocks)[number]

/** What is to be sent, in this order. */
export const stages = ['warning', 'notification', 'final'] as const

/** What is to be sent. */
export type Stage = (typeof stages)[number]

/** The rule as it is in force, with where it stands. A later one is added with its own day; this one stays. */
export const craRule = {
  id: 'cra-article-14',
  /** The first day on which something is to be reported; also for products placed on the market before (Art. 69(3)). */
  from: '2026-09-11',
  source: 'Regulation (EU) 2024/2847 (Cyber Resilience Act), Art. 14(1) to (4), Art. 16, Art. 71(2)',
  url: 'https://eur-lex.europa.eu/eli/reg/2024/2847/oj',
  /** When this was read. */
  readOn: '2026-11-22',
  warningHours: 24,
  notificationHours: 72,
  /** After a corrective or mitigating measure is there (an exploited weakness, Art. 14(2)(c)). */
  finalDays: 14,
  /** After the notification was sent (a severe incident, Art. 14(4)(c)). */
  finalMonths: 1,
} as const

/** When something is due. */
export interface Deadline {
  readonly stage: Stage
  /** To work by; null: it cannot be said yet, since what it counts from has not happened. */
  readonly dueAt: Date | null
  /** Where Regulation 1182/71 moves the end of a period of days on; the same as `dueAt` otherwise. */
  readonly outerAt: Date | null
  readonly doneAt: Date | null
}

/** What of a report the clock needs. */
export interface Timed {
  readonly clock: Clock | null
  readonly aware_at: Date | null
  readonly warned_at: Date | null
  readonly notified_at: Date | null
  readonly remedy_at: Date | null
  readonly final_at: Date | null
}

/** Whether the duty to report holds at an instant. Days begin where the tenant is. */
export function isInForce(at: Date, timeZone: string): boolean {
  return dayAt(at, timeZone) >= craRule.from
}

/**
 * The deadlines of a clock. Periods of hours run through weekends and changes of the clocks; periods of days begin the day
 * after what they count from, end with their last hour, and end on the next working day where they would on a weekend. Public
 * holidays are not known here, so the outer limit may be later, never earlier.
 *
 * @source Regulation (EU) 2024/2847, Art. 14; Regulation (EEC, Euratom) No 1182/71, Art. 3(1), (2) and (4)
 */
export function deadlinesOf(timed: Timed, timeZone: string): Deadline[] {
  const { clock, aware_at: aware } = timed
  if (clock === null || aware === null || !isInForce(aware, timeZone)) return []
  const after = (hours: number) => new Date(aware.getTime() + hours * 3_600_000)
  const hours = (stage: Stage, dueAt: Date, doneAt: Date | null): Deadline => ({ stage, dueAt, outerAt: dueAt, doneAt })
  return [
    hours('warning', after(craRule.warningHours), timed.warned_at),
    hours('notification', after(craRule.notificationHours), timed.notified_at),
    finalOf(timed, timeZone),
  ]
}

function finalOf(
  { clock, remedy_at: remedy, notified_at: notified, final_at: doneAt }: Timed,
  timeZone: string,
): Deadline {
  const from = clock === 'exploited' ? remedy : notified
  if (from === null) return { stage: 'final', dueAt: null, outerAt: null, doneAt }
  const day = dayAt(from, timeZone)
  const last = clock === 'exploited' ? addDays(day, craRule.finalDays) : addMonths(day, 1)
  return { stage: 'final', dueAt: endOf(last, timeZone), outerAt: endOf(workingDayFrom(last), timeZone), doneAt }
}

function workingDayFrom(day: string): string {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
  return addDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0)
}
