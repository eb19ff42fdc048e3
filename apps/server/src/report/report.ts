/** How a report stands. */
export const states = [
  'received',
  'acknowledged',
  'confirmed',
  'mended',
  'disclosed',
  'not-a-vulnerability',
  'duplicate',
] as const

/** How a report stands. */
export type ReportState = (typeof states)[number]

/** What a report may become. Whoever takes it for no weakness, or for known, may have been wrong. */
const next: Readonly<Record<ReportState, readonly ReportState[]>> = {
  received: ['acknowledged', 'confirmed', 'not-a-vulnerability', 'duplicate'],
  acknowledged: ['confirmed', 'not-a-vulnerability', 'duplicate'],
  confirmed: ['mended', 'not-a-vulnerability', 'duplicate'],
  mended: ['disclosed', 'confirmed'],
  disclosed: [],
  'not-a-vulnerability': ['acknowledged'],
  duplicate: ['acknowledged'],
}

/** What a report may become from here. */
export function nextStates(state: ReportState): readonly ReportState[] {
  return next[state]
}

/** Whether nothing more is to be done. */
export function isOver(state: ReportState): boolean {
  return state === 'disclosed' || state === 'not-a-vulnerability' || state === 'duplicate'
}

/** Days for which whoever reported may still write after the end, and months for which they may read. */
export const writeDays = 30
export const readMonths = 12

/** Most messages of one report, and of whoever reported in a day. */
export const mostMessages = 500
export const mostADay = 20

/** What of a report the figures need. */
export interface Counted {
  readonly acknowledge_by: string
  readonly acknowledged_at: Date | null
}

/** “Acknowledged on time 5 of 5”, with what it is made of. */
export interface Figure {
  readonly onTime: number
  /** Acknowledged, or too late by now: what may still be in time counts for nothing. */
  readonly counted: number
  /** The oldest promised day of those that nobody has acknowledged and that are late. */
  readonly lateSince: string | null
}

/** @param dayOf the day of an instant in the tenant's time zone */
export function figureOf(reports: readonly Counted[], today: string, dayOf: (at: Date) => string): Figure {
  const counted = reports.filter(({ acknowledged_at: at, acknowledge_by: by }) => at !== null || by < today)
  const onTime = counted.filter(({ acknowledged_at: at, acknowledge_by: by }) => at !== null && dayOf(at) <= by)
  const late = counted.filter(({ acknowledged_at: at }) => at === null).map(({ acknowledge_by: by }) => by)
  return { onTime: onTime.length, counted: counted.length, lateSince: late.toSorted()[0] ?? null }
}
