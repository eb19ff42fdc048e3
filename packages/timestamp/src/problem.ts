/** Why an answer is no time stamp that counts. */
export const stampProblems = [
  'garbage', // no reply of RFC 3161
  'refused', // the authority says that it did not grant it
  'imprint', // of another text
  'nonce', // an answer to another question
  'untrusted', // no chain to a root that was named, or not valid at its time
  'invalid', // a signature or an attribute that does not hold
] as const

/** Why an answer is no time stamp that counts. */
export type StampProblem = (typeof stampProblems)[number]

/** What an authority answered does not count. */
export class StampError extends Error {
  override readonly name = 'StampError'
  readonly problem: StampProblem

  constructor(problem: StampProblem, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.problem = problem
  }
}
