import type { Backing, CheckBacking, EditionDocument, Instant, Line, Part, Period } from './edition.ts'
import type { Language } from './language.ts'
import { roleIn } from './role.ts'
import { longDay, momentOf, shortDay } from './words.ts'
import type { Words } from './words.ts'

/**
 * What page and PDF say in the same words about an edition and its lines.
 */

/** `Edition 3` or `Draft`. */
export function versionOf(say: Words, edition: EditionDocument): string {
  return edition.number === null ? say.draft : `${say.edition} ${edition.number}`
}

/** Who reviewed it, or that nobody has. */
export function reviewText(say: Words, { review }: EditionDocument, language: Language): string {
  return review ? `${say.reviewed} ${roleIn(review.by, language)}, ${longDay(review.at, language)}` : say.notReviewed
}

/** How many mappings were confirmed by whom. */
export function mappingText(say: Words, { mapping }: EditionDocument): string {
  return (['person', 'release', 'none'] as const)
    .filter((by) => mapping[by] > 0)
    .map((by) => `${mapping[by]} ${say.mappingBy[by]}`)
    .join(' · ')
}

/** How many lines are left out, for whom. */
export function withheldText(say: Words, { withheld }: EditionDocument): string {
  const circles = (['customers', 'auditors'] as const).filter((circle) => withheld[circle] > 0)
  return circles.map((circle) => `${withheld[circle]} ${say.withheldFor[circle]}`).join(', ') || say.nothingWithheld
}

/**
 * The notes of the proof margin under the state: an exception, so that the line is never plain proven; what is overdue, as it
 * says why no check had to fail; a status other than
 * "in place" and another guarantor, so that "stated" does not read as a promise.
 */
export function marginNotes(say: Words, line: Line, language: Language): string[] {
  return [
    ...(line.exception ? [`${say.exceptionUntil} ${shortDay(line.exception.until, language)}`] : []),
    ...(line.overdue ?? []).map((title) => `${say.overdue}: ${title}`),
    ...(line.status === 'in-place' ? [] : [say.status[line.status]]),
    ...(line.guarantor === 'us' ? [] : [say.guaranteedElsewhere[line.guarantor]]),
  ]
}

/** What the date in the margin is the date of. */
export function lastLook(say: Words, line: Line): string {
  return line.publicState === 'proven' ? say.lastProven : say.lastChecked
}

/** Who confirmed the mapping of a part; null: nobody. */
export function confirmedBy(say: Words, part: Part): string | null {
  if (!part.confirmedBy) return null
  return part.confirmedBy.by === 'person' ? say.byPerson : say.byRelease
}

/** A piece of backing in one line. */
export function backingText(say: Words, backing: Backing, language: Language): string {
  switch (backing.kind) {
    case 'check': {
      const { reason } = backing
      const why = reason === undefined ? '' : ` (${Object.hasOwn(say.reasons, reason) ? say.reasons[reason] : reason})`
      const role = backing.role === 'supports' ? `, ${say.supportsOnly}` : ''
      return `${backing.title} – ${backing.system}: ${say.outcome[backing.state]}${why}${role}${signedText(say, backing)}`
    }
    case 'sign-off':
      return `${backing.title}: ${say.signedOff} ${roleIn(backing.by, language)}${
        backing.performed === undefined
          ? ''
          : `, ${say.onTime} ${backing.performed.onTime} ${say.of} ${backing.performed.of}`
      }`
    case 'agreement':
      return `${backing.title}: ${backing.contractOf === 'customer' ? say.agreementOfCustomer : say.agreement} ${backing.processor}${
        backing.until === undefined ? '' : `, ${say.freshUntil} ${lastDay(backing.until, language)}`
      }`
  }
}

/** Who signed what a check was given, where somebody could have. */
function signedText(say: Words, { signedBy }: CheckBacking): string {
  if (signedBy === undefined) return ''
  return signedBy === null ? `, ${say.factsNotSigned}` : `, ${say.factsSigned} ${signedBy}`
}

/** The day that ends at an instant: what counts until midnight counts on the day before. */
function lastDay(until: Instant, language: Language): string {
  return shortDay(new Date(Date.parse(until) - 1).toISOString(), language)
}

/** Who does what, one line each: `Hosting Example: guards the rooms`. */
export function responsibilityTexts(say: Words, { responsibilities = [] }: Line): string[] {
  return responsibilities.map(({ who, name, text }) => `${name ?? say.shares[who]}: ${text}`)
}

/** How many gaps are named one by one. */
const gapsNamed = 3

/** `357 days held, 3 failed, 5 not looked`, and when nobody looked although a look was due. */
export function periodText(say: Words, period: Period, language: Language): string {
  const { held, failed, notLooked, gaps = [] } = period
  const days = `${held} ${say.held}, ${failed} ${say.failed}, ${notLooked} ${say.notLooked}`
  if (gaps.length === 0) return days
  const named = gaps
    .slice(-gapsNamed)
    .map(({ from, until }) => `${momentOf(from, language)} – ${momentOf(until, language)}`)
  const more = gaps.length > gapsNamed ? ` (${say.gapsMore} ${gaps.length - gapsNamed})` : ''
  return `${days}; ${say.gaps}: ${named.join('; ')}${more}`
}

/** The words with a capital at the start. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
