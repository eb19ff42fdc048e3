/** How long it rests between two rounds. Milliseconds. */
const restMs = 1_000

/** Does something again and again, one round after the other. */
export interface Rounds {
  /** Waits for the end of the round that is under way; there is none after it. */
  stop(): Promise<void>
}

/** @param failed told why a round ended early; the next one comes as ever */
export function openRounds(round: () => Promise<void>, failed: (error: unknown) => void): Rounds {
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  const next = () => {
    working = round()
      .catch(failed)
      .then(() => {
        if (!isStopping) timer = setTimeout(next, restMs)
      })
  }
  next()
  return {
    async stop() {
      isStopping = true
      clearTimeout(timer)
      await working
    },
  }
}
