import { reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'

/** The facts of a group, or the reason why there are none, without an end of the whole look. */
export function keep<T>(work: Promise<T>): Promise<Seen<T>> {
  return work.then((facts) => seen(facts), reasonOf)
}

/** The group that follows from another one; where that was not seen, for its reason. */
export async function follow<T, U>(before: Promise<Seen<T>>, work: (facts: T) => U | Promise<U>): Promise<Seen<U>> {
  const known = await before
  return known.read === 'ok' ? keep(Promise.resolve(known.facts).then(work)) : known
}
