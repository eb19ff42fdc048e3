import type { DrillProblem } from './facts.ts'

/** The backup is at fault: the drill failed. What kept it from looking is `Unreadable` instead. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly problem: DrillProblem
  /** A line, a file or a step, for the record. */
  readonly place: string
  /** What the program or the server said, for whoever watches; it may quote data, so it is not sent. */
  readonly heard: string | undefined

  constructor(problem: DrillProblem, place: string, options: { cause?: unknown; heard?: string } = {}) {
    super(`${problem}: ${place}`, options.cause === undefined ? {} : { cause: options.cause })
    this.problem = problem
    this.place = oneLine(place)
    this.heard = options.heard
  }
}

/** Names of files and answers of programs, as one line that facts take. */
export const oneLine = (said: string): string =>
  said
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 200) || '–'
