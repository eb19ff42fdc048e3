import { createHmac, createSecretKey } from 'node:crypto'
import { hmacPlain, keyStates } from '../kernel/hmac.ts'
import { longestMessage, messageRoom } from '../kernel/kernel.ts'
import { copy } from './characters.ts'
import { type DateOrder, dayNumber, emptyDate, readDate, setDay, writeDate } from './date.ts'
import type { SubjectOperation } from './operation.ts'

export interface ShiftOptions {
  /** At most so many days back or forth, 1 to 36,500. */
  readonly days: number
  readonly order?: DateOrder
}

/**
 * Shifts dates by a number of days that the subject's id and the key decide: all dates of one person move alike, so that the spans between them stay (noise,
 * keyed by subject). Never by nothing. The date keeps the way it is written, a time after it stays. What is no date becomes
 * empty, and so does a date whose year would no longer have four digits or, with two, would be read as of another century.
 *
 * @param key  32 bytes, derived with the purpose `shift`
 */
export function shiftDates(key: Uint8Array, options: ShiftOptions): SubjectOperation {
  const { days, order = 'dmy' } = options
  if (!Number.isInteger(days) || days < 1 || days > 36_500) throw new RangeError('A shift is of 1 to 36,500 days.')
  const shiftOf = subjectShift(key, days)
  const date = emptyDate()
  const check = emptyDate()
  return {
    apply(bytes, start, end, subject, out, at) {
      if (!readDate(bytes, start, end, order, date)) return 0
      setDay(date, dayNumber(date) + shiftOf(subject))
      if (date.year < 1000 || date.year > 9999) return 0
      const length = writeDate(date, out, at)
      if (date.yearDigits === 2 && !(readDate(out, at, at + length, order, check) && check.year === date.year)) return 0
      return length + copy(bytes, date.after, end, out, at + length)
    },
  }
}

/** The shift of a subject, −days to −1 or 1 to days. The last one is kept: a record's dates come one after the other. */
function subjectShift(key: Uint8Array, days: number): (subject: Uint8Array) => number {
  const states = keyStates(key)
  const secret = createSecretKey(key)
  const message = new Uint8Array(messageRoom)
  const length = new Uint8Array(1)
  const code = new Uint8Array(16)
  let last = new Uint8Array(0)
  let shift = 0
  return (subject) => {
    if (shift !== 0 && isEqual(subject, last)) return shift
    last = new Uint8Array(subject)
    if (subject.length > longestMessage) {
      code.set(createHmac('sha256', secret).update(subject).digest().subarray(0, 16))
    } else {
      copy(subject, 0, subject.length, message, 0)
      length[0] = subject.length
      hmacPlain(states, message, length, 1, code)
    }
    shift = shiftFrom(code, days)
    return shift
  }
}

/** 48 bits of the code over 2 × days shifts: none is likelier than another by more than one in a billion. */
function shiftFrom(code: Uint8Array, days: number): number {
  let number = 0
  for (let i = 0; i < 6; i += 1) number = number * 256 + (code[i] ?? 0)
  const shift = (number % (2 * days)) - days
  return shift < 0 ? shift : shift + 1
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}
