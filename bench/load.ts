import { once } from 'node:events'
import { Agent, get } from 'node:http'
import type { IncomingMessage } from 'node:http'

/** What a server did under load. */
export interface Load {
  /** Answers per second. */
  readonly rate: number
  /** Milliseconds of each answer, ascending. */
  readonly times: readonly number[]
}

/** Asks for one address over and over. @throws on any answer but 200 */
export async function load(
  url: string,
  { connections, seconds, headers = {} }: { connections: number; seconds: number; headers?: Record<string, string> },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const begun = performance.now()
  const end = begun + seconds * 1_000
  const one = async () => {
    while (performance.now() < end) {
      const sent = performance.now()
      await answer(url, headers, agent)
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  agent.destroy()
  return { rate: (times.length * 1_000) / (performance.now() - begun), times: times.toSorted((a, b) => a - b) }
}

export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN
}

async function answer(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  const request = get(url, { agent, headers })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  if (response.statusCode !== 200) throw new Error(`${url} was answered with ${response.statusCode}`)
}
