/** The formats in which outcomes leave, as the server names them. */
export const formats = ['csv', 'oscal', 'ocsf', 'sarif', 'junit'] as const

/** The name of one. */
export type ExportFormat = (typeof formats)[number]

/** What somebody chose; days, or empty. */
export interface Wanted {
  readonly format: ExportFormat
  readonly from: string
  readonly to: string
}

/** Whether a format tells how it stands at one time, so that a period makes no sense in it. */
export function isOfOneTime(format: ExportFormat): boolean {
  return format === 'sarif' || format === 'junit'
}

/** What the server is asked: days mean the first moment of one to the last of the other, where the person is. */
export function exportQuery(
  { format, from, to }: Wanted,
  environment: string | null,
  language: string,
): Record<string, string> {
  const start = isOfOneTime(format) ? undefined : instant(from, 0)
  const end = isOfOneTime(format) ? undefined : instant(to, 1)
  return {
    format,
    language,
    ...(environment === null ? {} : { environment }),
    ...(start === undefined ? {} : { from: start }),
    ...(end === undefined ? {} : { to: end }),
  }
}

function instant(day: string, later: number): string | undefined {
  const date = new Date(`${day}T00:00:00`)
  if (Number.isNaN(date.getTime())) return undefined
  date.setDate(date.getDate() + later)
  return date.toISOString()
}
