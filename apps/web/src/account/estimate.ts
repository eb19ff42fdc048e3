import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/*
 * How many guesses a password stands. The lists are large: this file is loaded when somebody begins to choose a password.
 * It works in the page; nothing that is typed goes anywhere.
 */

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/** More than these characters add nothing to the judgement and much to its time. */
const longest = 64

/**
 * The number of guesses as a power of ten.
 *
 * @param about  what others know of the person: name, mail address
 */
export function magnitudeOf(password: string, about: readonly string[]): number {
  const words = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2)
  return estimator.check(password.slice(0, longest), ['art32', ...words]).guessesLog10
}
