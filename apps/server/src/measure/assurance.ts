import type { Assurance } from '@art32/press'

/** What the document says about a measure. */
export type StatementStatus = 'in-place' | 'planned' | 'not-in-place' | 'conditional' | 'not-applicable'

/** The last verdict of one check, with the statement's parameters, on one system in scope. */
export interface CheckBacking {
  readonly relation: 'proves' | 'supports'
  /** The last verdict; `not-evaluated` only where there never was one. */
  readonly state: 'pass' | 'fail' | 'info' | 'not-evaluated' | 'not-applicable'
  readonly freshUntil: Date
  /** Exceptions hold for this check on this system and, where it says fail, cover all that fails. */
  readonly excepted?: boolean
}

/** A duty or a guideline that stands behind a measure. */
export interface SignOffBacking {
  /** The first instant at which its last sign-off does not count any more; null: nobody has signed off yet. */
  readonly freshUntil: Date | null
  /** It was not done within its grace. */
  readonly isOverdue?: boolean
}

/** A processor that guarantees a measure. */
export interface GuaranteeBacking {
  /**
   * The first instant at which its agreement, or the last of its reports and certificates, does not count any more; null: not
   * all of it was ever on file.
   */
  readonly freshUntil: Date | null
}

/** One catalogue measure that a statement is mapped to: a part that needs its own backing. */
export interface Part {
  readonly confirmed: boolean
  readonly checks: readonly CheckBacking[]
  readonly signOffs?: readonly SignOffBacking[]
  /** Of processors; they count only where a processor guarantees the measure. */
  readonly guarantees?: readonly GuaranteeBacking[]
}

/** All that the assurance of one measure is computed from. */
export interface Promised {
  readonly status: StatementStatus
  readonly guarantor: 'us' | 'processor' | 'customer'
  readonly parts: readonly Part[]
}

/** Worst first: the order in which one part outweighs another. */
const order: readonly Assurance[] = [
  'failing',
  'absent',
  'planned',
  'lapsed',
  'stated',
  'customer',
  'inherited',
  'attested',
  'verified',
]

/**
 * How well a measure is backed: for each part the best backing it has, then the worst over the parts.
 *
 * | the document, the mapping                    | the checks                                              | assurance |
 * |----------------------------------------------|---------------------------------------------------------|-----------|
 * | not in place, not applicable                 | any                                                     | absent    |
 * | planned                                      | any                                                     | planned   |
 * | guaranteed by the customer                   | any                                                     | customer  |
 * | no part, or a part that nobody has confirmed | any                                                     | stated    |
 * | every part confirmed                         | one that proves says fail without an exception          | failing   |
 * |                                              | a pass that proves, but its window is over              | lapsed    |
 * |                                              | none proves; one could not look; only support           | stated    |
 * |                                              | one that proves says fail, all of it with exceptions    | stated    |
 * |                                              | all that prove pass, an exception holds for some check  | stated    |
 * |                                              | all that prove pass, one that supports says fail        | stated    |
 * |                                              | a duty is overdue beyond its grace                      | failing   |
 * |                                              | none proves, every duty and guideline is signed off      | attested  |
 * |                                              | so too, but the window of a sign-off is over            | lapsed    |
 * | … and guaranteed by a processor              | none better, every agreement and report on file, in time | inherited |
 * |                                              | so too, but one of them ran out                          | lapsed    |
 * |                                              | of one of the processors not all is on file              | stated    |
 * | … but “where possible”                       | any of verified, attested, inherited                    | stated    |
 * | … in place                                   | all that prove pass, on every system, in their window   | verified  |
 *
 * An exception does not hide: the line names it, and is never plain verified while it holds, even where nothing fails at the
 * moment. One that covers a part of what fails covers nothing.
 * A check judges only what was promised: where the document says “not yet”, a fail is a finding and not a broken promise.
 * “Could not look” never counts against nor for. A sign-off lifts no exception and no fail of a check that supports.
 * A processor's word counts only for a line that says that a processor guarantees it, and never outweighs a check that fails.
 */
export function assuranceOf({ status, guarantor, parts }: Promised, now: Date): Assurance {
  if (status === 'not-in-place' || status === 'not-applicable') return 'absent'
  if (status === 'planned') return 'planned'
  if (guarantor === 'customer') return 'customer'
  const isTheirs = guarantor === 'processor'
  const worst = parts.map((part) => partAssurance(part, isTheirs, now)).toSorted(byWorst)[0] ?? 'stated'
  const isBacked = worst === 'verified' || worst === 'attested' || worst === 'inherited'
  return status === 'conditional' && isBacked ? 'stated' : worst
}

function byWorst(left: Assurance, right: Assurance): number {
  return order.indexOf(left) - order.indexOf(right)
}

function partAssurance(
  { confirmed, checks, signOffs = [], guarantees = [] }: Part,
  isTheirs: boolean,
  now: Date,
): Assurance {
  if (!confirmed) return 'stated'
  const proving = checks.filter((check) => check.relation === 'proves' && check.state !== 'not-applicable')
  if (proving.some((check) => check.state === 'fail' && !check.excepted)) return 'failing'
  if (signOffs.some(({ isOverdue }) => isOverdue)) return 'failing'
  // A signature does not outweigh what a check says, nor a deviation that was declared from it.
  if (checks.some((check) => check.excepted || check.state === 'fail')) return 'stated'
  const inherited = isTheirs ? windowsAs(guarantees, 'inherited', now) : 'stated'
  return best(checkedAs(proving, now), windowsAs(signOffs, 'attested', now), inherited)
}

/** What checks alone give a part, where none fails. */
function checkedAs(proving: readonly CheckBacking[], now: Date): Assurance {
  if (!proving.some((check) => check.state === 'pass') || proving.some((check) => check.state === 'not-evaluated'))
    return 'stated'
  return proving.some((check) => check.freshUntil < now) ? 'lapsed' : 'verified'
}

/** What sign-offs, or processors, alone give a part: whatever stands behind it must be signed off, or on file, and in its window. */
function windowsAs(
  backing: readonly (SignOffBacking | GuaranteeBacking)[],
  whole: 'attested' | 'inherited',
  now: Date,
): Assurance {
  const windows = backing.map(({ freshUntil }) => freshUntil)
  if (windows.length === 0 || windows.includes(null)) return 'stated'
  return windows.some((until) => until !== null && until <= now) ? 'lapsed' : whole
}

/** The best backing counts; that one has lapsed says more than that there never was one. */
function best(...all: readonly Assurance[]): Assurance {
  const ranks: readonly Assurance[] = ['stated', 'lapsed', 'inherited', 'attested', 'verified']
  return ranks[Math.max(...all.map((one) => ranks.indexOf(one)))] ?? 'stated'
}
