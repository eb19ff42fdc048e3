import { publicStates } from './assurance.ts'
import type { Assurance, PublicState } from './assurance.ts'
import { editionFor } from './audience.ts'
import { canonicalJson, linesOf } from './edition.ts'
import type { Day, EditionDocument, Instant, Line } from './edition.ts'

/** What the register says today about the promise of a line. */
export interface CurrentLine {
  readonly text: string
  readonly parameters?: Line['parameters']
  readonly assurance: Assurance
  readonly publicState: PublicState
  readonly checkedAt: Instant | null
  readonly freshUntil: Instant | null
  /** Since when a check that proves it says fail; null: none does. */
  readonly failingSince: Instant | null
  /** When a failure of that time is shown as "correction due". */
  readonly dueFrom: Instant | null
  readonly exceptionUntil: Day | null
  /** The newest passes of the checks that prove it, also those whose window is over. */
  readonly passes: readonly {
    readonly check: string
    readonly system: string
    readonly at: Instant
    readonly freshUntil: Instant
  }[]
}

/** What is to be said of a line beside its state, since its edition was published. */
export type LiveNote =
  /** Nothing proved it any more from then on. */
  | { readonly kind: 'lapsed'; readonly at: Instant; readonly lastProven: Instant | null }
  | { readonly kind: 'proven-again'; readonly at: Instant }
  /** What it was proven with when it was published does not hold at present; why is nobody's to know. */
  | { readonly kind: 'not-proven' }
  | { readonly kind: 'correction-due'; readonly at: Instant }
  | { readonly kind: 'exception'; readonly until: Day }
  | { readonly kind: 'exception-ended'; readonly until: Day }

/** A line as it stands now. */
export interface LiveLine {
  readonly id: string
  readonly state: PublicState
  /** The state that the edition was published with. */
  readonly published: PublicState
  /** Null: as it was published. */
  readonly note: LiveNote | null
}

/** An edition as it stands now: the edition itself stays as it is. */
export interface LiveEdition {
  readonly asOf: Instant
  /** When the next of these states changes by itself; null: none does. */
  readonly until: Instant | null
  readonly lines: readonly LiveLine[]
  readonly counts: Readonly<Record<PublicState, number>>
}

/**
 * How the lines that the public may see stand at a moment. Pure: without what the register says today (a page from files,
 * the document alone) an edition still tells by its own dates what lapsed.
 *
 * Nothing is ever said to be proven that the edition did not say was, unless what was failing, lapsed or excepted in it is
 * proven now. What the register says counts for a line only while it promises the very same, and a newer proof only
 * where each check on each system behind the line has one: narrowing a scope mends nothing.
 *
 * @param edition the whole one, not what the public sees: a failure within its grace looks there like a mere sentence
 */
export function liveEdition(
  edition: EditionDocument,
  now: Date,
  current: ReadonlyMap<string, CurrentLine> = new Map(),
): LiveEdition {
  const shown = new Map(linesOf(editionFor('public', edition).sections).map((line) => [line.id, line.publicState]))
  const found = linesOf(edition.sections).flatMap((line) => {
    const published = shown.get(line.id)
    if (published === undefined) return []
    const standing = standingOf(line, published, now, samePromise(line, current.get(line.id)))
    return [{ line: { id: line.id, published, state: standing.state, note: standing.note }, next: standing.next }]
  })
  const lines = found.map(({ line }) => line)
  const counts = Object.fromEntries(
    publicStates.map((state) => [state, lines.filter((line) => line.state === state).length]),
  ) as Record<PublicState, number>
  return {
    asOf: now.toISOString(),
    until: earliest(found.flatMap(({ next }) => (next !== null && !isOver(next, now) ? [next] : []))),
    lines,
    counts,
  }
}

interface Standing {
  readonly state: PublicState
  readonly note: LiveNote | null
  /** When it changes by itself. */
  readonly next: Instant | null
}

function standingOf(line: Line, published: PublicState, now: Date, today: CurrentLine | null): Standing {
  if (today?.failingSince && today.assurance === 'failing') return failing(published, now, today)
  if (line.assurance === 'verified') return proven(line, now, today)
  if (published === 'confirmed') return confirmed(line, now, today)
  if (isMended(line, now, today))
    return { state: 'proven', note: { kind: 'proven-again', at: today.checkedAt }, next: today.freshUntil }
  if (line.exception && line.exception.until < now.toISOString().slice(0, 10))
    return { state: published, note: { kind: 'exception-ended', until: line.exception.until }, next: null }
  const ends = line.exception ? `${nextDay(line.exception.until)}T00:00:00.000Z` : null
  return { state: published, note: null, next: ends }
}

/** Within its grace a failure looks like any other reason why a proof does not hold. */
function failing(published: PublicState, now: Date, { dueFrom }: CurrentLine): Standing {
  if (dueFrom !== null && isOver(dueFrom, now))
    return { state: 'correction-due', note: { kind: 'correction-due', at: dueFrom }, next: null }
  if (published === 'correction-due') return { state: published, note: null, next: null }
  return { state: 'stated', note: published === 'stated' ? null : { kind: 'not-proven' }, next: dueFrom }
}

function proven(line: Line, now: Date, today: CurrentLine | null): Standing {
  if (today && today.assurance !== 'verified' && today.assurance !== 'lapsed') {
    const { exceptionUntil } = today
    const note: LiveNote =
      exceptionUntil === null ? { kind: 'not-proven' } : { kind: 'exception', until: exceptionUntil }
    return { state: 'stated', note, next: null }
  }
  const proofs = proofsOf(line, today)
  const ends = earliest([
    // Each check on each system counts until its newest proof does.
    ...proofs.flatMap(({ newest }) => latest([line.freshUntil, newest?.freshUntil]) ?? []),
    ...(proofs.length === 0 && line.freshUntil !== null ? [line.freshUntil] : []),
    // Something came into its scope that has no proof any more.
    ...(today?.assurance === 'lapsed' && today.freshUntil !== null ? [today.freshUntil] : []),
  ])
  const last = earliest(proofs.flatMap(({ at, newest }) => latest([at, newest?.at]) ?? [])) ?? line.checkedAt
  if (ends !== null && isOver(ends, now))
    return { state: 'correction-due', note: { kind: 'lapsed', at: ends, lastProven: last }, next: null }
  const first = earliest(proofs.map(({ at }) => at))
  const isNewer = last !== null && first !== null && Date.parse(last) > Date.parse(first)
  return { state: 'proven', note: isNewer ? { kind: 'proven-again', at: last } : null, next: ends }
}

function confirmed(line: Line, now: Date, today: CurrentLine | null): Standing {
  const ends = latest([line.freshUntil, today?.publicState === 'confirmed' ? today.freshUntil : null])
  if (ends !== null && isOver(ends, now))
    return { state: 'correction-due', note: { kind: 'lapsed', at: ends, lastProven: line.checkedAt }, next: null }
  return { state: 'confirmed', note: null, next: ends }
}

/** Whether what stood against a line when it was published is gone, with a newer proof from everything that was behind it. */
function isMended(line: Line, now: Date, today: CurrentLine | null): today is CurrentLine & { checkedAt: Instant } {
  const wasWorse = line.assurance === 'failing' || line.assurance === 'lapsed' || line.exception !== undefined
  if (!wasWorse || today?.assurance !== 'verified' || today.checkedAt === null) return false
  return proofsOf(line, today).every(({ newest }) => newest !== undefined && !isOver(newest.freshUntil, now))
}

/** The checks that stand behind a line as proving it, one for each system, with the newest pass of each. */
function proofsOf(line: Line, today: CurrentLine | null) {
  const backing = line.parts.flatMap((part) =>
    part.backing.flatMap((one) =>
      one.kind === 'check' && one.role === 'proves' && one.state !== 'not-applicable' ? [one] : [],
    ),
  )
  return backing.map(({ check, system, at }) => ({
    at,
    newest: today?.passes.find((pass) => pass.check === check && pass.system === system),
  }))
}

/** What the register says, where it still promises exactly this. */
function samePromise(line: Line, today: CurrentLine | undefined): CurrentLine | null {
  if (!today || today.text !== line.text) return null
  return canonicalJson(today.parameters ?? {}) === canonicalJson(line.parameters ?? {}) ? today : null
}

function nextDay(day: Day): Day {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
}

function isOver(instant: Instant, now: Date): boolean {
  return Date.parse(instant) <= now.getTime()
}

function earliest(instants: readonly Instant[]): Instant | null {
  return instants.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
}

function latest(instants: readonly (Instant | null | undefined)[]): Instant | null {
  return instants.flatMap((one) => one ?? []).toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null
}
