import type { Direction } from './kinds.ts'

/** A value that a statement promises, as the reader found it. */
export type Value = string | number | boolean | readonly string[]

type Judge = (before: Value, after: Value) => Direction

const higher: Judge = (before, after) => order(Number(before), Number(after))
const lower: Judge = (before, after) => order(Number(after), Number(before))
const longer: Judge = (before, after) => order(secondsOf(before), secondsOf(after))
const shorter: Judge = (before, after) => order(secondsOf(after), secondsOf(before))
const unknown: Judge = () => 'other'

/** What each parameter of a statement is worth; names and units are those of the reader. */
const judges: Readonly<Record<string, Judge>> = {
  tls: higher,
  keyBits: higher,
  passwordLength: higher,
  sla: higher,
  attempts: lower,
  lockout: longer,
  sessionTimeout: shorter,
  screenLock: shorter,
  tokenLifetime: shorter,
  rto: shorter,
  rpo: shorter,
  notification: shorter,
  notice: longer,
  // Longer serves recovery and harms minimisation.
  backupRetention: unknown,
  retention: unknown,
  cipher: (before, after) => order(cipherBits(before), cipherBits(after)),
  hash: (before, after) => order(hashRank(before), hashRank(after)),
  raid: (before, after) => order(raidRank(before), raidRank(after)),
  shredderLevel: (before, after) =>
    String(before)[0] === String(after)[0] ? order(digitOf(before), digitOf(after)) : 'other',
  certificates: (before, after) => sets(before, after, 'weaker', 'stronger'),
  // A further place is for a person to judge; one place fewer is not less protection.
  location: (before, after) => sets(before, after, 'stronger', 'other'),
}

/** Judges a parameter that changed. One that was dropped promises less, one that is new promises more. */
export function directionOf(name: string, before: Value | undefined, after: Value | undefined): Direction {
  if (after === undefined) return 'weaker'
  if (before === undefined) return 'stronger'
  return judges[name]?.(before, after) ?? 'other'
}

/** Judges a rhythm, as ISO 8601 durations: more often is stronger. */
export function directionOfRhythm(before: string | undefined, after: string | undefined): Direction {
  if (after === undefined) return 'weaker'
  if (before === undefined) return 'stronger'
  return shorter(before, after)
}

/** From a rank to a rank; what is not known or equal by rank is for a person to judge. */
function order(before: number, after: number): Direction {
  if (Number.isNaN(before) || Number.isNaN(after) || before === after) return 'other'
  return after > before ? 'stronger' : 'weaker'
}

const seconds: Readonly<Record<string, number>> = {
  Y: 31_557_600,
  M: 2_629_800,
  W: 604_800,
  D: 86_400,
  TH: 3600,
  TM: 60,
  TS: 1,
}

/** The length of an ISO 8601 duration in seconds, months and years as their mean; NaN for anything else. */
function secondsOf(duration: Value): number {
  const [, date = '', time = ''] = /^P((?:\d+[YMWD])*)(?:T((?:\d+[HMS])+))?$/.exec(String(duration)) ?? []
  const parts = [
    ...[...date.matchAll(/(\d+)([YMWD])/g)].map(
      ([, count, unit]) => Number(count) * (seconds[unit ?? ''] ?? Number.NaN),
    ),
    ...[...time.matchAll(/(\d+)([HMS])/g)].map(
      ([, count, unit]) => Number(count) * (seconds[`T${unit ?? ''}`] ?? Number.NaN),
    ),
  ]
  return parts.length === 0 ? Number.NaN : parts.reduce((sum, part) => sum + part, 0)
}

/** AES-256 over AES-128; a change of the mode or of the cipher is for a person to judge. */
function cipherBits(value: Value): number {
  const [, bits] = /^AES-(\d+)/i.exec(String(value)) ?? []
  return Number(bits ?? Number.NaN)
}

/** How hard guessing is made, in steps; between relatives of a step nobody decides by name. */
const hashRanks: readonly RegExp[] = [/^md5/, /^sha-?1$/, /^sha/, /^pbkdf2/, /^(?:bcrypt|scrypt)/, /^argon2/]

function hashRank(value: Value): number {
  const rank = hashRanks.findIndex((pattern) => pattern.test(String(value).toLowerCase()))
  return rank === -1 ? Number.NaN : rank
}

/** Disks that may fail; mirrors and parity are different promises, so they share no rank. */
function raidRank(value: Value): number {
  const level = Number(value)
  if (level === 0) return 0
  if (level === 5) return 5
  if (level === 6) return 6
  return Number.NaN
}

const digitOf = (value: Value): number => Number(/\d/.exec(String(value))?.[0] ?? Number.NaN)

function sets(before: Value, after: Value, ifGone: Direction, ifNew: Direction): Direction {
  const [old, now] = [setOf(before), setOf(after)]
  const gone = [...old].some((one) => !now.has(one))
  const added = [...now].some((one) => !old.has(one))
  if (gone && added) return 'other'
  return gone ? ifGone : ifNew
}

const setOf = (value: Value): Set<string> =>
  new Set(typeof value === 'object' ? value.map((one) => one.toLowerCase()) : [String(value).toLowerCase()])
