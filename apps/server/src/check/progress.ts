/** Writes down what is being worked on, one write after the other; what changed meanwhile goes into the next one. */
export interface Progress {
  begin(id: string): void
  end(id: string): void
  /** Something else changed. */
  changed(): void
  /** Resolves when nothing is left to write. */
  settled(): Promise<void>
}

/** @param write  may fail: it only tells of progress, and the next one tells more */
export function openProgress(write: (current: readonly string[]) => Promise<void>): Progress {
  const current = new Set<string>()
  let isWaiting = false
  let last: Promise<void> = Promise.resolve()
  const changed = () => {
    if (isWaiting) return
    isWaiting = true
    last = last
      .then(async () => {
        isWaiting = false
        await write([...current])
      })
      .catch(() => undefined)
  }
  return {
    begin(id) {
      current.add(id)
      changed()
    },
    end(id) {
      current.delete(id)
      changed()
    },
    changed,
    settled: () => last,
  }
}
