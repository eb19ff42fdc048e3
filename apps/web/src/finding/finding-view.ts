import type { Tone } from '@art32/press'
import type { CommentView, FindingView, HistoryEvent } from '../api/api.ts'

const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly FindingView['severity'][]

/** The lists of findings, as the address names them; suspected ones stand among the open. */
export const lists = ['open', 'excepted', 'closed'] as const

/** Findings with the most urgent first: what is only suspected last, by severity, by due date (none comes last), by age. */
export function byUrgency(findings: readonly FindingView[]): FindingView[] {
  return findings.toSorted(
    (left, right) =>
      Number(left.state === 'suspected') - Number(right.state === 'suspected') ||
      rank(left) - rank(right) ||
      (left.due ?? '9').localeCompare(right.due ?? '9') ||
      left.openedAt.localeCompare(right.openedAt),
  )
}

function rank({ severity }: FindingView): number {
  return severities.indexOf(severity)
}

/** Whether an open finding is past its due date. @param today  `YYYY-MM-DD` */
export function isOverdue({ state, due }: FindingView, today: string): boolean {
  return state === 'open' && due !== null && due.slice(0, 10) < today
}

/** What it is about: the system, and what of it, unless that is the same. */
export function nameOf({ systemName, subject }: FindingView): string {
  return systemName === subject || subject === '*' ? systemName : `${systemName} · ${subject}`
}

/** Glyph and tone of how it stands; the words say it, too. */
export function signOf({ state, severity }: FindingView): { readonly glyph: string; readonly tone: Tone | 'quiet' } {
  if (state === 'suspected') return { glyph: '△', tone: 'waiting' }
  if (state === 'excepted') return { glyph: '◇', tone: 'waiting' }
  if (state === 'closed') return { glyph: '●', tone: 'quiet' }
  return { glyph: '▲', tone: severity === 'high' || severity === 'critical' ? 'bad' : 'quiet' }
}

/** The days that an exception may end on: today at the earliest, twelve months at the latest, three as a start. */
export function spanOfException(now: Date): {
  readonly first: string
  readonly usual: string
  readonly latest: string
} {
  const after = (months: number) => {
    const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, now.getUTCDate()))
    // A month without this day ends before it.
    if (day.getUTCDate() !== now.getUTCDate()) day.setUTCDate(0)
    return day.toISOString().slice(0, 10)
  }
  return { first: after(0), usual: after(3), latest: after(12) }
}

/** What happened, or what somebody said. */
export type Entry =
  | { readonly kind: 'event'; readonly event: HistoryEvent }
  | { readonly kind: 'comment'; readonly comment: CommentView }

/** Events and comments as one story, the newest first. */
export function inTime(events: readonly HistoryEvent[], comments: readonly CommentView[]): Entry[] {
  const entries: readonly (Entry & { readonly at: string })[] = [
    ...events.map((event) => ({ kind: 'event' as const, event, at: event.at })),
    ...comments.map((comment) => ({ kind: 'comment' as const, comment, at: comment.at })),
  ]
  return entries.toSorted((left, right) => right.at.localeCompare(left.at))
}
