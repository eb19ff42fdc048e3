/** Lets so many work at a time. */
export interface Turns {
  /** Works when it is somebody's turn, in the order of asking. */
  wait<T>(work: () => Promise<T>): Promise<T>
  /** Works at once. @returns null where others have all turns, or this one has its share of them */
  take<T>(whose: string, work: () => Promise<T>): Promise<T> | null
}

/**
 * @param most at a time; each costs a thread and its memory
 * @param each of them at most for one
 */
export function openTurns(most: number, each: number): Turns {
  let busy = 0
  const waiting: (() => void)[] = []
  const of = new Map<string, number>()
  const done = () => {
    const next = waiting.shift()
    if (next) next()
    else busy -= 1
  }
  return {
    async wait(work) {
      if (busy < most) busy += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        done()
      }
    },
    take(whose, work) {
      const own = of.get(whose) ?? 0
      if (busy >= most || own >= each) return null
      busy += 1
      of.set(whose, own + 1)
      return work().finally(() => {
        const left = (of.get(whose) ?? 1) - 1
        if (left === 0) of.delete(whose)
        else of.set(whose, left)
        done()
      })
    },
  }
}
