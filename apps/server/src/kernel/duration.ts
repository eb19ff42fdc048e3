const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/**
 * Adds an ISO 8601 duration to an instant, in UTC; months and years by the calendar.
 *
 * @param duration e.g. `P1Y`, `P90D`, `PT15M`
 * @throws RangeError when it is not an ISO 8601 duration
 */
export function addDuration(at: Date, duration: string): Date {
  const match = pattern.exec(duration)
  if (!match || duration === 'P' || duration.endsWith('T'))
    throw new RangeError(`'${duration}' is not an ISO 8601 duration such as P1Y or PT15M`)
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const end = new Date(at)
  end.setUTCMonth(end.getUTCMonth() + years * 12 + months)
  return new Date(end.getTime() + ((weeks * 7 + days) * 86_400 + hours * 3_600 + minutes * 60 + seconds) * 1_000)
}
