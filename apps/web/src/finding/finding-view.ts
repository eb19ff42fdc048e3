import type { FindingView } from '../api/api.ts'

const severities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly FindingView['severity'][]

/** Findings with the most urgent first: by severity, then by due date (none comes last), then by age. */
export function byUrgency(findings: readonly FindingView[]): FindingView[] {
  return findings.toSorted(
    (left, right) =>
      rank(left) - rank(right) ||
      (left.due ?? '9').localeCompare(right.due ?? '9') ||
      left.openedAt.localeCompare(right.openedAt),
  )
}

function rank({ severity }: FindingView): number {
  return severities.indexOf(severity)
}

/** Whether an open finding is past its due date. @param today  `YYYY-MM-DD` */
export function isOverdue({ due, closedAt }: FindingView, today: string): boolean {
  return closedAt === null && due !== null && due.slice(0, 10) < today
}
