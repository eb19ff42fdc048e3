import { Refusal } from './refusal.ts'

/** What an answer may cost. */
export interface FetchLimits {
  /** Bytes of the body. */
  readonly limit: number
  /** For the whole exchange. */
  readonly milliseconds: number
}

/**
 * Fetches a body up to a limit.
 *
 * @throws {Refusal} no answer, another status than 200, or too large
 */
export async function fetchBytes(
  url: URL,
  { limit, milliseconds }: FetchLimits,
): Promise<{ bytes: Uint8Array; from: string }> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(milliseconds) })
    if (answer.status !== 200) {
      await answer.body?.cancel()
      throw new Refusal(
        answer.status >= 500
          ? `${url.host} answered with status ${answer.status}: it could not give out what is published there. Ask who publishes it.`
          : `${url.host} answered with status ${answer.status}: nothing is published at this address.`,
      )
    }
    return { bytes: await readBody(answer, limit), from: answer.url }
  } catch (error) {
    throw unanswered(error, url) ?? error
  }
}

/** Reads the body of an answer; more than the limit is refused before it is held. @throws {Refusal} too large */
export async function readBody(answer: Response, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  const body: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = answer.body ?? []
  for await (const part of body) {
    size += part.byteLength
    if (size > limit) throw new Refusal(`The answer is larger than ${limit} bytes and was not read to its end.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** The sentence for a server that does not answer; undefined for other errors. */
export function unanswered(error: unknown, url: URL): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return new Refusal(`${url.host} did not answer in time. Try again later.`, 2, { cause: error })
  // What fetch throws for every failure of the network; the reason lies in its cause.
  if (!(error instanceof TypeError)) return undefined
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new Refusal(`${url.host} could not be reached${code}. Check the address and the network.`, 2, { cause: error })
}
