/**
 * Public holidays as Regulation (EEC, Euratom) 1182/71 means them: days that are one in the Member State in which the action
 * is to be taken (Art. 2(1)), here the state of the supervisory authority that is told.
 *
 * Only days that are one in the whole state, by its own law: a holiday of a single Land stretches no outer limit, and the days
 * on which the Union's institutions are closed do not either, since nobody notifies an institution. A state that is not listed
 * has no holiday here: its outer limit is then never too late.
 */
export interface HolidayRule {
  readonly country: string
  /** The law that names the days, in the language of the country. */
  readonly source: string
  /** `MM-DD`. */
  readonly fixed: readonly string[]
  /** Days after Easter Sunday; negative ones before. */
  readonly easter: readonly number[]
  /** The first and the last year for which this list was read. */
  readonly years: readonly [from: number, until: number]
}

export const holidayRules: readonly HolidayRule[] = [
  {
    country: 'DE',
    // The nine days that are common to the laws of all 16 Länder; 3 October by the treaty of unification.
    source: 'Feiertagsgesetze der 16 Länder; Einigungsvertrag, Art. 2 Abs. 2',
    fixed: ['01-01', '05-01', '10-03', '12-25', '12-26'],
    easter: [-2, 1, 39, 50],
    years: [2018, 2099],
  },
  {
    country: 'AT',
    // As of 2019: Good Friday is no holiday for everybody any more.
    source: 'Arbeitsruhegesetz § 7 Abs. 2',
    fixed: ['01-01', '01-06', '05-01', '08-15', '10-26', '11-01', '12-08', '12-25', '12-26'],
    easter: [1, 39, 50, 60],
    years: [2018, 2099],
  },
  {
    country: 'FR',
    source: 'Code du travail, Art. L3133-1',
    fixed: ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'],
    easter: [1, 39, 50],
    years: [2018, 2099],
  },
]

/** Whether a day is a public holiday in the whole of a state. @param day `YYYY-MM-DD` */
export function isHoliday(day: string, country: string): boolean {
  const rule = holidayRules.find((one) => one.country === country)
  const year = Number(day.slice(0, 4))
  if (!rule || year < rule.years[0] || year > rule.years[1]) return false
  return rule.fixed.includes(day.slice(5)) || rule.easter.includes(daysSince(easterOf(year), day))
}

/** Whether a day is a working day: no public holiday, no Sunday and no Saturday (Art. 2(2)). */
export function isWorkingDay(day: string, country: string): boolean {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !isHoliday(day, country)
}

/** Easter Sunday of a year of the Gregorian calendar (the anonymous rule of 1876, after Meeus, Astronomical Algorithms, ch. 8). */
export function easterOf(year: number): string {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(Math.floor(n / 31))}-${two((n % 31) + 1)}`
}

function daysSince(from: string, day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / 86_400_000)
}
