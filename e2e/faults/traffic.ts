import { setTimeout as sleep } from 'node:timers/promises'

/** What came of one request: its status and code, or that there was no answer. */
export interface Answered {
  readonly status: number | null
  readonly code: string
  readonly text: string
}

/** Requests that are made at a constant pace, whatever becomes of each. */
export interface Traffic {
  /** Everything that was answered so far. */
  readonly answers: readonly Answered[]
  /** What was acknowledged: the answers of changes that were good. */
  readonly acknowledged: readonly string[]
  /** Counts from here on. */
  mark(): void
  /** How many answers since the mark were of this kind. */
  since(isSuch: (answer: Answered) => boolean): number
  /** Makes no more, and waits for what is under way. */
  end(): Promise<void>
}

const patienceMs = 60_000

/**
 * Asks a server constantly: every fifth request is a change. Each change is acknowledged by what its answer says.
 *
 * @param perSecond requests that are begun in a second
 * @param ask one request; the number counts them
 */
export function traffic(
  perSecond: number,
  ask: (n: number) => { readonly url: string; readonly init: RequestInit; readonly keeps?: (text: string) => string[] },
): Traffic {
  const answers: Answered[] = []
  const acknowledged: string[] = []
  const under = new Set<Promise<void>>()
  const over = new AbortController()
  let marked = 0
  async function one(n: number): Promise<void> {
    const { url, init, keeps } = ask(n)
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) })
      const text = await response.text()
      const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false
      answers.push({
        status: response.status,
        code: isProblem ? (JSON.parse(text) as { code: string }).code : '',
        text,
      })
      if (response.ok && keeps) acknowledged.push(...keeps(text))
    } catch (error) {
      answers.push({ status: null, code: String(error), text: '' })
    }
  }
  const pacing = (async () => {
    for (let n = 0; !over.signal.aborted; n++) {
      const done: Promise<void> = one(n).finally(() => under.delete(done))
      under.add(done)
      await sleep(1_000 / perSecond)
    }
  })()
  return {
    answers,
    acknowledged,
    mark: () => void (marked = answers.length),
    since: (isSuch) => answers.slice(marked).filter(isSuch).length,
    async end() {
      over.abort()
      await pacing
      await Promise.all(under)
    },
  }
}

/** How often each status and code was answered, for whoever reads what went wrong. */
export function tally(answers: readonly Answered[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, code } of answers) {
    const name = `${status} ${code}`.trim()
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
