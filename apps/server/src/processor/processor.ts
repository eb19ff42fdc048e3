import { addDays, addMonths } from '../calendar/index.ts'

/** On what a transfer to a third country rests (Art. 44 to 49 GDPR). `none`: there is none. */
export const transfers = [
  'none',
  'adequacy',
  'dpf',
  'scc',
  'bcr',
  'code',
  'certification',
  'ad-hoc',
  'derogation',
] as const

/** On what a transfer to a third country rests. */
export type Transfer = (typeof transfers)[number]

/** What is known as a certificate or as a report. */
export const standards = [
  'iso27001',
  'iso27017',
  'iso27018',
  'iso27701',
  'c5',
  'soc1',
  'soc2',
  'isae3402',
  'other',
] as const

/** What is known as a certificate or as a report. */
export type Standard = (typeof standards)[number]

/** What a processor's own pages are. */
export const linkKinds = ['agreement', 'measures', 'sub-processors', 'proof', 'contact', 'status'] as const

/** A page of the processor's own, with where its address is from and when that was. */
export interface ProcessorLink {
  readonly kind: (typeof linkKinds)[number]
  readonly url: string
}

/** The days of an agreement, each whole. */
export interface Term {
  readonly valid_from: string
  /** Null: until it is ended. */
  readonly valid_until: string | null
  /** The day from which it holds no more: where the tenant is. */
  readonly ended_on: string | null
}

/** The days of a certificate or report. */
export interface Proof {
  readonly form: 'certificate' | 'report'
  readonly from_on: string
  readonly until_on: string
  readonly counts_months: number
  readonly bridge_until: string | null
  /** The day from which it counts no more: where the tenant is. */
  readonly withdrawn_on: string | null
}

/** A bridge letter carries a report at most so many months further. */
const bridgeMonths = 3

/** The last day of `YYYY-MM-DD` on which a certificate or report counts. */
export function lastDayOf({ form, until_on: until, counts_months: months, bridge_until: bridge }: Proof): string {
  if (form === 'certificate') return until
  const own = addMonths(until, months)
  if (bridge === null || bridge <= own) return own
  return [bridge, addMonths(own, bridgeMonths)].toSorted()[0] ?? own
}

/** How something with days stands on a day. */
export const standings = ['coming', 'in-force', 'lapsed', 'ended'] as const

/** How something with days stands on a day. */
export type Standing = (typeof standings)[number]

/** The last day of an agreement; null: it has none. One that was ended counts until the day before. */
export function agreementUntil({ valid_until: until, ended_on: ended }: Term): string | null {
  return ended === null ? until : ([until ?? '9', addDays(ended, -1)].toSorted()[0] ?? until)
}

/** The last day of a certificate or report, which may have been taken back. */
export function proofUntil(proof: Proof): string {
  const own = lastDayOf(proof)
  if (proof.withdrawn_on === null) return own
  return [own, addDays(proof.withdrawn_on, -1)].toSorted()[0] ?? own
}

export function agreementStanding(term: Term, today: string): Standing {
  if (term.ended_on !== null) return 'ended'
  if (today < term.valid_from) return 'coming'
  const until = agreementUntil(term)
  return until !== null && today > until ? 'lapsed' : 'in-force'
}

/** A report counts from the first day of its period on: before it was issued nobody can have it. */
export function proofStanding(proof: Proof, today: string): Standing {
  if (proof.withdrawn_on !== null) return 'ended'
  if (today < proof.from_on) return 'coming'
  return today > proofUntil(proof) ? 'lapsed' : 'in-force'
}

/**
 * On what a processor's word rests, and until when: the agreement that reaches furthest, and the report or certificate that
 * does. Both must have begun; that one of them is over is for who reads it later to see.
 *
 * @returns null where one of them was never there
 */
export function restsOn<A extends Term, P extends Proof>(
  agreements: readonly A[],
  proofs: readonly P[],
  today: string,
): { readonly agreement: A; readonly proof: P; readonly lastDay: string } | null {
  const furthest = <T>(all: readonly T[], until: (one: T) => string) =>
    all.toSorted((a, b) => until(b).localeCompare(until(a)))[0]
  const agreement = furthest(
    agreements.filter((one) => one.valid_from <= today),
    (one) => agreementUntil(one) ?? '9',
  )
  const proof = furthest(
    proofs.filter((one) => one.from_on <= today),
    proofUntil,
  )
  if (!agreement || !proof) return null
  const lastDay = [agreementUntil(agreement) ?? '9', proofUntil(proof)].toSorted()[0] ?? proofUntil(proof)
  return { agreement, proof, lastDay }
}

/** What stands at the start of a line of days: `2026-01-01 – 2026-12-31`; an open end is left open. */
export function spanOf(from: string, until: string | null): string {
  return until === null ? `${from} –` : from === until ? from : `${from} – ${until}`
}

/** Country codes of the European Economic Area: what is elsewhere is a transfer. */
export const eea: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
)

/** Lays a chain out: each processor behind the one that engages it, with how deep it stands. */
export function chainOf<T extends { readonly id: string; readonly parent_id: string | null }>(
  rows: readonly T[],
): readonly { readonly row: T; readonly depth: number }[] {
  const known = new Set(rows.map(({ id }) => id))
  const below = (parent: string | null, depth: number): { row: T; depth: number }[] =>
    rows
      .filter((row) => (row.parent_id !== null && known.has(row.parent_id) ? row.parent_id : null) === parent)
      .flatMap((row) => [{ row, depth }, ...(depth < mostDeep ? below(row.id, depth + 1) : [])])
  return below(null, 0)
}

/** Nobody engages somebody who engages … further than this. */
export const mostDeep = 8
