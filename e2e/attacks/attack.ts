import type { Target } from './target.ts'

/** What an attack achieved and must not, in words for whoever reads the table. */
export type Hole = string

/** A change of one source file that opens the hole an attack looks for. */
export interface Weakening {
  /** From the root of the repository. */
  readonly file: string
  /** Stands in the file exactly once; where a rewriting moved it, the server does not start and the weakening has to follow. */
  readonly from: string
  readonly to: string
}

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
  readonly run: (target: Target) => Promise<Tried>
}

/** Counts tries and keeps what they achieved. */
export interface Tally extends Tried {
  /** One try. @param hole what it achieved; null where it was refused */
  add(hole: Hole | null): void
  /** A try with each of a list, a few at a time. */
  each<T>(list: readonly T[], attempt: (one: T) => Promise<Hole | null>): Promise<void>
}

const atATime = 8

export function newTally(): Tally {
  const holes: Hole[] = []
  let tries = 0
  function add(hole: Hole | null): void {
    tries++
    if (hole !== null) holes.push(hole)
  }
  return {
    get tries() {
      return tries
    },
    holes,
    add,
    async each(list, attempt) {
      const rest = list.values()
      const work = async () => {
        for (const one of rest) add(await attempt(one))
      }
      await Promise.all(Array.from({ length: atATime }, work))
    },
  }
}
