import { readFileSync } from 'node:fs'
import {
  ExceptionsError,
  exceptionFor,
  readExceptions,
  type ExceptionEntry,
  type NearMiss,
  type Outcome,
  type ProveResult,
} from '@art32/probes'
import { fileRefusal } from './bundle-source.ts'
import { Refusal } from './refusal.ts'
import { clean } from './terminal.ts'

/** The declared exceptions of a run, as they stand today. */
export interface ProveExceptions {
  /** The one that covers a fault; undefined for everything else. */
  of(outcome: Outcome): ExceptionEntry | undefined
  /** The same result with the exceptions in the outcomes that they cover. */
  into(result: ProveResult): ProveResult
  /** What a person has to know: exceptions that ended, that nearly fit, and that fit nothing. One line each. */
  notes(result: ProveResult): string[]
}

/** A list of hundreds of exceptions may nearly fit hundreds of faults; a person reads no more. */
const mostNotes = 20

/**
 * Reads the exceptions of a file; of none, there are none.
 *
 * @throws {Refusal} the file cannot be used: a fault must not count as excepted because of a slip
 */
export function openExceptions(file: string | undefined, now: Date): ProveExceptions {
  const entries = file === undefined ? [] : entriesIn(file)
  const lookUp = (outcome: Outcome) =>
    outcome.state === 'fail' ? exceptionFor(outcome, entries, now) : { near: [] as readonly NearMiss[] }
  const of = (outcome: Outcome) => lookUp(outcome).covers
  return {
    of,
    into: (result) => (entries.length === 0 ? result : withExceptions(result, of)),
    notes(result) {
      const outcomes = result.targets.flatMap(({ checks }) => checks.flatMap((check) => check.outcomes))
      const found = outcomes.map((outcome) => ({ outcome, ...lookUp(outcome) }))
      const used = new Set(found.flatMap(({ covers, near }) => [covers, ...near.map(({ entry }) => entry)]))
      const open = found.flatMap(({ outcome, near }) => near.map((miss) => noteOf(outcome, miss)))
      const idle = entries.flatMap((entry, nth) =>
        used.has(entry) ? [] : [`Entry ${nth + 1} of the exceptions (${placeOf(entry)}) covers no fault of this run.`],
      )
      const all = [...open, ...idle].map(clean)
      const left = all.length - mostNotes
      return left > 0 ? [...all.slice(0, mostNotes), `and ${left} more about exceptions`] : all
    },
  }
}

function entriesIn(file: string): ExceptionEntry[] {
  try {
    return readExceptions(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof ExceptionsError) throw new Refusal(`--exceptions: ${error.message}`)
    throw fileRefusal(error, '--exceptions') ?? error
  }
}

function withExceptions(result: ProveResult, of: ProveExceptions['of']): ProveResult {
  const marked = (outcome: Outcome): Outcome => {
    const entry = of(outcome)
    return entry === undefined
      ? outcome
      : Object.assign({}, outcome, { exception: { reason: entry.reason, expires: entry.expires } })
  }
  return {
    ...result,
    targets: result.targets.map((target) => ({
      ...target,
      checks: target.checks.map((check) => ({ ...check, outcomes: check.outcomes.map(marked) })),
    })),
  }
}

function placeOf({ check, system, subject }: Pick<ExceptionEntry, 'check' | 'system' | 'subject'>): string {
  return `${check} on ${system}${subject === undefined || subject === '*' ? '' : `, ${subject}`}`
}

function noteOf(outcome: Outcome, { entry, differs }: NearMiss): string {
  if (differs === 'expires')
    return `${placeOf(outcome)}: its exception ended on ${entry.expires}; ask ${entry.owner}. It counts as a fault.`
  const [wanted, given] =
    differs === 'subject' ? [outcome.subject, entry.subject ?? ''] : [outcome.system, entry.system]
  return `${placeOf(outcome)}: would be excepted if ${differs} were "${wanted}"; the exception says "${given}".`
}
