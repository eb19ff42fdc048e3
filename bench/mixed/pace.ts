import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request to be made. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** What stands in every right answer. */
  readonly says: string
}

/** What came of one request. */
export interface Answered {
  /** Null: there was no answer, or not all of it. */
  readonly status: number | null
  /** Whether it was answered with what it asked for. */
  readonly isRight: boolean
  /** From when it should have been sent to the last byte of its answer: a server that stands still is charged for those who wait. */
  readonly ms: number
}

/** Begun requests never wait for earlier ones, as those of strangers do not. */
const patienceMs = 30_000

/**
 * Makes requests at a constant pace, whatever becomes of each (an open load).
 *
 * @param perSecond requests begun in a second
 * @param answered each answer with what was asked, and its text; after the last one it resolves
 */
export async function pace(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  next: (n: number) => Asked,
  answered: (answer: Answered, asked: Asked, text: string) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: 256 })
  const under = new Set<Promise<void>>()
  const begun = performance.now()
  const all = Math.round(perSecond * seconds)
  for (let n = 0; n < all;) {
    const due = Math.min(all, 1 + Math.floor(((performance.now() - begun) * perSecond) / 1_000))
    for (; n < due; n++) {
      const asked = next(n)
      const dueAt = begun + (n * 1_000) / perSecond
      const done: Promise<void> = answer(asked, agent)
        .then(({ status, said }) => {
          const isRight = status === 200 && said.includes(asked.says)
          answered({ status, isRight, ms: performance.now() - dueAt }, asked, said)
        })
        .finally(() => under.delete(done))
      under.add(done)
    }
    await sleep(1)
  }
  await Promise.all(under)
  agent.destroy()
}

async function answer(
  { method, url, headers, body }: Asked,
  agent: Agent,
): Promise<{ status: number | null; said: string }> {
  try {
    const sent = request(url, { method, agent, headers, signal: AbortSignal.timeout(patienceMs) })
    sent.end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return { status: response.statusCode ?? null, said: await text(response) }
  } catch {
    return { status: null, said: '' }
  }
}
