import type { Target } from './target.ts'
import type { Weakening } from './weakening.ts'

/** What an attack achieved and must not, in words for whoever reads the table. */
export type Hole = string

/** What an attack did. */
export interface Tried {
  readonly tries: number
  readonly holes: readonly Hole[]
}

/** An attack, as data with one function. */
export interface Attack {
  readonly id: string
  readonly title: string
  /** Together they make the build on which the attack must find a hole. */
  readonly weaken: readonly [Weakening, ...Weakening[]]
  /** Of the server that it is tried on, besides the usual. */
  readonly environment?: Readonly<Record<string, string>>
  /** Whether passwords cost what they cost in earnest: for what looks at time. */
  readonly earnest?: boolean
  /** Whether the weakened build goes on with what the attack stored: where storing takes longest, and showing it is what is attacked. */
  readonly goesOn?: boolean
  readonly run: (target: Target, tally: Tally) => Promise<void>
}

/** Counts tries and keeps what they achieved. */
export interface Tally {
  /** One try. @param hole what it achieved; null where it was refused */
  add(hole: Hole | null): void
  /** A try with each of a list, a few at a time. */
  each<T>(list: readonly T[], attempt: (one: T) => Promise<Hole | null>): Promise<void>
}

const atATime = 8

class Enough extends Error {}

/** Tries an attack. @param enough after how many holes it has seen enough */
export async function tryAttack(attack: Attack, target: Target, enough = Infinity): Promise<Tried> {
  const holes: Hole[] = []
  let tries = 0
  function add(hole: Hole | null): void {
    tries++
    if (hole !== null) holes.push(hole)
    if (holes.length >= enough) throw new Enough()
  }
  const tally: Tally = {
    add,
    async each(list, attempt) {
      const rest = list.values()
      const work = async () => {
        for (const one of rest) add(await attempt(one))
      }
      await Promise.all(Array.from({ length: atATime }, work))
    },
  }
  try {
    await attack.run(target, tally)
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return { tries, holes }
}
