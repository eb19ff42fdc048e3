import { Unreadable } from '../engine/reading.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * A time as feeds write it: ISO 8601, without zone in UTC, or RFC 822. Strange ones end the look: an incident whose time is
 * not understood could otherwise be left out unseen.
 *
 * @throws {Unreadable} contract
 */
export function timeOf(text: string): string {
  const parts = isoParts(text.trim()) ?? mailParts(text.trim())
  if (parts === undefined) throw new Unreadable('contract', 'the feed has a time that cannot be read')
  const [year, month, day, hour, minute, second, zone] = parts
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && hour < 24 && minute < 60 && second < 61
  if (!isReal || year < 2000 || year > 2100) throw new Unreadable('contract', 'the feed has a time that cannot be')
  return new Date(at.getTime() - zone * 60_000).toISOString()
}

type Parts = readonly [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zone: number,
]

function isoParts(text: string): Parts | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s?(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(
    text,
  )
  if (found === null) return undefined
  const [, year, month, day, hour, minute, second = '0', zone = 'Z'] = found
  return [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), minutesOf(zone)]
}

function mailParts(text: string): Parts | undefined {
  const found =
    /^(?:[a-z]{3},\s?)?(\d{1,2})\s([a-z]{3})\s(\d{4})\s(\d\d):(\d\d)(?::(\d\d))?\s(Z|UT|UTC|GMT|[+-]\d{4})$/i.exec(text)
  if (found === null) return undefined
  const [, day, month = '', year, hour, minute, second = '0', zone = 'Z'] = found
  const index = months.indexOf(month.toLowerCase())
  if (index < 0) return undefined
  return [Number(year), index + 1, Number(day), Number(hour), Number(minute), Number(second), minutesOf(zone)]
}

function minutesOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
