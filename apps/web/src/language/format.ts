import type { Language } from '@art32/catalogue'

const locales = { en: 'en-GB', de: 'de-DE' } satisfies Record<Language, string>

/** A day such as `22 Nov 2026`, `22.11.2026`; local time. A text that is no date stays as it is. */
export function day(instant: string, language: Language): string {
  return written(instant, language, { dateStyle: 'medium' })
}

/** A day with its time, local. */
export function moment(instant: string, language: Language): string {
  return written(instant, language, { dateStyle: 'medium', timeStyle: 'short' })
}

/** A day with its time to the second, local. */
export function second(instant: string, language: Language): string {
  return written(instant, language, { dateStyle: 'medium', timeStyle: 'medium' })
}

function written(instant: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(instant)
  return Number.isNaN(date.getTime()) ? instant : new Intl.DateTimeFormat(locales[language], options).format(date)
}

/** A number with the separators of the language. */
export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(locales[language]).format(value)
}

/** A length of time such as `3 days`, `3 Tage`. */
export function duration(value: number, unit: 'second' | 'minute' | 'hour' | 'day', language: Language): string {
  return new Intl.NumberFormat(locales[language], { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}

/** A length of time in the unit that says it best, such as `40 seconds`, `3 hours`. */
export function span(seconds: number, language: Language): string {
  if (seconds < 120) return duration(Math.ceil(seconds), 'second', language)
  if (seconds < 7_200) return duration(Math.round(seconds / 60), 'minute', language)
  if (seconds < 172_800) return duration(Math.round(seconds / 3_600), 'hour', language)
  return duration(Math.round(seconds / 86_400), 'day', language)
}

/** An ISO 8601 duration of one unit, such as `P3M`, as its number and unit; null for any other. */
export function rhythmOf(
  duration: string,
): { readonly unit: 'day' | 'week' | 'month' | 'year' | 'hour' | 'minute'; readonly count: number } | null {
  const match = /^P(?:(\d+)([DWMY])|T(\d+)([HM]))$/.exec(duration)
  if (!match) return null
  if (match[4] !== undefined) return { unit: match[4] === 'H' ? 'hour' : 'minute', count: Number(match[3]) }
  const unit = ({ D: 'day', W: 'week', M: 'month', Y: 'year' } as const)[match[2] as 'D' | 'W' | 'M' | 'Y']
  return { unit, count: Number(match[1]) }
}

/** An ISO 8601 duration of one unit in words, such as `30 days`; any other text stays as it is. */
export function durationWord(text: string, language: Language): string {
  const rhythm = rhythmOf(text)
  if (rhythm === null) return text
  const { unit, count: number } = rhythm
  return new Intl.NumberFormat(locales[language], { style: 'unit', unit, unitDisplay: 'long' }).format(number)
}

/** A value of a parameter or of facts as text. */
export function plainValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainValue).join(', ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}

/** A size in bytes, or thousands or millions of them. */
export function bytesIn(value: number, language: Language): string {
  const [unit, size] =
    value < 1_000
      ? (['byte', 1] as const)
      : value < 1_000_000
        ? (['kilobyte', 1_000] as const)
        : (['megabyte', 1_000_000] as const)
  return new Intl.NumberFormat(locales[language], { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    value / size,
  )
}
